import type { TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { uniqueFields } from "../schema/index-fields.ts";

/**
 * The columns that tell the rows of a table apart: those given, else its primary key, else a unique index without a column that
 * may be NULL. Throws ToolError `usage` for a column that the table does not have, and when there is no such key.
 */
export function rowKeysOf(table: TableImage, given: readonly string[] | undefined): readonly string[] {
  if (given) return given.map((column) => checkedColumn(table, column));
  const key = table.primaryKey?.length ? table.primaryKey : uniqueColumns(table);
  if (key) return key;
  throw new ToolError(
    "usage",
    `table "${table.name}" has neither a primary key nor a unique index without NULL; say which columns identify a row: --conflict-key '${table.name}:COLUMN,COLUMN'`,
    { table: table.name },
  );
}

/** All lists of columns that tell rows apart as long as none of them is NULL, the primary key first. */
export const keysAmong = (table: TableImage): readonly (readonly string[])[] => [
  ...listed(table.primaryKey?.length ? table.primaryKey : undefined),
  ...uniqueLists(table),
];

function uniqueColumns(table: TableImage): readonly string[] | undefined {
  const required = new Set(table.columns.filter((column) => !column.nullable).map((column) => column.name));
  return uniqueLists(table).find((fields) => fields.every((name) => required.has(name)));
}

const uniqueLists = ({ indexes, constraints }: TableImage): readonly (readonly string[])[] => [
  ...indexes.flatMap((index) => listed(uniqueFields(index))),
  ...(constraints ?? []).flatMap((constraint) => listed("unique" in constraint ? constraint.unique : undefined)),
];

const listed = (fields: readonly string[] | undefined): readonly (readonly string[])[] => (fields ? [fields] : []);

function checkedColumn({ name: table, columns }: TableImage, name: string): string {
  const names = columns.map((column) => column.name);
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw new ToolError(
    "usage",
    `--conflict-key names "${name}", which table "${table}" does not have; ${near ? `did you mean "${near}"?` : `it has ${names.map((n) => `"${n}"`).join(", ")}`}`,
    { table, column: name, ...(near && { nearest: near }) },
  );
}
