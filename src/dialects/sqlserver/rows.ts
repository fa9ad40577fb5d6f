import type { RowReading, Value } from "../../core/ddl/dialect.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./names.ts";
import { canonicalType } from "./types.ts";

/**
 * Times and decimals are written out by the server, because a client has no numbers with so many digits. One state of all tables without locks is there only
 * where the database allows snapshots, which nobody can ask for: rows are read under locks that are held to the end.
 */
export const rows: RowReading = {
  begin: "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nBEGIN TRANSACTION",
  expression: ({ name, type }) => {
    const kind = canonicalType(type);
    if (/^(?:datetime|smalldatetime|date|time)/.test(kind)) return `CONVERT(NVARCHAR(40), ${quote(name)}, 121)`;
    if (/^(?:decimal|money|smallmoney)/.test(kind)) return `CAST(${quote(name)} AS NVARCHAR(50))`;
    if (/^(?:xml|hierarchyid|sql_variant|geometry|geography)/.test(kind))
      return `CAST(${quote(name)} AS NVARCHAR(MAX))`;
    return quote(name);
  },
  value: (found, column) => {
    if (found === null || found === undefined) return null;
    if (typeof found === "number" && Number.isFinite(found)) return found;
    if (typeof found === "string") return textIn(found, column);
    if (typeof found === "bigint" || typeof found === "boolean" || found instanceof Uint8Array) return found;
    throw new ToolError(
      "unsupported",
      `a migration cannot hold the values of column "${column.name}", which is ${column.type}; leave the rows out`,
      { column: column.name },
    );
  },
};

/** A decimal stays a text with all of its digits, unless a number has them, too. */
function textIn(text: string, { type }: Column): Value {
  if (!/^(?:decimal|money|smallmoney)/.test(canonicalType(type))) return text;
  return String(Number(text)) === text ? Number(text) : text;
}
