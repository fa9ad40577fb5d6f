import type { Field, ManagedObject, Table, View } from "../schema/model.ts";
import type { TypeParameters } from "../schema/types.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import type { BatchSql } from "./batch.ts";
import type { CheckupSql } from "./checkup.ts";
import type { DatabaseFailure, ErrorClass } from "./failure.ts";
import type { Introspection } from "./introspection.ts";
import type { JournalSql } from "./journal.ts";
import type { LeaseSql } from "./lease.ts";
import type { LimitSql } from "./limits.ts";
import type { LockSql } from "./lock.ts";
import type { LostColumn, Refill } from "./lost-column.ts";
import type { NamespaceSql } from "./namespace.ts";
import type { PastSql } from "./past.ts";
import type { ProgressSql } from "./progress.ts";
import type { Recovery } from "./recovery.ts";
import type { Savepoint } from "./savepoint.ts";
import type { ScratchSql } from "./scratch.ts";
import type { SessionPlace } from "./session-place.ts";
import type { SinceBegin } from "./since-begin.ts";
import type { SpellingSql } from "./spelling-sql.ts";
import type { Column, RunCode, Statement, StatementKind, StatementOf, TableImage } from "./statement.ts";

export type { DatabaseFailure, ErrorClass } from "./failure.ts";
export type { Introspection, LiveSchema, Row, UnsupportedObject } from "./introspection.ts";

/** A value that can be written as a literal or bound as a parameter. */
export type Value = string | number | bigint | boolean | null | Uint8Array;

/**
 * The pure half of a database: what it can do, how its SQL is written, how its catalog is read. Shared code asks a
 * dialect questions; it never asks its name.
 */
export interface Dialect {
  /** The name used in YAML, configuration and `--database`: `postgresql`, `sqlite`. */
  readonly name: string;
  /** The name people use: `PostgreSQL`. */
  readonly title: string;
  /** Other spellings that `--database` and YAML keys accept. */
  readonly aliases: readonly string[];
  /** The dialects that this one is a variant of, nearest first: what is said for them holds here, unless it is said for this one. */
  readonly variantOf?: readonly string[];
  /** URL schemes, without the colon. */
  readonly schemes: readonly string[];
  /** Of a database behind a server that is a file as well: its driver takes the URLs of files, too. */
  readonly opensFiles?: true;
  /** What its URLs look like, where that is not `scheme://user:password@host/name`. */
  readonly exampleUrl?: string;
  readonly capabilities: Capabilities;
  /** Named defaults that need no declaration: key → SQL. An empty text means that the database has nothing like it. */
  readonly namedDefaults: Readonly<Record<string, string>>;

  /** Quotes an identifier, escaping the quote character. Throws ToolError `params` for names that cannot exist (NUL, too long). */
  quote(name: string): string;
  /** Writes a value as an SQL literal of this dialect; `type` is the native type of the column it is for. */
  literal(value: Value, type?: string): string;
  /** The n-th bind parameter, counting from 1. */
  placeholder(n: number): string;
  /** What stands behind a query, which may be `ordered`, for no more than so many of its rows, without the first `skip`; absent: `LIMIT`. */
  limited?(most: number, ordered: boolean, skip: number): string;
  /** Native type of a field type. Called for concrete types only: never `foreign_key`; serial types give their integer type. */
  columnType(type: TypeParameters): string;
  /** The type of a column that numbers its rows, and of what refers to it, where that is not any integer type; absent: it is its own. */
  numberedType?(native: string): string;
  /** How a column is held to the values of an enum. */
  readonly enums: EnumSupport;
  /** The values of a column as those of another type, where assigning them would not do; absent: it would always. `before` is a column of the table. */
  converted?(before: Column, after: Column): string | undefined;
  /** The field that a column would be declared as; the inverse of `columnType` up to what the database forgets. */
  fieldOf(column: Column): Omit<Field, "references">;
  /** The form in which two native types or defaults are compared. */
  canonicalType(type: string): string;
  canonicalDefault(sql: string, type: string): string;
  /** The form in which two predicates of partial indexes are compared. */
  canonicalPredicate(sql: string): string;

  /**
   * How a column comes back that must not be NULL and whose values are gone, where there are rows; absent or `undefined`: not at all.
   */
  refill?(lost: LostColumn): Refill | undefined;

  /** Whether two expressions over fields of these types (of the schema) are the same to the database, in all that it tells of them; absent: only where their words are. */
  sameExpression?(a: string, b: string, types: readonly string[]): boolean;

