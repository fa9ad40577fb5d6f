import type { RowReading, Value } from "../../core/ddl/dialect.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote, stringLiteral } from "./quote.ts";

/** The driver gives each value as it is, and a text becomes whatever the column is, but for maps. There is no transaction that would hold several tables still. */
export const rows: RowReading = {
  begin: "",
  expression: ({ name, type }) => (hasMap(type) ? `toJSONString(${quote(name)})` : quote(name)),
  value: (found, column) => {
    if (found === null || found === undefined) return null;
    if (hasMap(column.type)) return mapOf(found, column);
    if (typeof found === "string" || typeof found === "bigint" || typeof found === "boolean") return found;
    if (found instanceof Uint8Array || (typeof found === "number" && Number.isFinite(found))) return found;
    throw cannotHold(column);
  },
};

const hasMap = (type: string): boolean => /\bMap\(/.test(type);

/** Keys of JSON are texts. */
function mapOf(found: unknown, column: Column): Exclude<ReturnType<RowReading["value"]>, Value> {
  if (typeof found !== "string" || /\bMap\((?!(?:LowCardinality\()?String\b)/.test(column.type))
    throw cannotHold(column);
  return { sql: `JSONExtract(${stringLiteral(found)}, ${stringLiteral(column.type)})` };
}

const cannotHold = ({ name, type }: Column): ToolError =>
  new ToolError(
    "unsupported",
    `a migration cannot hold the values of column "${name}", which is ${type}; leave the rows out`,
    { column: name },
  );
