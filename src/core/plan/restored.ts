import type { LowerContext } from "../operations/define.ts";
import type { Operation } from "../operations/index.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { uniqueFields } from "../schema/index-fields.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findField, findTable } from "../schema/resolve.ts";

/**
 * What rolling back says of a field that it adds again: whether a key or something unique had it in one of the states that led to its end. A field
 * that pointed at rows of another table gets nothing, because no value would be right.
 */
export function restoredField(
  { table, field }: Extract<Operation, { kind: "addField" }>,
  states: readonly Schema[],
): LowerContext["restores"] {
  const tables = states.flatMap((state) => findTable(state, table) ?? []).filter((t) => findField(t, field.name));
  if (tables.some((t) => t.foreignKeys.some(({ fields }) => fields.includes(field.name)))) return undefined;
  return { apart: tables.some((t) => uniqueLists(t).some((fields) => fields.includes(field.name))) };
}

const uniqueLists = (table: Table): readonly (readonly string[])[] => [
  table.primaryKey ?? [],
  ...table.indexes.map((index) => uniqueFields(index) ?? []),
  ...constraintsOf(table).map((constraint) => ("unique" in constraint ? constraint.unique : [])),
];
