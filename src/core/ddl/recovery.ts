/**
 * How a run that finds a statement begun but not finished can tell what it left behind. Only asked about statements that commit by
 * themselves: all others are done or not done together with the note that says so.
 */
export type Recovery =
  /** Doing it again does no harm, whatever it left. */
  | { readonly kind: "repeat" }
  /**
   * Rows that differ once the statement has taken effect; they are kept from before it began. `settle` waits for what it may have begun in the
   * background.
   */
  | { readonly kind: "compare"; readonly query: string; readonly settle?: readonly string[] }
  /**
   * A query for one row with `state`: `done`, or `partial`, which `cleanup` removes before the statement is done again. No row: nothing
   * of it is there.
   */
  | { readonly kind: "inspect"; readonly query: string; readonly cleanup: readonly string[] }
  /** Only a person can tell. */
  | { readonly kind: "ask" };
