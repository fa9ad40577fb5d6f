import type { Applied } from "../core/plan/migration.ts";
import type { OnEvent } from "./events.ts";
import type { HistoryPlace } from "./history.ts";
import type { MigrationHooks } from "./hooks.ts";
import type { LimitSources } from "./limits.ts";
import type { Ending } from "./past.ts";

/** How a plan is carried out. */
export interface RunOptions {
  /** Where to record it; absent on a scratch database that keeps no history. The table exists already. */
  readonly history?: HistoryPlace;
  /** Rows of migrations that an earlier run left half-done, by name. */
  readonly halfDone?: ReadonlyMap<string, Applied>;
  /** What becomes of the rows of what is rolled back; absent: nothing keeps them. */
  readonly ending?: Ending | undefined;
  /** All migrations in one transaction, or none of them. */
  readonly singleTransaction?: boolean | undefined;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** What the statements may take. */
  readonly limits?: LimitSources | undefined;
  /** What is done before and after each migration. */
  readonly hooks?: MigrationHooks | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}
