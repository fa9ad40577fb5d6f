import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { historyNames, pastKey, pastNames } from "../../core/ddl/own-columns.ts";
import { pastSql } from "../../core/ddl/past.ts";
import { block, stringLiteral, words } from "../../core/ddl/sql.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { batch } from "./batch.ts";
import { quote } from "./quote.ts";

/** The longest wait that SQLite can be told, in milliseconds: 24 days. */
const forEver = 2 ** 31 - 1;
const integerColumns = new Set(["steps_done", "duration_ms", "ended_ms"]);
const createTable = (table: string, columns: readonly string[], key: readonly string[]): string =>
  block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
    ...columns.map((c) => `${quote(c)} ${integerColumns.has(c) ? "INTEGER" : "TEXT"} NOT NULL`),
    `PRIMARY KEY (${key.map(quote).join(", ")})`,
  ]);

export const bookkeeping: Bookkeeping = {
  historyExists: (table) =>
    `SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = ${stringLiteral(table)} COLLATE NOCASE`,
  createHistory: (table) => [createTable(table, historyNames, ["track", "name"])],
  // With the table in front: SQLite takes a quoted name that is no column for a text, and a stranger's table for an empty history.
  listHistory: (table) =>
    `SELECT ${historyNames.map((c) => `h.${quote(c)}`).join(", ")} FROM ${quote(table)} h ORDER BY h."applied_at", h.rowid`,
  // A row that a failed run left behind is replaced when the migration goes through.
  insertHistory: (table, values) =>
    words(
      `INSERT INTO ${quote(table)} (${historyNames.map(quote).join(", ")})`,
      `VALUES (${values.join(", ")})`,
      `ON CONFLICT ("track", "name") DO UPDATE SET`,
      historyNames
        .slice(2)
        .map((c) => `${quote(c)} = excluded.${quote(c)}`)
        .join(", "),
    ),
  deleteHistory: (table, track, name) => `DELETE FROM ${quote(table)} WHERE "track" = ${track} AND "name" = ${name}`,
  past: pastSql({ quote, create: (table) => [createTable(table, pastNames, pastKey)] }),
  createJournal: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
      '"track" TEXT NOT NULL',
      '"name" TEXT NOT NULL',
      '"position" INTEGER NOT NULL',
      '"sql_hash" TEXT NOT NULL',
      '"statement" TEXT NOT NULL',
      '"trace" TEXT',
      '"started_at" TEXT NOT NULL',
      '"finished_at" TEXT',
      '"error" TEXT',
      'PRIMARY KEY ("track", "name", "position")',
    ]),
  ],
  batch,
  lock: {
    kind: "row",
    create: (table) => [
      block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
        '"id" INTEGER PRIMARY KEY CHECK ("id" = 1)',
        '"owner" TEXT NOT NULL',
        '"host" TEXT',
        '"pid" INTEGER',
        '"user" TEXT',
        '"since" TEXT',
        '"seen" TEXT',
      ]),
    ],
    tryAcquire: (table) =>
      `INSERT INTO ${quote(table)} ("id", "owner", "host", "pid", "user", "since", "seen") VALUES (1, ?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT ("id") DO NOTHING`,
    release: (table) => `DELETE FROM ${quote(table)} WHERE "owner" = ?1`,
    beat: (table) => `UPDATE ${quote(table)} SET "seen" = ?2 WHERE "owner" = ?1`,
    holder: (table) => `SELECT "owner", "host", "pid", "user", "since", "seen" FROM ${quote(table)}`,
    evict: (table) => `DELETE FROM ${quote(table)} WHERE "owner" = ?1 AND "seen" = ?2`,
  },
  limits: {
    // Nobody queues up behind a connection that waits, so what its URL says (`busy_timeout`) is as good a default as any.
    session: ({ lockMs }) => (lockMs === undefined ? [] : [`PRAGMA busy_timeout = ${lockMs === 0 ? forEver : lockMs}`]),
    reset: [],
    saved: { query: "PRAGMA busy_timeout", back: ({ timeout }) => [`PRAGMA busy_timeout = ${Number(timeout)}`] },
    patient: () => false,
    // Outside a transaction each statement of a script commits by itself.
    repeatable: (sql, inTransaction) => inTransaction || !/;\s*\S/.test(sql),
  },
  standsAlone,
  recoveryOf,
  begin: "BEGIN IMMEDIATE",
  // Without effect inside a transaction, so they stand around it (https://www.sqlite.org/pragma.html#pragma_foreign_keys).
  foreignKeysOff: ["PRAGMA foreign_keys = OFF"],
  // A rebuild that failed half-way has left the second one on.
  foreignKeysOn: ["PRAGMA foreign_keys = ON", "PRAGMA legacy_alter_table = OFF"],
  foreignKeyCheck: 'SELECT "table", "rowid", "parent" FROM pragma_foreign_key_check',
  classify,
};

/** SQLite's codes are coarse: what DDL ran into is only in the message. */
function classify({ code = "", message }: DatabaseFailure): ErrorClass {
  const found = byCode.find(([pattern]) => pattern.test(code)) ?? byMessage.find(([pattern]) => pattern.test(message));
  return found?.[1] ?? "other";
}

const byCode: readonly (readonly [RegExp, ErrorClass])[] = [
  [/^SQLITE_(?:BUSY|LOCKED)/, "busy"],
  [/^SQLITE_(?:CANTOPEN|NOTADB|CORRUPT|IOERR|FULL|PROTOCOL)/, "connection"],
  [/^SQLITE_(?:READONLY|PERM|AUTH)/, "permission"],
  [/^SQLITE_CONSTRAINT/, "constraint"],
];

const byMessage: readonly (readonly [RegExp, ErrorClass])[] = [
  [/already exists|^duplicate column name|already (?:a|an|another) (?:index|table|view)/i, "already-exists"],
  [/^no such (?:table|column|index|trigger|view)|^unknown (?:table|column|database)/i, "not-found"],
  [/syntax error|^incomplete input|^unrecognized token/i, "syntax"],
];
