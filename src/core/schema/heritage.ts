import { canonicalJson } from "./canonical.ts";
import type { Field, Schema, Table } from "./model.ts";
import { findField, findTable } from "./resolve.ts";

/** The tables that a table has fields from: the one it is a partition of, or those it inherits from. */
export const parentsOf = ({ partitionOf, inherits }: Pick<Table, "partitionOf" | "inherits">): readonly string[] =>
  partitionOf ? [partitionOf.table] : (inherits ?? []);

/** The tables that have fields from this one directly. */
export const childrenOf = ({ tables }: Schema, name: string): readonly Table[] =>
  tables.filter((table) => parentsOf(table).includes(name));

/** The names of all tables that have fields from this one, each after those it has them from. */
export function descendantsOf(schema: Schema, name: string): readonly string[] {
  const found = [name];
  for (const parent of found)
    for (const child of childrenOf(schema, parent)) if (!found.includes(child.name)) found.push(child.name);
  return found.slice(1);
}

/** The names of the tables that inherit from this one, directly or not, each after those that it inherits from. */
export function heirsOf(schema: Schema, name: string): readonly string[] {
  const below = descendantsOf(schema, name).filter((heir) => findTable(schema, heir)?.inherits);
  const depth = new Map(below.map((heir) => [heir, descendantsOf(schema, heir).length]));
  return below.toSorted((a, b) => (depth.get(b) ?? 0) - (depth.get(a) ?? 0));
}

/**
 * The tables with partitions before what they are parts of: whoever makes an index of both must begin above, because an index of a partition that is
 * there already is taken for its part of a new one above.
 */
export const partsFirst = (tables: readonly Table[]): readonly Table[] =>
  tables.some(({ partitionOf }) => partitionOf)
    ? [...tables.filter((t) => t.partitionOf).toReversed(), ...tables.filter((t) => !t.partitionOf)]
    : tables;

/** Whether it is more than a table by itself. */
export const isInTree = ({
  partitionBy,
  partitionOf,
  inherits,
}: Pick<Table, "partitionBy" | "partitionOf" | "inherits">): boolean =>
  partitionBy !== undefined || partitionOf !== undefined || (inherits?.length ?? 0) > 0;

/**
 * A field as tables have it that are partitions of its table or inherit from it. Descriptions stay behind; what numbers rows and what sets a
 * time at each update is only passed on to partitions.
 */
export function inheritedField(parent: Table, field: Field, child: Pick<Table, "partitionOf">): Field {
  const { comment: _, identity, autoUpdate, ...rest } = field;
  return {
    ...rest,
    nullable: field.nullable && !parent.primaryKey?.includes(field.name),
    ...(child.partitionOf && identity && { identity }),
    ...(child.partitionOf && autoUpdate && { autoUpdate }),
    inherited: true,
  };
}

/**
 * The table with the fields that it has from others. Those it declares itself stay as it says; in a partition, and where it says `inherited`,
 * they are others' with something changed.
 */
export function withInherited(schema: Schema, table: Table): Table {
  const parents = parentsOf(table).flatMap((name) => findTable(schema, name) ?? []);
  if (parents.length === 0) return table;
  const fields = new Map<string, Field>();
  for (const parent of parents) {
    for (const field of parent.fields) {
      const own = findField(table, field.name);
      const changed = own && (table.partitionOf || own.inherited) ? { ...own, inherited: true as const } : own;
      if (!fields.has(field.name)) fields.set(field.name, changed ?? inheritedField(parent, field, table));
    }
  }
  for (const field of table.fields) if (!fields.has(field.name)) fields.set(field.name, field);
  return { ...table, fields: [...fields.values()] };
}

/** Whether a field is all as the parents of its table have it, so that nobody need say anything of it. */
export function isOnlyInherited(schema: Schema, table: Table, field: Field): boolean {
  return field.inherited === true && canonicalJson(field) === canonicalJson(fromParents(schema, table, field.name));
}

/** The fields of that name that tables have from this one, directly or not, with something changed. */
export const changedBelow = (
  schema: Schema,
  start: { readonly table: string; readonly field: string },
): readonly { readonly table: string; readonly field: string }[] =>
  descendantsOf(schema, start.table).flatMap((name) => {
    const table = findTable(schema, name);
    const field = table && findField(table, start.field);
    return table && field?.inherited && !isOnlyInherited(schema, table, field)
      ? [{ table: name, field: field.name }]
      : [];
  });

/** The field that the parents of a table give it. */
export function fromParents(schema: Schema, table: Table, name: string): Field | undefined {
  for (const parent of parentsOf(table).flatMap((each) => findTable(schema, each) ?? [])) {
    const field = findField(parent, name);
    if (field) return inheritedField(parent, field, table);
  }
  return undefined;
}

/** The schema with each table given what it has from others, whatever their order. Tables that come from themselves stay as they are. */
export function withAllInherited(schema: Schema): Schema {
  if (!schema.tables.some((table) => parentsOf(table).length > 0)) return schema;
  const done = new Map<string, Table>();
  const visit = (table: Table, path: readonly string[]): Table => {
    const known = done.get(table.name);
    if (known || path.includes(table.name)) return known ?? table;
    const parents = parentsOf(table).flatMap((name) => findTable(schema, name) ?? []);
    const tables = parents.map((parent) => visit(parent, [...path, table.name]));
    const whole = withInherited({ ...schema, tables }, table);
    done.set(table.name, whole);
    return whole;
  };
  return { ...schema, tables: schema.tables.map((table) => visit(table, [])) };
}
