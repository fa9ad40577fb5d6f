import type { RowReading, Value } from "../../core/ddl/dialect.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import { fieldType } from "./types.ts";

/**
 * Every value as the text that its type is read from again, under the settings that pg_dump uses; only what a migration
 * says better itself becomes something else.
 */
export const rowReading = (quote: Quote): RowReading => ({
  begin: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL DateStyle = 'ISO';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL TimeZone = 'UTC';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 3`,
  expression: ({ name }) => `${quote(name)}::TEXT`,
  value: (found, { type }) => (typeof found === "string" ? valueIn(found, fieldType(type).type) : null),
});

function valueIn(text: string, type: string): Value {
  switch (type) {
    case "boolean":
      return text === "true";
    case "smallint":
    case "integer":
    case "bigint":
      return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
    case "float":
    case "double":
      return floatOf(text);
    case "bytes":
      return Uint8Array.from(text.slice(2).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    default:
      return text;
  }
}

/** `NaN` and `Infinity` stay texts, which the column takes; so does `-0`, because a number literal has no negative zero. */
function floatOf(text: string): Value {
  const value = Number(text);
  return Number.isFinite(value) && !Object.is(value, -0) ? value : text;
}
