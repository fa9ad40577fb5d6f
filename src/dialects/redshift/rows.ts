import type { RowReading, Value } from "../../core/ddl/dialect.ts";
import { quote } from "./quote.ts";
import { fieldType } from "./types.ts";

/** Values as texts that their types are read from again; a SUPER as JSON, bytes as digits. */
export const rows: RowReading = {
  begin: "BEGIN READ ONLY",
  expression: ({ name, type }) => {
    const kind = fieldType(type).type;
    if (kind === "json") return `JSON_SERIALIZE(${quote(name)})`;
    if (kind === "bytes" || kind.startsWith("varbyte")) return `TO_HEX(${quote(name)})`;
    if (kind === "boolean") return `CASE WHEN ${quote(name)} THEN 'true' WHEN NOT ${quote(name)} THEN 'false' END`;
    return `${quote(name)}::VARCHAR`;
  },
  value: (found, { type }) => (typeof found === "string" ? valueIn(found, fieldType(type).type) : null),
};

function valueIn(text: string, type: string): Value {
  if (type === "boolean") return text === "true";
  if (type === "bytes" || type.startsWith("varbyte"))
    return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  if (!/^(?:smallint|integer|bigint|float|double)$/.test(type)) return text;
  const value = Number(text);
  if (type === "float" || type === "double") return Number.isFinite(value) && !Object.is(value, -0) ? value : text;
  return Number.isSafeInteger(value) ? value : BigInt(text);
}
