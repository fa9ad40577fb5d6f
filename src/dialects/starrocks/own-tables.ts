import type { JournalSql } from "../../core/ddl/journal.ts";
import { historyNames, journalNames, ownComment, pastKey, pastNames } from "../../core/ddl/own-columns.ts";
import { endLength, type PastSql } from "../../core/ddl/past.ts";
import { block } from "../../core/ddl/sql.ts";
import { quote } from "./quote.ts";

const types: Readonly<Record<string, string>> = {
  steps_done: "BIGINT NOT NULL",
  duration_ms: "BIGINT NOT NULL",
  ended_ms: "BIGINT NOT NULL",
  position: "BIGINT NOT NULL",
  statement: "VARCHAR(1048576) NOT NULL",
  trace: "STRING NULL",
  finished_at: "STRING NULL",
  error: "VARCHAR(1048576) NULL",
};

/**
 * A table with a primary key, into which an INSERT replaces the row of the same key. The key is a digest, because it may have 128 bytes:
 * https://docs.starrocks.io/docs/table_design/table_types/primary_key_table/. How many copies there are is what the server does anyway.
 */
const createTable = (table: string, columns: readonly string[]): string =>
  `${block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
    "`id` VARCHAR(32) NOT NULL",
    ...columns.map((name) => `${quote(name)} ${types[name] ?? "STRING NOT NULL"}`),
  ])}
PRIMARY KEY (\`id\`)
COMMENT '${ownComment}'
DISTRIBUTED BY HASH(\`id\`) BUCKETS 1`;

const list = (columns: readonly string[]): string => columns.map(quote).join(", ");
const digest = (key: readonly string[]): string => `MD5(CONCAT_WS('/', ${key.map((name) => quote(name)).join(", ")}))`;

/** Rows are given names before they are inserted, so that the key can be made of them. */
const insert = (table: string, columns: readonly string[], key: readonly string[], values: readonly string[]): string =>
  insertFrom(table, columns, key, values.map((value, i) => `${value} AS ${quote(columns[i] ?? "")}`).join(", "));

const insertFrom = (table: string, columns: readonly string[], key: readonly string[], selected: string): string =>
  `INSERT INTO ${quote(table)} (\`id\`, ${list(columns)}) SELECT ${digest(key)}, ${list(columns)} FROM (SELECT ${selected}) AS \`row_\``;

export const history = {
  create: (table: string): readonly string[] => [createTable(table, historyNames)],
  list: (table: string): string =>
    `SELECT ${list(historyNames)} FROM ${quote(table)} ORDER BY \`applied_at\`, \`name\``,
  insert: (table: string, values: readonly string[]): string => insert(table, historyNames, ["track", "name"], values),
  delete: (table: string, track: string, name: string): string =>
    `DELETE FROM ${quote(table)} WHERE \`track\` = ${track} AND \`name\` = ${name}`,
};

/** What is said of the end of a row, under the names of its columns. */
const said = (end: readonly string[]): string =>
  end.map((value, i) => `${value} AS ${quote(pastNames.at(i - endLength) ?? "")}`).join(", ");

export const past: PastSql = {
  create: (table) => [createTable(table, pastNames)],
  list: (table) => `SELECT ${list(pastNames)} FROM ${quote(table)} ORDER BY \`ended_at\``,
  keep: (tables, { track, name }, end) =>
    insertFrom(
      tables.past,
      pastNames,
      pastKey,
      `${list(pastNames.slice(0, -endLength))}, ${said(end)} FROM ${quote(tables.history)} WHERE \`track\` = ${track} AND \`name\` = ${name}`,
    ),
};

export const createJournal = (table: string): readonly string[] => [createTable(table, journalNames)];

/** As `journalSql` has it; NULL is a value of any type only where it is told of which. */
export const journal: JournalSql = {
  list: (table) =>
    `SELECT ${list(journalNames.slice(1))} FROM ${quote(table)} WHERE \`track\` = ? ORDER BY \`name\`, \`position\``,
  insert: (table) =>
    insert(
      table,
      journalNames,
      ["track", "name", "position"],
      journalNames.map((name) =>
        types[name]?.includes(" NULL") && !types[name]?.includes("NOT NULL") ? "CAST(? AS STRING)" : "?",
      ),
    ),
  end: (table) =>
    `UPDATE ${quote(table)} SET \`finished_at\` = CAST(? AS STRING), \`error\` = CAST(? AS STRING) WHERE \`track\` = ? AND \`name\` = ? AND \`position\` = ?`,
  clear: (table) => `DELETE FROM ${quote(table)} WHERE \`track\` = ? AND \`name\` = ?`,
  clearOne: (table) => `DELETE FROM ${quote(table)} WHERE \`track\` = ? AND \`name\` = ? AND \`position\` = ?`,
};
