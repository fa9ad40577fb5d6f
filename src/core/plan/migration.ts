import type { StatementLimits } from "../ddl/limits.ts";
import type { Operation } from "../operations/index.ts";
import type { Origin } from "./origin.ts";

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
  /** What its statements may take, where it says so itself. No part of the checksum. */
  readonly limits?: StatementLimits;
  /** SHA-256 (hex) over the canonical JSON of what it does; formatting and comments do not count. */
  readonly checksum: string;
  /** Path as people should see it, relative to the project. */
  readonly file: string;
  /** What another tool records for it, where it was converted: that tool's history says with these whether it is applied. No part of the checksum. */
  readonly convertedFrom?: readonly Origin[];
  /** Of a migration that is written in SQL. Its one operation is a `runSQL` with all of it. */
  readonly sql?: SqlOrigin;
  /** Of a migration with functions (`runCode`). */
  readonly code?: MigrationCode;
}

/** What a migration with functions is evaluated from again, each time one of them runs. */
export interface MigrationCode {
  /** SHA-256 of what counts of it: that of the operations' functions. Layout, comments and types do not. */
  readonly hash: string;
  /** The file as it was written. */
  readonly source: string;
  /** The registered modules that it imports, directly or through others. */
  readonly modules: Readonly<Record<string, CodeModule>>;
  /** Modules of the program around the sandbox among them; what they are, only that program knows. */
  readonly hosts?: Readonly<Record<string, unknown>>;
  /** What its functions may take, where it says so itself. No part of the checksum. */
  readonly limits?: CodeLimits;
}

/** A module of the symbol map: one file, or several by their paths. */
export interface CodeModule {
  readonly source: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What messages call it. */
  readonly path?: string;
}

export interface CodeLimits {
  /** For the code alone: waiting for the database does not count. */
  readonly timeMs?: number;
  /** For all that the code keeps. */
  readonly memoryMiB?: number;
}

/** Where the two texts of a migration in SQL stand. */
export interface SqlOrigin {
  readonly up: SqlPlace;
  /** Absent: there is no way back. */
  readonly down?: SqlPlace;
  /** What would have to be written to give it a way back, in words: `a file "0003_search.down.sql"`. */
  readonly wayBack: string;
}

export interface SqlPlace {
  /** Path as people should see it. */
  readonly file: string;
  /** The line of the file on which the text begins, from 1. */
  readonly line: number;
  /** False: its statements run outside a transaction. */
  readonly transaction: boolean;
  readonly limits?: StatementLimits;
}

/** A row of the history table. */
export interface Applied {
  readonly track: string;
  readonly name: string;
  readonly checksum: string;
  /** `applied`; `fake` when it was only recorded; `failed` when it stopped half-way outside a transaction. */
  readonly state: "applied" | "failed" | "fake";
  /**
   * Commands of its plan that are done. Of a failed one: from 0 upwards on the way up; while it is rolled back from -1 (none taken back)
   * downwards, so that the row says in which direction to go on.
   */
  readonly stepsDone: number;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
  readonly durationMs: number;
  readonly toolVersion: string;
  readonly appliedBy: string;
  /** Of a `fake` one: the tool that had applied it. */
  readonly adoptedFrom?: string;
}
