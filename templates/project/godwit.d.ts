// Types of the module "godwit" that migrations import. Written by godwit; a newer godwit may write it again.

/** The field types that every database has a type for; any other text is a native type of yours. */
export type FieldType =
  | "varchar"
  | "char"
  | "text"
  | "smallint"
  | "integer"
  | "bigint"
  | "smallserial"
  | "serial"
  | "bigserial"
  | "float"
  | "double"
  | "decimal"
  | "boolean"
  | "date"
  | "time"
  | "timestamp"
  | "timestamptz"
  | "uuid"
  | "json"
  | "jsonb"
  | "bytes"
  | "text[]"
  | "foreign_key"
  | (string & {});

export type Action = "NO ACTION" | "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";

export type DefaultValue = string | number | boolean | {
  /** An SQL expression, used as it stands. */
  readonly sql: string;
} | {
  /** A literal text, quoted whatever it looks like. */
  readonly value: string;
};

export interface Field {
  /** Name of the field. */
  readonly name: string;
  /** A field type, or a native type of the database. */
  readonly type: FieldType;
  /** Characters, for varchar and char. */
  readonly length?: number;
  /** Digits in all, for decimal. */
  readonly precision?: number;
  /** Digits after the point, for decimal. */
  readonly scale?: number;
  /** May be NULL. Absent: NOT NULL. */
  readonly nullable?: boolean;
  /** A named default, a literal, or { sql } for an expression. */
  readonly default?: DefaultValue;
  /** Set to the current time when a row is inserted. */
  readonly autoCreate?: boolean;
  /** Set to the current time when a row is updated. */
  readonly autoUpdate?: boolean;
  /** Part of the primary key. */
  readonly primaryKey?: boolean;
  /** For type foreign_key: where it points. */
  readonly foreignKey?: ForeignKeyOptions;
}

export interface ForeignKeyOptions {
  /** The table it points at; the field takes the type of that table's key. */
  readonly table: string;
  /** Name of the constraint. Absent: fk_<table>_<field>. */
  readonly name?: string;
  /** What happens to the rows when the row they point at goes. Absent: RESTRICT. */
  readonly onDelete?: Action;
  /** What happens when the key changes. Absent: NO ACTION. */
  readonly onUpdate?: Action;
}

export interface Index {
  /** Name of the index. */
  readonly name: string;
  /** Fields, in order. */
  readonly fields: readonly string[];
  /** No two rows may hold the same values. */
  readonly unique?: boolean;
  /** Access method, such as gin. */
  readonly method?: string;
  /** Predicate of a partial index, as SQL. */
  readonly where?: string;
}

export interface PlainField {
  /** Name of the field. */
  readonly name: string;
  /** A field type, or a native type of the database. */
  readonly type: FieldType;
  /** Characters, for varchar and char. */
  readonly length?: number;
  /** Digits in all, for decimal. */
  readonly precision?: number;
  /** Digits after the point, for decimal. */
  readonly scale?: number;
  /** May be NULL. Absent: NOT NULL. */
  readonly nullable?: boolean;
  /** A named default, a literal, or { sql } for an expression. */
  readonly default?: DefaultValue;
  /** Set to the current time when a row is inserted. */
  readonly autoCreate?: boolean;
  /** Set to the current time when a row is updated. */
  readonly autoUpdate?: boolean;
}

export type RowValue = null | string | number | boolean | bigint | Uint8Array | {
  /** Key of a named default, whose SQL is the value; another text is SQL itself. */
  readonly defaultRef: string;
};

export type SqlText = string | Readonly<Record<string, string>>;

/** Creates a table with its fields, primary key, indexes and the foreign keys of its fields. */
export interface CreateTable {
  /** Name of the table. */
  readonly name: string;
  /** Fields, in order. */
  readonly fields: readonly Field[];
  /** Fields of the key in its order, when the order of the fields will not do. */
  readonly primaryKey?: readonly string[];
  /** Indexes to create with it. */
  readonly indexes?: readonly Index[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** One change, made by the function of its kind. It is data: making it changes nothing. */
export type Operation =
  | ({ readonly kind: "createTable" } & CreateTable);

/** What a migration file exports as its default. The migration's name is the file name without its extension. */
export interface Migration {
  /** Names of the migrations that must be applied before this one. */
  readonly dependencies?: readonly string[];
  /** The changes, in order. */
  readonly operations: readonly Operation[];
  /** Names of the migrations that this one stands for (a squash). */
  readonly replaces?: readonly string[];
  /** `false` runs the statements outside a transaction, for those that a database refuses inside one. Default: true. */
  readonly transaction?: boolean;
}

/** Declares a migration: `export default migration({ operations: […] })`. */
export function migration(params: Migration): Migration;

/** Creates a table with its fields, primary key, indexes and the foreign keys of its fields. */
export function createTable(params: CreateTable): Operation;
