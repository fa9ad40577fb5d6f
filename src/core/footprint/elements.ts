import { primaryKeyName } from "../schema/constraints.ts";
import { plainObjectName } from "../schema/managed.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import { findTable, isNumbered, resolveType } from "../schema/resolve.ts";
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
    { mark: { object: "settings", name: "", table: name }, data: { comment, rowSecurity }, table },
    { mark: optionsOf(name), data: { options }, table },
    ...table.fields.map((field) => ({
      ...part("field", field, { ...field, ...whatItBorrows(schema, field) }),
      ...(isNumbered(field) && { alsoCalled: [`${name}_${field.name}_seq`] }),
    })),
    ...(table.primaryKey ? [keyElement(table)] : []),
    ...table.indexes.map((index) => part("index", index)),
    ...table.foreignKeys.map((key) => part("foreign key", key)),
    ...(table.constraints ?? []).map((constraint) => part("constraint", constraint)),
  ];
}

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

/** A column changes with the type that it has from elsewhere: that of the key that it points at, an enum or a domain. */
function whatItBorrows(schema: Schema, field: Field): object {
  const own =
    schema.enums?.find(({ name }) => name === field.type) ?? schema.domains?.find(({ name }) => name === field.type);
  if (own) return { of: own };
  const pointsAt =
    field.type === "foreign_key" && field.references !== undefined && findTable(schema, field.references);
  return pointsAt ? { of: resolveType(schema, field) } : {};
}
