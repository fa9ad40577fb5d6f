import { primaryKeyName } from "../schema/constraints.ts";
import { plainObjectName } from "../schema/managed.ts";
import type { Field, PerDialect, Schema, Table } from "../schema/model.ts";
import { findTable, isNumbered, resolveType, typeOf } from "../schema/resolve.ts";
import type { TypeParameters } from "../schema/types.ts";
import type { Mark } from "./mark.ts";

/** A thing of a schema that can change by itself, with all that the schema says of it. */
export interface Element {
  readonly mark: Mark;
  /** Without its name and that of its table. */
  readonly data: unknown;
  /** The table that it is a part of. */
  readonly table?: Table;
  /** What databases call after it, or by its name, among all that has names there. */
  readonly alsoCalled?: readonly string[];
}

/** All elements of a schema, tables with theirs. */
export function elementsOf(schema: Schema): readonly Element[] {
  return [...schema.tables.flatMap((table) => elementsOfTable(schema, table)), ...elementsBeside(schema)];
}

/** The table itself, its parts, and what is left of what is said of it. */
export function elementsOfTable(schema: Schema, table: Table): readonly Element[] {
  const { name, partitionBy, partitionOf, inherits, only, except, comment, options, rowSecurity } = table;
  const part = (object: string, thing: { readonly name: string }, data: unknown = thing): Element => ({
    mark: { object, name: thing.name, table: name },
    data,
    table,
    ...(object !== "field" && { alsoCalled: [thing.name] }),
  });
  return [
    { mark: { object: "table", name }, data: { partitionBy, partitionOf, inherits, only, except }, table },
    { mark: { object: "settings", name: "", table: name, quiet: true }, data: { comment }, table },
    { mark: { object: "row security", name: "", table: name }, data: { rowSecurity }, table },
    { mark: optionsOf(name), data: { options }, table },
    ...table.fields.map((field) => ({
      ...part("field", field, { ...field, ...whatItBorrows(schema, field) }),
      ...(isNumbered(field) && { alsoCalled: [`${name}_${field.name}_seq`] }),
    })),
    ...(table.primaryKey ? [keyElement(table)] : []),
    ...table.indexes.map((index) => withQuiet(part("index", index), !index.unique)),
    ...table.foreignKeys.map((key) => part("foreign key", key)),
    ...(table.constraints ?? []).map((constraint) => part("constraint", constraint)),
  ];
}

/** An index that refuses no row has no say in what rows there are. */
const withQuiet = (element: Element, quiet: boolean): Element =>
  quiet ? { ...element, mark: { ...element.mark, quiet: true } } : element;

/** How a database keeps a table, which decides on what may be in it: on SQLite, STRICT on the types of its columns. */
export const optionsOf = (table: string): Mark => ({ object: "options", name: "", table });

/** What is in no table. Views and objects that are kept as text are looked into for names. */
export function elementsBeside(schema: Schema): readonly Element[] {
  const {
    enums = [],
    domains = [],
    sequences = [],
    extensions = [],
    namespaces = [],
    views = [],
    objects = [],
  } = schema;
  const named = (object: string, things: readonly { readonly name: string }[]): readonly Element[] =>
    things.map((thing) => ({ mark: { object, name: thing.name }, data: thing }));
  return [
    ...elementsOfMap("named default", schema.defaults),
    ...elementsOfMap("type mapping", schema.typeMappings),
    ...named("enum", enums),
    ...named("domain", domains),
    ...named("sequence", sequences),
    ...named("extension", extensions),
    ...named("namespace", namespaces),
    ...named("view", views),
    ...objects.map((object) => {
      const words = object.kind.replaceAll("_", " ");
      const name = plainObjectName(object);
      return {
        // Functions of one name with other arguments are others to the database, and one here.
        mark: { object: words, name, ...(object.table !== undefined && { table: object.table }) },
        data: object,
        // SQLite and MySQL have one trigger of a name, whatever its table is.
        ...(object.table !== undefined && { alsoCalled: [name] }),
      };
    }),
  ];
}

/** Each entry by itself, and all of them, because they are set together. They are parts of nothing that has a name. */
function elementsOfMap(object: string, map: PerDialect): readonly Element[] {
  const keys = new Set(Object.values(map).flatMap((entries) => Object.keys(entries)));
  const whole = { mark: { object: `${object}s`, name: "", table: "" }, data: map };
  return [whole, ...[...keys].map((key) => ({ mark: entryOf(object, key), data: valuesOf(map, key) }))];
}

/** What a name among named defaults or mapped types means. */
export const entryOf = (object: string, name: string): Mark => ({ object, name, table: "" });

/** What databases have under a key, or nothing. */
function valuesOf(map: PerDialect, key: string): readonly (readonly [string, string])[] | undefined {
  const found = Object.entries(map).flatMap(([name, entries]) => {
    const value = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length > 0 ? found : undefined;
}

function keyElement(table: Table): Element {
  const { primaryKey, primaryKeyComment, primaryKeyDeferrable, primaryKeyInclude } = table;
  const name = primaryKeyName(table);
  return {
    mark: { object: "primary key", name, table: table.name },
    data: { primaryKey, primaryKeyComment, primaryKeyDeferrable, include: primaryKeyInclude },
    table,
    alsoCalled: [name],
  };
}

/** A column changes with the type that it has from elsewhere: that of the key that it points at, an enum or a domain; and with what its type and its default mean. */
function whatItBorrows(schema: Schema, field: Field): object {
  const type = typeInTheEnd(schema, field);
  const named = typeof field.default === "string" && valuesOf(schema.defaults, field.default);
  const mapped = valuesOf(schema.typeMappings, type.type);
  const own =
    schema.enums?.find(({ name }) => name === field.type) ?? schema.domains?.find(({ name }) => name === field.type);
  const of = own ?? (field.type === "foreign_key" ? type : undefined);
  return { ...(of && { of }), ...(named && { named }), ...(mapped && { mapped }) };
}

/** The type of a field, or of the key that it points at where that is there. */
export function typeInTheEnd(schema: Schema, field: Field): TypeParameters {
  const pointsAt =
    field.type === "foreign_key" && field.references !== undefined && findTable(schema, field.references);
  return pointsAt ? resolveType(schema, field) : typeOf(field);
}
