import type { Row } from "../../core/ddl/dialect.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { quote, stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * StarRocks answers a change of columns, of indexes or of the distribution at once and does it in the background, one of a table at a time. So each is
 * waited for: https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/SHOW_ALTER/
 */
export interface Changed {
  /** Absent: the current one. */
  readonly database?: string;
  readonly table: string;
}

/** The table whose changes in the background a statement may begin; `undefined` where it begins none, renames among these. */
export function changedBy(sql: string): Changed | undefined {
  const words = wordsOf(sql, scriptSyntax, 12);
  const text = words.map((word) => word.toUpperCase());
  if (text[0] === "ALTER" && text[1] === "TABLE") {
    const found = nameAt(words, 2);
    const verb = text[found?.database === undefined ? 3 : 5];
    return verb === "RENAME" || verb === "COMMENT" || verb === "SWAP" ? undefined : found;
  }
  const isIndex = (text[0] === "CREATE" || text[0] === "DROP") && text[1] === "INDEX";
  return isIndex ? nameAt(words, text.indexOf("ON") + 1) : undefined;
}

function nameAt(words: readonly string[], at: number): Changed | undefined {
  const [first, dot, second] = words.slice(at, at + 3).map((word) => word.replace(/^`(.*)`$/, "$1"));
  if (at === 0 || first === undefined || !/^\w+$/.test(first)) return undefined;
  return dot === "." && second !== undefined ? { database: first, table: second } : { table: first };
}

/** What stands in a query that is to see the end of all changes of a table. */
export const afterChanges = (table: string): string => `/* after all changes of ${quote(table)} */`;

/** The table that a query says so of. */
export const seenBy = (sql: string): Changed | undefined => {
  const table = /\/\* after all changes of `(\w+)` \*\//.exec(sql)?.[1];
  return table === undefined ? undefined : { table };
};

const kinds = ["COLUMN", "OPTIMIZE"] as const;

/** Queries for the last change of each kind. */
export const lastChanges = ({ database, table }: Changed): readonly string[] =>
  kinds.map(
    (kind) =>
      `SHOW ALTER TABLE ${kind}${database === undefined ? "" : ` FROM ${quote(database)}`} WHERE TableName = ${stringLiteral(table)} ORDER BY CreateTime DESC LIMIT 1`,
  );

/** A change as SHOW ALTER TABLE tells it. */
export interface Job {
  readonly id: string;
  readonly state: "done" | "failed" | "running";
  /** Why it failed, or how far it is. */
  readonly said: string;
}

export const jobsIn = (rows: readonly Row[]): readonly Job[] =>
  rows.map((row) => {
    const state = String(row["State"] ?? "").toUpperCase();
    return {
      id: String(row["JobId"]),
      state: state === "FINISHED" ? "done" : state === "CANCELLED" ? "failed" : "running",
      said: String(row["Msg"] ?? ""),
    };
  });
