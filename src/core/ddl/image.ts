import { ToolError } from "../errors.ts";
import { constraintsOf, indexOfUnique, withConstraints } from "../schema/constraints.ts";
import { withTable } from "../schema/edit.ts";
import { enumOf } from "../schema/enums.ts";
import { heirsOf, isOnlyInherited } from "../schema/heritage.ts";
import { elementOf, fieldsOfIndex } from "../schema/index-fields.ts";
import type {
  CheckConstraint,
  Constraint,
  Field,
  ForeignKey,
  Identity,
  Index,
  OwnSequence,
  PerDialect,
  Schema,
  Table,
  UniqueConstraint,
} from "../schema/model.ts";
import { objectName } from "../schema/names.ts";
import { behindNamespace } from "../schema/namespaces.ts";
import { passedOnTo } from "../schema/partitions.ts";
import { getTable, referencedFields, resolveType, typeSource } from "../schema/resolve.ts";
import { isSerial } from "../schema/types.ts";
import { describesConstraints } from "./comments.ts";
import { entryFor, forDialect, resolveDefault } from "./default.ts";
import type { Dialect } from "./dialect.ts";
import { baseType, nativeType } from "./native-type.ts";
import type { Column, CreateIndex, ForeignKeyImage, IndexImage, Statement, TableImage } from "./statement.ts";

/** A table of the schema as the dialect's database has it. Throws ToolError `state` when a type cannot be resolved. */
export function tableImage(schema: Schema, name: string, dialect: Dialect): TableImage {
  const table = getTable(schema, name);
  const checks = schema.enums ? table.fields.flatMap((field) => enumCheck(schema, table, field, dialect) ?? []) : [];
  const columns = table.fields.map((field) => columnImage(schema, table, field, dialect));
  const foreignKeys = table.foreignKeys.map((key) => foreignKeyImage(schema, key, dialect));
  if (checks.length === 0 && saysOnly(table, plainTableKeys)) {
    const indexes = table.indexes.map((index) => indexImage(index, dialect));
    return { name, columns, ...(table.primaryKey && { primaryKey: table.primaryKey }), indexes, foreignKeys };
  }
  const options = optionsOf(table, `table "${name}"`, { dialect, known: dialect.tableOptions, of: "tables" });
  const { constraints, unique } = splitConstraints(table, dialect);
  return {
    name,
    columns,
    ...treeImage(table),
    ...(table.primaryKey && { primaryKey: table.primaryKey }),
    ...(table.primaryKeyName !== undefined &&
      dialect.capabilities.namesPrimaryKeys && { primaryKeyName: table.primaryKeyName }),
    ...keyExtras(table, dialect),
    ...(table.primaryKeyComment !== undefined &&
      describesConstraints(dialect) && { primaryKeyComment: table.primaryKeyComment }),
    indexes: [...table.indexes, ...unique.map(indexOfUnique)].map((index) => indexImage(index, dialect)),
    foreignKeys,
    ...(constraints.length + checks.length > 0 && {
      constraints: [...constraints.map((c) => constraintImage(c, dialect)), ...checks],
    }),
    ...(table.rowSecurity && { rowSecurity: table.rowSecurity }),
    ...(table.comment !== undefined && dialect.capabilities.comments && { comment: table.comment }),
    ...(options && { options }),
  };
}

/** Whether a table or a field says nothing but what most do. */
function saysOnly(said: Table | Field, keys: ReadonlySet<string>): boolean {
  for (const key in said) if (!keys.has(key)) return false;
  return true;
}

const plainTableKeys: ReadonlySet<string> = new Set<keyof Table>([
  "name",
  "fields",
  "primaryKey",
  "indexes",
  "foreignKeys",
]);

const known = new WeakMap<Schema, Map<Dialect, readonly TableImage[]>>();

/** All tables of a schema so, in its order. Who compares a schema with a database needs them more than once, and a schema never changes. */
export function tableImages(schema: Schema, dialect: Dialect): readonly TableImage[] {
  const images = known.get(schema)?.get(dialect) ?? schema.tables.map(({ name }) => tableImage(schema, name, dialect));
  known.set(schema, new Map([[dialect, images]]));
  return images;
}

