import type { RowReading } from "../../core/ddl/dialect.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quoteInExpression } from "./quote.ts";
import { canonicalType, meaningOf } from "./types.ts";

/** https://www.sqlite.org/faq.html#q31 : what is too large for a number becomes it. */
const infinity = "9e999";

type Reading = ReturnType<RowReading["value"]>;

/**
 * Any column may hold values of any kind, so the kind travels with the value: `i` before the digits of an integer, `t` before
 * the bytes of a text in hexadecimal, because drivers replace what is not UTF-8, and `s` before the texts of a
 * UTF-16 database. Reals, blobs and NULL come as they are.
 */
export const rows: RowReading = {
  begin: "BEGIN",
  infinity,
  expression: ({ name }) => {
    const value = quoteInExpression(name);
    const text = `iif((SELECT encoding FROM pragma_encoding) = 'UTF-8', 't' || hex(${value}), 's' || ${value})`;
    return `CASE typeof(${value}) WHEN 'text' THEN ${text} WHEN 'integer' THEN 'i' || ${value} ELSE ${value} END`;
  },
  value: (found, column) => {
    if (found instanceof Uint8Array) return found;
    if (typeof found === "number") return realOf(found, column);
    if (typeof found !== "string") return null;
    if (found.startsWith("i")) return integerOf(found.slice(1), column);
    return found.startsWith("s") ? found.slice(1) : textOf(found.slice(1), column);
  },
};

function integerOf(digits: string, { type }: Column): Reading {
  if (meaningOf(type).type === "boolean" && (digits === "0" || digits === "1")) return digits === "1";
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}

/** A column of reals makes a real of every number; in others, a whole number would come back as an integer. */
function realOf(value: number, { type }: Column): Reading {
  if (!Number.isFinite(value)) return { sql: value > 0 ? infinity : `-${infinity}` };
  const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 63;
  return isWhole && canonicalType(type) !== "REAL" ? { sql: `${value}.0` } : value;
}

function textOf(hex: string, { name }: Column): string {
  try {
    return decodeURIComponent(hex.replace(/../g, "%$&"));
  } catch (cause) {
    const what = `a text in column "${name}" is not UTF-8, so that a migration cannot hold it`;
    throw new ToolError(
      "unsupported",
      `${what}; store it as a blob, or leave the row out`,
      { column: name },
      { cause },
    );
  }
}
