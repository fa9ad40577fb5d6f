import type { Dialect, Row } from "../ddl/dialect.ts";
import type { Column, TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import type { Operation } from "../operations/index.ts";
import type { RowValue } from "../operations/params.ts";
import { type DataRow, identityOf, parentsFirst } from "./order.ts";

export interface TableRows {
  readonly table: TableImage;
  /** Columns that identify a row. */
  readonly keys: readonly string[];
  /** As the query of `selectRows` gave them. */
  readonly found: readonly Row[];
}

/**
 * The operation that inserts the rows again. Throws ToolError `unsupported` for a value that a migration cannot hold, and `state` for a
 * key that is NULL or that two rows share.
 */
export function upsertOf({ table, keys, found }: TableRows, dialect: Dialect): Operation {
  const rows = found.map((row, i) => readRow(table, row, { dialect, place: `table "${table.name}", row ${i + 1}` }));
  checkKeys(table.name, keys, rows);
  return { kind: "upsertData", table: table.name, keys: [...keys], rows: [...parentsFirst(table, rows)] };
}

interface Reading {
  readonly dialect: Dialect;
  readonly place: string;
}

function readRow({ columns }: TableImage, row: Row, reading: Reading): DataRow {
  return Object.fromEntries(columns.map((column) => [column.name, readValue(row[column.name], column, reading)]));
}

function readValue(found: unknown, column: Column, { dialect, place }: Reading): RowValue {
  try {
    const value = dialect.rows.value(found, column);
    if (value instanceof Uint8Array) return Uint8Array.from(value);
    return value !== null && typeof value === "object" ? { defaultRef: value.sql } : value;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(error.code, `${place}: ${error.message}`, error.data, { cause: error });
  }
}

function checkKeys(table: string, keys: readonly string[], rows: readonly DataRow[]): void {
  const names = keys.map((key) => `"${key}"`).join(", ");
  const other = "name other columns with --conflict-key";
  const seen = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    const open = keys.find((key) => row[key] === null);
    if (open !== undefined) {
      const what = `table "${table}", row ${i + 1}: the key column "${open}" is NULL`;
      throw new ToolError("state", `${what}; leave such rows out with --where, or ${other}`, { table, column: open });
    }
    const identity = identityOf(row, keys);
    const first = seen.get(identity);
    if (first !== undefined) {
      const what = `rows ${first + 1} and ${i + 1} of table "${table}" are equal in ${names}`;
      throw new ToolError("state", `${what}, so that one would overwrite the other; ${other}`, { table, keys });
    }
    seen.set(identity, i);
  }
}
