import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { uniqueFields } from "../schema/index-fields.ts";
import type { Field, ForeignKey, Schema, Table } from "../schema/model.ts";
import { findTable, resolveType } from "../schema/resolve.ts";
import { typeText } from "../schema/text.ts";

/** What a diagram of a schema shows, before anybody decides where it stands and what it looks like. */
export interface Picture {
  /** In the order of their names. Tables of one group are drawn in one colour, and together. */
  readonly groups: readonly string[];
  /** As they stand in the schema. */
  readonly tables: readonly PictureTable[];
  readonly references: readonly Reference[];
}

export interface PictureTable {
  readonly name: string;
  readonly group: string;
  readonly comment?: string;
  readonly rows: readonly Row[];
  /** How many fields the rows leave out. */
  readonly hidden: number;
}

export interface Row {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** It is in the primary key, refers to another table, or no two rows have the same value of it. */
  readonly marks: readonly Mark[];
  readonly comment?: string;
}

export type Mark = "PK" | "FK" | "UK";

/** An arrow from one table to another. */
export interface Reference {
  readonly kind: "foreign-key" | "partition" | "inheritance";
  readonly from: string;
  readonly to: string;
  /** Of a foreign key; empty for the others. */
  readonly fields: readonly string[];
  readonly name: string;
  /** Rows may point at nothing. */
  readonly optional: boolean;
  /** At most one row points at another. */
  readonly single: boolean;
}

export interface PictureOptions {
  /** Table → what it belongs to, such as the file that declares it; a table that is not in it belongs to its namespace. */
  readonly groups?: ReadonlyMap<string, string>;
  /** Leaves out fields that are in no key. */
  readonly keysOnly?: boolean | undefined;
  /** These tables and those near them; empty or absent: all. */
  readonly focus?: readonly string[];
  /** How many references away from a table in focus still is near; 1 by default. */
  readonly depth?: number;
}

/** What there is to draw of a schema. Throws ToolError `state` for a table in focus that does not exist. */
export function pictureOf(schema: Schema, options: PictureOptions = {}): Picture {
  const references = schema.tables.flatMap(referencesOf).filter(({ to }) => findTable(schema, to));
  const near = options.focus?.length
    ? nearTables(schema, references, options.focus, options.depth ?? 1)
    : new Set(schema.tables.map(({ name }) => name));
  const tables = schema.tables.filter(({ name }) => near.has(name)).map((table) => tableOf(schema, table, options));
  return {
    groups: [...new Set(tables.map(({ group }) => group))].toSorted(),
    tables,
    references: references.filter(({ from, to }) => near.has(from) && near.has(to)),
  };
}

function nearTables(
  schema: Schema,
  references: readonly Reference[],
  focus: readonly string[],
  depth: number,
): ReadonlySet<string> {
  for (const name of focus) if (!findTable(schema, name)) throw noTable(schema, name);
  const near = new Set(focus);
  let edge: readonly string[] = focus;
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const here = new Set(edge);
    edge = references
      .flatMap(({ from, to }) => [...(here.has(from) ? [to] : []), ...(here.has(to) ? [from] : [])])
      .filter((name) => !near.has(name));
    for (const name of edge) near.add(name);
  }
  return near;
}

function noTable(schema: Schema, name: string): ToolError {
  const near = nearest(
    name,
    schema.tables.map((table) => table.name),
  );
  return new ToolError("state", `there is no table "${name}"${near ? `; did you mean "${near}"?` : ""}`, {
    table: name,
    ...(near && { nearest: near }),
  });
}

function tableOf(schema: Schema, table: Table, { groups, keysOnly }: PictureOptions): PictureTable {
  const { name, comment } = table;
  const own = table.fields.filter((field) => !field.inherited);
  const rows = own.map((field) => rowOf(schema, table, field));
  const shown = keysOnly ? rows.filter(({ marks }) => marks.length > 0) : rows;
  const group = groups?.get(name) ?? (name.includes(".") ? name.slice(0, name.indexOf(".")) : "");
  return { name, group, ...(comment && { comment }), rows: shown, hidden: rows.length - shown.length };
}

function rowOf(schema: Schema, table: Table, field: Field): Row {
  const { name, nullable, comment } = field;
  const marks: Mark[] = [];
  if (table.primaryKey?.includes(name)) marks.push("PK");
  if (table.foreignKeys.some((key) => key.fields.includes(name))) marks.push("FK");
  if (isUnique(table, [name])) marks.push("UK");
  return { name, type: shownType(schema, field), nullable, marks, ...(comment && { comment }) };
}

/** The type of a field that takes it from a key is that of the key, where the key is there. */
export function shownType(schema: Schema, field: Field): string {
  try {
    return typeText(resolveType(schema, field));
  } catch {
    return field.type;
  }
}

function referencesOf(table: Table): readonly Reference[] {
  const parents = (table.inherits ?? []).map((to): Reference => lineage(table, to, "inheritance"));
  const whole = table.partitionOf ? [lineage(table, table.partitionOf.table, "partition")] : [];
  // A partition has the keys of its table.
  return [...whole, ...parents, ...(table.partitionOf ? [] : table.foreignKeys.map((key) => keyReference(table, key)))];
}

const lineage = (table: Table, to: string, kind: "partition" | "inheritance"): Reference => {
  return { kind, from: table.name, to, fields: [], name: kind, optional: false, single: false };
};

function keyReference(table: Table, { name, fields, references }: ForeignKey): Reference {
  const optional = table.fields.some((field) => fields.includes(field.name) && field.nullable);
  const single = isUnique(table, fields) || sameFields(table.primaryKey ?? [], fields);
  return { kind: "foreign-key", from: table.name, to: references.table, fields, name, optional, single };
}

function isUnique({ constraints = [], indexes }: Table, fields: readonly string[]): boolean {
  const keys = [
    ...constraints.flatMap((each) => ("unique" in each ? [each.unique] : [])),
    ...indexes.flatMap((index) => [uniqueFields(index) ?? []]),
  ];
  return keys.some((key) => sameFields(key, fields));
}

const sameFields = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && other.every((field) => one.includes(field));
