import type { Dialect } from "../ddl/dialect.ts";
import type { Operation } from "../operations/index.ts";
import type { Owners } from "./owners.ts";
import type { Source } from "./source.ts";
import type { PolicyTrack } from "./track.ts";

/** One way in which tracks may get into each other's way, and how it is noticed. */
export interface Policy {
  readonly code: string;
  /** What it demands, in one sentence. */
  readonly title: string;
  readonly why: string;
  /** Whether the track is held to it. */
  applies(track: PolicyTrack): boolean;
  /** What one operation does against it, in one direction. */
  check(source: Source, context: PolicyContext): readonly Violation[];
  /** What turns it on for a track of the examples. */
  readonly enabledBy: Pick<PolicyTrack, "guards" | "schemaAgnostic">;
  /** Projects with exactly one violation, and with none. Tests hold the policy to them. */
  readonly bad: readonly BadExample[];
  readonly ok: readonly PolicyExample[];
}

export interface PolicyContext {
  readonly owners: Owners;
  readonly dialect: Dialect;
}

export interface Violation {
  /** Where in the SQL text it is; absent for an operation that is not SQL. */
  readonly offset?: number;
  readonly message: string;
}

export interface PolicyExample {
  readonly title: string;
  /** Name of the dialect that reads it; absent: `postgresql`. */
  readonly dialect?: string;
  /** Track → what its one migration does, in the order of the tracks. */
  readonly tracks: Readonly<Record<string, string | readonly Operation[]>>;
}

export interface BadExample extends PolicyExample {
  /** Part of the message. */
  readonly says: string;
}

/** Gives a policy its type where it is written. */
export const definePolicy = (policy: Policy): Policy => policy;
