import type { Value } from "../../core/ddl/dialect.ts";

/** How vertica-nodejs reads a value that came as text, by the number of its type (`VerticaType` of v-protocol). Whole numbers and bytes are exact. */
export const types = {
  getTypeParser: (oid: number): ((text: string) => unknown) => readers[oid] ?? String,
};

const boolean = (text: string): boolean => text === "t" || text === "true";

function integer(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** What no number of JSON is stays a text. */
const float = (text: string): number | string => (Number.isFinite(Number(text)) ? Number(text) : text);

/** Bytes that are no ASCII come as `\ooo`, and a backslash is doubled: https://docs.vertica.com/24.1.x/en/sql-reference/data-types/binary-data-types-binary-and-varbinary/ */
export const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/\\[0-7]{3}|\\\\|[\s\S]/g) ?? [], (part) => {
    if (part.length === 4) return Number.parseInt(part.slice(1), 8);
    return part.charCodeAt(0);
  });

const readers: Readonly<Record<number, (text: string) => unknown>> = {
  5: boolean,
  6: integer,
  7: float,
  17: bytes,
  116: bytes,
  117: bytes,
};

/** A parameter as it is sent: all are texts, bytes in the same spelling as they come. */
export function boundValue(value: Value): string | number | bigint | boolean | null {
  if (!(value instanceof Uint8Array)) return value;
  return Array.from(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}
