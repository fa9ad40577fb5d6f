import type { Change } from "../diff/change.ts";
import { enumChanges, extraTable, missingTable, tableChanges } from "../diff/drift.ts";
import { type Managed, managedChanges } from "../diff/drift-managed.ts";
import { namespaceChanges } from "../diff/drift-namespaces.ts";
import { keyName } from "../schema/constraints.ts";
import { enumsOf, withEnums } from "../schema/enums.ts";
import { elementOf, indexField } from "../schema/index-fields.ts";
import { withObjects, withViews } from "../schema/managed.ts";
import {
  type Constraint,
  type EnumType,
  type Field,
  type ForeignKey,
  type Index,
  type IndexElement,
  type OwnSequence,
  type Schema,
  sequenceTypes,
  type View,
} from "../schema/model.ts";
import { foreignKeyName } from "../schema/names.ts";
import { namespacesOf, withNamespaces } from "../schema/namespaces.ts";
import { findField, findTable } from "../schema/resolve.ts";
import { toldOptions } from "../schema/sequence-options.ts";
import { conventionalDefault } from "./conventional-default.ts";
import type { AroundView, Dialect, LiveSchema } from "./dialect.ts";
import { indexImage, tableImages } from "./image.ts";
import { listDifferences, withDeclaredSequences, withLiveLists } from "./live-lists.ts";
import { withNumbersFromAbove } from "./numbered-above.ts";
import { schemaOn } from "./schema-on.ts";
import type { Column, ForeignKeyImage, TableImage } from "./statement.ts";

/** What a database has, declared as fields: the schema that an import writes. */
export function schemaOfLive(live: Omit<LiveSchema, "unsupported">, dialect: Dialect): Schema {
  const { namespaces = [], tables, enums = [], views = [], objects = [] } = live;
  const plain = schemaOf(tables, {
    fieldOf: (column) => importedField(column, dialect),
    indexOf: (index) => index,
    constraintOf: (constraint) => constraint,
    // What a variant can be told is what the dialect can that it varies.
    name: dialect.variantOf?.at(-1) ?? dialect.name,
  });
  const schema = withLiveLists(withNamespaces(plain, namespaces), live, dialect);
  return withObjects(withViews(withNamedEnums(withEnums(schema, enums), dialect), views), objects);
}

/** A type that lists its values where it stands becomes an enum with a name, by which other databases can have it too. */
function withNamedEnums(schema: Schema, { enums }: Dialect): Schema {
  if (enums.kind !== "inline") return schema;
  const named: EnumType[] = [];
  const tables = schema.tables.map((table) => ({
    ...table,
    fields: table.fields.map((field) => {
      const values = enums.valuesOf(field.type);
      const name = `${table.name}_${field.name}`;
      if (!values || !/^[A-Za-z_]\w*$/.test(name)) return field;
      named.push({ name, values });
      return { ...field, type: name };
    }),
  }));
  return withEnums({ ...schema, tables }, named);
}

/**
 * A schema as the dialect's database has it, in the form in which two are compared: native types, defaults and predicates in
 * their canonical spelling. Such a schema is for comparing only.
 */
export const normalize = (schema: Schema, dialect: Dialect): Schema =>
  comparable(tableImages(schema, dialect), dialect);

/** What introspection found, in the form that `normalize` gives. */
function comparable(tables: readonly TableImage[], dialect: Dialect): Schema {
  const spelled = canonicalSpellings(dialect);
  return schemaOf(
    tables.map((table) => dialect.canonicalTable?.(table) ?? table),
    {
      fieldOf: (column) => canonicalField(column, spelled),
      indexOf: (index) => canonicalIndex(index, dialect),
      constraintOf: (constraint) => canonicalConstraint(constraint, dialect),
      name: dialect.name,
    },
  );
}

type Spellings = Pick<Dialect, "canonicalType" | "canonicalDefault" | "canonicalPredicate">;

/** Thousands of columns have a handful of types and defaults, so that each is looked into once. */
function canonicalSpellings({ canonicalType, canonicalDefault, canonicalPredicate }: Dialect): Spellings {
  const types = new Map<string, string>();
  const defaults = new Map<string, string>();
  const remembered = (known: Map<string, string>, key: string, find: () => string): string => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const spelling = find();
    known.set(key, spelling);
    return spelling;
  };
  return {
    canonicalType: (type) => remembered(types, type, () => canonicalType(type)),
    canonicalDefault: (sql, type) => remembered(defaults, `${type}\0${sql}`, () => canonicalDefault(sql, type)),
    canonicalPredicate,
  };
}

