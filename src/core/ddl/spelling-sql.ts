import type { ManagedObject } from "../schema/model.ts";

/**
 * Two texts for the same thing, one that is wanted and one that the database tells, which are not the same to godwit. `expression` is over the columns of
 * a table, `default` is that of a column of a type, `query` is that of a view.
 */
export type Spelling = { readonly want: string; readonly have: string } & (
  | { readonly kind: "expression"; readonly table: string }
  | { readonly kind: "default"; readonly type: string }
  | { readonly kind: "query"; readonly columns?: readonly string[] | undefined }
);

/** How a database is asked whether two texts say the same, without running them and without leaving anything. */
export interface SpellingSql {
  /** Opens a transaction in which nothing waits for long; it is rolled back. */
  readonly begin: string;
  readonly limits: readonly string[];
  /** Takes back limits that outlive the transaction. */
  readonly unlimit?: readonly string[];
  /** What fails leaves the transaction as it was by itself. */
  readonly savepoints?: false;
  /** A query whose row has in `may` whether asking leaves nothing; absent: it never does. */
  readonly mayAsk?: string;
  /** Absent: not to be asked. Names of tables are marked. */
  question(spelling: Spelling): SpellingQuestion | undefined;
  /** The form in which queries are compared without asking; absent: views are not compared here. */
  canonicalQuery?(query: string, columns?: readonly string[]): string;
  /** The expressions in the text that makes an object, over the columns of its table, and what is around them; absent where there are none. */
  taken?(object: ManagedObject): { readonly frame: string; readonly expressions: readonly string[] } | undefined;
}

export interface SpellingQuestion {
  /** Makes something of both texts that nobody else sees. */
  readonly make: readonly string[];
  /** A query of one row. */
  readonly query: string;
  /** Whether that row says that both are the same. */
  isSame(row: Readonly<Record<string, unknown>>): boolean;
  /** Takes away what is not gone with the transaction. */
  readonly drop?: readonly string[];
}