  /** The options that its tables have; absent: none. */
  readonly tableOptions?: readonly string[];
  /** The same for fields. */
  readonly columnOptions?: readonly string[];
  /** Throws ToolError `schema` where options of a table speak of what it does not have, and nothing else would tell; absent: the database does. */
  checkOptions?(table: TableImage): void;
  /** The form in which two tables are compared as a whole; absent: as they are. */
  canonicalTable?(table: TableImage): TableImage;

  /** The form in which two views, two managed objects are compared, beyond what is no difference anywhere; absent: as they are. */
  canonicalView?(view: View, around: AroundView): View;
  canonicalObject?(object: ManagedObject): ManagedObject;

  /** A query that fails where a view cannot be read; absent: the database makes no such view. */
  trialOf?(view: string): string;

  /** Absent: it keeps texts as they are written, or cannot be asked. */
  readonly spellings?: SpellingSql;

  /** Why the database would refuse the foreign keys of a schema, taken together, that has these tables; `undefined`: it would not. Absent: it never does. */
  refusedKeys?(tables: readonly Table[]): string | undefined;

  readonly render: Renderers;
  /** The same dialect as a server of this version speaks it, which may lack something; absent: versions make no difference. */
  onServer?(version: string): Dialect;
  /** Why the server cannot carry out a statement that others of its kind can; `undefined`: it can. Absent where no server is known. */
  lack?(statement: Statement): string | undefined;
  /** How SQL files are read. */
  readonly scriptSyntax: ScriptSyntax;
  readonly introspect: Introspection;
  readonly rows: RowReading;
  readonly bookkeeping: Bookkeeping;
  /** How an empty database is made beside others; absent where there is no way, or none is needed because one lives in memory. */
  readonly scratch?: ScratchSql;
}

/** What a dialect is called and which URLs are its, all of which is known of each without loading any. */
export type DialectNames = Pick<
  Dialect,
  "name" | "title" | "aliases" | "schemes" | "variantOf" | "opensFiles" | "exampleUrl"
>;

/** A dialect that need not be loaded yet. */
export interface KnownDialect extends DialectNames {
  readonly load: () => Promise<{ readonly default: Dialect }>;
}

/** What a query may be about: the columns of a table, and the other views. */
export interface AroundView {
  columnsOf(table: string): readonly string[] | undefined;
  viewOf(name: string): View | undefined;
}

/**
 * `types`: by a type of its own, whose name stands in the column. `inline`: by a type that lists the values. `check`: by a text and a check.
 */
export type EnumSupport =
  | { readonly kind: "types" }
  | {
      readonly kind: "inline";
      type(values: readonly string[]): string;
      /** The type of the column while its rows change from old values to new ones: it takes both. */
      between(values: readonly string[]): string;
      /** The values that a native type lists; `undefined` for any other type. */
      valuesOf(type: string): readonly string[] | undefined;
    }
  | {
      readonly kind: "check";
      /** The type of the column, whatever the values become later; absent: that of a text. */
      type?(values: readonly string[]): string;
    };

/** A variant of a dialect: what differs from it. */
export const extendDialect = (
  parent: Dialect,
  differences: Pick<Dialect, "name" | "title" | "schemes"> & Partial<Dialect>,
): Dialect => {
  // Versions are counted in another way.
  const { onServer: _, ...rest } = parent;
  return { ...rest, aliases: [], ...differences, variantOf: [parent.name, ...(parent.variantOf ?? [])] };
};

