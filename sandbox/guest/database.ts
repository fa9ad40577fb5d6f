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
