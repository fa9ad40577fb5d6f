import type {
  Constraint,
  Deferrable,
  Domain,
  Extension,
  Generated,
  Identity,
  Index,
  ManagedObject,
  OwnSequence,
  PartitionKey,
  PartitionOf,
  ReferentialAction,
  RowSecurity,
  Schema,
  Sequence,
  View,
} from "../schema/model.ts";
import type { AddPrimaryKey, DropPrimaryKey } from "./key-statements.ts";
import type { BroughtBack, Keyed, MadeAgain } from "./made-again.ts";
import type { RenameColumn, RenameConstraint, RenameTable, RenameThing } from "./rename-statements.ts";
import type { AlterInherits, AttachPartition, DetachPartition, Inherited, NamePartIndexes } from "./tree-statements.ts";

/**
 * The closed set of changes that a dialect renders: the narrow waist between operations (open) and dialects (open).
 * A statement is complete: types and defaults are already SQL of the target dialect, references are already columns.
 */
export type Statement =
  | { readonly kind: "createNamespace"; readonly name: string; readonly comment?: string }
  | { readonly kind: "dropNamespace"; readonly name: string }
  /** Absent `comment`: none. */
  | { readonly kind: "commentNamespace"; readonly name: string; readonly comment?: string }
  | { readonly kind: "createTable"; readonly table: TableImage }
  /** One that is partitioned, a partition, or inherits. */
  | { readonly kind: "createTreeTable"; readonly table: TableImage }
  | { readonly kind: "dropTable"; readonly table: TableImage }
  | RenameTable
  | AddColumn
  | DropColumn
  | AlterColumn
  | RenameColumn
  | FillColumn
  | CreateIndex
  | DropIndex
  | { readonly kind: "renameIndex"; readonly table: string; readonly from: IndexImage; readonly to: string }
  | { readonly kind: "addConstraint"; readonly table: string; readonly constraint: Constraint }
  /** `column`: the one that the constraint may be part of. */
  | ({
      readonly kind: "dropConstraint";
      readonly table: string;
      readonly constraint: Constraint;
      readonly column?: Column;
    } & Inherited)
  | RenameConstraint
  | { readonly kind: "validateConstraint"; readonly table: string; readonly name: string }
  | SetComment
  | RenameThing
  | { readonly kind: "createEnum"; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: "dropEnum"; readonly name: string }
  /** Without a comment: none. */
  | { readonly kind: "commentType"; readonly name: string; readonly comment?: string }
  | { readonly kind: "createDomain"; readonly domain: DomainImage }
  /** Of the same type. */
  | { readonly kind: "alterDomain"; readonly before: DomainImage; readonly after: DomainImage }
  | { readonly kind: "dropDomain"; readonly name: string }
  | RemakeDomain
  | { readonly kind: "createSequence"; readonly sequence: Sequence }
  | { readonly kind: "alterSequence"; readonly before: Sequence; readonly after: Sequence }
  | { readonly kind: "dropSequence"; readonly name: string }
  /** It belongs to no column any more. */
  | { readonly kind: "detachSequence"; readonly name: string }
  /** It belongs to the column, whose default is its next number from now on. */
  | { readonly kind: "attachSequence"; readonly sequence: Sequence; readonly table: string; readonly column: string }
  | { readonly kind: "createExtension"; readonly extension: Extension }
  | { readonly kind: "alterExtension"; readonly before: Extension; readonly after: Extension }
  | { readonly kind: "dropExtension"; readonly name: string }
  | { readonly kind: "renameEnumValue"; readonly name: string; readonly from: string; readonly to: string }
  | AddEnumValue
  | RemakeEnum
  /** `served`: an index of the table will do for it (see `keyIndexes`). */
  | {
      readonly kind: "addForeignKey";
      readonly table: string;
      readonly foreignKey: ForeignKeyImage;
      readonly served?: true;
    }
  | { readonly kind: "dropForeignKey"; readonly table: string; readonly foreignKey: ForeignKeyImage }
  | AddPrimaryKey
  | DropPrimaryKey
  | AlterOptions
  /** `of`: the table as it is then. */
  | { readonly kind: "createAutoUpdate"; readonly table: string; readonly of: TableImage; readonly column: Column }
  | { readonly kind: "dropAutoUpdate"; readonly table: string; readonly column: Column }
  | RebuildTable
  | UpsertRows
  | {
      readonly kind: "deleteRows";
      readonly table: string;
      readonly keys: readonly string[];
      readonly rows: readonly SqlRow[];
    }
  | { readonly kind: "setRowSecurity"; readonly table: string; readonly security: RowSecurity | "disabled" }
  | AttachPartition
  | DetachPartition
  | NamePartIndexes
  | MoveRows
  | AlterInherits
  | ({ readonly kind: "createView"; readonly view: View } & MadeAgain)
  /** What the view showed, it shows still. */
  | { readonly kind: "replaceView"; readonly before: View; readonly after: View }
  | ({ readonly kind: "dropView"; readonly view: View } & MadeAgain)
  /** Of it and of its columns, where they are not what they were. */
  | { readonly kind: "commentView"; readonly before: View; readonly view: View }
  | ({ readonly kind: "createObject"; readonly object: ManagedObject } & MadeAgain & BroughtBack)
  /** It takes and gives what it did. */
  | ReplaceObject
  | ({ readonly kind: "dropObject"; readonly object: ManagedObject } & MadeAgain)
  | { readonly kind: "commentObject"; readonly object: ManagedObject }
  | { readonly kind: "sql"; readonly text: string }
  | RunCode;

