import type { RowReading } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { quote, stringLiteral } from "./quote.ts";
import { canonicalType } from "./types.ts";

/** There is no transaction that would hold several tables still. A FLOAT is read as a DOUBLE, and lists as the JSON that they are written as. */
export const rows: RowReading = {
  begin: "",
  expression: ({ name, type }) => {
    const base = canonicalType(type);
    if (base === "float") return `CAST(${quote(name)} AS DOUBLE)`;
    return /^(?:array|map|struct)\b/.test(base) ? `CAST(TO_JSON(${quote(name)}) AS STRING)` : quote(name);
  },
  value: (found, column) => {
    const type = canonicalType(column.type);
    if (found === null || found === undefined) return null;
    if (type === "boolean" && (found === 0 || found === 1)) return found === 1;
    if (/^array\b/.test(type) && typeof found === "string")
      return { sql: `CAST(PARSE_JSON(${stringLiteral(found)}) AS ${column.type})` };
    const isPlain = !/^(?:map|struct|bitmap|hll|percentile)\b/.test(type);
    if (isPlain && (typeof found === "string" || typeof found === "bigint" || found instanceof Uint8Array))
      return found;
    if (isPlain && typeof found === "number") return type === "float" ? Number(found.toPrecision(9)) : found;
    throw new ToolError(
      "unsupported",
      `a migration cannot hold the values of column "${column.name}", which is ${column.type}; leave the rows out`,
      { column: column.name },
    );
  },
};
