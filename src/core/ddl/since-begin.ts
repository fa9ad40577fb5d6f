/**
 * How long a transaction has lasted when its row of the history is written, for a row that is sent before that is known. Expressions, for `values` of
 * `insertHistory`.
 */
export interface SinceBegin {
  /** Whole milliseconds. */
  readonly ms: string;
  /** The moment so much after a time. */
  after(time: string): string;
  /**
   * Where several transactions are sent as one text, `ms` and `after` count from when that came. Whole milliseconds from when the row of another migration was
   * written until `time`; `track` and `name` are literals.
   */
  msSince(row: { readonly table: string; readonly track: string; readonly name: string }, time: string): string;
  /** A text of `insertHistory` so that it gives the row's `duration_ms`. */
  telling(insert: string): string;
}
