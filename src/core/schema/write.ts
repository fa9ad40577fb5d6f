import { defaultActions } from "./actions.ts";
import { domainOf, enumOf } from "./enums.ts";
import { databasesOf, sameDatabases } from "./for-databases.ts";
import { grantsOf } from "./grants.ts";
import { isInTree, parentsOf } from "./heritage.ts";
import type {
  Domain,
  Extension,
  Field,
  ForeignKey,
  Identity,
  Index,
  Namespace,
  PerDialect,
  ReferentialAction,
  Schema,
  Table,
  View,
} from "./model.ts";
import { foreignKeyName } from "./names.ts";
import { equalTypes, findTable, resolveType, typeOf } from "./resolve.ts";
import { isKnownType, type TypeParameters } from "./types.ts";
import { type Shorthands, shorthandsOf } from "./write-shorthands.ts";
import { saidFields, writeTree } from "./write-tree.ts";

/** A plain value with nothing that YAML could not write. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * The schema as the document a person would write: what equals a default is left out, a key of one field is a flag, and
 * foreign keys, unique constraints, checks and indexes of one field stand at their field. Reading it gives the same schema, but for names of types: a field that
 * has the type of the key it refers to is a foreign_key field, and one without a constraint has a type of its own.
 */
export function writeSchema(schema: Schema): { readonly [key: string]: Plain } {
  const objects = (schema.objects ?? []).filter((object) => !grantsOf(object));
  return {
    ...(schema.namespaces?.length && { namespaces: schema.namespaces.map(writeNamespace) }),
    ...perDialect("defaults", schema.defaults),
    ...perDialect("type_mappings", schema.typeMappings),
    ...(schema.extensions?.length && { extensions: schema.extensions.map(writeExtension) }),
    ...(schema.enums?.length && { enums: schema.enums.map((e) => ({ ...e })) }),
    ...(schema.domains?.length && { domains: schema.domains.map((domain) => writeDomain(schema, domain)) }),
    ...(schema.sequences?.length && { sequences: schema.sequences.map(snakeKeys) }),
    tables: schema.tables.map((table) => writeTable(schema, table)),
    ...(schema.views?.length && { views: schema.views.map((view) => writeView(schema, view)) }),
    ...(objects.length > 0 && { objects: objects.map(snakeKeys) }),
  };
}

const writeExtension = (extension: Extension): Plain =>
  Object.keys(extension).length === 1 ? extension.name : { ...extension };

/** One check that has the name which PostgreSQL gives it stands without. */
function writeDomain(schema: Schema, { checks = [], ...domain }: Domain): Plain {
  const { type, ...parameters } = withLength(typeOf(domain));
  const [only] = checks;
  const usual = `${domain.name.slice(domain.name.indexOf(".") + 1)}_check`;
  const plain = only && checks.length === 1 && only.name === usual && !only.notValid;
  return {
    name: domain.name,
    type: isKnownType(type) || isMapped(schema, type) || ofSchema(schema, type) ? type : { native: type },
    ...parameters,
    ...(domain.notNull && { nullable: false }),
    ...(domain.default !== undefined && { default: domain.default === "" ? { value: "" } : domain.default }),
    ...(domain.collation !== undefined && { collation: domain.collation }),
    ...(plain ? { check: only.check } : checks.length > 0 && { checks: checks.map(snakeKeys) }),
    ...(domain.comment !== undefined && { comment: domain.comment }),
    ...databasesOf(domain),
  };
}

/** Whether it is a type that the schema declares. */
const ofSchema = (schema: Schema, type: string): boolean =>
  enumOf(schema, type) !== undefined || domainOf(schema, type) !== undefined;

const writeNamespace = (namespace: Namespace): Plain =>
  Object.keys(namespace).length === 1 ? namespace.name : { ...namespace };

function perDialect(key: string, map: PerDialect): { readonly [key: string]: Plain } {
  const filled = Object.entries(map).filter(([, entries]) => Object.keys(entries).length > 0);
  return filled.length > 0 ? { [key]: Object.fromEntries(filled) } : {};
}

