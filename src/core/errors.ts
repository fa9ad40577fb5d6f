/**
 * Every failure that godwit can name. One code per kind of failure; `data` carries the names involved, so that
 * `--json` and tests need not parse the message.
 */
export type ErrorCode =
  /** Wrong use of the command line or of an API. Exit code 2. */
  | "usage"
  /** A question is open and nobody can be asked. `data.questions` lists them. Exit code 2. */
  | "questions"
  /** The user said stop. */
  | "cancelled"
  /** godwit.yaml, an environment variable or a flag holds something unusable. */
  | "config"
  /** A connection URL cannot be used. */
  | "url"
  /** A schema file is wrong. `data`: file, line, column. */
  | "schema"
  /** An operation's parameters have the wrong shape. */
  | "params"
  /** An operation does not fit the schema it is applied to. */
  | "state"
  /** A dialect cannot express a statement. */
  | "unsupported"
  /** An operation has no way back. */
  | "irreversible"
  /** A migration file is wrong or its evaluation failed. `data`: file, line, column. */
  | "migration"
  /** A migration ran into a limit of the sandbox. `data`: limit, file. */
  | "limit"
  /** Dependencies that are missing or circular; branches that conflict (`data.conflicts`, or `data.clashes` of a rollback). */
  | "graph"
  /** A name that is not a migration. Exit code 2. */
  | "unknown-migration"
  /** Files and history disagree. */
  | "history"
  /** The lock is held by somebody else. */
  | "lock"
  /** The database lacks what a track requires. `data.missing` lists it. */
  | "requirement"
  /** A hook of godwit.yaml failed. `data`: hook, index. */
  | "hook"
  /** No connection to the database. */
  | "connect"
  /** The database refused a statement. `data`: sql, position, sqlstate. */
  | "database"
  /** A file could not be read or written. */
  | "file"
  /** A check found something: pending, drift, changes. Exit code 3. */
  | "found"
  /** A bug in godwit. */
  | "internal";

export type ErrorData = Readonly<Record<string, unknown>>;

/** The one error type of godwit. Its message is a sentence: what was found, where, and what to do next. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.data = data;
  }
}

/** A run that stopped half-way: what was done before the failure stays done and is named here. */
export class PartialError extends ToolError {
  /** Migrations that this run applied (or rolled back) before it failed. */
  readonly applied: readonly string[];
  /** The migration that failed; empty when none did, but a hook after the last one. */
  readonly failed: string;
  readonly remaining: readonly string[];

  constructor(
    cause: ToolError,
    progress: { readonly applied: readonly string[]; readonly failed?: string; readonly remaining: readonly string[] },
  ) {
    super(cause.code, cause.message, { ...cause.data, ...progress }, { cause });
    this.applied = progress.applied;
    this.failed = progress.failed ?? "";
    this.remaining = progress.remaining;
  }
}

/** Line and column count from 1; the column counts UTF-16 units, as editors do. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
