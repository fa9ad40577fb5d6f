/**
 * SQL for transactions that are sent as one batch, so that nobody can look at what a query in the middle returns: it has to be the database that
 * refuses to go on.
 */
export interface BatchSql {
  /** A statement that fails with this message, and the batch with it, when the query returns a row. */
  refuseIf(query: string, message: string): string;
  /** A query that returns a row unless the column `sql` of this one gives exactly these texts, in this order. */
  differs(query: string, texts: readonly string[]): string;
  /** A statement that fails in any case; its message is the texts in the column `sql` of the query, as a JSON list. */
  reveal(query: string): string;
  /**
   * A statement that fails when `foreignKeyCheck` returns rows other than these: with `message`, in which a description of the rows stands for
   * `{rows}`.
   */
  refuseViolations(known: readonly Readonly<Record<string, unknown>>[], message: string): string;
  /** A query that returns a row when the lock in this table is not this owner's. */
  lockLost(table: string, owner: string): string;
  /** An expression for the server's time in milliseconds, at the moment of its statement. */
  readonly clock: string;
  /** A statement that makes of the time that rows hold in a column how long ago that is. What they are known by are literals, by column. */
  elapsed(table: string, column: string, rows: Readonly<Record<string, string>>): string;
  /** The message of a refusal in what the database says; `undefined` for every other error. */
  refusalIn(message: string): string | undefined;
}
