import type { LostColumn, Refill } from "../../core/ddl/dialect.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";

/** The emptiest value of a column's declared type, or another one for each row, which is its rowid. */
export function refill({ column, values, apart, allowed }: LostColumn): Refill {
  const type = column.type.toUpperCase();
  const isNumber = /INT|REAL|FLOA|DOUB|DEC|NUM|BOOL/.test(type);
  if (apart) return { fill: isNumber ? "rowid" : "CAST(rowid AS TEXT)" };
  if (allowed !== undefined) return { fill: allowed };
  if (values?.[0] !== undefined) return { fill: stringLiteral(values[0]) };
  return { fill: isNumber ? "0" : emptyText(type) };
}

function emptyText(type: string): string {
  if (type.startsWith("TIMESTAMP") || type.startsWith("DATETIME")) return "'1970-01-01 00:00:00'";
  if (type.startsWith("DATE")) return "'1970-01-01'";
  if (type.startsWith("TIME")) return "'00:00:00'";
  if (type.startsWith("JSON")) return "'{}'";
  if (type.startsWith("UUID")) return "'00000000-0000-0000-0000-000000000000'";
  return type === "BLOB" ? "x''" : "''";
}
