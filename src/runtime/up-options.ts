import type { PlannedMigration } from "../core/plan/describe.ts";
import type { OrderPolicy } from "../core/plan/late.ts";
import type { Database } from "./database.ts";
import type { Survey, TaskOptions } from "./survey.ts";

export interface UpOptions extends TaskOptions {
  /** Stop when this migration is applied; it and its ancestors run, nothing else. It belongs to one track. */
  readonly to?: string | undefined;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** Show what would run and change nothing, not even the history table. */
  readonly dryRun?: boolean | undefined;
  /** All that is pending commits together, or nothing does. Of several tracks only one may have something pending. */
  readonly singleTransaction?: boolean | undefined;
  /** What to do with migrations that come late; absent: what the project says. */
  readonly order?: OrderPolicy | undefined;
  /** Apply branches that conflict as they come, by name, with a warning; absent: refuse. */
  readonly allowConflicts?: boolean | undefined;
  /** Whether tracks go back when one fails; absent: what the project says. */
  readonly compensate?: boolean | undefined;
  /** Throws where the caller wants nothing to run; asked of all tracks before the lock is taken, and again under it. */
  readonly judge?: ((surveys: readonly Survey[]) => void) | undefined;
  /** The same, by what the database is; asked when something is pending, before the lock is taken. */
  readonly inspect?: ((database: Database) => Promise<void>) | undefined;
}

export interface UpResult {
  /** Names of the migrations that were applied, in order; those of several tracks with the track's: `core/0001_initial`. */
  readonly applied: readonly string[];
  /** The same by track, where there are several. */
  readonly tracks?: readonly { readonly name: string; readonly applied: readonly string[] }[];
  /** Names of migrations that were only recorded, because all that they replace is applied; absent: none. */
  readonly recorded?: readonly string[];
  /** With `to`: it was applied already, so nothing ran. */
  readonly already_applied?: string;
  /** With `dryRun`: what would run. */
  readonly planned?: readonly PlannedInTrack[];
}

/** With the track, where there are several. */
export type PlannedInTrack = PlannedMigration & { readonly track?: string };
