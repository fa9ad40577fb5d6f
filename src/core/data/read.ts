import type { Dialect, Row } from "../ddl/dialect.ts";
import type { Column, TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import type { RowValue } from "../operations/params.ts";
import { type DataRow, identityOf } from "./order.ts";

export interface ReadTable {
  readonly table: TableImage;
  /** Columns that identify a row. */
  readonly keys: readonly string[];
  /** The database may let two rows be equal in them, and they may not come one after the other. */
  readonly loose: boolean;
}

/**
 * Reads the rows of a table, portion by portion, as the queries of `selectRows` gave them. It throws ToolError `unsupported` for a value that a
 * migration cannot hold, and `state` for a key that is NULL or that two rows share.
 */
export function rowReader(read: ReadTable, dialect: Dialect): (found: readonly Row[]) => readonly DataRow[] {
  const { table } = read;
  const check = keyCheck(read);
  let number = 0;
  return (found) =>
    found.map((row) => {
      number++;
      const data = readRow(table, row, { dialect, place: `table "${table.name}", row ${number}` });
      check(data, number);
      return data;
    });
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

/** Rows come in the order of their keys, so that equal ones meet; where they may not, all are remembered. */
function keyCheck({ table: { name: table }, keys, loose }: ReadTable): (row: DataRow, number: number) => void {
  const names = keys.map((key) => `"${key}"`).join(", ");
  const other = "name other columns with --conflict-key";
  const seen = new Map<string, number>();
  return (row, number) => {
    const open = keys.find((key) => row[key] === null);
    if (open !== undefined) {
      const what = `table "${table}", row ${number}: the key column "${open}" is NULL`;
      throw new ToolError("state", `${what}; leave such rows out with --where, or ${other}`, { table, column: open });
    }
    const identity = identityOf(row, keys);
    const first = seen.get(identity);
    if (first !== undefined) {
      const what = `rows ${first} and ${number} of table "${table}" are equal in ${names}`;
      throw new ToolError("state", `${what}, so that one would overwrite the other; ${other}`, { table, keys });
    }
    if (!loose) seen.clear();
    seen.set(identity, number);
  };
}