const treeImage = ({ partitionBy, partitionOf, inherits }: Table): Partial<TableImage> => ({
  ...(partitionBy && { partitionBy }),
  ...(partitionOf && { partitionOf }),
  ...(inherits && { inherits }),
});

/**
 * When the primary key of a table is checked, where that is not at once, and what its index holds besides. Throws ToolError `unsupported`
 * where keys have neither.
 */
export function keyExtras(
  { name, primaryKeyDeferrable, primaryKeyInclude }: Table,
  { capabilities, title }: Dialect,
): Pick<TableImage, "primaryKeyDeferrable" | "primaryKeyInclude"> {
  const lacking = (what: string) => new ToolError("unsupported", `${title} has no ${what}`, { table: name });
  if (primaryKeyDeferrable && !capabilities.deferrablePrimaryKeys)
    throw lacking(`primary keys that wait for the end of a transaction; that of table "${name}" is deferrable`);
  if (primaryKeyInclude && !capabilities.primaryKeysInclude)
    throw lacking(`primary keys that include other fields; that of table "${name}" does`);
  return {
    ...(primaryKeyDeferrable && { primaryKeyDeferrable }),
    ...(primaryKeyInclude && { primaryKeyInclude }),
  };
}

/** What is said of a table or a field for this database. Throws ToolError `schema` for an option that it does not have. */
function optionsOf(
  said: { readonly options?: PerDialect },
  title: string,
  {
    dialect,
    known = [],
    of,
  }: { readonly dialect: Dialect; readonly known: readonly string[] | undefined; readonly of: string },
): TableImage["options"] {
  if (!said.options) return undefined;
  const given = forDialect(said.options, dialect);
  const isOwn = forDialect(said.options, { ...dialect, variantOf: [] }) !== undefined;
  // What is said for the database that this one is a variant of, and this one has not, is not said for it.
  const options =
    given && !isOwn ? Object.fromEntries(Object.entries(given).filter(([key]) => known.includes(key))) : given;
  const unknown = Object.keys(options ?? {}).find((key) => !known.includes(key));
  if (unknown === undefined) return options;
  const advice = known.length > 0 ? `it has ${known.join(", ")}` : "it has none";
  throw new ToolError(
    "schema",
    `${title} has the option "${unknown}", which ${of} of ${dialect.title} do not have; ${advice}`,
    { title, option: unknown },
  );
}

/** Most fields have none. */
function columnOptions(table: Table, field: Field, dialect: Dialect): Pick<Column, "options"> {
  if (!field.options) return {};
  const title = `field "${field.name}" of table "${table.name}"`;
  const options = optionsOf(field, title, { dialect, known: dialect.columnOptions, of: "columns" });
  return options && Object.keys(options).length > 0 ? { options } : {};
}

/** The statement that drops the primary key of a table of the schema; none where it has none. */
export function dropPrimaryKey(table: Table, dialect: Dialect): readonly Statement[] {
  if (!table.primaryKey || table.primaryKey.length === 0) return [];
  const options = forDialect(table.options ?? {}, dialect);
  return [{ kind: "dropPrimaryKey", table: table.name, columns: table.primaryKey, ...(options && { options }) }];
}

/** Whether the primary key or the options of a table hold on to a field, so that some databases cannot change it. */
export function isHeld(table: Table, field: string, dialect: Dialect): boolean {
  if (table.primaryKey?.includes(field)) return true;
  const texts = Object.values(forDialect(table.options ?? {}, dialect) ?? {});
  return texts.some((text) => text.split(/[^\p{L}\p{N}_$]+/u).includes(field));
}

/** A field as a column. The fields of the primary key are NOT NULL whatever they say. */
export function columnImage(schema: Schema, table: Table, field: Field, dialect: Dialect): Column {
  const type = resolveType(schema, field);
  const native = ownOrNumbered(schema, field, nativeType(schema, type, dialect), dialect);
  const base = baseType(schema, type);
  const sql = field.autoCreate
    ? dialect.namedDefaults["now"] || "CURRENT_TIMESTAMP"
    : field.default !== undefined && resolveDefault(field.default, { type: base, native }, schema, dialect);
  const column: Column = {
    name: field.name,
    type: native,
    nullable: field.nullable && !table.primaryKey?.includes(field.name),
    ...(typeof sql === "string" && { default: sql }),
    ...(schema.enums && dialect.enums.kind === "types" && enumOf(schema, type.type) && { enumerated: true }),
    ...(base !== type && { domain: nativeType(schema, base, dialect) }),
    ...(isSerial(field.type) && { autoIncrement: true }),
  };
  return saysOnly(field, plainFieldKeys) && !dialect.capabilities.columnChecks
    ? column
    : { ...column, ...columnExtras(schema, table, field, dialect) };
}

