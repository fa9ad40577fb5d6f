import type { Command } from "../ddl/dialect.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Position } from "../errors.ts";

/** What would take a database from here to there, in order. */
export interface Plan {
  readonly direction: "up" | "down";
  readonly steps: readonly Step[];
}

/** All that one migration does to the database; it commits as a whole when `transaction` is true. */
export interface Step {
  readonly migration: string;
  readonly checksum: string;
  readonly transaction: boolean;
  /** Runs with foreign key enforcement off (a table is rebuilt or dropped). */
  readonly foreignKeysOff: boolean;
  readonly actions: readonly Action[];
}

/** One operation (or one part of an inverse) with the commands that carry it out. */
export interface Action {
  /** Index of the operation in its migration, from 0. */
  readonly operation: number;
  /** The operation's one-line title. */
  readonly title: string;
  /** Where its one statement begins, in a migration that is written in SQL. */
  readonly source?: Position;
  /** Failures are reported as warnings and the run goes on. */
  readonly ignoreErrors: boolean;
  /** All it does is to drop something. A run may be told to go on where that is gone already. */
  readonly drops?: true;
  readonly statements: readonly Statement[];
  readonly commands: readonly Command[];
}
