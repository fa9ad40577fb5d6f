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

export interface CheckConstraint {
  /** Name of the constraint. */
  readonly name: string;
  /** SQL condition that no row may make false. */
  readonly check: string;
  /** Tables that inherit from this one do not have it. */
  readonly noInherit?: boolean;
  /** Rows that were there before it need not satisfy it. */
  readonly notValid?: boolean;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
}

export type Constraint = CheckConstraint | UniqueConstraint | ExclusionConstraint;

export type DefaultValue = string | number | boolean | {
  /** An SQL expression, used as it stands. */
  readonly sql: string;
} | {
  /** A literal text, quoted whatever it looks like. */
  readonly value: string;
};

export interface ExclusionConstraint {
  /** Name of the constraint. */
  readonly name: string;
  /** No two rows may answer true to all of these. */
  readonly exclude: readonly ExclusionElement[];
  /** Access method, such as gin. */
  readonly method?: string;
  /** Predicate that says which rows count, as SQL. */
  readonly where?: string;
  /** May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred). */
  readonly deferrable?: "immediate" | "deferred";
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
}

export interface ExclusionElement {
  /** A field; or else `expression`. */
  readonly field?: string;
  /** An SQL expression over fields of the row; or else `field`. */
  readonly expression?: string;
  /** Absent: ascending. */
  readonly order?: "desc";
  /** Absent: last when ascending, first when descending. */
  readonly nulls?: "first" | "last";
  /** Name of the order in which texts are compared. */
  readonly collation?: string;
  /** Operator class of the database, such as text_pattern_ops or gist_trgm_ops(siglen=32). */
  readonly operatorClass?: string;
  /** Characters of a text, or bytes, that the index holds of each value (MySQL, MariaDB). Absent: all. */
  readonly prefix?: number;
  /** Operator, such as &&. */
  readonly with: string;
}

export interface Field {
  /** Name of the field. */
  readonly name: string;
  /** A field type, or a native type of the database. */
  readonly type: FieldType;
  /** Characters, for varchar and char. */
  readonly length?: number;
  /** Digits in all, for decimal; digits of the fraction of a second, for times. */
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
  /** Computed by the database from other fields of the row. */
  readonly generated?: Generated;
  /** Numbered by the database as an identity column, in place of a serial type. */
  readonly identity?: Identity;
  /** For serial types: what is unusual about the sequence behind the field (PostgreSQL). */
  readonly sequence?: OwnSequence;
  /** Name of the order in which its texts are compared. */
  readonly collation?: string;
  /** How a database is to keep its values, in its own words: dialect → option → SQL text. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Part of the primary key. */
  readonly primaryKey?: boolean;
  /** For type foreign_key: where it points. */
  readonly foreignKey?: ForeignKeyOptions;
  /** The table has it from the one that it inherits from, with something changed. */
  readonly inherited?: true;
}

export interface ForeignKeyOptions {
  /** The table it points at; the field takes the type of that table's key. */
  readonly table: string;
  /** Name of the constraint. Absent: fk_<table>_<field>. */
  readonly name?: string;
  /** What happens to the rows when the row they point at goes. Absent: RESTRICT. */
  readonly onDelete?: "NO ACTION" | "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";
  /** What happens when the key changes. Absent: NO ACTION. */
  readonly onUpdate?: "NO ACTION" | "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";
  /** The fields that SET NULL or SET DEFAULT change. Absent: all of the key. */
  readonly onDeleteFields?: readonly string[];
  /** May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred). */
  readonly deferrable?: "immediate" | "deferred";
  /** Rows that were there before it need not satisfy it. */
  readonly notValid?: boolean;
  /** Either all fields of the key are NULL or none is. */
  readonly matchFull?: boolean;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
}

export interface Generated {
  /** SQL expression over other fields of the row. */
  readonly as: string;
  /** Kept with the row. Absent: computed whenever it is read. */
  readonly stored?: boolean;
}

export interface Identity {
  /** Rows cannot give a number of their own. */
  readonly always?: boolean;
  /** Name of the sequence. Absent: the one that PostgreSQL gives it. */
  readonly name?: string;
  /** Type in which it counts. Absent: that of the field. */
  readonly type?: "smallint" | "integer" | "bigint";
  /** Its first number. */
  readonly start?: number | string;
  /** From one number to the next. Absent: 1. */
  readonly increment?: number | string;
  /** The least number. */
  readonly min?: number | string;
  /** The greatest number. */
  readonly max?: number | string;
  /** Numbers that a session takes at once. Absent: 1. */
  readonly cache?: number | string;
  /** Starts again after its last number. */
  readonly cycle?: boolean;
  /** What the database keeps as the description of the sequence. */
  readonly comment?: string;
}

export interface IndexElement {
  /** A field; or else `expression`. */
  readonly field?: string;
  /** An SQL expression over fields of the row; or else `field`. */
  readonly expression?: string;
  /** Absent: ascending. */
  readonly order?: "desc";
  /** Absent: last when ascending, first when descending. */
  readonly nulls?: "first" | "last";
  /** Name of the order in which texts are compared. */
  readonly collation?: string;
  /** Operator class of the database, such as text_pattern_ops or gist_trgm_ops(siglen=32). */
  readonly operatorClass?: string;
  /** Characters of a text, or bytes, that the index holds of each value (MySQL, MariaDB). Absent: all. */
  readonly prefix?: number;
}

export interface Index {
  /** Name of the index. */
  readonly name: string;
  /** What it covers, in order: fields, or more said about them. */
  readonly fields: readonly (string | IndexElement)[];
  /** No two rows may hold the same values. */
  readonly unique?: boolean;
  /** Access method, such as gin. */
  readonly method?: string;
  /** Predicate of a partial index, as SQL. */
  readonly where?: string;
  /** Fields whose values it holds besides. */
  readonly include?: readonly string[];
  /** Counts NULLs as equal. */
  readonly nullsNotDistinct?: boolean;
  /** Storage parameters, such as fillfactor. */
  readonly with?: Readonly<Record<string, string>>;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
}

export interface Irreversible {
  /** Why there is no way back. */
  readonly irreversible: string;
}

