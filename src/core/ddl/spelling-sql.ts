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
  /** What makes something of both texts that nobody else sees, and a query whose row has `same`. Absent: not to be asked. Names of tables are marked. */
  question(spelling: Spelling): { readonly make: readonly string[]; readonly query: string } | undefined;
  /** The form in which queries are compared without asking. */
  canonicalQuery(query: string, columns?: readonly string[]): string;
  /** The expressions in the text that makes an object, over the columns of its table, and what is around them; absent where there are none. */
  taken?(object: ManagedObject): { readonly frame: string; readonly expressions: readonly string[] } | undefined;
}
