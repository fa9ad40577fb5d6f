import { pastNames } from "./own-columns.ts";
import type { Quote } from "./sql.ts";

/** The SQL of the past, a table next to the history that keeps the rows which were taken out of it. Names of tables are unquoted. */
export interface PastSql {
  create(table: string): readonly string[];
  /** `pastNames` of all rows, times as text; of rows of one moment in any order. */
  list(table: string): string;
  /**
   * Copies a row of the history, if there is one, with what is said of its end. Literals and expressions, in order: reason, ended_at (ISO 8601 text), ended_ms,
   * ended_version, ended_by.
   */
  keep(tables: PastTables, row: HistoryRow, end: readonly string[]): string;
}

export interface PastTables {
  readonly past: string;
  readonly history: string;
}

/** Literals. */
export interface HistoryRow {
  readonly track: string;
  readonly name: string;
}

interface PastWords {
  readonly quote: Quote;
  create(table: string): readonly string[];
  /** A time as it is stored as text; absent: it is stored as text. */
  iso?(time: string): string;
  /** A text as a time to store; absent: as it is. */
  time?(text: string): string;
}

/** As most databases understand it. */
export const pastSql = ({ quote, create, iso = same, time = same }: PastWords): PastSql => ({
  create,
  list: (table) => {
    const columns = pastNames.map((name) =>
      name.endsWith("_at") ? `${iso(`p.${quote(name)}`)} AS ${quote(name)}` : `p.${quote(name)}`,
    );
    return `SELECT ${columns.join(", ")} FROM ${quote(table)} AS p ORDER BY p.${quote("ended_at")}`;
  },
  keep: ({ past, history }, { track, name }, [reason = "", endedAt = "", ...rest]) => {
    const kept = pastNames.slice(0, -endLength).map((column) => `h.${quote(column)}`);
    const values = [...kept, reason, time(endedAt), ...rest].join(", ");
    return `INSERT INTO ${quote(past)} (${pastNames.map(quote).join(", ")}) SELECT ${values} FROM ${quote(history)} AS h WHERE h.${quote("track")} = ${track} AND h.${quote("name")} = ${name}`;
  },
});

/** How many columns say of its end what is said. */
export const endLength = 5;

const same = (text: string): string => text;