export interface OwnSequence {
  /** Name of the sequence. Absent: the one that PostgreSQL gives it. */
  readonly name?: string;
  /** Type in which it counts. Absent: that of the field. */
  readonly type?: "smallint" | "integer" | "bigint";
  /** Its first number. */
  readonly start?: number | string;
  /** From one number to the next. Absent: 1. */
  readonly increment?: number | string;
  /** The least number. */
  readonly min?: number | string;
  /** The greatest number. */
  readonly max?: number | string;
  /** Numbers that a session takes at once. Absent: 1. */
  readonly cache?: number | string;
  /** Starts again after its last number. */
  readonly cycle?: boolean;
  /** What the database keeps as the description of the sequence. */
  readonly comment?: string;
}

export interface PlainField {
  /** Name of the field. */
  readonly name: string;
  /** A field type, or a native type of the database. */
  readonly type: FieldType;
  /** Characters, for varchar and char. */
  readonly length?: number;
  /** Digits in all, for decimal; digits of the fraction of a second, for times. */
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
  /** Computed by the database from other fields of the row. */
  readonly generated?: Generated;
  /** Numbered by the database as an identity column, in place of a serial type. */
  readonly identity?: Identity;
  /** For serial types: what is unusual about the sequence behind the field (PostgreSQL). */
  readonly sequence?: OwnSequence;
  /** Name of the order in which its texts are compared. */
  readonly collation?: string;
  /** How a database is to keep its values, in its own words: dialect → option → SQL text. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
}

export type RowValue = null | string | number | boolean | bigint | Uint8Array | {
  /** Key of a named default, whose SQL is the value; another text is SQL itself. */
  readonly defaultRef: string;
};

export type SqlText = string | Readonly<Record<string, string>>;

export interface UniqueConstraint {
  /** Name of the constraint. */
  readonly name: string;
  /** No two rows may agree on these. */
  readonly unique: readonly string[];
  /** Fields whose values it holds besides. */
  readonly include?: readonly string[];
  /** Counts NULLs as equal. */
  readonly nullsNotDistinct?: boolean;
  /** May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred). */
  readonly deferrable?: "immediate" | "deferred";
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
}

