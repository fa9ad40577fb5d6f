/** Set by the plan where the same migration drops it and makes it again: what nobody declares of it is kept. */
export interface MadeAgain {
  readonly again?: true;
}

/** Set by the plan on the way back: what its text names was there when it was made, and is there in the end; in between some of it may not be. */
export interface BroughtBack {
  readonly broughtBack?: true;
}

/** Part of a statement that sets a column in all rows. */
export interface Keyed {
  /** The primary key that the table has, where `limitsRows` says so. */
  readonly keys?: readonly string[];
}
