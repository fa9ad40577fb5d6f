/** Columns of the table that are NOT NULL, where that is a constraint with a name; absent: none, or it has no name. */
export interface NamedNotNull {
  readonly notNull?: readonly string[];
}

/** A table with its rows becomes a partition of another one. */
export interface AttachPartition extends NamedNotNull {
  readonly kind: "attachPartition";
  readonly table: string;
  readonly to: string;
  readonly values: string;
}

/** A partition becomes a table by itself. */
export interface DetachPartition extends NamedNotNull {
  readonly kind: "detachPartition";
  readonly table: string;
  readonly from: string;
}

/** The indexes that a partition has as parts of indexes above get these names. */
export interface NamePartIndexes {
  readonly kind: "namePartIndexes";
  readonly table: string;
  readonly from: string;
  readonly indexes: readonly { readonly above: string; readonly name: string }[];
}

/** What goes with the one above: `heirs` are the tables that inherit it and lose it too, each after those that it inherits from. */
export interface Inherited {
  readonly heirs?: readonly string[];
}

/** A table inherits no longer from some tables, and then from others. */
export interface AlterInherits extends NamedNotNull {
  readonly kind: "alterInherits";
  readonly table: string;
  readonly drop: readonly string[];
  readonly add: readonly string[];
}
