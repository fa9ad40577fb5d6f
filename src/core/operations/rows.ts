import { namedDefault } from "../ddl/default.ts";
import type { Dialect } from "../ddl/dialect.ts";
import { columnImage } from "../ddl/image.ts";
import type { SqlRow } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import type { Schema } from "../schema/model.ts";
import { getField, getTable } from "../schema/resolve.ts";
import type { RowValue } from "./params.ts";

/** Rows of a table by field name, and the fields that identify one. */
export interface KeyedRows {
  readonly table: string;
  readonly keys: readonly string[];
  readonly rows: readonly Readonly<Record<string, RowValue>>[];
}

/** Rows that name the same columns, as SQL. */
export interface RowGroup {
  /** Sorted. */
  readonly columns: readonly string[];
  readonly rows: readonly SqlRow[];
}

/** Throws ToolError `state` for a field that the table does not have, and for a row whose key is incomplete or NULL. */
export function checkRows(schema: Schema, { table: name, keys, rows }: KeyedRows): void {
  const table = getTable(schema, name);
  for (const key of keys) getField(table, key);
  for (const [i, row] of rows.entries()) {
    for (const field of Object.keys(row)) getField(table, field);
    const open = keys.find((key) => row[key] === undefined || row[key] === null);
    if (open !== undefined) {
      const what = `row ${i + 1} for table "${name}" has no value for its key field "${open}"`;
      throw new ToolError("state", `${what}; a row is found by its keys, so each needs one`, {
        table: name,
        field: open,
        row: i,
      });
    }
  }
}

/** The rows with nothing but their keys. */
export const keysOfRows = ({ keys, rows }: KeyedRows): KeyedRows["rows"] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([field]) => keys.includes(field))));

/**
 * What one statement may be: databases refuse what is too long, and the least of them takes a megabyte (`max_allowed_packet` of MySQL 5.7 is 4 MiB,
 * https://dev.mysql.com/doc/refman/5.7/en/server-system-variables.html#sysvar_max_allowed_packet).
 */
const MAX_LENGTH = 1024 * 1024;
const MAX_ROWS = 5000;

/**
 * The rows as SQL, grouped by the columns they name: a column that a row does not name must not become NULL for it, so rows
 * with other columns need a statement of their own, and so do those that would make one too long. The order of the rows is kept.
 */
export function sqlRows(schema: Schema, { table: name, rows }: KeyedRows, dialect: Dialect): readonly RowGroup[] {
  const table = getTable(schema, name);
  const types = new Map(table.fields.map((field) => [field.name, columnImage(schema, table, field, dialect).type]));
  const groups: { columns: readonly string[]; rows: SqlRow[] }[] = [];
  let length = 0;
  for (const row of rows) {
    const columns = Object.keys(row).toSorted();
    const sql = Object.fromEntries(
      columns.map((column) => [column, valueSql(row[column] ?? null, types.get(column) ?? "", schema, dialect)]),
    );
    const more = columns.reduce((sum, column) => sum + 2 + (sql[column]?.length ?? 0), 4);
    length += more;
    const last = groups.at(-1);
    const fits = last !== undefined && length <= MAX_LENGTH && last.rows.length < MAX_ROWS;
    if (fits && last.columns.length === columns.length && last.columns.every((c, i) => c === columns[i]))
      last.rows.push(sql);
    else {
      groups.push({ columns, rows: [sql] });
      length = more;
    }
  }
  return groups;
}

/** A named default that this database does not have (an empty text) cannot stand for a value. */
function valueSql(value: RowValue, type: string, schema: Schema, dialect: Dialect): string {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return dialect.literal(value, type);
  const sql = namedDefault(schema, value.defaultRef, dialect) ?? value.defaultRef;
  if (sql.trim() !== "") return sql;
  throw new ToolError(
    "unsupported",
    `the named default "${value.defaultRef}" has no value on ${dialect.title}; give the value itself`,
    {
      defaultRef: value.defaultRef,
      dialect: dialect.name,
    },
  );
}