const plainFieldKeys: ReadonlySet<string> = new Set<keyof Field>([
  "name",
  "type",
  "length",
  "precision",
  "scale",
  "nullable",
  "default",
  "autoCreate",
  "references",
]);

/** What few fields say: each migration comes through here with each of its fields, and asking for all of it takes longer than the rest. */
function columnExtras(schema: Schema, table: Table, field: Field, dialect: Dialect): Partial<Column> {
  return {
    ...(field.autoUpdate && { autoUpdate: true }),
    ...(field.generated && { generated: field.generated }),
    ...(field.identity && numbering(table, field, field.identity, dialect)),
    ...(field.sequence && sequenceImage(table, field, field.sequence, dialect)),
    ...(field.collation !== undefined && { collation: field.collation }),
    ...columnOptions(table, field, dialect),
    ...(field.comment !== undefined && dialect.capabilities.comments && { comment: field.comment }),
    ...ownCheck(table, field, dialect),
    ...(field.inherited && { inherited: isOnlyInherited(schema, table, field) ? "same" : "changed" }),
  };
}

function ownOrNumbered(schema: Schema, field: Field, native: string, { numberedType }: Dialect): string {
  if (!numberedType) return native;
  const { type, identity } = typeSource(schema, field);
  return isSerial(type) || identity ? numberedType(native) : native;
}

/** Where databases number columns in one way only, an identity is nothing else. Throws ToolError `unsupported` for one that is told more. */
function numbering(
  table: Table,
  field: Field,
  identity: Identity,
  { title, capabilities }: Dialect,
): Pick<Column, "identity" | "autoIncrement"> {
  if (!capabilities.numbersAnyInteger) return { identity };
  const { name: _, comment: __, type: ___, ...options } = identity;
  const [option] = Object.keys(options);
  if (option === undefined) return { autoIncrement: true };
  throw new ToolError(
    "unsupported",
    `field "${field.name}" of table "${table.name}": what numbers a column of ${title} cannot be told "${option}"`,
    { table: table.name, field: field.name },
  );
}

/** The check that may be part of the column itself: it goes when the column is changed without it. */
function ownCheck(table: Table, { name }: Field, { capabilities }: Dialect): Pick<Column, "check"> {
  if (!capabilities.columnChecks) return {};
  const own = table.constraints?.find((c) => c.name === name);
  return own && "check" in own ? { check: own.check } : {};
}

/** The statement that drops a constraint of a table of the schema, with the column that it may be part of. */
export function dropConstraint(schema: Schema, name: string, constraint: Constraint, dialect: Dialect): Statement {
  const table = getTable(schema, name);
  const field = dialect.capabilities.columnChecks && table.fields.find((f) => f.name === constraint.name);
  const heirs = losing(schema, name, constraint);
  return {
    kind: "dropConstraint",
    table: name,
    constraint,
    ...(heirs.length > 0 && { heirs }),
    ...(field && "check" in constraint && { column: columnImage(schema, table, field, dialect) }),
  };
}

/** The tables that inherit a constraint and have it from this one alone. */
function losing(schema: Schema, name: string, constraint: Constraint): readonly string[] {
  const heirs = "check" in constraint && !constraint.noInherit ? heirsOf(schema, name) : [];
  if (heirs.length === 0) return [];
  const without = withTable(schema, name, (table) =>
    withConstraints(
      table,
      constraintsOf(table).filter((c) => c.name !== constraint.name),
    ),
  );
  return heirs.filter((heir) => {
    const table = getTable(without, heir);
    return ![...constraintsOf(table), ...passedOnTo(without, table).constraints].some(
      (c) => c.name === constraint.name,
    );
  });
}

