import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { type JournalSql, journalSql } from "../../core/ddl/journal.ts";
import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import type { LimitSql } from "../../core/ddl/limits.ts";
import { historyNames } from "../../core/ddl/own-columns.ts";
import { pastSql } from "../../core/ddl/past.ts";
import { block } from "../../core/ddl/sql.ts";
import postgres from "../postgres/dialect.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { historyColumns, journalColumns, leaseColumns, ownComment, pastColumns } from "./own-tables.ts";
import { quote, stringLiteral } from "./quote.ts";

const { extensionAvailable: _, progress: __, lease: ___, sinceBegin: _____, ...same } = postgres.bookkeeping;

/** GETDATE() is the moment of the statement, in UTC and whole seconds: https://docs.aws.amazon.com/redshift/latest/dg/r_GETDATE.html */
const now = "GETDATE()";

const { hold: ____, ...words } = leaseSql({
  quote,
  placeholder: (n) => `$${n}`,
  now,
  later: (milliseconds) => `DATEADD(millisecond, ${milliseconds}::INTEGER, ${now})`,
  iso: (time) => `TO_CHAR(${time}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  // One text is one transaction: of two that run it at once, the second fails and finds the row of the first.
  create: (table) => [
    [
      block(`CREATE TABLE ${quote(table)}`, leaseColumns(quote)),
      `COMMENT ON TABLE ${quote(table)} IS '${ownComment}'`,
      `INSERT INTO ${quote(table)} (id, token) VALUES (1, 0)`,
    ].join(";\n"),
  ],
});

/** Transactions are serializable, so that of two that take what they both saw one fails (1023). */
const lease: LeaseSql = {
  ...words,
  take: (table) => `${words.take(table)} WHERE token = $6 AND (owner IS NULL OR ends <= ${now})`,
};

const common = journalSql({ quote, placeholder: (n) => `$${n}`, bookkeeping: {} });

/** 16,000 characters fit into the bytes of the longest text, whatever they are; the rest of a longer statement is told by its hash. */
const journal: JournalSql = {
  ...common,
  insert: (table) => common.insert(table).replace("$5", "LEFT($5, 16000)").replace("$9", "LEFT($9, 16000)"),
  end: (table) => common.end(table).replace("$2", "LEFT($2, 16000)"),
};

const limits: LimitSql = {
  session: ({ statementMs }) =>
    statementMs === undefined ? [] : [`SET statement_timeout TO ${Math.round(statementMs)}`],
  reset: ["RESET statement_timeout"],
  patient: () => false,
  repeatable: (sql) => !/\b(?:commit|call|rollback|truncate|vacuum)\b|(?:^|;)\s*end\b/i.test(sql),
};

export const bookkeeping: Bookkeeping = {
  ...same,
  historyExists: (table) =>
    `SELECT 1 AS present FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ${stringLiteral(table)}`,
  createHistory: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, historyColumns),
    `COMMENT ON TABLE ${quote(table)} IS '${ownComment}'`,
  ],
  listHistory: (table) => `SELECT ${historyNames.join(", ")} FROM ${quote(table)} ORDER BY applied_at, name`,
  insertHistory: (table, values) =>
    `INSERT INTO ${quote(table)} (${historyNames.join(", ")}) VALUES (${values.join(", ")})`,
  deleteHistory: (table, track, name) => `DELETE FROM ${quote(table)} WHERE track = ${track} AND name = ${name}`,
  past: pastSql({
    quote,
    create: (table) => [
      block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, pastColumns),
      `COMMENT ON TABLE ${quote(table)} IS '${ownComment}'`,
    ],
  }),
  createJournal: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, journalColumns),
    `COMMENT ON TABLE ${quote(table)} IS '${ownComment}'`,
  ],
  journal,
  lock: { kind: "lease", lease },
  limits,
  checkup: {
    clock: `SELECT (EXTRACT(EPOCH FROM ${now}) * 1000)::BIGINT AS now`,
    lackingRights: `SELECT 'CREATE on schema ' || current_schema() AS lacking WHERE NOT has_schema_privilege(current_schema(), 'CREATE')`,
    rightsMayHide: true,
  },
  standsAlone,
  recoveryOf,
  classify,
};

/** 1023 is a serializable isolation violation, 1018 a table that went meanwhile: https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation.html */
function classify(failure: DatabaseFailure): ErrorClass {
  if (/\b1023\b|serializable isolation violation/i.test(failure.message)) return "busy";
  return postgres.bookkeeping.classify(failure);
}
