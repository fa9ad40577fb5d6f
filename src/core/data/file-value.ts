import type { Dialect } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import type { RowValue } from "../operations/params.ts";
import { givenValue } from "./given-value.ts";

/** What stands for a value in a file of rows. */
export type FileValue = null | string | number | boolean;

export const rowFormats = ["csv", "json"] as const;
export type RowFormat = (typeof rowFormats)[number];

/** A column as files of rows know it. */
export interface FileColumn {
  /** Its field's type. */
  readonly type: string;
  /** The type that it has in the database. */
  readonly native: string;
  readonly dialect: Dialect;
}

/**
 * What a file of rows says of a value, so that reading it for this column gives the value again; `undefined` where nothing does. CSV has texts
 * alone.
 */
export function fileValue(value: RowValue, format: RowFormat, column: FileColumn): FileValue | undefined {
  if (value === null) return null;
  return candidates(value, format, column.dialect).find((given) => reads(given, value, column));
}

function candidates(value: NonNullable<RowValue>, format: RowFormat, { rows }: Dialect): readonly FileValue[] {
  if (typeof value === "string") return [value];
  if (typeof value === "bigint") return [String(value)];
  if (typeof value === "boolean") return format === "json" ? [value] : [String(value), value ? "1" : "0"];
  if (typeof value === "number") return format === "json" && isExact(value) ? [value] : [numberText(value)];
  if (value instanceof Uint8Array) return [`\\x${hexOf(value)}`];
  if (rows.infinity === undefined || !value.defaultRef.endsWith(rows.infinity)) return [];
  return [value.defaultRef.startsWith("-") ? "-Infinity" : "Infinity"];
}

/** Of other whole numbers, nobody knows whether all of their digits are meant. */
const isExact = (value: number): boolean => !Number.isInteger(value) || Number.isSafeInteger(value);

const numberText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function reads(given: FileValue, value: RowValue, column: FileColumn): boolean {
  try {
    const read = givenValue(given, column.type, column.dialect);
    return Object.is(read, value) || sqlOf(read, column) === sqlOf(value, column);
  } catch (error) {
    // What the type cannot read is one more text that does not stand for the value.
    if (error instanceof ToolError) return false;
    throw error;
  }
}

/** A number and its digits are one value to a column. */
function sqlOf(value: RowValue, { dialect, native }: FileColumn): string {
  if (value !== null && typeof value === "object" && !(value instanceof Uint8Array)) return value.defaultRef;
  const sql = dialect.literal(value, native);
  return sql.startsWith("'") && sql.endsWith("'") ? sql.slice(1, -1) : sql;
}