/** Where nothing names sequences, a field that is told no more than a name is numbered as any other. */
function sequenceImage(
  table: Table,
  field: Field,
  sequence: OwnSequence,
  { title, capabilities }: Dialect,
): Pick<Column, "sequence"> {
  if (capabilities.namesPrimaryKeys) return { sequence };
  const { name: _, comment: __, type: ___, ...options } = sequence;
  const [option] = Object.keys(options);
  if (option === undefined) return {};
  throw new ToolError(
    "unsupported",
    `field "${field.name}" of table "${table.name}": ${title} has no sequences, so nothing there can be told "${option}"`,
    { table: table.name, field: field.name },
  );
}

/** The check that holds a field to an enum, where a database has no other way. */
export function enumCheck(schema: Schema, table: Table, field: Field, dialect: Dialect): CheckConstraint | undefined {
  const found = dialect.enums.kind === "check" ? enumOf(schema, field.type) : undefined;
  if (!found || found.name !== field.type || entryFor(schema.typeMappings, field.type, dialect) !== undefined)
    return undefined;
  const values = found.values.map((value) => dialect.literal(value)).join(", ");
  return {
    name: objectName(behindNamespace(table.name), [field.name], "enum"),
    check: `${dialect.quote(field.name)} IN (${values})`,
  };
}

/** The statement that makes an index of a table of the schema. */
export function createIndex(schema: Schema, name: string, index: Index, dialect: Dialect): CreateIndex {
  const table = getTable(schema, name);
  const fields = fieldsOfIndex(index);
  const covered = table.fields.filter((field) => fields.includes(field.name));
  const columns = covered.map((field) => columnImage(schema, table, field, dialect));
  return { kind: "createIndex", table: name, index: indexImage(index, dialect), columns };
}

/** The statement that makes an index of an image. */
export function createImageIndex({ name, columns }: TableImage, index: IndexImage): CreateIndex {
  const fields = fieldsOfIndex(index);
  return { kind: "createIndex", table: name, index, columns: columns.filter((column) => fields.includes(column.name)) };
}

/** The unique constraints that are indexes in this database, and all others. */
function splitConstraints(table: Table, { capabilities }: Dialect) {
  const all = constraintsOf(table);
  const isIndex = (c: Constraint): c is UniqueConstraint =>
    capabilities.uniqueConstraintsAreIndexes === true && "unique" in c;
  return { unique: all.filter(isIndex), constraints: all.filter((c) => !isIndex(c)) };
}

/** Where a constraint holds for all rows from the start, it is not called unvalidated; nor is it described where nothing can be. */
export function constraintImage(constraint: Constraint, { capabilities }: Dialect): Constraint {
  const said = describesConstraints({ capabilities }) ? constraint : withoutComment(constraint);
  if (capabilities.addsUnvalidated || !("notValid" in said)) return said;
  const { notValid: _, ...rest } = said;
  return rest;
}

function withoutComment<T extends { readonly comment?: string }>(described: T): T {
  const { comment: _, ...rest } = described;
  return rest as T;
}

/** Throws ToolError `unsupported` for one that covers beginnings of values, where there are none such. */
export function indexImage(index: Index, { capabilities, title }: Dialect): IndexImage {
  const short = index.fields.find((field) => elementOf(field).prefix !== undefined);
  const keepsComment = capabilities.comments && !capabilities.indexesHaveNoComments;
  if (short === undefined || capabilities.indexPrefixes)
    return keepsComment || index.comment === undefined ? index : withoutComment(index);
  throw new ToolError(
    "unsupported",
    `${title} has no indexes on the beginnings of values; index "${index.name}" has a "prefix": use an expression such as left(field, 10)`,
    { index: index.name },
  );
}

export function foreignKeyImage(schema: Schema, key: ForeignKey, { capabilities }: Dialect): ForeignKeyImage {
  return {
    name: key.name,
    columns: key.fields,
    table: key.references.table,
    referencedColumns: referencedFields(schema, key.references),
    onDelete: key.onDelete,
    onUpdate: key.onUpdate,
    ...(key.onDeleteFields && { onDeleteColumns: key.onDeleteFields }),
    ...(key.deferrable && { deferrable: key.deferrable }),
    ...(key.notValid && capabilities.addsUnvalidated && { notValid: true }),
    ...(key.matchFull && { matchFull: true }),
    ...(key.comment !== undefined && describesConstraints({ capabilities }) && { comment: key.comment }),
  };
}
