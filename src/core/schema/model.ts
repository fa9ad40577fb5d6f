import type { TypeParameters } from "./types.ts";

/**
 * What the YAML declares, what the migrations add up to, or what a database has. Immutable and ordered: two schemas that
 * list the same things in another order describe the same database, but the order is kept for people.
 */
export interface Schema {
  /** Places for names beside the one that a connection begins in; absent: none. What is in `audit` is called `audit.events`. */
  readonly namespaces?: readonly Namespace[];
  readonly tables: readonly Table[];
  /** Types with a list of values; absent: none. A field is of one by having its name as its type. */
  readonly enums?: readonly EnumType[];
  /** Named defaults that the project declares, beside those built into each dialect. */
  readonly defaults: PerDialect;
  /** How the project maps field types, in place of the dialect's own mapping. */
  readonly typeMappings: PerDialect;
  /** Types of others with rules of their own; absent: none. A field is of one by having its name as its type. */
  readonly domains?: readonly Domain[];
  /** What counts and is not behind one serial field alone. */
  readonly sequences?: readonly Sequence[];
  /** What the database is to have loaded. */
  readonly extensions?: readonly Extension[];
  readonly views?: readonly View[];
  /** What is kept as the text that makes it: functions, triggers and the like. */
  readonly objects?: readonly ManagedObject[];
}

/** What PostgreSQL calls a schema. */
export interface Namespace extends ForDatabases {
  /** Without a dot. */
  readonly name: string;
  readonly comment?: string;
}

/** A type of another one, whose values have to satisfy more. */
export interface Domain extends TypeParameters, ForDatabases {
  /** A plain word, so that it can stand where a type stands. */
  readonly name: string;
  /** No value of it may be NULL. */
  readonly notNull?: boolean;
  /** Of columns that have none of their own. */
  readonly default?: DefaultValue;
  readonly collation?: string;
  readonly checks?: readonly DomainCheck[];
  readonly comment?: string;
}

export interface DomainCheck {
  readonly name: string;
  /** SQL condition over VALUE, without parentheses around it. */
  readonly check: string;
  /** Values that were there before it need not satisfy it. */
  readonly notValid?: boolean;
}

export interface Sequence extends SequenceOptions, ForDatabases {
  readonly name: string;
  /** Absent: bigint. */
  readonly type?: SequenceType;
  /** A field with its table, `users.id`, with which the sequence goes. */
  readonly ownedBy?: string;
  readonly comment?: string;
}

export interface Extension extends ForDatabases {
  readonly name: string;
  /** Absent: whichever the database has. */
  readonly version?: string;
  /** Absent: where the rest is. */
  readonly namespace?: string;
}

export interface EnumType extends ForDatabases {
  /** A plain word, so that it can stand where a type stands. */
  readonly name: string;
  /** In their order, which is how they compare. */
  readonly values: readonly string[];
  readonly comment?: string;
}

/**
 * The databases that a part of a schema is for; absent: all. What is said of a database holds for its variants, for which the nearest word counts:
 * of `only: [sqlite]` and `except: [turso]` Turso has nothing.
 */
export interface ForDatabases {
  /** These alone. */
  readonly only?: readonly string[];
  /** All but these. */
  readonly except?: readonly string[];
}

