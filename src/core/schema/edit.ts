import { ToolError } from "../errors.ts";
import type { Schema, Table } from "./model.ts";
import { findTable, getTable } from "./resolve.ts";

/** The schema with a further table at its end. Throws ToolError `state` when the name is taken or the table is not sound. */
export function addTable(schema: Schema, table: Table): Schema {
  if (findTable(schema, table.name)) throw new ToolError("state", `table "${table.name}" exists already at this point`, { table: table.name });
  return { ...schema, tables: [...schema.tables, table] };
}

/** The schema with one table changed. Throws ToolError `state` when there is no such table. */
export function withTable(schema: Schema, name: string, change: (table: Table) => Table): Schema {
  const changed = change(getTable(schema, name));
  return { ...schema, tables: schema.tables.map((t) => (t.name === name ? changed : t)) };
}