export type StatementKind = Statement["kind"];
export type StatementOf<K extends StatementKind> = Extract<Statement, { kind: K }>;

/** All rows of a table into one that has none; refused where it has. */
export interface MoveRows {
  readonly kind: "moveRows";
  readonly from: string;
  readonly to: string;
  readonly columns: readonly Column[];
  /** Each could be a new row, and nothing else in the table is unique, so that one which is there already is there by its keys. */
  readonly onlyKeys?: true;
  /** Columns among these that the database numbers itself: it must go on after the numbers that come. */
  readonly numbered: readonly string[];
}

/** Calls a function of the migration file. */
export interface RunCode {
  readonly kind: "runCode";
  readonly function: "forward" | "backward";
  /** SHA-256 of the code that it is part of. */
  readonly code: string;
  /** What the function is told that the database looks like. */
  readonly schema: Schema;
}

/** Everything about one column that differs between `before` and `after`, the name excepted, changes. */
export interface AlterColumn extends MadeAgain {
  readonly kind: "alterColumn";
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
  /** SQL expression that converts the old values; absent: the dialect's cast. */
  readonly using?: string;
  /** The primary key or the options of the table hold on to it. */
  readonly held?: true;
}

/** How the database is to keep a table changes: the `options` of the two differ. */
export interface AlterOptions {
  readonly kind: "alterOptions";
  readonly before: TableImage;
  readonly after: TableImage;
}

export interface DropColumn extends MadeAgain, Inherited {
  readonly kind: "dropColumn";
  readonly table: string;
  readonly column: Column;
}

export interface AddColumn extends MadeAgain, Keyed {
  readonly kind: "addColumn";
  readonly table: string;
  readonly column: Column;
  /** The column becomes the primary key at once: see `numbersKeysOnly`. */
  readonly primaryKey?: true;
  /** It comes back without its values, and no value would be right: the table whose rows they named. */
  readonly lost?: string;
}

export interface CreateIndex {
  readonly kind: "createIndex";
  readonly table: string;
  readonly index: IndexImage;
  /** The columns that it covers, for databases that cannot index all types alike. */
  readonly columns?: readonly Column[];
  /** Without stopping those who write, where the database has that. */
  readonly concurrently?: true;
  /** One of that name may be there already. */
  readonly unlessThere?: true;
}

export interface DropIndex {
  readonly kind: "dropIndex";
  readonly table: string;
  readonly index: IndexImage;
  /** As for `createIndex`. */
  readonly concurrently?: true;
  /** There may be none of that name. */
  readonly ifThere?: true;
}

/** Without `after` and `before` it is the last. */
export interface AddEnumValue {
  readonly kind: "addEnumValue";
  readonly name: string;
  readonly value: string;
  readonly after?: string;
  readonly before?: string;
}

