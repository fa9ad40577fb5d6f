import type { Position } from "../errors.ts";
import type {
  Constraint,
  DefaultValue,
  Deferrable,
  Domain,
  EnumType,
  Extension,
  ForDatabases,
  ForeignKey,
  Generated,
  Identity,
  Index,
  ManagedObject,
  Namespace,
  OwnSequence,
  PartitionKey,
  PartitionOf,
  PerDialect,
  RowSecurity,
  Schema,
  Sequence,
  View,
} from "./model.ts";
import type { Problem } from "./problem.ts";

/** What a project declares: all its schema files as one schema. */
export interface Declared {
  readonly schema: Schema;
  readonly renames: RenameHints;
  /** The files it was read from, includes too, as they are shown to people. */
  readonly files: readonly string[];
  /** Table → the first of these files that declares it. */
  readonly origins: ReadonlyMap<string, string>;
  /** What is allowed and looks like a mistake. */
  readonly warnings: readonly Problem[];
}

/** Which table or field was another one before: the `renamed_from` keys. A hint stays harmless once the rename is done. */
export interface RenameHints {
  readonly tables: readonly { readonly from: string; readonly to: string }[];
  /** `table` is the new name where the table is renamed too. */
  readonly fields: readonly { readonly table: string; readonly from: string; readonly to: string }[];
}

/** What stands beside tables and has no parts that are merged. */
export interface DeclaredLists {
  readonly extensions: readonly DeclaredExtension[];
  readonly domains: readonly DeclaredDomain[];
  readonly sequences: readonly DeclaredSequence[];
}

export interface DeclaredExtension extends Extension {
  readonly at: At;
}

export interface DeclaredSequence extends Sequence {
  readonly at: At;
}

export interface DeclaredDomain extends Domain {
  /** Its type is one of the database itself. */
  readonly native?: boolean;
  /** Its type as it was written, where that is not in lower case. */
  readonly spelling?: string;
  readonly at: At;
}

/** One schema file, read but not yet put together with the others. */
export interface Declaration extends DeclaredLists {
  readonly file: string;
  readonly includes: readonly DeclaredInclude[];
  readonly defaults: PerDialect;
  readonly typeMappings: PerDialect;
  readonly namespaces: readonly DeclaredNamespace[];
  readonly enums: readonly DeclaredEnum[];
  readonly tables: readonly DeclaredTable[];
  readonly views: readonly DeclaredView[];
  readonly objects: readonly DeclaredObject[];
  /** Whether the file has a `tables` key, be it an empty list. */
  readonly hasTables: boolean;
}

/** Where a part of the declaration stands; a key leads to that key's value. Asked only when something is wrong. */
export type At = (...path: readonly (string | number)[]) => Position;

export interface DeclaredInclude {
  readonly path: string;
  /** npm package that `path` lies in; absent: `path` is relative to the including file. */
  readonly package?: string;
  readonly at: At;
}

export interface DeclaredTable extends ForDatabases {
  readonly name: string;
  readonly fields: readonly DeclaredField[];
  readonly primaryKey?: readonly string[];
  readonly primaryKeyName?: string;
  readonly primaryKeyComment?: string;
  readonly primaryKeyDeferrable?: Deferrable;
  readonly primaryKeyInclude?: readonly string[];
  readonly indexes: readonly DeclaredIndex[];
  readonly foreignKeys: readonly DeclaredForeignKey[];
  readonly options?: PerDialect;
  readonly constraints: readonly DeclaredConstraint[];
  readonly comment?: string;
  readonly rowSecurity?: RowSecurity;
  readonly partitionBy?: PartitionKey;
  readonly partitionOf?: PartitionOf;
  readonly inherits?: readonly string[];
  readonly renamedFrom?: string;
  readonly at: At;
}

/** Absent properties were not written, which is not the same as their defaults where files are merged. */
export interface DeclaredField extends ForDatabases {
  readonly name: string;
  /** Lower case, unless `native`. */
  readonly type: string;
  /** The type as it was written, where that is not its lower case. */
  readonly spelling?: string;
  /** A type of the database itself, rendered as it stands. */
  readonly native?: boolean;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly primaryKey?: boolean;
  readonly nullable?: boolean;
  readonly default?: DefaultValue;
  readonly autoCreate?: boolean;
  readonly autoUpdate?: boolean;
  readonly foreignKey?: DeclaredReference;
  readonly manyToMany?: { readonly table: string; readonly through?: string };
  /** A unique constraint, an index and a check on this field alone. */
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly check?: string;
  readonly generated?: Generated;
  readonly identity?: Identity;
  readonly sequence?: OwnSequence;
  readonly collation?: string;
  readonly options?: PerDialect;
  readonly comment?: string;
  readonly inherited?: boolean;
  readonly renamedFrom?: string;
  readonly at: At;
}

export interface DeclaredReference extends DeclaredKeyOptions {
  readonly table: string;
  readonly name?: string;
}

export interface DeclaredNamespace extends Namespace {
  readonly at: At;
}

export interface DeclaredEnum extends EnumType {
  readonly at: At;
}

/** What a foreign key may say beside what it ties. */
export type DeclaredKeyOptions = Partial<Omit<ForeignKey, "name" | "fields" | "references">>;

/** Without a name it gets the one that PostgreSQL gives. */
export type DeclaredConstraint = Unnamed<Constraint> & { readonly name?: string; readonly at: At };

type Unnamed<C> = C extends Constraint ? Omit<C, "name"> : never;

export interface DeclaredIndex extends Index {
  readonly at: At;
}

export interface DeclaredView extends View {
  readonly at: At;
}

export interface DeclaredObject extends ManagedObject {
  readonly at: At;
}

export interface DeclaredForeignKey extends DeclaredKeyOptions {
  readonly name?: string;
  readonly fields: readonly string[];
  readonly references: { readonly table: string; readonly fields?: readonly string[] };
  readonly at: At;
}
