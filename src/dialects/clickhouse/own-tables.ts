import type { JournalSql } from "../../core/ddl/journal.ts";
import { historyNames, journalNames, ownComment, pastKey, pastNames } from "../../core/ddl/own-columns.ts";
import { endLength, type PastSql } from "../../core/ddl/past.ts";
import { block } from "../../core/ddl/sql.ts";
import { quote } from "./quote.ts";

const types: Readonly<Record<string, string>> = {
  steps_done: "Int64",
  duration_ms: "Int64",
  ended_ms: "Int64",
  position: "Int64",
  trace: "Nullable(String)",
  finished_at: "Nullable(String)",
  error: "Nullable(String)",
};

/**
 * A log: rows are only ever added, each with a higher number than all before it. The last one of a key counts, and it may say that there is
 * nothing any more. So each change is one INSERT, which ClickHouse does as a whole or not at all, nothing depends on what the engine merges
 * when, and no clock is asked.
 */
const createLog = (table: string, columns: readonly string[], key: readonly string[]): string =>
  `${block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
    ...columns.map((name) => `${quote(name)} ${types[name] ?? "String"}`),
    "`present` UInt8",
    "`number` UInt64",
  ])}
ENGINE = MergeTree
ORDER BY (${[...key, "number"].map(quote).join(", ")})
COMMENT '${ownComment}'`;

const list = (columns: readonly string[]): string => columns.map(quote).join(", ");
const next = (table: string): string => `(SELECT max(\`number\`) + 1 FROM ${quote(table)})`;

/** The rows that count now. */
const current = (table: string, key: readonly string[]): string =>
  `(SELECT * FROM ${quote(table)} ORDER BY \`number\` DESC LIMIT 1 BY ${list(key)})`;

const historyKey = ["track", "name"];
const journalKey = ["track", "name", "position"];

export const history = {
  create: (table: string): readonly string[] => [createLog(table, historyNames, historyKey)],
  list: (table: string): string =>
    `SELECT ${list(historyNames)} FROM ${current(table, historyKey)} WHERE \`present\` = 1 ORDER BY \`applied_at\`, \`name\``,
  insert: (table: string, values: readonly string[]): string =>
    `INSERT INTO ${quote(table)} (${list(historyNames)}, \`present\`, \`number\`) SELECT ${values.join(", ")}, 1, ${next(table)}`,
  delete: (table: string, track: string, name: string): string =>
    `INSERT INTO ${quote(table)} (\`track\`, \`name\`, \`present\`, \`number\`) SELECT ${track}, ${name}, 0, ${next(table)}`,
};

/** Its rows stay as they are, so that it is a plain table. */
export const past: PastSql = {
  create: (table) => [
    `${block(
      `CREATE TABLE IF NOT EXISTS ${quote(table)}`,
      pastNames.map((name) => `${quote(name)} ${types[name] ?? "String"}`),
    )}
ENGINE = MergeTree
ORDER BY (${list(pastKey)})
COMMENT '${ownComment}'`,
  ],
  list: (table) => `SELECT ${list(pastNames)} FROM ${quote(table)} ORDER BY \`ended_at\``,
  keep: (tables, { track, name }, end) =>
    `INSERT INTO ${quote(tables.past)} (${list(pastNames)}) SELECT ${[...pastNames.slice(0, -endLength).map(quote), ...end].join(", ")} FROM ${current(tables.history, historyKey)} WHERE \`present\` = 1 AND \`track\` = ${track} AND \`name\` = ${name}`,
};

export const createJournal = (table: string): readonly string[] => [createLog(table, journalNames, journalKey)];

/** As `journalSql` has it, in which a change is a row that takes the place of another one. */
export const journal: JournalSql = {
  list: (table) =>
    `SELECT ${list(journalNames.slice(1))} FROM ${current(table, journalKey)} WHERE \`present\` = 1 AND \`track\` = {p1:String} ORDER BY \`name\`, \`position\``,
  insert: (table) =>
    `INSERT INTO ${quote(table)} (${list(journalNames)}, \`present\`, \`number\`) SELECT ${journalNames
      .map((name, i) => `{p${i + 1}:${types[name] ?? "String"}}`)
      .join(", ")}, 1, ${next(table)}`,
  end: (table) =>
    `INSERT INTO ${quote(table)} (${list(journalNames)}, \`present\`, \`number\`) SELECT ${list(journalNames.slice(0, 7))}, {p1:Nullable(String)}, {p2:Nullable(String)}, 1, ${next(table)} FROM ${current(table, journalKey)} WHERE \`present\` = 1 AND \`track\` = {p3:String} AND \`name\` = {p4:String} AND \`position\` = {p5:Int64}`,
  clear: (table) => gone(table, "`track` = {p1:String} AND `name` = {p2:String}"),
  clearOne: (table) => gone(table, "`track` = {p1:String} AND `name` = {p2:String} AND `position` = {p3:Int64}"),
};

const gone = (table: string, where: string): string =>
  `INSERT INTO ${quote(table)} (${list(journalKey)}, \`present\`, \`number\`) SELECT ${list(journalKey)}, 0, ${next(table)} FROM ${current(table, journalKey)} WHERE \`present\` = 1 AND ${where}`;
