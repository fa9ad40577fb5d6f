import type { Row, Value } from "../core/ddl/dialect.ts";

/**
 * The I/O half of a database: one pinned connection. Every method rejects with ToolError `database` (`data`: sql, code, offset, detail,
 * hint) or `connect`; messages and data never hold the URL's password.
 */
export interface Driver {
  /** Runs one statement, or several separated by semicolons when there are no parameters. */
  execute(sql: string, parameters?: readonly Value[]): Promise<{ readonly changes: number }>;
  query(sql: string, parameters?: readonly Value[]): Promise<readonly Row[]>;
  begin(sql: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /**
   * Asks the database to give up the statement that it works on; that one rejects then. Absent where a statement cannot be
   * stopped from outside.
   */
  cancel?(): Promise<void>;
  /** Whether a pooler stands before the server, so that transactions may get one session after the other; absent where that cannot be told. */
  readonly pooled?: boolean;
  /** Whether they do, as far as it can be found out; only asked outside of transactions. */
  sharesSessions?(): Promise<boolean>;
  /** Why nothing can be written, and what to do about it; `undefined` where it can. Absent where that cannot be told beforehand. */
  obstacle?(): Promise<string | undefined>;
  close(): Promise<void>;
  /** Version as the server reports it, such as `17.10` or `3.54.1`. */
  serverVersion(): Promise<string>;
}

export interface ConnectOptions {
  /** Opens for reading only where the database can: nothing is created, not even an empty SQLite file. */
  readonly readOnly?: boolean;
  /** `false`: a SQLite file that does not exist is not made, but an error with `data.missing`. */
  readonly create?: boolean;
  readonly connectTimeoutMs?: number;
  /** Called with each notice or warning of the server. */
  readonly onNotice?: (message: string) => void;
}

/**
 * Default export of every `driver.ts`. Rejects with ToolError `url` or `connect`; `data.starting` is true where the server
 * does not listen yet or lets nobody in for the moment.
 */
export type OpenDriver = (url: string, options?: ConnectOptions) => Promise<Driver>;
