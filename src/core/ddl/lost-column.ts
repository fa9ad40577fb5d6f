import type { Column, TableImage } from "./statement.ts";

/** A column that comes back and must not be NULL, whose values are gone. */
export interface LostColumn {
  readonly column: Column;
  /** The table that it comes back to, with it. */
  readonly of: TableImage;
  /** Of its enum. */
  readonly values?: readonly string[];
  /** No two rows may have the same. */
  readonly apart: boolean;
  /** A literal that a check lets pass. */
  readonly allowed?: string;
}

/** As which column it is added, to become what it was after that; or an SQL expression that its rows are filled with. */
export type Refill = { readonly first: Column } | { readonly fill: string };