function writeTable(schema: Schema, table: Table): Plain {
  const said = isInTree(table) ? saidFields(schema, table) : table.fields;
  const inline = new Map<string, ForeignKey>();
  for (const key of table.foreignKeys)
    if (isInline(schema, key) && said.some(({ name }) => name === key.fields[0]) && !inline.has(key.fields[0] ?? ""))
      inline.set(key.fields[0] ?? "", key);
  const others = table.foreignKeys.filter((key) => inline.get(key.fields[0] ?? "") !== key);
  const key = table.primaryKey ?? [];
  const inKey = said.filter((f) => key.includes(f.name));
  const flags = inKey.length === key.length && inKey.every((f, i) => f.name === key[i]);
  const shorthands = shorthandsOf({ ...table, fields: said });
  return {
    name: table.name,
    ...writeTree(table),
    ...((said.length > 0 || parentsOf(table).length === 0) && {
      fields: said.map((field) =>
        writeField(schema, table, field, {
          foreignKey: inline.get(field.name),
          flag: flags && key.includes(field.name),
          shorthands,
        }),
      ),
    }),
    ...writePrimaryKey(table, flags),
    ...(table.comment !== undefined && { comment: table.comment }),
    ...(table.rowSecurity && { row_security: table.rowSecurity }),
    ...writeGrants(schema, table.name),
    ...(shorthands.indexes.length > 0 && { indexes: shorthands.indexes.map(writeIndex) }),
    ...(others.length > 0 && { foreign_keys: others.map((other) => writeForeignKey(table, other)) }),
    ...perDialect("options", table.options ?? {}),
    ...(shorthands.constraints.length > 0 && { constraints: shorthands.constraints.map(snakeKeys) }),
    ...databasesOf(table),
  };
}

/** Nothing where the flags of the fields say it all. */
function writePrimaryKey(table: Table, flags: boolean) {
  const { primaryKey = [], primaryKeyName: name, primaryKeyComment: comment, primaryKeyDeferrable: deferrable } = table;
  const { primaryKeyInclude: include } = table;
  const more = {
    ...(name !== undefined && { name }),
    ...(include && { include }),
    ...(deferrable && { deferrable }),
    ...(comment !== undefined && { comment }),
  };
  if (Object.keys(more).length === 0) return flags ? {} : { primary_key: primaryKey };
  return { primary_key: { ...more, ...(!flags && { fields: primaryKey }) } };
}

/** Whether it can stand at its field: one field that refers to the primary key. */
function isInline(schema: Schema, key: ForeignKey): boolean {
  if (key.fields.length !== 1) return false;
  if (key.references.fields === undefined) return true;
  const target = findTable(schema, key.references.table)?.primaryKey;
  return target?.length === 1 && key.references.fields.length === 1 && target[0] === key.references.fields[0];
}

function writeField(
  schema: Schema,
  table: Table,
  field: Field,
  at: { readonly foreignKey: ForeignKey | undefined; readonly flag: boolean; readonly shorthands: Shorthands },
): Plain {
  const { type, ...parameters } = writtenType(schema, table, field, at.foreignKey);
  const isKey = table.primaryKey?.includes(field.name) ?? false;
  const check = at.shorthands.checks.get(field.name);
  return {
    name: field.name,
    type: isKnownType(type) || isMapped(schema, type) || ofSchema(schema, type) ? type : { native: type },
    ...parameters,
    ...(at.flag && { primary_key: true }),
    ...(!field.nullable && !isKey && { nullable: false }),
    ...(field.default !== undefined && { default: field.default === "" ? { value: "" } : field.default }),
    ...(at.shorthands.unique.has(field.name) && { unique: true }),
    ...(at.shorthands.indexed.has(field.name) && { index: true }),
    ...(check !== undefined && { check }),
    ...(field.autoCreate && { auto_create: true }),
    ...(field.autoUpdate && { auto_update: true }),
    ...(field.generated && { generated: field.generated.stored ? { ...field.generated } : field.generated.as }),
    ...(field.identity && { identity: writeIdentity(field.identity) }),
    ...(field.sequence && { sequence: { ...field.sequence } }),
    ...(field.collation !== undefined && { collation: field.collation }),
    ...perDialect("options", field.options ?? {}),
    ...(field.comment !== undefined && { comment: field.comment }),
    ...(field.inherited && !table.partitionOf && { inherited: true }),
    ...(at.foreignKey && { foreign_key: writeReference(table, at.foreignKey, field) }),
    ...databasesOf(field),
  };
}

