import { journalNames } from "./own-columns.ts";
import type { Quote } from "./sql.ts";

/** The SQL of the journal but for making its table: most databases say it alike. `table` is the journal's name, unquoted. */
export interface JournalSql {
  /** Parameter: track. Rows in the order of name and position. */
  list(table: string): string;
  /** Parameters: track, name, position, sql_hash, statement, trace, started_at, finished_at, error. */
  insert(table: string): string;
  /** Parameters: finished_at, error, track, name, position. */
  end(table: string): string;
  /** Parameters: track, name. */
  clear(table: string): string;
  /** Parameters: track, name, position. */
  clearOne(table: string): string;
}

/** What a dialect has of it. */
interface JournalWords {
  readonly quote: Quote;
  placeholder(n: number): string;
  readonly bookkeeping: { readonly journal?: JournalSql };
}

/** As the dialect says it, or as most databases understand it. */
export const journalSql = ({ quote, placeholder, bookkeeping }: JournalWords): JournalSql =>
  bookkeeping.journal ?? commonJournal(quote, placeholder);

const commonJournal = (quote: Quote, placeholder: JournalWords["placeholder"]): JournalSql => {
  const list = (names: readonly string[]): string => names.map(quote).join(", ");
  const where = (from: number, ...names: readonly string[]): string =>
    `WHERE ${names.map((name, i) => `${quote(name)} = ${placeholder(from + i)}`).join(" AND ")}`;
  return {
    list: (table) =>
      `SELECT ${list(journalNames.slice(1))} FROM ${quote(table)} ${where(1, "track")} ORDER BY ${list(["name", "position"])}`,
    insert: (table) =>
      `INSERT INTO ${quote(table)} (${list(journalNames)}) VALUES (${journalNames.map((_, i) => placeholder(i + 1)).join(", ")})`,
    end: (table) =>
      `UPDATE ${quote(table)} SET ${quote("finished_at")} = ${placeholder(1)}, ${quote("error")} = ${placeholder(2)} ${where(3, "track", "name", "position")}`,
    clear: (table) => `DELETE FROM ${quote(table)} ${where(1, "track", "name")}`,
    clearOne: (table) => `DELETE FROM ${quote(table)} ${where(1, "track", "name", "position")}`,
  };
};
