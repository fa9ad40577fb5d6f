import { ToolError } from "../errors.ts";
import type { Field, Schema, Table } from "./model.ts";
import { findInList } from "./table-list.ts";
import { integerBase, isSerial, type TypeParameters } from "./types.ts";

/** The table of this name; the last one, where there are several. */
export const findTable = ({ tables }: Schema, name: string): Table | undefined => findInList(tables, name);

export const findField = (table: Table, name: string): Field | undefined => table.fields.find((f) => f.name === name);

/** Throws ToolError `state` when there is no such table. */
export function getTable(schema: Schema, name: string): Table {
  const table = findTable(schema, name);
  if (!table) throw new ToolError("state", `table "${name}" does not exist at this point`, { table: name });
  return table;
}

/** Throws ToolError `state` when there is no such field. */
export function getField(table: Table, name: string): Field {
  const field = findField(table, name);
  if (!field) {
    throw new ToolError("state", `table "${table.name}" has no field "${name}" at this point`, {
      table: table.name,
      field: name,
    });
  }
  return field;
}

/**
 * The concrete type of a field: for `foreign_key`, the type of the key it borrows, through any number of tables.
 * Throws ToolError `state` when the key does not exist, has several columns, or the chain of keys never ends.
 */
export function resolveType(schema: Schema, field: Field, path: readonly string[] = []): TypeParameters {
  if (field.type !== "foreign_key") return typeOf(field);
  const target = field.references ?? "";
  const at = `field "${field.name}"`;
  if (path.includes(target)) {
    throw new ToolError(
      "state",
      `${at} takes its type from a chain of keys that never ends: ${[...path, target].join(" → ")}`,
      { field: field.name },
    );
  }
  const table = findTable(schema, target);
  if (!table)
    throw new ToolError("state", `${at} refers to table "${target}", which does not exist at this point`, {
      field: field.name,
      table: target,
    });
  const key = table.primaryKey ?? [];
  if (key.length !== 1) {
    const found = key.length === 0 ? "no primary key" : `a primary key of ${key.length} fields`;
    throw new ToolError(
      "state",
      `${at} refers to table "${target}", which has ${found}; a foreign_key field needs a key of one field`,
      {
        field: field.name,
        table: target,
      },
    );
  }
  const type = resolveType(schema, getField(table, key[0] ?? ""), [...path, target]);
  return { ...type, type: integerBase(type.type) };
}

/** The field whose type a field has in the end: its own, or the key behind `foreign_key`. Only of fields that `resolveType` takes. */
export function typeSource(schema: Schema, field: Field): Field {
  if (field.type !== "foreign_key") return field;
  const table = getTable(schema, field.references ?? "");
  return typeSource(schema, getField(table, table.primaryKey?.[0] ?? ""));
}

/** The type alone, without the other properties of a field. */
export function typeOf({ type, length, precision, scale }: TypeParameters): TypeParameters {
  if (precision === undefined && scale === undefined) return length === undefined ? { type } : { type, length };
  return {
    type,
    ...(length !== undefined && { length }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
  };
}

export const equalTypes = (a: TypeParameters, b: TypeParameters): boolean =>
  a.type === b.type && a.length === b.length && a.precision === b.precision && (a.scale ?? 0) === (b.scale ?? 0);

/** The referenced fields of a foreign key: those it names, else the primary key of the table. */
export function referencedFields(
  schema: Schema,
  reference: { readonly table: string; readonly fields?: readonly string[] },
): readonly string[] {
  return reference.fields ?? findTable(schema, reference.table)?.primaryKey ?? [];
}

/** Whether a sequence numbers the rows in it, where the database has such, that is called after table and field. */
export const isNumbered = ({ type, identity, sequence }: Field): boolean =>
  (isSerial(type) || identity !== undefined) && (identity ?? sequence)?.name === undefined;