/** `foreign_key` where the field has the type of the key it refers to and that type does not come back to this field. */
function writtenType(schema: Schema, table: Table, field: Field, key: ForeignKey | undefined): TypeParameters {
  if (field.type === "foreign_key" && key?.references.table === field.references) return { type: "foreign_key" };
  const own = withLength(field.type === "foreign_key" ? resolveType(schema, field) : typeOf(field));
  const isKey = table.primaryKey?.length === 1 && table.primaryKey[0] === field.name;
  if (!key || isKey || field.type === "foreign_key") return own;
  const target = findTable(schema, key.references.table);
  if (target?.primaryKey?.length !== 1) return own;
  const borrowed = resolveType(schema, {
    name: field.name,
    type: "foreign_key",
    references: target.name,
    nullable: true,
  });
  return equalTypes(borrowed, own) ? { type: "foreign_key" } : own;
}

/** Databases have these types without a length too, and mean this by it. */
function withLength(type: TypeParameters): TypeParameters {
  if (type.length !== undefined) return type;
  if (type.type === "varchar") return { ...type, type: "text" };
  return type.type === "char" ? { ...type, length: 1 } : type;
}

const isMapped = (schema: Schema, type: string): boolean =>
  Object.values(schema.typeMappings).some((entries) => Object.hasOwn(entries, type));

/** It is for the databases that have its field, unless it says otherwise. */
function writeReference(table: Table, key: ForeignKey, field: Field): Plain {
  const { only: _, except: __, ...said } = key;
  return {
    table: key.references.table,
    ...constraintName(table, key),
    ...writeActions(sameDatabases(key, field) ? said : key),
  };
}

const writeForeignKey = (table: Table, key: ForeignKey): Plain => ({
  ...constraintName(table, key),
  fields: key.fields,
  references: { table: key.references.table, ...(key.references.fields && { fields: key.references.fields }) },
  ...writeActions(key),
});

const constraintName = (table: Table, key: ForeignKey) =>
  key.name === foreignKeyName(table.name, key.fields) ? {} : { name: key.name };

const writeActions = (key: ForeignKey) => ({
  ...(key.onDelete !== defaultActions.onDelete && { on_delete: spelled(key.onDelete) }),
  ...(key.onUpdate !== defaultActions.onUpdate && { on_update: spelled(key.onUpdate) }),
  ...(key.onDeleteFields && { on_delete_fields: key.onDeleteFields }),
  ...(key.deferrable && { deferrable: key.deferrable }),
  ...(key.notValid && { not_valid: true }),
  ...(key.matchFull && { match_full: true }),
  ...(key.comment !== undefined && { comment: key.comment }),
  ...databasesOf(key),
});

const spelled = (action: ReferentialAction): string => action.replace(" ", "_");

/** Its members are the keys of the YAML, in another case. */
const writeIndex = ({ with: parameters, ...index }: Index): Plain => ({
  ...(snakeKeys(index) as object),
  ...(parameters && { with: parameters }),
});

/** What stands at a table or a view, role by role. */
function writeGrants(schema: Schema, owner: string): { readonly grants?: Plain } {
  const grants = (schema.objects ?? []).flatMap((object) => (object.table === owner ? (grantsOf(object) ?? []) : []));
  return grants.length > 0 ? { grants: grants.map(snakeKeys) } : {};
}

const writeView = (schema: Schema, { options, indexes, columnComments, ...view }: View): Plain => ({
  ...(snakeKeys(view) as object),
  ...writeGrants(schema, view.name),
  ...(options && { options }),
  ...(columnComments && { column_comments: columnComments }),
  ...(indexes && { indexes: indexes.map(writeIndex) }),
});

/** `true` where there is nothing more to say. */
function writeIdentity({ always, ...options }: Identity): Plain {
  if (Object.keys(options).length > 0) return snakeKeys({ ...(always && { always }), ...options });
  return always ? "always" : true;
}

/** The same plain data with keys as YAML has them. */
function snakeKeys(value: object): Plain {
  if (Array.isArray(value)) return value.map((item) => (typeof item === "object" ? snakeKeys(item as object) : item));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof member === "object" ? snakeKeys(member as object) : member,
    ]),
  ) as Plain;
}
