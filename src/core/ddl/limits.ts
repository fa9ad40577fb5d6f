/** How long statements may wait for others and run, in milliseconds; 0: as long as it takes. What is absent is left alone. */
export interface StatementLimits {
  /** How long a statement may wait for a lock. */
  readonly lockMs?: number | undefined;
  /** How long a statement may run. Databases without such a limit leave it out. */
  readonly statementMs?: number | undefined;
}

/** How a database keeps a statement from waiting too long: what waits for a lock makes everybody wait who comes after it. */
export interface LimitSql {
  /** Set where nobody says otherwise; absent: what the connection says goes. */
  readonly defaultLockMs?: number;
  /** Statements that set limits for the session, outside a transaction. */
  session(limits: StatementLimits): readonly string[];
  /** The same for the transaction that is open, so that nothing has to be set back. Absent: they are set for the session. */
  transaction?(limits: StatementLimits): readonly string[];
  /** Statements that set the session back to what it began with. */
  readonly reset: readonly string[];
  /** Where that cannot be said: a query for what holds before anything is set, and what makes its row hold again. */
  readonly saved?: { readonly query: string; back(row: Readonly<Record<string, unknown>>): readonly string[] };
  /**
   * Whether a statement waits for the transactions of others without standing in anybody's way, and leaves something half-done
   * when it is cut short: limits do not count for it.
   */
  patient(sql: string): boolean;
  /**
   * Whether a text of one or more statements that failed has left nothing behind, so that it may be tried again: with
   * `inTransaction` after the transaction around it was rolled back, else by itself.
   */
  repeatable(sql: string, inTransaction: boolean): boolean;
}
