import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import { historyNames } from "../../core/ddl/own-columns.ts";
import { pastSql } from "../../core/ddl/past.ts";
import { block, stringLiteral } from "../../core/ddl/sql.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { historyColumns, journalColumns, leaseColumns, ownComment, pastColumns } from "./own-tables.ts";
import { quote } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** The moment when the statement came: an UPDATE that waits for another one takes nothing that ended meanwhile. */
const now = "STATEMENT_TIMESTAMP()";

const columns = historyNames.join(", ");
const described = (table: string): string => `COMMENT ON TABLE ${quote(table)} IS '${ownComment}'`;

const { hold: _, ...words } = leaseSql({
  quote,
  placeholder: () => "?",
  now,
  later: (milliseconds) => `TIMESTAMPADD(MICROSECOND, ${milliseconds}::INTEGER * 1000, ${now})`,
  iso: (time) => `TO_CHAR(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  create: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, leaseColumns(quote)),
    described(table),
    `INSERT INTO ${quote(table)} (id, token) VALUES (1, 0)`,
  ],
});

/** An UPDATE holds the whole table (https://docs.vertica.com/24.1.x/en/admin/db-locks/lock-modes/); of two that take what they both saw, the second finds another token. */
const lease: LeaseSql = {
  ...words,
  take: (table) => `${words.take(table)} WHERE token = ? AND (owner IS NULL OR ends <= ${now})`,
};

export const bookkeeping: Bookkeeping = {
  historyExists: (table) =>
    `SELECT 1 AS present FROM v_catalog.tables WHERE table_schema = CURRENT_SCHEMA() AND table_name ILIKE ${stringLiteral(table.replaceAll("_", "\\_"))}`,
  createHistory: (table) => [block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, historyColumns), described(table)],
  listHistory: (table) => `SELECT ${columns} FROM ${quote(table)} ORDER BY applied_at, name`,
  insertHistory: (table, values) => `INSERT INTO ${quote(table)} (${columns}) VALUES (${values.join(", ")})`,
  deleteHistory: (table, track, name) => `DELETE FROM ${quote(table)} WHERE track = ${track} AND name = ${name}`,
  past: pastSql({
    quote,
    create: (table) => [block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, pastColumns), described(table)],
  }),
  createJournal: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, journalColumns(quote)),
    described(table),
  ],
  lock: { kind: "lease", lease },
  limits: {
    // Not strictly, and of what waits for a lock the server decides: https://docs.vertica.com/24.1.x/en/sql-reference/statements/set-statements/set-session-runtimecap/
    session: ({ statementMs }) =>
      statementMs === undefined || statementMs === 0
        ? []
        : [`SET SESSION RUNTIMECAP '${Math.max(1, Math.ceil(statementMs / 1000))} seconds'`],
    reset: ["SET SESSION RUNTIMECAP =DEFAULT"],
    patient: () => false,
    repeatable: (sql) => splitScript(sql, scriptSyntax).length < 2 && !/^\s*(?:call|do|copy)\b/i.test(sql),
  },
  checkup: {
    clock: "SELECT (EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) * 1000)::INTEGER AS now",
    lackingRights: `SELECT 'CREATE on schema ' || CURRENT_SCHEMA() AS lacking FROM DUAL WHERE NOT HAS_SCHEMA_PRIVILEGE(CURRENT_SCHEMA(), 'CREATE')`,
    rightsMayHide: true,
  },
  standsAlone,
  recoveryOf,
  begin: "BEGIN",
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify,
};

function classify({ code = "", message }: DatabaseFailure): ErrorClass {
  return states[code] ?? messages.find(([pattern]) => pattern.test(message))?.[1] ?? "other";
}

/** By SQLSTATE: https://docs.vertica.com/24.1.x/en/error-codes/ */
const states: Readonly<Record<string, ErrorClass>> = {
  "42710": "already-exists",
  "42701": "already-exists",
  "42P06": "already-exists",
  "42P07": "already-exists",
  "42V01": "not-found",
  "42P01": "not-found",
  "42703": "not-found",
  "42704": "not-found",
  "3F000": "not-found",
  "55V03": "busy",
  "55P03": "busy",
  "40001": "busy",
  "40P01": "busy",
  "40V01": "busy",
  "42501": "permission",
  "28000": "permission",
  "23502": "constraint",
  "23505": "constraint",
  "23514": "constraint",
  "22004": "constraint",
  "42601": "syntax",
  "08000": "connection",
  "08003": "connection",
  "08006": "connection",
  "57P01": "connection",
  "57V01": "connection",
  ECONNREFUSED: "connection",
  ECONNRESET: "connection",
  EPIPE: "connection",
  ETIMEDOUT: "connection",
  ENOTFOUND: "connection",
};

const messages: readonly (readonly [RegExp, ErrorClass])[] = [
  [/already exists/i, "already-exists"],
  [/does not exist/i, "not-found"],
  [/Duplicate key values|Cannot set a NOT NULL column|violates .*constraint|Check constraint/i, "constraint"],
  [/timeout error|Deadlock|Locking failure/i, "busy"],
  [/permission denied|must be owner/i, "permission"],
  [/Syntax error/i, "syntax"],
];
