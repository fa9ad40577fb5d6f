import { ToolError } from "../errors.ts";
import { withListed } from "./beside-tables.ts";
import { elementType, enumNamePattern } from "./enums.ts";
import { isRoutine, objectsOf, viewsOf, withObjects, withViews } from "./managed.ts";
import { mapSql } from "./map-sql.ts";
import type { ManagedObject, Schema, Table } from "./model.ts";
import { namespacesOf, withNamespaces } from "./namespaces.ts";
import {
  type NameChange,
  renameArguments,
  renameQualifier,
  renameSequence,
  renameType,
  renameTypeInRoutine,
} from "./rename-in-text.ts";

/** What has a name beside tables and fields, and can get another one with all that it holds. */
export const thingKinds = ["namespace", "enum", "domain", "sequence"] as const;
export type ThingKind = (typeof thingKinds)[number];

/** The names that a schema has of a kind. */
export const namesOf = (schema: Schema, what: ThingKind): readonly string[] =>
  ({
    namespace: namespacesOf(schema),
    enum: schema.enums ?? [],
    domain: schema.domains ?? [],
    sequence: schema.sequences ?? [],
  })[what].map(({ name }) => name);

/**
 * The schema after something got another name, with all that databases rename with it: types of fields, defaults, checks and the queries of views.
 * They do not look into the bodies of functions. Throws ToolError `state` when there is none of that name, or the new one is taken.
 */
export function withThingRenamed(schema: Schema, what: ThingKind, change: NameChange): Schema {
  const { from, to } = change;
  if (!namesOf(schema, what).includes(from))
    throw new ToolError("state", `${what} "${from}" does not exist at this point`, { [what]: from });
  const other = rivals[what].find((kind) => namesOf(schema, kind).includes(to));
  const table =
    what === "sequence" ? [...schema.tables, ...viewsOf(schema)].find(({ name }) => name === to) : undefined;
  if (other !== undefined || table)
    throw new ToolError("state", `${other ?? "table"} "${to}" exists already at this point`, { [what]: to });
  if (what === "namespace") refuseForTypes(schema, change);
  return ways[what](schema, change);
}

/** The names of types stand where a field says its type, and are plain words with their namespace. */
function refuseForTypes(schema: Schema, { from, to }: NameChange): void {
  const held = [...namesOf(schema, "enum"), ...namesOf(schema, "domain")].find((name) => name.startsWith(`${from}.`));
  if (held === undefined || enumNamePattern.test(to)) return;
  const why = `it holds the type "${held}", and the names of types are plain words`;
  throw new ToolError("state", `namespace "${from}" cannot be renamed to "${to}": ${why}`, { namespace: from });
}

/** Enums and domains are types. */
const rivals: Readonly<Record<ThingKind, readonly ThingKind[]>> = {
  namespace: ["namespace"],
  enum: ["enum", "domain"],
  domain: ["enum", "domain"],
  sequence: ["sequence"],
};

const renamed = <T extends { readonly name: string }>(list: readonly T[], { from, to }: NameChange): readonly T[] =>
  list.map((thing) => (thing.name === from ? { ...thing, name: to } : thing));

const ways: Readonly<Record<ThingKind, (schema: Schema, change: NameChange) => Schema>> = {
  namespace: withNamespaceRenamed,
  enum: (schema, change) =>
    withTypeRenamed({ ...schema, ...(schema.enums && { enums: renamed(schema.enums, change) }) }, change),
  domain: (schema, change) =>
    withTypeRenamed({ ...schema, ...(schema.domains && { domains: renamed(schema.domains, change) }) }, change),
  sequence: (schema, change) =>
    mapSql(withListed(schema, "sequences", renamed(schema.sequences ?? [], change)), (sql) =>
      renameSequence(sql, change),
    ),
};

function withTypeRenamed(schema: Schema, change: NameChange): Schema {
  const typeNow = (type: string): string =>
    elementType(type) === change.from ? `${change.to}${type.slice(change.from.length)}` : type;
  const ofTables = mapSql(
    {
      ...schema,
      tables: schema.tables.map((table) => ({
        ...table,
        fields: table.fields.map((field) => ({ ...field, type: typeNow(field.type) })),
      })),
      ...(schema.domains && { domains: schema.domains.map((domain) => ({ ...domain, type: typeNow(domain.type) })) }),
    },
    (sql) => renameType(sql, change),
  );
  const object = (o: ManagedObject): ManagedObject => ({
    ...o,
    name: renameArguments(o.name, change),
    definition: isRoutine(o) ? renameTypeInRoutine(o.definition, change) : renameType(o.definition, change),
  });
  return withManaged(ofTables, (sql) => renameType(sql, change), object);
}

const withManaged = (
  schema: Schema,
  query: (sql: string) => string,
  object: (object: ManagedObject) => ManagedObject,
): Schema =>
  withObjects(
    withViews(
      schema,
      viewsOf(schema).map((view) => ({ ...view, query: query(view.query) })),
    ),
    objectsOf(schema).map(object),
  );

function withNamespaceRenamed(schema: Schema, change: NameChange): Schema {
  const { from, to } = change;
  const move = (name: string): string => (name.startsWith(`${from}.`) ? `${to}${name.slice(from.length)}` : name);
  const moved = <T extends { readonly name: string }>(thing: T): T => ({ ...thing, name: move(thing.name) });
  const text = (sql: string): string => renameQualifier(sql, change);
  const { enums, domains, sequences, extensions } = schema;
  const lists = {
    ...(enums && { enums: enums.map(moved) }),
    ...(domains && { domains: domains.map((d) => ({ ...moved(d), type: move(d.type) })) }),
    ...(sequences && {
      sequences: sequences.map((s) => ({ ...moved(s), ...(s.ownedBy !== undefined && { ownedBy: move(s.ownedBy) }) })),
    }),
    ...(extensions && {
      extensions: extensions.map((e) => (e.namespace === from ? { ...e, namespace: to } : e)),
    }),
  };
  const inPlace = withNamespaces(schema, renamed(namespacesOf(schema), change));
  const plain = mapSql({ ...inPlace, ...lists, tables: schema.tables.map((table) => tableIn(table, move)) }, text);
  const ids = (names: readonly string[] | undefined) => (names ? { dependsOn: names.map(move) } : {});
  return withObjects(
    withViews(
      plain,
      viewsOf(schema).map((view) => ({ ...moved(view), query: text(view.query), ...ids(view.dependsOn) })),
    ),
    objectsOf(schema).map((o) => ({
      ...o,
      name: o.table === undefined ? text(move(o.name)) : o.name,
      ...(o.table !== undefined && { table: move(o.table) }),
      definition: text(o.definition),
      ...(o.drop !== undefined && { drop: text(o.drop) }),
      ...ids(o.dependsOn),
    })),
  );
}

const tableIn = (table: Table, move: (name: string) => string): Table => ({
  ...table,
  name: move(table.name),
  fields: table.fields.map((field) => ({
    ...field,
    type: move(field.type),
    ...(field.references !== undefined && { references: move(field.references) }),
  })),
  foreignKeys: table.foreignKeys.map((key) => ({
    ...key,
    references: { ...key.references, table: move(key.references.table) },
  })),
  ...(table.partitionOf && { partitionOf: { ...table.partitionOf, table: move(table.partitionOf.table) } }),
  ...(table.inherits && { inherits: table.inherits.map(move) }),
});