/** The type made anew with other values, and all columns of it converted. */
export interface RemakeEnum {
  readonly kind: "remakeEnum";
  readonly name: string;
  readonly values: readonly string[];
  /** Value that goes → the one that rows with it get. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly columns: readonly { readonly table: string; readonly before: Column; readonly after: Column }[];
}

/** An object gets another definition. */
export interface ReplaceObject extends BroughtBack {
  readonly kind: "replaceObject";
  readonly before: ManagedObject;
  readonly after: ManagedObject;
  /** The columns of a composite type some of whose attributes change their types. */
  readonly columns?: RemakeEnum["columns"];
}

/** A domain as the database has it: its type and its default are SQL. */
export interface DomainImage extends Pick<Domain, "name" | "notNull" | "collation" | "checks" | "comment"> {
  readonly type: string;
  readonly default?: string;
}

/** The domain made anew out of another type, and all columns of it converted. */
export interface RemakeDomain {
  readonly kind: "remakeDomain";
  readonly before: DomainImage;
  readonly after: DomainImage;
  readonly columns: RemakeEnum["columns"];
}

/** Describes a table, one of its columns, indexes or constraints (its keys are among these). */
export interface SetComment {
  readonly kind: "setComment";
  readonly table: string;
  readonly column?: string;
  readonly index?: string;
  readonly constraint?: string;
  /** Absent: none. */
  readonly comment?: string;
}

/** Sets a column in the rows that are there already. */
export interface FillColumn extends Keyed {
  readonly kind: "fillColumn";
  readonly table: string;
  readonly column: string;
  /** SQL expression over the columns of the row. */
  readonly value: string;
  /** Only rows in which the column is NULL. */
  readonly onlyNull?: boolean;
  /** Constraints and triggers of the table wait for the end of the transaction, and must not. */
  readonly settles?: true;
}

/**
 * A table made anew and filled from the old one, for databases that cannot change a table in place. Made by the plan from
 * the statements of one operation, never by an operation. The new table has the columns, keys and indexes of `after`.
 */
export interface RebuildTable {
  readonly kind: "rebuildTable";
  readonly before: TableImage;
  readonly after: TableImage;
  /** Column of `after` → SQL over the columns of `before`. Columns without an entry take their default. */
  readonly copy: Readonly<Record<string, string>>;
}

/** `INSERT` rows, or update those whose key columns match. Values are SQL text already. */
export interface UpsertRows {
  readonly kind: "upsertRows";
  readonly table: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  /** False: no primary key or unique index covers exactly the keys, so that they cannot be the target of a conflict. */
  readonly uniqueKeys?: boolean;
  /** Each could be a new row, and nothing else in the table is unique, so that one which is there already is there by its keys. */
  readonly onlyKeys?: true;
  /** Columns among these that the database numbers itself: it must go on after the numbers given here. */
  readonly numbered?: readonly string[];
  /** More rows with these columns follow at once, so that what comes after them need not be settled yet. */
  readonly unfinished?: true;
  /** Some of these columns are numbered by the database whatever is given, unless it is told not to. */
  readonly overriding?: true;
  readonly rows: readonly SqlRow[];
}

/** Column → SQL text of its value. */
export type SqlRow = Readonly<Record<string, string>>;

/** What a database has where a schema has a field. */
export interface Column {
  readonly name: string;
  /** Native type as SQL, such as `VARCHAR(200)`. */
  readonly type: string;
  readonly nullable: boolean;
  /** Default as SQL; absent means none. */
  readonly default?: string;
  /** Its type is an enum of the schema, which converts to others only as a text. */
  readonly enumerated?: true;
  /** The type that the domain is made out of that its type is; of a list of it, with the brackets. */
  readonly domain?: string;
  /** Numbered by the database (SERIAL, AUTOINCREMENT). `type` is then the plain integer type. */
  readonly autoIncrement?: boolean;
  /** Set to the current time at every update of the row. */
  readonly autoUpdate?: boolean;
  readonly generated?: Generated;
  readonly identity?: Identity;
  /** Of a column that numbers itself: what is unusual about its sequence. */
  readonly sequence?: OwnSequence;
  readonly collation?: string;
  /** How this database is to keep its values: option → SQL text. */
  readonly options?: Readonly<Record<string, string>>;
  readonly comment?: string;
  /** Of a check with the name of the column, which may be part of it: see `columnChecks`. */
  readonly check?: string;
  /** The table has it from another one: as it is there, or with something changed. */
  readonly inherited?: "same" | "changed";
}

/** A table as the database has it. */
export interface TableImage {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey?: readonly string[];
  /** Where it is not the usual one. */
  readonly primaryKeyName?: string;
  readonly primaryKeyComment?: string;
  readonly primaryKeyDeferrable?: Deferrable;
  readonly primaryKeyInclude?: readonly string[];
  readonly indexes: readonly IndexImage[];
  readonly foreignKeys: readonly ForeignKeyImage[];
  /** How this database is to keep it: option → SQL text. */
  readonly options?: Readonly<Record<string, string>>;
  readonly constraints?: readonly Constraint[];
  readonly comment?: string;
  readonly rowSecurity?: RowSecurity;
  readonly partitionBy?: PartitionKey;
  readonly partitionOf?: PartitionOf;
  readonly inherits?: readonly string[];
}

export type IndexImage = Index;

export interface ForeignKeyImage {
  /** Absent where a database does not report the name. */
  readonly name?: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly referencedColumns: readonly string[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly onDeleteColumns?: readonly string[];
  readonly deferrable?: Deferrable;
  readonly notValid?: boolean;
  readonly matchFull?: boolean;
  readonly comment?: string;
}
