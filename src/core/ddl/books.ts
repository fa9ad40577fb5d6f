import { bookNamespaces } from "../adopt/books.ts";
import type { Dialect } from "./dialect.ts";
import { marked, quoteQualified } from "./qualified.ts";

/** Reads the books of another tool: they are few rows, and which columns they have is what their reader knows. */
export const readBooks = (dialect: Dialect, table: string): string => `SELECT * FROM ${quoted(dialect, table)}`;

/** Drops them. */
export const dropBooks = (dialect: Dialect, table: string): string => `DROP TABLE ${quoted(dialect, table)}`;

const quoted = (dialect: Dialect, table: string): string =>
  quoteQualified((name) => dialect.quote(name))(marked(table, bookNamespaces));
