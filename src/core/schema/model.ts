import type { TypeParameters } from "./types.ts";

/**
 * What the YAML declares, what the migrations add up to, or what a database has. Immutable and ordered: two schemas that
 * list the same things in another order describe the same database, but the order is kept for people.
 */
export interface Schema {
  readonly tables: readonly Table[];
  /** Named defaults that the project declares, beside those built into each dialect. */
  readonly defaults: PerDialect;
  /** How the project maps field types, in place of the dialect's own mapping. */
  readonly typeMappings: PerDialect;
}

/** Dialect name → key → SQL text (or type template). */
export type PerDialect = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Table {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Field names in key order; absent when the table has no primary key. */
  readonly primaryKey?: readonly string[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  /** How a database is to keep the table, in its own words: dialect → option → SQL text. Which options there are, the dialect says. */
  readonly options?: PerDialect;
}

/**
 * A field of type `foreign_key` has the type of the primary key of the table `references` names. The constraint itself is
 * an entry of the table's `foreignKeys`; the field only borrows its type.
 */
export interface Field extends TypeParameters {
  readonly name: string;
  readonly nullable: boolean;
  readonly default?: DefaultValue;
  /** The table whose key type a `foreign_key` field takes. */
  readonly references?: string;
  /** Set to the time of insertion by the database (`timestamp` types). */
  readonly autoCreate?: boolean;
  /** Set to the time of each update by the database, where it can (`timestamp` types). */
  readonly autoUpdate?: boolean;
}

/**
 * What an omitted value becomes. A string is the key of a named default if there is one, else a literal or an expression by
 * the rules of `resolveDefault`; `{ sql }` is always an expression and `{ value }` always a literal.
 */
export type DefaultValue = string | number | boolean | { readonly sql: string } | { readonly value: string };

export interface Index {
  readonly name: string;
  readonly fields: readonly string[];
  readonly unique?: boolean;
  /** Access method, such as `gin`; absent means the database's default. */
  readonly method?: string;
  /** Predicate of a partial index, as SQL. */
  readonly where?: string;
}

export interface ForeignKey {
  readonly name: string;
  readonly fields: readonly string[];
  readonly references: {
    readonly table: string;
    /** Absent: the primary key of the table. */
    readonly fields?: readonly string[];
  };
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
}

export const referentialActions = ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"] as const;
export type ReferentialAction = (typeof referentialActions)[number];

export const emptySchema: Schema = { tables: [], defaults: {}, typeMappings: {} };