/** Where a live database is not what the schema says: tables in the schema's order, then what only the database has. */
export function diffLive(whole: Schema, found: LiveSchema, dialect: Dialect): readonly Change[] {
  const expected = schemaOn(whole, dialect);
  const live = withDeclaredSequences(found, expected);
  const want = normalize(expected, dialect);
  const have = withUsualNames(withNumbersFromAbove(comparable(live.tables, dialect), want, expected), want);
  const extra = have.tables.filter((table) => !findTable(want, table.name));
  return [
    ...(dialect.capabilities.namespaces ? namespaceChanges(namespacesOf(expected), live.namespaces ?? []) : []),
    ...(dialect.enums.kind === "types" ? enumChanges(enumsOf(expected), live.enums ?? []) : []),
    ...listDifferences(expected, live, dialect),
    ...want.tables.flatMap((table) => {
      const found = findTable(have, table.name);
      return found ? tableChanges({ want, have, table, found }) : [missingTable(table)];
    }),
    ...extra.map(extraTable),
    ...managedChanges(managedIn(expected, { dialect, want }), managedIn(live, { dialect, want })),
  ];
}

/**
 * What a sequence is called is no difference where nobody says what it is to be called: sequences of tables that somebody renamed have
 * their old names.
 */
function withUsualNames(have: Schema, want: Schema): Schema {
  const named = (field: Field): boolean => (field.sequence ?? field.identity)?.name !== undefined;
  const unnamed = (field: Field, wanted: Field | undefined): Field => {
    if (!wanted || named(wanted) || !named(field)) return field;
    const { sequence, identity, ...rest } = field;
    const { name: _, ...told } = sequence ?? identity ?? {};
    if (identity) return { ...rest, identity: told };
    return Object.keys(told).length > 0 ? { ...rest, sequence: told } : rest;
  };
  const tables = have.tables.map((table) => {
    const wanted = table.fields.some(named) ? findTable(want, table.name) : undefined;
    return wanted
      ? { ...table, fields: table.fields.map((field) => unnamed(field, findField(wanted, field.name))) }
      : table;
  });
  return { ...have, tables };
}

/** Views and managed objects in the form in which they are compared. */
function managedIn(from: Pick<Schema, "views" | "objects">, { dialect, want }: Comparing): Managed {
  const comments = dialect.capabilities.comments === true;
  return {
    views: (from.views ?? []).map((view) =>
      canonicalView(view, { dialect, comments, around: aroundViews(from, want) }),
    ),
    objects: (from.objects ?? [])
      .map((object) => (comments ? object : withoutComments(object)))
      .map((object) => dialect.canonicalObject?.(object) ?? object),
  };
}

function withoutComments<T extends { readonly comment?: string }>(thing: T): T {
  const { comment: _, ...rest } = thing;
  return rest as T;
}

function canonicalView(
  { comment, columnComments, ...view }: View,
  { dialect, comments, around }: { readonly dialect: Dialect; readonly comments: boolean; readonly around: AroundView },
): View {
  const indexes = view.indexes?.map((index) => canonicalIndex(indexImage(index, dialect), dialect)).sort(byName);
  const whole = {
    ...view,
    ...(comments && comment !== undefined && { comment }),
    ...(comments && columnComments && { columnComments }),
    ...(indexes?.length && { indexes }),
  };
  return dialect.canonicalView?.(whole, around) ?? whole;
}

const aroundViews = ({ views = [] }: Pick<Schema, "views">, want: Schema): AroundView => ({
  columnsOf: (table) => findTable(want, table)?.fields.map(({ name }) => name),
  viewOf: (name) => views.find((view) => view.name === name),
});

interface Comparing {
  readonly dialect: Dialect;
  /** The tables as they should be. */
  readonly want: Schema;
}

const byName = (a: Index, b: Index): number => (a.name < b.name ? -1 : 1);

/** How the parts of a table are written in the schema. */
interface Parts {
  fieldOf(column: Column): Field;
  indexOf(index: Index): Index;
  constraintOf(constraint: Constraint): Constraint;
  /** Of the dialect. */
  readonly name: string;
}

function importedField(column: Column, dialect: Dialect): Field {
  const field = dialect.fieldOf(column);
  const value = conventionalDefault(column, field, dialect);
  return {
    ...field,
    ...(value !== undefined && { default: value }),
    ...furtherProperties(column),
    ...(column.inherited && { inherited: true }),
  };
}

/** What a column and a field say in the same way. */
const furtherProperties = ({ generated, identity, sequence, collation, comment }: Column): Partial<Field> => ({
  ...(generated && { generated }),
  ...(identity && { identity }),
  ...(sequence && { sequence }),
  ...(collation !== undefined && { collation }),
  ...(comment !== undefined && { comment }),
});

function schemaOf(tables: readonly TableImage[], { fieldOf, indexOf, constraintOf, name }: Parts): Schema {
  const known = new Map(tables.map((table) => [table.name, table]));
  return {
    tables: tables.map((table) => ({
      name: table.name,
      fields: table.columns.map((column) => optional(fieldOf(column), column, name)),
      ...(table.primaryKey?.length && {
        primaryKey: table.primaryKey,
        ...keyName(table.name, table.primaryKeyName),
        ...(table.primaryKeyComment !== undefined && { primaryKeyComment: table.primaryKeyComment }),
        ...(table.primaryKeyDeferrable && { primaryKeyDeferrable: table.primaryKeyDeferrable }),
        ...(table.primaryKeyInclude && { primaryKeyInclude: table.primaryKeyInclude }),
      }),
      indexes: table.indexes.map(indexOf),
      foreignKeys: distinctlyNamed(table.foreignKeys.map((key) => foreignKeyOf(table, key, known))),
      ...(Object.keys(table.options ?? {}).length > 0 && { options: { [name]: table.options ?? {} } }),
      ...(table.constraints?.length && { constraints: table.constraints.map(constraintOf) }),
      ...(table.comment !== undefined && { comment: table.comment }),
      ...(table.rowSecurity && { rowSecurity: table.rowSecurity }),
      ...(table.partitionBy && { partitionBy: table.partitionBy }),
      ...(table.partitionOf && { partitionOf: table.partitionOf }),
      ...(table.inherits && { inherits: table.inherits }),
    })),
    defaults: {},
    typeMappings: {},
  };
}

