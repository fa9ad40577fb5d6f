import type { Position } from "../errors.ts";
import type { EnumType, Extension, ManagedObject, Namespace, Sequence, View } from "../schema/model.ts";
import type { DomainImage, TableImage } from "./statement.ts";

/** A row as a driver returns it: column name → plain value. */
export type Row = Readonly<Record<string, unknown>>;

/** How the catalog of a database is read. */
export interface Introspection {
  /** Query name → SQL. All are run on one connection, without parameters. */
  readonly queries: Readonly<Record<string, string>>;
  /**
   * The same for the current namespace and these, whose names come qualified, without those that cannot give rows by the answer to `inventory`; absent
   * where the database has no namespaces.
   */
  queriesIn?(namespaces: readonly string[], found?: Row): Readonly<Record<string, string>>;
  /** Asked before the others: its one row says what the database has any of at all. */
  readonly inventory?: string;
  /** Queries that their rows give rise to, asked after them: for what the catalog tells only of one thing at a time. Their rows come to `read` beside the others. */
  further?(rows: Readonly<Record<string, readonly Row[]>>): Readonly<Record<string, string>>;
  /** Query for the `name`s of the namespaces that may be asked for; absent as `queriesIn`. */
  readonly namespaces?: string;
  /** Rows of each query → what the database has. Pure, so that mapping is tested without a database. */
  read(rows: Readonly<Record<string, readonly Row[]>>): LiveSchema;
}

/** A database as introspection sees it. godwit's own tables are not part of it. */
export interface LiveSchema {
  /** Those that were asked for and exist. */
  readonly namespaces?: readonly Namespace[];
  readonly tables: readonly TableImage[];
  /** Types with a list of values; absent where the database has none. */
  readonly enums?: readonly EnumType[];
  /** With the version that is there, where that is not the one that would come by itself. */
  readonly extensions?: readonly Extension[];
  readonly domains?: readonly DomainImage[];
  readonly sequences?: readonly Sequence[];
  readonly views?: readonly View[];
  readonly objects?: readonly ManagedObject[];
  /** What exists and has no place in the model; it is listed, never dropped and never changed. */
  readonly unsupported: readonly UnsupportedObject[];
}

/** With the place where it stands, where it was found in a file. */
export interface UnsupportedObject extends Partial<Position> {
  /** `view`, `trigger`, `check`, `expression index` … */
  readonly kind: string;
  readonly object: string;
  readonly table?: string;
  readonly reason: string;
}