/** Dialect name → key → SQL text (or type template). */
export type PerDialect = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Table extends ForDatabases {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Field names in key order; absent when the table has no primary key. */
  readonly primaryKey?: readonly string[];
  /** Of the constraint, where databases name it and it is not the one that PostgreSQL gives it. */
  readonly primaryKeyName?: string;
  readonly primaryKeyComment?: string;
  readonly primaryKeyDeferrable?: Deferrable;
  /** Fields whose values its index holds without being part of the key. */
  readonly primaryKeyInclude?: readonly string[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  /** How a database is to keep the table, in its own words: dialect → option → SQL text. Which options there are, the dialect says. */
  readonly options?: PerDialect;
  /** What else its rows must satisfy; absent: nothing. */
  readonly constraints?: readonly Constraint[];
  readonly comment?: string;
  /** Policies decide which of its rows somebody may see and change; absent: nothing does. */
  readonly rowSecurity?: RowSecurity;
  /** Its rows are kept in other tables, by these values; absent: in itself. */
  readonly partitionBy?: PartitionKey;
  /** The table whose rows it keeps a part of. Its `fields` are those of that table. */
  readonly partitionOf?: PartitionOf;
  /** The tables whose fields and checks it has too, and whose rows its own count among. */
  readonly inherits?: readonly string[];
}

export const partitionMethods = ["range", "list", "hash"] as const;

export interface PartitionKey {
  readonly method: (typeof partitionMethods)[number];
  readonly by: readonly PartitionField[];
}

/** A field with nothing more to say about it is its name. */
export type PartitionField = string | Omit<IndexElement, "order" | "nulls">;

export interface PartitionOf {
  readonly table: string;
  /** SQL that says which rows: `FROM ('2024-01-01') TO ('2025-01-01')`, `IN ('a', 'b')`, `WITH (MODULUS 4, REMAINDER 0)`, `DEFAULT`. */
  readonly values: string;
}

/** `enabled` does not hold for the owner of the table, `forced` does. */
export const rowSecurities = ["enabled", "forced"] as const;
export type RowSecurity = (typeof rowSecurities)[number];

/**
 * A field of type `foreign_key` has the type of the primary key of the table `references` names. The constraint itself is
 * an entry of the table's `foreignKeys`; the field only borrows its type.
 */
export interface Field extends TypeParameters, ForDatabases {
  readonly name: string;
  readonly nullable: boolean;
  readonly default?: DefaultValue;
  /** The table whose key type a `foreign_key` field takes. */
  readonly references?: string;
  /** Set to the time of insertion by the database (`timestamp` types). */
  readonly autoCreate?: boolean;
  /** Set to the time of each update by the database, where it can (`timestamp` types). */
  readonly autoUpdate?: boolean;
  /** Computed by the database from other fields of the row. */
  readonly generated?: Generated;
  /** Numbered by the database as the SQL standard has it, in place of a serial type. */
  readonly identity?: Identity;
  /** Of a serial field: what is unusual about the sequence behind it. */
  readonly sequence?: OwnSequence;
  /** Name of the order in which its texts are compared; absent: the database's own. */
  readonly collation?: string;
  /** How a database is to keep its values, in its own words: dialect → option → SQL text. Which options there are, the dialect says. */
  readonly options?: PerDialect;
  readonly comment?: string;
  /** The table has it from the one that it is a partition of or inherits from, and does not declare it itself. */
  readonly inherited?: true;
}

/** Stored with the row, or computed whenever it is read. */
export interface Generated {
  /** SQL expression over other fields of the row. */
  readonly as: string;
  readonly stored?: boolean;
}

/** `always`: rows cannot give a number of their own. */
export interface Identity extends OwnSequence {
  readonly always?: boolean;
}

/** The sequence that numbers a field, where it is told more than it would be by itself. */
export interface OwnSequence extends SequenceOptions {
  /** Absent: the one that PostgreSQL gives it. */
  readonly name?: string;
  /** Absent: that of the field. */
  readonly type?: SequenceType;
  readonly comment?: string;
}

export const sequenceTypes = ["smallint", "integer", "bigint"] as const;
export type SequenceType = (typeof sequenceTypes)[number];

/** What a sequence is told beyond its defaults. Numbers beyond 2^53 are written as text. */
export interface SequenceOptions {
  readonly start?: SequenceNumber;
  readonly increment?: SequenceNumber;
  readonly min?: SequenceNumber;
  readonly max?: SequenceNumber;
  readonly cache?: SequenceNumber;
  readonly cycle?: boolean;
}

export type SequenceNumber = number | string;

/**
 * What an omitted value becomes. A string is the key of a named default if there is one, else a literal or an expression by
 * the rules of `resolveDefault`; `{ sql }` is always an expression and `{ value }` always a literal.
 */
export type DefaultValue = string | number | boolean | { readonly sql: string } | { readonly value: string };

export interface Index extends ForDatabases {
  readonly name: string;
  /** What it covers, in order. A field with nothing more to say about it is its name. */
  readonly fields: readonly IndexField[];
  readonly unique?: boolean;
  /** Access method, such as `gin`; absent means the database's default. */
  readonly method?: string;
  /** Predicate of a partial index, as SQL. */
  readonly where?: string;
  /** Fields whose values it holds without being sorted by them. */
  readonly include?: readonly string[];
  /** A unique index that counts NULLs as equal. */
  readonly nullsNotDistinct?: boolean;
  /** Storage parameters of the database, such as `fillfactor`. */
  readonly with?: Readonly<Record<string, string>>;
  readonly comment?: string;
}

export type IndexField = string | IndexElement;

/** A field or an expression, and how it is sorted and compared; `field` or `expression`, never both. */
export interface IndexElement {
  readonly field?: string;
  /** SQL, without parentheses around it. */
  readonly expression?: string;
  /** Absent: ascending. */
  readonly order?: "desc";
  /** Absent: last when ascending, first when descending. */
  readonly nulls?: "first" | "last";
  readonly collation?: string;
  /** With its parameters, where it has some: `gist_trgm_ops(siglen=32)`. */
  readonly operatorClass?: string;
  /** Characters of a text, or bytes, that it holds of each value; absent: all of them. Of a field. */
  readonly prefix?: number;
}

/** What the rows of a table must satisfy, beside its primary key and its foreign keys. */
export type Constraint = CheckConstraint | UniqueConstraint | ExclusionConstraint;

export interface CheckConstraint extends ForDatabases {
  readonly name: string;
  /** SQL condition that no row may make false, without parentheses around it. */
  readonly check: string;
  /** Tables that inherit from this one do not have it. */
  readonly noInherit?: boolean;
  /** Rows that were there before it need not satisfy it. */
  readonly notValid?: boolean;
  readonly comment?: string;
}

export interface UniqueConstraint extends ForDatabases {
  readonly name: string;
  readonly unique: readonly string[];
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly deferrable?: Deferrable;
  readonly comment?: string;
}

/** No two rows may answer true to all of the operators. */
export interface ExclusionConstraint extends ForDatabases {
  readonly name: string;
  readonly exclude: readonly (IndexElement & { readonly with: string })[];
  /** Access method; absent: the database's default. */
  readonly method?: string;
  readonly where?: string;
  readonly deferrable?: Deferrable;
  readonly comment?: string;
}

/** Whether a constraint may be checked when the transaction ends; absent: it is checked by each statement. */
export const deferrables = ["immediate", "deferred"] as const;
export type Deferrable = (typeof deferrables)[number];

export interface ForeignKey extends ForDatabases {
  readonly name: string;
  readonly fields: readonly string[];
  readonly references: {
    readonly table: string;
    /** Absent: the primary key of the table. */
    readonly fields?: readonly string[];
  };
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  /** The fields that SET NULL and SET DEFAULT change when the row they point at goes; absent: all of the key. */
  readonly onDeleteFields?: readonly string[];
  readonly deferrable?: Deferrable;
  /** Rows that were there before it need not satisfy it. */
  readonly notValid?: boolean;
  /** Either all fields of the key are NULL or none is. */
  readonly matchFull?: boolean;
  readonly comment?: string;
}

/** A query under a name, in the SQL of the database. */
export interface View extends ForDatabases {
  readonly name: string;
  /** Without a semicolon behind it. */
  readonly query: string;
  /** What its columns are called; absent: what the query calls them. */
  readonly columns?: readonly string[];
  /** Its rows are kept until it is refreshed. */
  readonly materialized?: boolean;
  /** What stands in its `WITH (…)`, such as `security_barrier`. */
  readonly options?: Readonly<Record<string, string>>;
  readonly comment?: string;
  /** Column → what describes it. */
  readonly columnComments?: Readonly<Record<string, string>>;
  /** Of a materialized view. */
  readonly indexes?: readonly Index[];
  /** Names of views and objects that it needs and that its query does not name. */
  readonly dependsOn?: readonly string[];
}

/** What is kept as the text that makes it. */
export interface ManagedObject extends ForDatabases {
  /** In the words of SQL, in lower case, with underscores: `function`, `trigger`, `virtual_table`. */
  readonly kind: string;
  /** A function's with the types of its arguments: `area(numeric, numeric)`. */
  readonly name: string;
  /** The table or view that it is part of: of triggers, policies and rules. */
  readonly table?: string;
  /** The statement that makes it. */
  readonly definition: string;
  /** The statement that drops it; absent: DROP with kind, name and table. */
  readonly drop?: string;
  readonly comment?: string;
  /** As of a view. */
  readonly dependsOn?: readonly string[];
}

export const referentialActions = ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"] as const;
export type ReferentialAction = (typeof referentialActions)[number];

export const emptySchema: Schema = { tables: [], defaults: {}, typeMappings: {} };