const optional = (field: Field, { options }: Column, dialect: string): Field =>
  options && Object.keys(options).length > 0 ? { ...field, options: { [dialect]: options } } : field;

/** Where keys need no names, two of the same fields would get the same one. */
function distinctlyNamed(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  const taken = new Set<string>();
  return keys.map((key) => {
    let name = key.name;
    for (let n = 2; taken.has(name); n++) name = `${key.name}_${n}`;
    taken.add(name);
    return name === key.name ? key : { ...key, name };
  });
}

function foreignKeyOf(table: TableImage, key: ForeignKeyImage, tables: ReadonlyMap<string, TableImage>): ForeignKey {
  const primary = tables.get(key.table)?.primaryKey ?? [];
  const isPrimary = key.referencedColumns.join("\0") === primary.join("\0");
  return {
    name: key.name ?? foreignKeyName(table.name, key.columns),
    fields: key.columns,
    references: { table: key.table, ...(!isPrimary && { fields: key.referencedColumns }) },
    onDelete: key.onDelete,
    onUpdate: key.onUpdate,
    ...(key.onDeleteColumns && { onDeleteFields: key.onDeleteColumns }),
    ...(key.deferrable && { deferrable: key.deferrable }),
    ...(key.notValid && { notValid: true }),
    ...(key.matchFull && { matchFull: true }),
    ...(key.comment !== undefined && { comment: key.comment }),
  };
}

function canonicalField(column: Column, dialect: Spellings): Field {
  const { identity: _, sequence: __, ...plain } = column;
  const type = dialect.canonicalType(column.type);
  const written =
    column.default === undefined ? undefined : dialect.canonicalDefault(column.default, column.domain ?? column.type);
  const sql = written?.toUpperCase() === "NULL" ? undefined : written;
  return {
    name: column.name,
    type: column.autoIncrement ? `${type} numbered by the database` : type,
    nullable: column.nullable,
    ...(sql !== undefined && { default: { sql } }),
    ...(column.autoUpdate && { autoUpdate: true }),
    ...furtherProperties(plain),
    ...countingOf(column),
    ...(column.generated && {
      generated: { ...column.generated, as: dialect.canonicalPredicate(column.generated.as) },
    }),
  };
}

/** What numbers a column, without what goes without saying. */
function countingOf({ type, identity, sequence }: Column): Pick<Field, "identity" | "sequence"> {
  const column = sequenceTypes.find((each) => each === type.toLowerCase());
  const told = ({ type: counting, ...own }: OwnSequence): OwnSequence => ({
    ...toldOptions(own, counting ?? column ?? "bigint"),
    ...(counting && counting !== column && { type: counting }),
  });
  if (identity) return { identity: told(identity) };
  const own = sequence && told(sequence);
  return own && Object.keys(own).length > 0 ? { sequence: own } : {};
}

/** The access method in the spelling in which it is compared; absent where it is the usual one. */
function comparedMethod(declared: string | undefined, dialect: Dialect): Pick<Index, "method"> {
  const method = declared === undefined ? undefined : dialect.capabilities.comparedIndexMethod(declared);
  return method === undefined ? {} : { method };
}

function canonicalIndex({ method, ...index }: Index, dialect: Dialect): Index {
  return {
    ...index,
    ...comparedMethod(method, dialect),
    fields: index.fields.map((field) => indexField(canonicalElement(elementOf(field), dialect))),
    ...(index.where !== undefined && { where: dialect.canonicalPredicate(index.where) }),
  };
}

const canonicalElement = <E extends IndexElement>(element: E, dialect: Dialect): E =>
  element.expression === undefined && element.operatorClass === undefined
    ? element
    : {
        ...element,
        ...(element.expression !== undefined && { expression: dialect.canonicalPredicate(element.expression) }),
        ...(element.operatorClass !== undefined && { operatorClass: element.operatorClass.replace(/\s/g, "") }),
      };

function canonicalConstraint(constraint: Constraint, dialect: Dialect): Constraint {
  if ("check" in constraint) return { ...constraint, check: dialect.canonicalPredicate(constraint.check) };
  if ("unique" in constraint) return constraint;
  const { method, ...rest } = constraint;
  return {
    ...rest,
    ...comparedMethod(method, dialect),
    exclude: constraint.exclude.map((element) => canonicalElement(element, dialect)),
    ...(constraint.where !== undefined && { where: dialect.canonicalPredicate(constraint.where) }),
  };
}