export interface Capabilities {
  /** DDL takes part in transactions: a failed migration leaves nothing behind. */
  readonly transactionalDdl: boolean;
  /**
   * Whether a statement cannot be executed in place, so that the plan turns all statements that its operation makes on
   * this table into one `rebuildTable`. `table`: as it is before the operation; `undefined` where there is none.
   */
  needsRebuild(statement: Statement, table: () => TableImage | undefined): boolean;
  /** Foreign keys exist only inside CREATE TABLE, so they may point at tables that do not exist yet. */
  readonly inlineForeignKeysOnly: boolean;
  /** A column that numbers itself has to be a key from the moment it is there, so that it is added as the primary key in one statement. */
  readonly numbersKeysOnly?: true;
  /** A column can be put in the place of another one, which its values come from; absent: a column that changes is made anew in any case. */
  readonly replacesColumns?: true;
  /** Whether a column changes where it stands; where not, another one takes its place (`replacesColumns`), made whole. Absent: always. */
  changesInPlace?(before: Column, after: Column): boolean;
  /** A column that a foreign key refers to can neither start nor stop to number itself. */
  readonly foreignKeysHoldNumbering?: true;
  /** A new table comes with its indexes, in one statement. */
  readonly indexesInTable?: true;
  /** A unique constraint is a unique index and nothing else. */
  readonly uniqueConstraintsAreIndexes?: true;
  /** A constraint cannot get another name; it is made anew under it. */
  readonly constraintsKeepNames?: true;
  /** There are places for names in a database beside the one where a connection begins: renderers quote marked names (`quoteQualified`). */
  readonly namespaces?: true;
  /** Tables, columns and indexes can be described, by statements of their own. */
  readonly comments?: true;
  /** What describes a column or an index is part of its definition; there is nothing that describes constraints and views. */
  readonly commentsAreInline?: true;
  /** Nothing describes an index. */
  readonly indexesHaveNoComments?: true;
  /** A check may be part of a column, whose name it has then: whoever says all of the column again has to say it, too. */
  readonly columnChecks?: true;
  /** Any integer column may number itself, without being told how, so that an identity is no more than that. */
  readonly numbersAnyInteger?: true;
  /**
   * A foreign key has an index by its columns, which goes by itself when another one comes that will do (see `keyIndexes`): whether one of these
   * columns will. Absent: foreign keys have indexes of their own, or none.
   */
  servesForeignKeys?(columns: readonly Column[]): boolean;
  /** An index may cover the beginnings of values. */
  readonly indexPrefixes?: true;
  /**
   * Whether what a table has on a column (its key, indexes and constraints) keeps this change of it from being made, so that it goes for the moment, and whether
   * expressions keep a column from getting another name. `inKey`: the column is part of the primary key. Absent: nothing does.
   */
  dependentsHold?(before: Column, after: Column, inKey: boolean): boolean;
  /** So do predicates of indexes; one of a unique index over columns that may be NULL has such a one that nobody wrote. */
  readonly predicatesHold?: true;
  /** A column keeps its type as long as another one is computed from it. */
  readonly generatedColumnsHoldTypes?: true;
  /** Primary keys have names, and so do the sequences that number columns; they follow the names of tables and columns. */
  readonly namesPrimaryKeys?: true;
  /** NOT NULL is a constraint with a name, which follows the names of table and column. */
  readonly namesNotNull?: true;
  /** A primary key may be checked when the transaction ends. */
  readonly deferrablePrimaryKeys?: true;
  /** The index of a primary key may hold values of other columns. */
  readonly primaryKeysInclude?: true;
  /** A constraint can be added without holding the rows that are there against it, and be validated later. */
  readonly addsUnvalidated?: true;
  /** A transaction goes back as a whole only: it has no savepoints. */
  readonly noSavepoints?: true;
  /** A transaction changes only so many rows: statements that set a column in all of them know the primary key, to do it some at a time. */
  readonly limitsRows?: true;
  /** Longest identifier, in bytes of UTF-8. */
  readonly maxIdentifierBytes: number;
  /** Largest `length` of a varchar and `precision` of a decimal; absent where the database sets no limit. */
  readonly maxVarcharLength?: number;
  readonly maxDecimalPrecision?: number;
  /** An index's access method as it counts where indexes are compared; `undefined` for the one that goes without saying. */
  comparedIndexMethod(method: string): string | undefined;
  /** A migration that changes tables runs with foreign key enforcement off and is checked before it commits. */
  readonly foreignKeysOffForDdl: boolean;
}

export type Renderers = { readonly [K in StatementKind]: Renderer<StatementOf<K>> | Unsupported };
export type Renderer<S> = (statement: S) => readonly Command[];

/** Stands in the place of a renderer for what the database does not have. */
export interface Unsupported {
  readonly unsupported: string;
}
export const unsupported = (why: string): Unsupported => ({ unsupported: why });

/**
 * What the runner does for a statement. Almost always one SQL text; a rebuild also needs to keep what only the
 * live database knows (its triggers) and to verify that nothing was lost.
 */
export type Command = SqlCommand | CodeCommand;

export type SqlCommand =
  /** `untilUnchanged`: again and again, each time by itself, until it changes no row any more. */
  | { readonly kind: "execute"; readonly sql: string; readonly untilUnchanged?: true }
  /** Runs a query and keeps the `sql` column of its rows under `name`. */
  | { readonly kind: "capture"; readonly name: string; readonly sql: string }
  /** Executes every text captured under `name`. */
  | { readonly kind: "replay"; readonly name: string }
  /** Fails with `message` if the query returns a row. */
  | { readonly kind: "check"; readonly sql: string; readonly message: string };

