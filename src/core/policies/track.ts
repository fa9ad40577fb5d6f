import type { Dialect } from "../ddl/dialect.ts";
import type { Migration } from "../plan/migration.ts";

/** A track as policies see it. */
export interface PolicyTrack {
  readonly name: string;
  readonly migrations: readonly Migration[];
  /** The schema of the database that it lives in; absent: the connection's own. */
  readonly schema?: string;
  /** `required`: SQL that makes or drops something says IF [NOT] EXISTS. */
  readonly guards?: "required";
  /** True: its SQL names no schema, so that it runs in any. */
  readonly schemaAgnostic?: boolean;
}

export interface PolicyRequest {
  /** In the order they are applied. */
  readonly tracks: readonly PolicyTrack[];
  /** Its rules of reading SQL hold for all of them. */
  readonly dialect: Dialect;
}

/** Where a migration breaks a policy. Part of the public JSON. */
export interface PolicyFinding {
  /** The policy: `ownership`, `guards`, `schema-agnostic`. */
  readonly code: string;
  readonly track: string;
  readonly migration: string;
  readonly direction: "up" | "down";
  /** Index of the operation in its migration, from 0. */
  readonly operation: number;
  /** Relative to the project. Of an SQL migration the very file: the one that goes down, where it does. */
  readonly file: string;
  /** In SQL files, from 1; null elsewhere, because the sandbox does not say where an operation was written. */
  readonly line: number | null;
  readonly column: number | null;
  /** What was found and what to do; the place is not in it. */
  readonly message: string;
}
