import type { BatchSql } from "../../core/ddl/batch.ts";
import { stringLiteral, words } from "../../core/ddl/sql.ts";
import { literal, quote } from "./quote.ts";

/**
 * `RAISE` is for triggers alone, so a refusal is a path in JSON that is none: SQLite repeats it in its error. The subquery keeps it from
 * being looked at before the batch gets there.
 */
const refuse = (text: string, query: string): string =>
  `SELECT json_extract('{}', (SELECT ${text} FROM (${query}) LIMIT 1))`;

/** What a refusal begins with. */
const mark = "godwit: ";

const clock = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

const foreignKeyColumns = '"table", "rowid", "parent"';

/** Of the first violations, in words. */
const described = `(SELECT group_concat('row ' || ifnull("rowid", '?') || ' of "' || "table" || '" points at "' || "parent" || '"', '; ') FROM (SELECT * FROM godwit_violations LIMIT 5))`;

export const batch: BatchSql = {
  refuseIf: (query, message) => refuse(stringLiteral(mark + message), query),
  differs: (query, texts) =>
    `SELECT 1 WHERE (SELECT json_group_array(sql) FROM (${query})) <> ${texts.length === 0 ? "'[]'" : `json_array(${texts.map(stringLiteral).join(", ")})`}`,
  reveal: (query) => refuse(`${stringLiteral(mark)} || (SELECT json_group_array(sql) FROM (${query}))`, "SELECT 1"),
  refuseViolations: (known, message) => {
    const [before = "", after = ""] = message.split("{rows}");
    const values = known.map(
      (row) => `(${["table", "rowid", "parent"].map((column) => plain(row[column])).join(", ")})`,
    );
    return words(
      `WITH godwit_violations AS (SELECT ${foreignKeyColumns} FROM pragma_foreign_key_check`,
      values.length > 0 && `EXCEPT SELECT * FROM (VALUES ${values.join(", ")})`,
      ")",
      refuse(
        `${stringLiteral(mark + before)} || ${described} || ${stringLiteral(after)}`,
        "SELECT * FROM godwit_violations",
      ),
    );
  },
  lockLost: (table, owner) =>
    `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM ${quote(table)} WHERE "owner" = ${stringLiteral(owner)})`,
  clock,
  elapsed: (table, column, rows) => {
    const known = Object.entries(rows).map(([name, value]) => `${quote(name)} = ${value}`);
    return `UPDATE ${quote(table)} SET ${quote(column)} = ${clock} - ${quote(column)} WHERE ${known.join(" AND ")}`;
  },
  refusalIn: (message) => /JSON path: 'godwit: ([\s\S]*)'/.exec(message)?.[1]?.replaceAll("''", "'"),
};

const plain = (value: unknown): string =>
  value === null || value === undefined
    ? "NULL"
    : typeof value === "number" || typeof value === "bigint"
      ? literal(value)
      : stringLiteral(String(value));
