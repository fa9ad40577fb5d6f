import { ToolError } from "../errors.ts";
import { keyName } from "./constraints.ts";
import { isInTree, withInherited } from "./heritage.ts";
import { findView } from "./managed.ts";
import type { Deferrable, Field, Schema, Table } from "./model.ts";
import { findTable, getField, getTable } from "./resolve.ts";
import { checkTable } from "./soundness.ts";
import { extendList } from "./table-list.ts";

/** The schema with a further table at its end. Throws ToolError `state` when the name is taken or the table is not sound. */
export function addTable(schema: Schema, table: Table): Schema {
  if (findTable(schema, table.name)) {
    throw new ToolError("state", `table "${table.name}" exists already at this point`, { table: table.name });
  }
  if (findView(schema, table.name))
    throw new ToolError("state", `view "${table.name}" exists already at this point`, { view: table.name });
  const whole = isInTree(table) ? withInherited(schema, table) : table;
  const extended = { ...schema, tables: extendList(schema.tables, whole) };
  checkTable(extended, whole);
  return extended;
}

/** The schema with one table changed. Throws ToolError `state` when there is no such table. */
export function withTable(schema: Schema, name: string, change: (table: Table) => Table): Schema {
  const changed = change(getTable(schema, name));
  return { ...schema, tables: schema.tables.map((t) => (t.name === name ? changed : t)) };
}

/** The table with one field replaced at its place. Throws ToolError `state` when there is no such field. */
export function withField(table: Table, name: string, change: (field: Field) => Field): Table {
  const changed = change(getField(table, name));
  return { ...table, fields: table.fields.map((f) => (f.name === name ? changed : f)) };
}

/** The table with another primary key; an empty list means none. Without a name it has the usual one. */
export function withPrimaryKey(
  table: Table,
  fields: readonly string[],
  { name, comment, deferrable, include }: KeyExtras = {},
): Table {
  const {
    primaryKey: _,
    primaryKeyName: __,
    primaryKeyComment: ___,
    primaryKeyDeferrable: ____,
    primaryKeyInclude: _____,
    ...rest
  } = table;
  const described = {
    ...(comment !== undefined && { primaryKeyComment: comment }),
    ...(deferrable && { primaryKeyDeferrable: deferrable }),
    ...(include?.length && { primaryKeyInclude: include }),
  };
  return fields.length > 0 ? { ...rest, primaryKey: fields, ...keyName(table.name, name), ...described } : rest;
}

/** What a primary key says beside its fields. */
interface KeyExtras {
  readonly name?: string;
  readonly comment?: string;
  readonly deferrable?: Deferrable;
  readonly include?: readonly string[];
}
