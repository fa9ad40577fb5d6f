import type { Field, Schema, Table } from "../../../src/core/schema/model.ts";
import { resolveType } from "../../../src/core/schema/resolve.ts";
import { integerBase, isSerial } from "../../../src/core/schema/types.ts";
import { type ExtraOutline, pick, type Traits } from "../outline.ts";

/** Something that only some schemas have, and that no table is made with. */
export interface Feature {
  readonly name: string;
  /** The dialects that have it. */
  readonly dialects: readonly string[];
  /** How many a schema has at most. */
  readonly most: number;
  /** The schema with one more, which its numbers choose; the schema itself where that does not fit. */
  add(schema: Schema, extra: ExtraOutline, around: Around): Schema;
}

export interface Around {
  readonly traits: Traits;
  /** Takes a name that tables, views, indexes, sequences and types share; false where it is taken. */
  claim(name: string): boolean;
  /** One of the names, some of them in a namespace. */
  placed(names: readonly string[], n: number): string;
  /** The name in quotes where it needs them, behind its namespace. */
  quoted(name: string): string;
}

/** The table that the numbers choose, of those that there are. */
export const chosenTable = ({ tables }: Schema, { of }: ExtraOutline): Table | undefined =>
  tables.length === 0 ? undefined : pick(tables, of);

export const withTable = (schema: Schema, table: Table): Schema => ({
  ...schema,
  tables: schema.tables.map((t) => (t.name === table.name ? table : t)),
});

export const withField = (schema: Schema, table: Table, field: Field): Schema =>
  withTable(schema, { ...table, fields: table.fields.map((f) => (f.name === field.name ? field : f)) });

/** Whether a field says nothing but a type, and whether it may be NULL. */
export const isPlain = (field: Field): boolean =>
  !field.generated &&
  !field.identity &&
  !field.sequence &&
  !field.inherited &&
  !field.autoCreate &&
  !field.autoUpdate &&
  field.references === undefined &&
  field.default === undefined &&
  field.collation === undefined;

const numbers = ["integer", "bigint", "smallint"];
const texts = ["text", "varchar"];

/** What the values of a field are, as far as bounds and expressions need it. */
export function kindOf(schema: Schema, field: Field): "number" | "text" | "date" | "range" | undefined {
  const type = integerBase(resolveType(schema, field).type);
  if (numbers.includes(type)) return "number";
  if (texts.includes(type)) return "text";
  return type === "date" ? "date" : type === "int4range" ? "range" : undefined;
}

/** Whether a foreign key has a part in the field, on either side. */
export const isTied = (schema: Schema, table: Table, field: Field): boolean =>
  isSerial(field.type) ||
  table.primaryKey?.includes(field.name) === true ||
  table.foreignKeys.some((key) => key.fields.includes(field.name)) ||
  schema.tables.some((t) =>
    t.foreignKeys.some((key) => key.references.table === table.name && key.references.fields?.includes(field.name)),
  );
