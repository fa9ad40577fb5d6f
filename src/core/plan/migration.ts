import type { Operation } from "../operations/index.ts";

/** One migration, read and validated. */
export interface Migration {
  /** File name without its extension: `0002_add_posts`. */
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly operations: readonly Operation[];
  /** Names of migrations that this one stands for. */
  readonly replaces: readonly string[];
  /** False: its statements run outside a transaction. */
  readonly transaction: boolean;
  /** SHA-256 (hex) over the canonical JSON of what it does; formatting and comments do not count. */
  readonly checksum: string;
  /** Path as people should see it, relative to the project. */
  readonly file: string;
}

/** A row of the history table. */
export interface Applied {
  readonly track: string;
  readonly name: string;
  readonly checksum: string;
  /** `applied`, or `failed` for one that stopped half-way on a database without transactional DDL. */
  readonly state: "applied" | "failed" | "fake";
  readonly stepsDone: number;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
  readonly durationMs: number;
  readonly toolVersion: string;
  readonly appliedBy: string;
}