/** Adds a check, a unique constraint or an exclusion constraint to a table. */
export interface AddConstraint {
  /** Name of the table. */
  readonly table: string;
  /** The new constraint. */
  readonly constraint: Constraint;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Adds a field at the end of a table, with its foreign key if it is one. */
export interface AddField {
  /** Name of the table. */
  readonly table: string;
  /** The new field. */
  readonly field: Field;
  /** SQL expression for the rows that are there already. */
  readonly fill?: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Adds a foreign key to fields that are there already. */
export interface AddForeignKey {
  /** Name of the table. */
  readonly table: string;
  /** Name of the constraint. Absent: fk_<table>_<fields>. */
  readonly name?: string;
  /** Fields of the table, in the order of those they point at. */
  readonly fields: readonly string[];
  /** Where it points. */
  readonly references: {
    /** The table it points at. */
    readonly table: string;
    /** Fields under a unique index there. Absent: the primary key. */
    readonly fields?: readonly string[];
  };
  /** What happens to the rows when the row they point at goes. Absent: RESTRICT. */
  readonly onDelete?: "NO ACTION" | "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";
  /** What happens when the key changes. Absent: NO ACTION. */
  readonly onUpdate?: "NO ACTION" | "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";
  /** The fields that SET NULL or SET DEFAULT change. Absent: all of the key. */
  readonly onDeleteFields?: readonly string[];
  /** May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred). */
  readonly deferrable?: "immediate" | "deferred";
  /** Rows that were there before it need not satisfy it. */
  readonly notValid?: boolean;
  /** Either all fields of the key are NULL or none is. */
  readonly matchFull?: boolean;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Creates an index. */
export interface AddIndex {
  /** Name of the table. */
  readonly table: string;
  /** The new index. */
  readonly index: Index;
  /** Without stopping those who write to the table, where the database has that (PostgreSQL). It then stands alone, outside of the migration's transactions. */
  readonly concurrently?: boolean;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Gives a domain another definition. Rules, defaults and descriptions change in place; with another type it is made anew, and its columns are converted. */
export interface AlterDomain {
  /** Name of the domain: a field is of it by having this as its type. */
  readonly name: string;
  /** A field type, or a native type of the database. */
  readonly type: FieldType;
  /** Characters, for varchar and char. */
  readonly length?: number;
  /** Digits in all, for decimal; digits of the fraction of a second, for times. */
  readonly precision?: number;
  /** Digits after the point, for decimal. */
  readonly scale?: number;
  /** No value of it may be NULL. Absent: it may. */
  readonly notNull?: boolean;
  /** Of columns that have none of their own. */
  readonly default?: DefaultValue;
  /** Name of the order in which its texts are compared. */
  readonly collation?: string;
  /** What its values must satisfy. */
  readonly checks?: readonly ({
  /** Name of the constraint. */
  readonly name: string;
  /** SQL condition over VALUE. */
  readonly check: string;
  /** Values that were there before it need not satisfy it. */
  readonly notValid?: boolean;
})[];
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Gives an enum other values. Values are added in place and renamed; where one goes or moves, the type is made anew and rows are converted. */
export interface AlterEnum {
  /** Name of the enum: a field is of it by having this as its type. */
  readonly name: string;
  /** All its values from now on, in their order. */
  readonly values: readonly string[];
  /** Describes it in the database. Absent: nothing does. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Value → its new name. Rows and defaults follow. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Value that goes → the one that rows with it get. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Brings an extension to another version, or its objects into another namespace. */
export interface AlterExtension {
  /** Name of the extension. */
  readonly name: string;
  /** Absent: whichever the database has. */
  readonly version?: string;
  /** The namespace that its objects are in. Absent: where the rest is. */
  readonly namespace?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Gives a field another type, nullability or default. Fields that foreign keys tie to it change their type with it. */
export interface AlterField {
  /** Name of the table. */
  readonly table: string;
  /** The whole new definition; what is not said is not kept. */
  readonly field: PlainField;
  /** SQL expression for rows in which the field is NULL, when it may be so no longer. */
  readonly fill?: string;
  /** SQL expression over the old values that gives the new ones. Absent: a cast. */
  readonly using?: string;
  /** A new column is added, filled and put in the place of the old one, with what stood on that (PostgreSQL, MySQL, MariaDB). `using` may then look into other tables. Absent: the column changes in place. */
  readonly method?: "new_column";
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Describes a namespace in other words or no longer, or gives it to other databases. */
export interface AlterNamespace {
  /** Name of the namespace, without a dot. */
  readonly name: string;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Gives a table another primary key, or none. Refused while a foreign key refers to the present one. */
export interface AlterPrimaryKey {
  /** Name of the table. */
  readonly table: string;
  /** Fields of the new key, in its order; an empty list drops the key. */
  readonly fields: readonly string[];
  /** Name of its constraint, where the database has such names. Absent: <table>_pkey. */
  readonly name?: string;
  /** Fields whose values it holds besides. */
  readonly include?: readonly string[];
  /** May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred). */
  readonly deferrable?: "immediate" | "deferred";
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Tells a sequence something else. It goes on where it is. */
export interface AlterSequence {
  /** Name of the sequence. */
  readonly name: string;
  /** Type in which it counts. Absent: bigint. */
  readonly type?: "smallint" | "integer" | "bigint";
  /** Its first number. */
  readonly start?: number | string;
  /** From one number to the next. Absent: 1. */
  readonly increment?: number | string;
  /** The least number. */
  readonly min?: number | string;
  /** The greatest number. */
  readonly max?: number | string;
  /** Numbers that a session takes at once. Absent: 1. */
  readonly cache?: number | string;
  /** Starts again after its last number. */
  readonly cycle?: boolean;
  /** A field with its table, users.id, with which the sequence goes. */
  readonly ownedBy?: string;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a table a partition of another one. Keys, indexes and constraints that both have become one. */
export interface AttachPartition {
  /** Name of the table. */
  readonly table: string;
  /** The partitioned table. */
  readonly to: string;
  /** Which rows it keeps, as SQL: FROM (1) TO (10), IN ('a'), WITH (MODULUS 4, REMAINDER 0), DEFAULT. */
  readonly values: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** A sequence of the schema becomes the one behind an integer field, which is of a serial type then. It goes on where it is, or after the rows (PostgreSQL). */
export interface AttachSequence {
  /** Name of the sequence. */
  readonly name: string;
  /** Name of the table. */
  readonly table: string;
  /** Name of the field: smallint, integer or bigint. */
  readonly field: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a type out of another one, with rules of its own (PostgreSQL). */
export interface CreateDomain {
  /** Name of the domain: a field is of it by having this as its type. */
  readonly name: string;
  /** A field type, or a native type of the database. */
  readonly type: FieldType;
  /** Characters, for varchar and char. */
  readonly length?: number;
  /** Digits in all, for decimal; digits of the fraction of a second, for times. */
  readonly precision?: number;
  /** Digits after the point, for decimal. */
  readonly scale?: number;
  /** No value of it may be NULL. Absent: it may. */
  readonly notNull?: boolean;
  /** Of columns that have none of their own. */
  readonly default?: DefaultValue;
  /** Name of the order in which its texts are compared. */
  readonly collation?: string;
  /** What its values must satisfy. */
  readonly checks?: readonly ({
  /** Name of the constraint. */
  readonly name: string;
  /** SQL condition over VALUE. */
  readonly check: string;
  /** Values that were there before it need not satisfy it. */
  readonly notValid?: boolean;
})[];
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a type with a list of values. Where a database has no such types, its columns have a check or a type of their own. */
export interface CreateEnum {
  /** Name of the enum: a field is of it by having this as its type. */
  readonly name: string;
  /** Its values, in the order in which they compare. */
  readonly values: readonly string[];
  /** Describes it in the database. Absent: nothing does. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Loads an extension into the database (PostgreSQL). */
export interface CreateExtension {
  /** Name of the extension. */
  readonly name: string;
  /** Absent: whichever the database has. */
  readonly version?: string;
  /** The namespace that its objects are in. Absent: where the rest is. */
  readonly namespace?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a place for further names, which PostgreSQL calls a schema: what is in audit is called audit.events. */
export interface CreateNamespace {
  /** Name of the namespace, without a dot. */
  readonly name: string;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a function, a trigger, a policy or whatever else is kept as the text that makes it. */
export interface CreateObject {
  /** What it is, and how it is made. */
  readonly object: {
    /** In the words of SQL: function, procedure, trigger, policy, rule, aggregate, virtual_table. */
    readonly kind: string;
    /** Its name; of a function with the types of its arguments: area(numeric, numeric). */
    readonly name: string;
    /** The table or view that it is part of: of triggers, policies and rules. */
    readonly table?: string;
    /** The statement that makes it. */
    readonly definition: string;
    /** The statement that drops it. Absent: DROP, with kind, name and table. */
    readonly drop?: string;
    /** What the database keeps as its description. */
    readonly comment?: string;
    /** Names of views and objects that it needs and does not name in its SQL. */
    readonly dependsOn?: readonly string[];
    /** The databases that have it; what is said of one holds for its variants. Absent: all. */
    readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
    /** The databases that do not have it. */
    readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  };
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a sequence that counts for more than one serial field (PostgreSQL). */
export interface CreateSequence {
  /** Name of the sequence. */
  readonly name: string;
  /** Type in which it counts. Absent: bigint. */
  readonly type?: "smallint" | "integer" | "bigint";
  /** Its first number. */
  readonly start?: number | string;
  /** From one number to the next. Absent: 1. */
  readonly increment?: number | string;
  /** The least number. */
  readonly min?: number | string;
  /** The greatest number. */
  readonly max?: number | string;
  /** Numbers that a session takes at once. Absent: 1. */
  readonly cache?: number | string;
  /** Starts again after its last number. */
  readonly cycle?: boolean;
  /** A field with its table, users.id, with which the sequence goes. */
  readonly ownedBy?: string;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Creates a table with its fields, primary key, indexes and the foreign keys of its fields. */
export interface CreateTable {
  /** Name of the table. */
  readonly name: string;
  /** Fields, in order. Those that it has from another table need not be repeated. */
  readonly fields: readonly Field[];
  /** Fields of the key in its order, when the order of the fields will not do. */
  readonly primaryKey?: readonly string[];
  /** Name of the key's constraint, where the database has such names. Absent: <table>_pkey. */
  readonly primaryKeyName?: string;
  /** May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred). */
  readonly primaryKeyDeferrable?: "immediate" | "deferred";
  /** Fields whose values it holds besides. */
  readonly primaryKeyInclude?: readonly string[];
  /** What the database keeps as the description of the key. */
  readonly primaryKeyComment?: string;
  /** Indexes to create with it. */
  readonly indexes?: readonly Index[];
  /** How a database is to keep it, in its own words: dialect → option → SQL text. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What else its rows must satisfy. */
  readonly constraints?: readonly Constraint[];
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** Policies decide which rows somebody may see and change: all but its owner, or its owner too (forced). */
  readonly rowSecurity?: "enabled" | "forced";
  /** Its rows are kept in partitions, by these values. */
  readonly partitionBy?: {
    /** By ranges of values, lists of them, or their hash. */
    readonly method: "range" | "list" | "hash";
    /** Fields, or more said about them. */
    readonly by: readonly (string | {
  /** A field; or else `expression`. */
  readonly field?: string;
  /** An SQL expression over fields of the row; or else `field`. */
  readonly expression?: string;
  /** Name of the order in which texts are compared. */
  readonly collation?: string;
  /** Operator class of the database, such as text_pattern_ops or gist_trgm_ops(siglen=32). */
  readonly operatorClass?: string;
})[];
  };
  /** It keeps a part of the rows of another table, and has its fields. */
  readonly partitionOf?: {
    /** The partitioned table. */
    readonly table: string;
    /** Which rows it keeps, as SQL: FROM (1) TO (10), IN ('a'), WITH (MODULUS 4, REMAINDER 0), DEFAULT. */
    readonly values: string;
  };
  /** Tables whose fields and checks it has too, and whose rows its own count among. */
  readonly inherits?: readonly string[];
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a view, or a materialized view with its indexes. */
export interface CreateView {
  /** Name of the view. */
  readonly name: string;
  /** The SELECT, in the SQL of the database. */
  readonly query: string;
  /** Names of its columns. Absent: those of the query. */
  readonly columns?: readonly string[];
  /** Its rows are kept until it is refreshed. */
  readonly materialized?: boolean;
  /** What stands in its WITH (…), such as security_barrier. */
  readonly options?: Readonly<Record<string, string>>;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** What describes its columns: column → text. */
  readonly columnComments?: Readonly<Record<string, string>>;
  /** Indexes of a materialized view. */
  readonly indexes?: readonly Index[];
  /** Names of views and objects that it needs and does not name in its SQL. */
  readonly dependsOn?: readonly string[];
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Deletes the rows with the given keys. It is what takes `upsertData` back, and has no way back itself. */
export interface DeleteData {
  /** Name of the table. */
  readonly table: string;
  /** Fields that identify a row. */
  readonly keys: readonly string[];
  /** The keys of each row; other fields do not count. */
  readonly rows: readonly (Readonly<Record<string, RowValue>>)[];
  /** A squash may leave it out, because it is about rows that a new database does not have. No part of the checksum. */
  readonly elidable?: boolean;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Makes a partition a table by itself, with its rows. What it had from its table it keeps, under the names that PostgreSQL gives. */
export interface DetachPartition {
  /** Name of the table. */
  readonly table: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** The sequence behind a serial field becomes one of the schema, and goes on where it is. The field is an integer whose default is its next number (PostgreSQL). */
export interface DetachSequence {
  /** Name of the table. */
  readonly table: string;
  /** Name of the field, of a serial type. */
  readonly field: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a check, a unique or an exclusion constraint. Refused while a foreign key needs it. */
export interface DropConstraint {
  /** Name of the table. */
  readonly table: string;
  /** Name of the constraint. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a domain. Refused while a field is of it. */
export interface DropDomain {
  /** Name of the domain: a field is of it by having this as its type. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a type with a list of values. Refused while a field is of it. */
export interface DropEnum {
  /** Name of the enum: a field is of it by having this as its type. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Takes an extension out of the database, which refuses while something needs it. */
export interface DropExtension {
  /** Name of the extension. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a field with its values. Refused while a key, an index or a foreign key uses it: drop those first. */
export interface DropField {
  /** Name of the table. */
  readonly table: string;
  /** Name of the field. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a foreign key. The fields stay, with the type they have. */
export interface DropForeignKey {
  /** Name of the table. */
  readonly table: string;
  /** Name of the constraint. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops an index. Refused while a foreign key needs it to be unique. */
export interface DropIndex {
  /** Name of the table. */
  readonly table: string;
  /** Name of the index. */
  readonly name: string;
  /** Without stopping those who write to the table, where the database has that (PostgreSQL). It then stands alone, outside of the migration's transactions. */
  readonly concurrently?: boolean;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a namespace. Refused while something is in it. */
export interface DropNamespace {
  /** Name of the namespace, without a dot. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a function, a trigger, a policy or whatever else is kept as the text that makes it. */
export interface DropObject {
  /** Which one. */
  readonly object: {
    /** In the words of SQL: function, procedure, trigger, policy, rule, aggregate, virtual_table. */
    readonly kind: string;
    /** Its name; of a function with the types of its arguments: area(numeric, numeric). */
    readonly name: string;
    /** The table or view that it is part of: of triggers, policies and rules. */
    readonly table?: string;
  };
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a sequence, and with it how far it has come. Refused while the default of a field is its next number. */
export interface DropSequence {
  /** Name of the sequence. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a table with its rows, indexes and foreign keys. Refused while another table refers to it. */
export interface DropTable {
  /** Name of the table. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Drops a view. Refused while it has triggers or rules. */
export interface DropView {
  /** Name of the view. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Moves all rows of a table into one that has none, by the names of their fields. Numbering goes on after them. */
export interface MoveRows {
  /** The table that is empty afterwards. */
  readonly from: string;
  /** The table without rows. */
  readonly to: string;
  /** A squash may leave it out, because it is about rows that a new database does not have. No part of the checksum. */
  readonly elidable?: boolean;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Renames a constraint, a foreign key or the primary key of a table. */
export interface RenameConstraint {
  /** Name of the table. */
  readonly table: string;
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Renames a domain. Fields, other domains, defaults, checks and views follow. */
export interface RenameDomain {
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Renames an enum. Fields, defaults, checks and views follow. */
export interface RenameEnum {
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Renames a field. Keys, indexes with their predicates, and foreign keys of this and other tables follow. */
export interface RenameField {
  /** Name of the table. */
  readonly table: string;
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Renames an index. */
export interface RenameIndex {
  /** Name of the table. */
  readonly table: string;
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Renames a namespace. What is in it stays there; keys, types and views follow, the bodies of functions do not. */
export interface RenameNamespace {
  /** Name of the namespace, without a dot. */
  readonly from: string;
  /** Name of the namespace, without a dot. */
  readonly to: string;
}

/** Renames a sequence. It goes on where it is; defaults that count with it follow. */
export interface RenameSequence {
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Renames a table. Foreign keys of other tables follow; indexes and constraints keep their names, but for a primary key that has the usual one. */
export interface RenameTable {
  /** Its present name. */
  readonly from: string;
  /** Its new name. */
  readonly to: string;
}

/** Gives a managed object another definition. A function that takes and gives what it did is replaced in place; all else is dropped and made again, with what is built on it. */
export interface ReplaceObject {
  /** What it is, and how it is made. */
  readonly object: {
    /** In the words of SQL: function, procedure, trigger, policy, rule, aggregate, virtual_table. */
    readonly kind: string;
    /** Its name; of a function with the types of its arguments: area(numeric, numeric). */
    readonly name: string;
    /** The table or view that it is part of: of triggers, policies and rules. */
    readonly table?: string;
    /** The statement that makes it. */
    readonly definition: string;
    /** The statement that drops it. Absent: DROP, with kind, name and table. */
    readonly drop?: string;
    /** What the database keeps as its description. */
    readonly comment?: string;
    /** Names of views and objects that it needs and does not name in its SQL. */
    readonly dependsOn?: readonly string[];
    /** The databases that have it; what is said of one holds for its variants. Absent: all. */
    readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
    /** The databases that do not have it. */
    readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  };
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Gives a view another definition. Where what it shows stays and other columns only come after it, what is built on it may stay; else it is dropped and made again, with what is built on it. */
export interface ReplaceView {
  /** Name of the view. */
  readonly name: string;
  /** The SELECT, in the SQL of the database. */
  readonly query: string;
  /** Names of its columns. Absent: those of the query. */
  readonly columns?: readonly string[];
  /** Its rows are kept until it is refreshed. */
  readonly materialized?: boolean;
  /** What stands in its WITH (…), such as security_barrier. */
  readonly options?: Readonly<Record<string, string>>;
  /** What the database keeps as its description. */
  readonly comment?: string;
  /** What describes its columns: column → text. */
  readonly columnComments?: Readonly<Record<string, string>>;
  /** Indexes of a materialized view. */
  readonly indexes?: readonly Index[];
  /** Names of views and objects that it needs and does not name in its SQL. */
  readonly dependsOn?: readonly string[];
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Calls a function of the migration file with the database, inside the migration's transaction. The state does not follow it. */
export interface RunCode {
  /** What to do, such as async (db) => { … }. */
  readonly forward: CodeFunction;
  /** What takes it back; an empty text when nothing needs undoing; irreversible("why"). Absent: there is no way back. */
  readonly backward?: CodeFunction | Irreversible | "";
  /** What it does in a few words, for plans and logs. */
  readonly title?: string;
  /** The tables, or fields as table.field, that it reads or changes, by which branches are told apart. Absent: it may be anything. No part of the checksum. */
  readonly touches?: readonly string[];
  /** A squash may leave it out, because it is about rows that a new database does not have. No part of the checksum. */
  readonly elidable?: boolean;
}

/** Runs SQL as it stands. The state does not follow it: describe changes of tables with the other operations. */
export interface RunSQL {
  /** SQL to run; one text, or { dialect: text } where databases differ. */
  readonly forward: SqlText;
  /** SQL that takes it back; an empty text when nothing needs undoing; irreversible("why"). Absent: there is no way back. */
  readonly backward?: Irreversible | SqlText;
  /** The tables, or fields as table.field, that it reads or changes, by which branches are told apart. Absent: it may be anything. No part of the checksum. */
  readonly touches?: readonly string[];
  /** A squash may leave it out, because it is about rows that a new database does not have. No part of the checksum. */
  readonly elidable?: boolean;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Describes a table, one of its indexes or one of its constraints in the database. A field's comment is part of the field. */
export interface SetComment {
  /** Name of the table. */
  readonly table: string;
  /** The index that is described. Absent: the table. */
  readonly index?: string;
  /** The constraint that is described: a check, a key or the like. Absent: the table. */
  readonly constraint?: string;
  /** The description. Absent: none. */
  readonly comment?: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Says which databases have a table. Where it comes to be, it is created without rows; where it is no longer, it is dropped. Without `only` and `except` all have it. */
export interface SetDatabases {
  /** Name of the table. */
  readonly table: string;
  /** The databases that have it; what is said of one holds for its variants. Absent: all. */
  readonly only?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** The databases that do not have it. */
  readonly except?: readonly ("postgresql" | "mysql" | "mariadb" | "sqlite" | "sqlserver" | "redshift" | "clickhouse" | "tidb" | "vertica" | "ydb" | "turso" | "d1" | "starrocks" | "auroradsql")[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Sets the named defaults of all dialects, in place of those before. Columns that use one get its new value as their default. */
export interface SetDefaults {
  /** Dialect → key → SQL. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Says which tables a table inherits from. It must have their fields and checks, and keeps those it no longer inherits. */
export interface SetInherits {
  /** Name of the table. */
  readonly table: string;
  /** The tables, in order; an empty list means none. */
  readonly inherits: readonly string[];
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Says whether policies decide which rows of a table somebody may see and change. */
export interface SetRowSecurity {
  /** Name of the table. */
  readonly table: string;
  /** `enabled` does not hold for the owner of the table, `forced` does. */
  readonly security: "disabled" | "enabled" | "forced";
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Sets how databases are to keep a table, for all of them and in place of what was said before. What a database cannot change is refused. */
export interface SetTableOptions {
  /** Name of the table. */
  readonly table: string;
  /** Dialect → option → SQL text. */
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
}

/** Sets how field types are mapped, for all dialects and in place of the mappings before. Columns whose type changes are altered. */
export interface SetTypeMappings {
  /** Dialect → field type → native type, which may use {{.Length}}, {{.Precision}} and {{.Scale}}. */
  readonly typeMappings: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Inserts rows, or updates those with the same keys. A field that a row does not name is left alone, or takes its default. */
export interface UpsertData {
  /** Name of the table. */
  readonly table: string;
  /** Fields that identify a row. */
  readonly keys: readonly string[];
  /** Rows: field → null, text, number, boolean, bigint, bytes or { defaultRef }. */
  readonly rows: readonly (Readonly<Record<string, RowValue>>)[];
  /** Fields that were NULL until the rows which they refer to were there. Taking it back makes them NULL again, and leaves the rows. */
  readonly completes?: readonly string[];
  /** A squash may leave it out, because it is about rows that a new database does not have. No part of the checksum. */
  readonly elidable?: boolean;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** Holds the rows that were there before it against a check or a foreign key that was added as not valid. */
export interface ValidateConstraint {
  /** Name of the table. */
  readonly table: string;
  /** Name of the constraint or the foreign key. */
  readonly name: string;
  /** Changes the state only; the database is left alone. */
  readonly schemaOnly?: boolean;
  /** If the database refuses, warn and go on. */
  readonly ignoreErrors?: boolean;
}

/** One change, made by the function of its kind. It is data: making it changes nothing. */
export type Operation =
  | ({ readonly kind: "addConstraint" } & AddConstraint)
  | ({ readonly kind: "addField" } & AddField)
  | ({ readonly kind: "addForeignKey" } & AddForeignKey)
  | ({ readonly kind: "addIndex" } & AddIndex)
  | ({ readonly kind: "alterDomain" } & AlterDomain)
  | ({ readonly kind: "alterEnum" } & AlterEnum)
  | ({ readonly kind: "alterExtension" } & AlterExtension)
  | ({ readonly kind: "alterField" } & AlterField)
  | ({ readonly kind: "alterNamespace" } & AlterNamespace)
  | ({ readonly kind: "alterPrimaryKey" } & AlterPrimaryKey)
  | ({ readonly kind: "alterSequence" } & AlterSequence)
  | ({ readonly kind: "attachPartition" } & AttachPartition)
  | ({ readonly kind: "attachSequence" } & AttachSequence)
  | ({ readonly kind: "createDomain" } & CreateDomain)
  | ({ readonly kind: "createEnum" } & CreateEnum)
  | ({ readonly kind: "createExtension" } & CreateExtension)
  | ({ readonly kind: "createNamespace" } & CreateNamespace)
  | ({ readonly kind: "createObject" } & CreateObject)
  | ({ readonly kind: "createSequence" } & CreateSequence)
  | ({ readonly kind: "createTable" } & CreateTable)
  | ({ readonly kind: "createView" } & CreateView)
  | ({ readonly kind: "deleteData" } & DeleteData)
  | ({ readonly kind: "detachPartition" } & DetachPartition)
  | ({ readonly kind: "detachSequence" } & DetachSequence)
  | ({ readonly kind: "dropConstraint" } & DropConstraint)
  | ({ readonly kind: "dropDomain" } & DropDomain)
  | ({ readonly kind: "dropEnum" } & DropEnum)
  | ({ readonly kind: "dropExtension" } & DropExtension)
  | ({ readonly kind: "dropField" } & DropField)
  | ({ readonly kind: "dropForeignKey" } & DropForeignKey)
  | ({ readonly kind: "dropIndex" } & DropIndex)
  | ({ readonly kind: "dropNamespace" } & DropNamespace)
  | ({ readonly kind: "dropObject" } & DropObject)
  | ({ readonly kind: "dropSequence" } & DropSequence)
  | ({ readonly kind: "dropTable" } & DropTable)
  | ({ readonly kind: "dropView" } & DropView)
  | ({ readonly kind: "moveRows" } & MoveRows)
  | ({ readonly kind: "renameConstraint" } & RenameConstraint)
  | ({ readonly kind: "renameDomain" } & RenameDomain)
  | ({ readonly kind: "renameEnum" } & RenameEnum)
  | ({ readonly kind: "renameField" } & RenameField)
  | ({ readonly kind: "renameIndex" } & RenameIndex)
  | ({ readonly kind: "renameNamespace" } & RenameNamespace)
  | ({ readonly kind: "renameSequence" } & RenameSequence)
  | ({ readonly kind: "renameTable" } & RenameTable)
  | ({ readonly kind: "replaceObject" } & ReplaceObject)
  | ({ readonly kind: "replaceView" } & ReplaceView)
  | ({ readonly kind: "runCode" } & RunCode)
  | ({ readonly kind: "runSQL" } & RunSQL)
  | ({ readonly kind: "setComment" } & SetComment)
  | ({ readonly kind: "setDatabases" } & SetDatabases)
  | ({ readonly kind: "setDefaults" } & SetDefaults)
  | ({ readonly kind: "setInherits" } & SetInherits)
  | ({ readonly kind: "setRowSecurity" } & SetRowSecurity)
  | ({ readonly kind: "setTableOptions" } & SetTableOptions)
  | ({ readonly kind: "setTypeMappings" } & SetTypeMappings)
  | ({ readonly kind: "upsertData" } & UpsertData)
  | ({ readonly kind: "validateConstraint" } & ValidateConstraint);

/** A value that SQL is given in the place of a `?`. */
export type Parameter = null | boolean | number | bigint | string | Uint8Array;

/**
 * A value of a row. Whole numbers are numbers where that is exact and bigints where it is not; decimals, dates, times and JSON are texts as the
 * database writes them; bytes are bytes.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array;

/** A row: column → value. */
export type Row = Readonly<Record<string, Value>>;

/** How `db.batches` cuts its rows. */
export interface BatchOptions {
  /** Columns of the rows that tell them apart and that none of them lacks, such as the primary key. The rows come in their order. */
  readonly key: string | readonly string[];
  /** Rows per batch, at most 10,000. Default: 1,000. */
  readonly size?: number;
  readonly parameters?: readonly Parameter[];
}

/** The schema as the migrations have left it at this operation. */
export interface KnownSchema {
  readonly tables: readonly KnownTable[];
}

/** A table as the operations before this one have left it. */
export interface KnownTable {
  readonly name: string;
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly length?: number;
    readonly precision?: number;
    readonly scale?: number;
    readonly default?: unknown;
    /** Of a field of type foreign_key: the table whose key type it takes. */
    readonly references?: string;
  }[];
  readonly primaryKey?: readonly string[];
  readonly indexes: readonly { readonly name: string; readonly fields: readonly string[]; readonly unique?: boolean }[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly fields: readonly string[];
    readonly references: { readonly table: string; readonly fields?: readonly string[] };
  }[];
}

/**
 * The database, as a function of `runCode` is given it: one connection, inside the migration's transaction. Each text is one statement; values
 * are never part of it, a `?` stands for each (on every database; `??` is a question mark, where there are parameters).
 */
export interface Database {
  /** Its kind: `"postgresql"`, `"sqlite"`, `"mariadb"`. */
  readonly dialect: string;
  readonly schema: KnownSchema;
  /** The rows of a query; at most 100,000. */
  query<T extends object = Row>(sql: string, parameters?: readonly Parameter[]): Promise<T[]>;
  /** Carries out a statement. */
  execute(sql: string, parameters?: readonly Parameter[]): Promise<{ readonly rowsAffected: number }>;
  /** The rows of a SELECT, any number of them, in batches. It has neither ORDER BY nor LIMIT: the key decides. */
  batches<T extends object = Row>(sql: string, options: BatchOptions): AsyncIterable<T[]>;
  /** Tells whoever watches how far it is. */
  progress(done: number, total?: number): void;
}

/** What `db` rejects with when the database refuses something. */
export interface DatabaseError extends Error {
  readonly name: "DatabaseError";
  /** SQLSTATE, or the database's own name or number for the error. */
  readonly code: string;
}

/** A function of `runCode`. */
export type CodeFunction = (db: Database) => Promise<void> | void;

/** What a migration file exports as its default. The migration's name is the file name without its extension. */
export interface Migration {
  /** Names of the migrations that must be applied before this one. */
  readonly dependencies?: readonly string[];
  /** The changes, in order. */
  readonly operations: readonly Operation[];
  /** Names of the migrations that this one stands for (a squash). */
  readonly replaces?: readonly string[];
  /** What the tool that it was converted from records for it: `"goose 20240101120000"`; several where it stands for several. */
  readonly convertedFrom?: string | readonly string[];
  /** `false` runs the statements outside a transaction, for those that a database refuses inside one. Default: true. */
  readonly transaction?: boolean;
  /** How long a statement may wait for a lock before it makes room and tries again, such as "2s"; "0": as long as it takes. */
  readonly lockTimeout?: string;
  /** How long a statement may run, such as "500ms", "10m" or "1h"; "0": as long as it takes. */
  readonly statementTimeout?: string;
  /** How long the functions of `runCode` may take, waiting for the database not counted, such as "5m". Default: "30s". */
  readonly codeTimeout?: string;
  /** How many MiB they may keep in memory. Default: 64. */
  readonly codeMemory?: number;
}

/** Declares a migration: `export default migration({ operations: […] })`. */
export function migration(params: Migration): Migration;

/** What a seed file exports as its default: rows that `godwit seed` brings, as often as it runs. */
export type Seed = Omit<Migration, "dependencies" | "replaces" | "convertedFrom">;

/** Declares a seed: `export default seed({ operations: [upsertData({ … })] })`. */
export function seed(params: Seed): Seed;

/** In the place of a `backward`: there is no way back, and why. `godwit migrate down` says so before it does anything. */
export function irreversible(why: string): Irreversible;

/** Adds a check, a unique constraint or an exclusion constraint to a table. */
export function addConstraint(params: AddConstraint): Operation;

/** Adds a field at the end of a table, with its foreign key if it is one. */
export function addField(params: AddField): Operation;

/** Adds a foreign key to fields that are there already. */
export function addForeignKey(params: AddForeignKey): Operation;

/** Creates an index. */
export function addIndex(params: AddIndex): Operation;

/** Gives a domain another definition. Rules, defaults and descriptions change in place; with another type it is made anew, and its columns are converted. */
export function alterDomain(params: AlterDomain): Operation;

/** Gives an enum other values. Values are added in place and renamed; where one goes or moves, the type is made anew and rows are converted. */
export function alterEnum(params: AlterEnum): Operation;

/** Brings an extension to another version, or its objects into another namespace. */
export function alterExtension(params: AlterExtension): Operation;

/** Gives a field another type, nullability or default. Fields that foreign keys tie to it change their type with it. */
export function alterField(params: AlterField): Operation;

/** Describes a namespace in other words or no longer, or gives it to other databases. */
export function alterNamespace(params: AlterNamespace): Operation;

/** Gives a table another primary key, or none. Refused while a foreign key refers to the present one. */
export function alterPrimaryKey(params: AlterPrimaryKey): Operation;

/** Tells a sequence something else. It goes on where it is. */
export function alterSequence(params: AlterSequence): Operation;

/** Makes a table a partition of another one. Keys, indexes and constraints that both have become one. */
export function attachPartition(params: AttachPartition): Operation;

/** A sequence of the schema becomes the one behind an integer field, which is of a serial type then. It goes on where it is, or after the rows (PostgreSQL). */
export function attachSequence(params: AttachSequence): Operation;

/** Makes a type out of another one, with rules of its own (PostgreSQL). */
export function createDomain(params: CreateDomain): Operation;

/** Makes a type with a list of values. Where a database has no such types, its columns have a check or a type of their own. */
export function createEnum(params: CreateEnum): Operation;

/** Loads an extension into the database (PostgreSQL). */
export function createExtension(params: CreateExtension): Operation;

/** Makes a place for further names, which PostgreSQL calls a schema: what is in audit is called audit.events. */
export function createNamespace(params: CreateNamespace): Operation;

/** Makes a function, a trigger, a policy or whatever else is kept as the text that makes it. */
export function createObject(params: CreateObject): Operation;

/** Makes a sequence that counts for more than one serial field (PostgreSQL). */
export function createSequence(params: CreateSequence): Operation;

/** Creates a table with its fields, primary key, indexes and the foreign keys of its fields. */
export function createTable(params: CreateTable): Operation;

/** Makes a view, or a materialized view with its indexes. */
export function createView(params: CreateView): Operation;

/** Deletes the rows with the given keys. It is what takes `upsertData` back, and has no way back itself. */
export function deleteData(params: DeleteData): Operation;

/** Makes a partition a table by itself, with its rows. What it had from its table it keeps, under the names that PostgreSQL gives. */
export function detachPartition(params: DetachPartition): Operation;

/** The sequence behind a serial field becomes one of the schema, and goes on where it is. The field is an integer whose default is its next number (PostgreSQL). */
export function detachSequence(params: DetachSequence): Operation;

/** Drops a check, a unique or an exclusion constraint. Refused while a foreign key needs it. */
export function dropConstraint(params: DropConstraint): Operation;

/** Drops a domain. Refused while a field is of it. */
export function dropDomain(params: DropDomain): Operation;

/** Drops a type with a list of values. Refused while a field is of it. */
export function dropEnum(params: DropEnum): Operation;

/** Takes an extension out of the database, which refuses while something needs it. */
export function dropExtension(params: DropExtension): Operation;

/** Drops a field with its values. Refused while a key, an index or a foreign key uses it: drop those first. */
export function dropField(params: DropField): Operation;

/** Drops a foreign key. The fields stay, with the type they have. */
export function dropForeignKey(params: DropForeignKey): Operation;

/** Drops an index. Refused while a foreign key needs it to be unique. */
export function dropIndex(params: DropIndex): Operation;

/** Drops a namespace. Refused while something is in it. */
export function dropNamespace(params: DropNamespace): Operation;

/** Drops a function, a trigger, a policy or whatever else is kept as the text that makes it. */
export function dropObject(params: DropObject): Operation;

/** Drops a sequence, and with it how far it has come. Refused while the default of a field is its next number. */
export function dropSequence(params: DropSequence): Operation;

/** Drops a table with its rows, indexes and foreign keys. Refused while another table refers to it. */
export function dropTable(params: DropTable): Operation;

/** Drops a view. Refused while it has triggers or rules. */
export function dropView(params: DropView): Operation;

/** Moves all rows of a table into one that has none, by the names of their fields. Numbering goes on after them. */
export function moveRows(params: MoveRows): Operation;

/** Renames a constraint, a foreign key or the primary key of a table. */
export function renameConstraint(params: RenameConstraint): Operation;

/** Renames a domain. Fields, other domains, defaults, checks and views follow. */
export function renameDomain(params: RenameDomain): Operation;

/** Renames an enum. Fields, defaults, checks and views follow. */
export function renameEnum(params: RenameEnum): Operation;

/** Renames a field. Keys, indexes with their predicates, and foreign keys of this and other tables follow. */
export function renameField(params: RenameField): Operation;

/** Renames an index. */
export function renameIndex(params: RenameIndex): Operation;

/** Renames a namespace. What is in it stays there; keys, types and views follow, the bodies of functions do not. */
export function renameNamespace(params: RenameNamespace): Operation;

/** Renames a sequence. It goes on where it is; defaults that count with it follow. */
export function renameSequence(params: RenameSequence): Operation;

/** Renames a table. Foreign keys of other tables follow; indexes and constraints keep their names, but for a primary key that has the usual one. */
export function renameTable(params: RenameTable): Operation;

/** Gives a managed object another definition. A function that takes and gives what it did is replaced in place; all else is dropped and made again, with what is built on it. */
export function replaceObject(params: ReplaceObject): Operation;

/** Gives a view another definition. Where what it shows stays and other columns only come after it, what is built on it may stay; else it is dropped and made again, with what is built on it. */
export function replaceView(params: ReplaceView): Operation;

/** Calls a function of the migration file with the database, inside the migration's transaction. The state does not follow it. */
export function runCode(params: RunCode): Operation;

/** Runs SQL as it stands. The state does not follow it: describe changes of tables with the other operations. */
export function runSQL(params: RunSQL): Operation;

/** Describes a table, one of its indexes or one of its constraints in the database. A field's comment is part of the field. */
export function setComment(params: SetComment): Operation;

/** Says which databases have a table. Where it comes to be, it is created without rows; where it is no longer, it is dropped. Without `only` and `except` all have it. */
export function setDatabases(params: SetDatabases): Operation;

/** Sets the named defaults of all dialects, in place of those before. Columns that use one get its new value as their default. */
export function setDefaults(params: SetDefaults): Operation;

/** Says which tables a table inherits from. It must have their fields and checks, and keeps those it no longer inherits. */
export function setInherits(params: SetInherits): Operation;

/** Says whether policies decide which rows of a table somebody may see and change. */
export function setRowSecurity(params: SetRowSecurity): Operation;

/** Sets how databases are to keep a table, for all of them and in place of what was said before. What a database cannot change is refused. */
export function setTableOptions(params: SetTableOptions): Operation;

/** Sets how field types are mapped, for all dialects and in place of the mappings before. Columns whose type changes are altered. */
export function setTypeMappings(params: SetTypeMappings): Operation;

/** Inserts rows, or updates those with the same keys. A field that a row does not name is left alone, or takes its default. */
export function upsertData(params: UpsertData): Operation;

/** Holds the rows that were there before it against a check or a foreign key that was added as not valid. */
export function validateConstraint(params: ValidateConstraint): Operation;
