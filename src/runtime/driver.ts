import type { Row, Value } from "../core/ddl/dialect.ts";
import type { ToolError } from "../core/errors.ts";

/**
 * The I/O half of a database: one pinned connection. Every method rejects with ToolError `database` (`data`: sql, code, offset, detail,
 * hint) or `connect`; messages and data never hold the URL's password.
 */
export interface Driver {
  /** Runs one statement, or several separated by semicolons when there are no parameters. */
  execute(sql: string, parameters?: readonly Value[]): Promise<{ readonly changes: number }>;
  /** `most`: no more rows than these are wanted; a driver that cannot stop there gives all. */
  query(sql: string, parameters?: readonly Value[], most?: number): Promise<readonly Row[]>;
  /**
   * Sends a statement of a transaction without waiting for its answer, which nobody need look at: where it fails, what comes next in the transaction rejects
   * with its error, and a commit does not commit. Throws what keeps it from being sent. Absent where that saves nothing.
   */
  executeAhead?(sql: string): Promise<void>;
  /** The same with COMMIT: from then on nothing else is sent, and `commit` waits for the answers. */
  commitAhead?(): void;
  /**
   * Runs transactions one after the other, each the statements between its begin and its commit, and gives the rows of all. They are sent as one text, so nothing
   * but what is known to hold no second statement may be in them. The first statement that fails ends it all: what came before its transaction is
   * committed, nothing else is done, and none is open. Absent where that saves nothing.
   */
  transactions?(list: readonly (readonly string[])[]): Promise<readonly Row[]>;
  /**
   * Set where a commit takes many times as long as making a table, and only one connection writes at a time: then migrations that are over at once share a
   * transaction.
   */
  readonly sharesTransactions?: true;
  /** Set where statements may be sent before the one before them has answered; they are run in their order all the same. */
  readonly pipelines?: true;
  begin(sql: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Whether a transaction is open; some failures end one. Absent where only the server knows. */
  inTransaction?(): boolean;
  /**
   * Runs a whole transaction in one go, so that none is open while the network carries the next statement. Where it is there, and `bookkeeping.batch` of
   * the dialect, every transaction of a run is one (see batches.ts). Absent where statements cost no way over a network worth
   * saving. Rejects with ToolError `connect` where it is not known what became of it.
   */
  batch?(batch: Batch): Promise<BatchOutcome>;
  /** Set where transactions may stay open all the same, for what cannot be known beforehand. */
  readonly interactive?: true;
  /** Whether one is open that the server would end to let another connection write. Then another one had better not. */
  readonly holdsWriteLock?: boolean;
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
  /** Set where what is read is a copy: of which server, the path of its file, and when it was last the same (ISO 8601). */
  readonly copy?: { readonly of: string; readonly path: string; readonly asOf: string };
  /** What `serverVersion` gives, where the server says it to everybody who connects. */
  readonly version?: string;
  close(): Promise<void>;
  /** Version as the server reports it, such as `17.10` or `3.54.1`. */
  serverVersion(): Promise<string>;
}

/** A transaction that is known beforehand: all of it is done, or nothing. */
export interface Batch {
  /** Statements before the transaction, and after it, these whatever became of it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What opens it. */
  readonly begin: string;
  /** One statement each; the first that fails ends it. */
  readonly statements: readonly BatchStatement[];
}

export interface BatchStatement {
  readonly sql: string;
  readonly parameters?: readonly Value[];
}

export interface BatchOutcome {
  /** What the statements gave that went well, in their order. */
  readonly results: readonly { readonly rows: readonly Row[]; readonly changes: number }[];
  /** Absent: it is committed. Else nothing of it is left; `index` of the statement that failed, below 0 where it did not begin. */
  readonly failed?: { readonly index: number; readonly error: ToolError };
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
