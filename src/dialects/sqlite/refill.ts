import type { LostColumn, Refill } from "../../core/ddl/lost-column.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { rowNumber } from "./auto-update.ts";
import { quote } from "./quote.ts";

/** The emptiest value of a column's declared type, or another one for each row, which is its number. */
export function refill({ column, of, values, apart, allowed }: LostColumn): Refill {
  const type = column.type.toUpperCase();
  const isNumber = /INT|REAL|FLOA|DOUB|DEC|NUM|BOOL/.test(type);
  if (apart) return { fill: isNumber ? place(of) : `CAST(${place(of)} AS TEXT)` };
  if (allowed !== undefined) return { fill: allowed };
  if (values?.[0] !== undefined) return { fill: stringLiteral(values[0]) };
  return { fill: isNumber ? "0" : emptyText(type) };
}

/** The number of a row; where it has none, how many come before it in the order of the key, and itself. */
function place(table: TableImage): string {
  const number = rowNumber(table);
  if (number !== undefined) return number;
  const key = (of: string): string => `(${(table.primaryKey ?? []).map((name) => `${of}.${quote(name)}`).join(", ")})`;
  return `(SELECT count(*) FROM ${quote(table.name)} AS godwit_row WHERE ${key("godwit_row")} <= ${key(quote(table.name))})`;
}

function emptyText(type: string): string {
  if (type.startsWith("TIMESTAMP") || type.startsWith("DATETIME")) return "'1970-01-01 00:00:00'";
  if (type.startsWith("DATE")) return "'1970-01-01'";
  if (type.startsWith("TIME")) return "'00:00:00'";
  if (type.startsWith("JSON")) return "'{}'";
  if (type.startsWith("UUID")) return "'00000000-0000-0000-0000-000000000000'";
  return type === "BLOB" ? "x''" : "''";
}