/** Calls a function of the migration file, in the sandbox; what it sends to the database is known only then. */
export interface CodeCommand extends Omit<RunCode, "kind"> {
  readonly kind: "code";
  /** A comment that says so, where SQL is shown and noted. */
  readonly sql: string;
}

export const execute = (sql: string): Command => ({ kind: "execute", sql });

/** How the rows of a table are read for a migration to hold them: exactly, and the same whatever the session is set to. */
export interface RowReading {
  /** Opens a transaction that sees one state of all tables, and settles how values are written out. */
  readonly begin: string;
  /** What stands in the SELECT for a column. */
  expression(column: Column): string;
  /** What that gave, as a value to insert; `sql` where no value says it. Throws ToolError `unsupported` for what cannot be kept. */
  value(found: unknown, column: Column): Value | { readonly sql: string };
  /** SQL of the number that is larger than all others; absent: the text `Infinity` is one in a column of such numbers. */
  readonly infinity?: string;
}

/** SQL for godwit's own tables, as data. `table` is the history table's name, unquoted. */
export interface Bookkeeping {
  /** A query with one row per existing table of that name in the current schema. */
  historyExists(table: string): string;
  createHistory(table: string): readonly string[];
  /** Native types of the history's timestamp column etc. are the dialect's business; rows come back as text or numbers. */
  listHistory(table: string): string;
  /**
   * `values` are literals, because parameters cost PostgreSQL a second round trip; in order: track, name, checksum, state, steps_done,
   * applied_at (ISO 8601 text), duration_ms, tool_version, applied_by.
   */
  insertHistory(table: string, values: readonly string[]): string;
  /** Absent: every statement waits for the answer to the one before it. */
  readonly sinceBegin?: SinceBegin;
  /** `insertHistory` takes the place of the row of the same track and name, if there is one. Absent: that one has to be deleted first. */
  readonly insertReplaces?: true;
  /** `track` and `name` are literals. */
  deleteHistory(table: string, track: string, name: string): string;
  readonly past: PastSql;
  /**
   * The journal, a table next to the history: track, name, position (a whole number), sql_hash, statement (a long text), trace, started_at, finished_at,
   * error (a long text); texts but for the position, the last four may be NULL but for started_at. Key: track, name, position.
   */
  createJournal(table: string): readonly string[];
  /** Absent where transactions are never sent as a whole. */
  readonly batch?: BatchSql;
  /** Absent: as most databases say it. */
  readonly journal?: JournalSql;
  readonly lock: LockSql;
  /** The lock for those who cannot keep a session; absent where `lock` is a row already. */
  readonly lease?: LeaseSql;
  readonly limits: LimitSql;
  /** Absent where there is no server with a clock and rights of its own. */
  readonly checkup?: CheckupSql;
  /** Absent where nothing tells how far a statement is. */
  readonly progress?: ProgressSql;
  /** Absent where a database has no schemas in it, so that a track cannot have one of its own. */
  readonly namespace?: NamespaceSql;
  /** Returns a row when an extension is there or can be created; absent where there are none. Parameter: its name. */
  readonly extensionAvailable?: string;
  /** Absent: names always lead to the same place. */
  readonly place?: SessionPlace;
  /** Whether a statement can be part of a transaction. Not asked about statements that open or end one. */
  standsAlone(sql: string): StandsAlone;
  /** How to find out what became of a statement that stood alone and was cut short. */
  recoveryOf(sql: string): Recovery;
  /** Statements that open a transaction for DDL; commit and rollback are the driver's. */
  readonly begin: string;
  /** Absent: as the SQL standard spells it. */
  readonly savepoint?: Savepoint;
  /** Turned off before, and on after, a migration when `foreignKeysOffForDdl`; empty otherwise. */
  readonly foreignKeysOff: readonly string[];
  readonly foreignKeysOn: readonly string[];
  /** Returns a row per violated foreign key; run before commit when `foreignKeysOffForDdl`. */
  readonly foreignKeyCheck?: string;
  classify(error: DatabaseFailure): ErrorClass;
}

/**
 * `always`: the database refuses it in a transaction, or commits what came before it. `on-request`: it can be part of one, but does something
 * else there; outside of one in a migration that asks for none. `never`: it is done or undone with the transaction.
 */
export type StandsAlone = "always" | "on-request" | "never";
