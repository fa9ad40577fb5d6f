import type { RowReading } from "../../core/ddl/dialect.ts";
import { quote } from "./quote.ts";
import { fieldType } from "./types.ts";

/** Texts, whole numbers, booleans and bytes as the driver has them; all else as a text that its type is read from again. */
export const rows: RowReading = {
  begin: "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE READ ONLY",
  expression: ({ name, type }) =>
    plain.test(fieldType(type).type) ? quote(name) : `${quote(name)}::VARCHAR AS ${quote(name)}`,
  value: (found, { type }) => {
    if (typeof found === "string" || typeof found === "number" || typeof found === "bigint") return found;
    if (typeof found === "boolean" || found instanceof Uint8Array) return found;
    if (found === null || found === undefined) return null;
    throw new TypeError(`a value of type ${type} came as ${typeof found}`);
  },
};

const plain = /^(?:text|varchar|char|bigint|boolean|bytes|double|(?:long )?var(?:char|binary)|binary)\b/;
