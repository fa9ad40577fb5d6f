import type { Row } from "../ddl/dialect.ts";

/** What a column of a row says, whatever its type; an empty text for NULL. */
export const textIn = (row: Row, column: string): string => String(row[column] ?? "");

/** Whether a value means yes, in whichever way a database says so. */
export const isTrue = (value: unknown): boolean =>
  value === true || value === 1 || value === 1n || value === "1" || value === "t" || value === "true";
