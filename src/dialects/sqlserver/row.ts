import type { Row } from "../../core/ddl/dialect.ts";

/** What a row of the catalog has in a column, as text; empty for NULL. */
export const text = (row: Row, column: string): string => String(row[column] ?? "");

/** A BIT of the catalog. */
export const is = (row: Row, column: string): boolean => row[column] === true || row[column] === 1;

export const commentOf = (row: Row): { readonly comment?: string } =>
  typeof row["comment"] === "string" ? { comment: row["comment"] } : {};
