import { parentsOf } from "../schema/heritage.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import { ownSequenceName } from "../schema/own-sequences.ts";
import { findField, findTable } from "../schema/resolve.ts";

/**
 * Live tables in the form in which they are compared. A column that somebody's table had before it came to inherit is one of its own to PostgreSQL for good:
 * where the next number of the table above is its default, it is numbered as a column is that has come from there.
 */
export function withNumbersFromAbove(have: Schema, want: Schema, { namespaces = [] }: Schema): Schema {
  if (!have.tables.some(({ inherits }) => inherits)) return have;
  const isFromAbove = (table: Table, field: Field): boolean =>
    parentsOf(table).some((name) => {
      const above = findTable(have, name);
      const column = above && findField(above, field.name);
      if (!above || !column) return false;
      const sequence = ownSequenceName({ ...have, namespaces }, above, column);
      return isNextOf(field, sequence) || isFromAbove(above, field);
    });
  const tables = have.tables.map((table) => {
    const wanted = table.inherits && findTable(want, table.name);
    if (!wanted) return table;
    const fields = table.fields.map((field) => {
      const { default: _, ...plain } = field;
      const { type = field.type, sequence } = findField(wanted, field.name) ?? {};
      const differs = type !== field.type && type.startsWith(`${field.type} `);
      return differs && isFromAbove(table, field) ? { ...plain, type, ...(sequence && { sequence }) } : field;
    });
    return { ...table, fields };
  });
  return { ...have, tables };
}

const isNextOf = ({ default: value }: Field, sequence: string): boolean =>
  typeof value === "object" && "sql" in value && value.sql.replaceAll('"', "") === `nextval('${sequence}')`;
