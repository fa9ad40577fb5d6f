import type { Bookkeeping, ErrorClass } from "../../core/ddl/dialect.ts";
import { block, type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { limits } from "./limits.ts";

/** A comment that marks the history table, whatever its name is, so that introspection can leave it out. */
export const historyComment = "history of godwit";

const utcTime = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The session that holds the key $1. The two halves of a 64-bit key are unsigned in pg_locks; objsubid 1 marks such a key. */
const lockHolders = `pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND l.classid::BIGINT = ($1::BIGINT >> 32) & 4294967295 AND l.objid::BIGINT = $1::BIGINT & 4294967295`;

export const bookkeeping = (quote: Quote): Bookkeeping => ({
  historyExists: (table) =>
    `SELECT 1 AS present FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ${stringLiteral(table)}`,
  createHistory: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
      "track TEXT NOT NULL",
      "name TEXT NOT NULL",
      "checksum TEXT NOT NULL",
      "state TEXT NOT NULL",
      "steps_done INTEGER NOT NULL",
      "applied_at TIMESTAMPTZ NOT NULL",
      "duration_ms BIGINT NOT NULL",
      "tool_version TEXT NOT NULL",
      "applied_by TEXT NOT NULL",
      "PRIMARY KEY (track, name)",
    ]),
    `COMMENT ON TABLE ${quote(table)} IS '${historyComment}'`,
  ],
  listHistory: (table) =>
    `SELECT track, name, checksum, state, steps_done, ${utcTime("applied_at")} AS applied_at, duration_ms, tool_version, applied_by FROM ${quote(table)} AS h ORDER BY h.applied_at, name`,
  insertHistory: (table) =>
    `INSERT INTO ${quote(table)} (track, name, checksum, state, steps_done, applied_at, duration_ms, tool_version, applied_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  deleteHistory: (table) => `DELETE FROM ${quote(table)} WHERE track = $1 AND name = $2`,
  createJournal: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
      "track TEXT NOT NULL",
      "name TEXT NOT NULL",
      "position INTEGER NOT NULL",
      "sql_hash TEXT NOT NULL",
      "statement TEXT NOT NULL",
      "trace TEXT",
      "started_at TEXT NOT NULL",
      "finished_at TEXT",
      "error TEXT",
      "PRIMARY KEY (track, name, position)",
    ]),
  ],
  lock: {
    kind: "session",
    tryAcquire: "SELECT pg_catalog.pg_try_advisory_lock($1::BIGINT) AS locked",
    release: "SELECT pg_catalog.pg_advisory_unlock($1::BIGINT) AS released",
    holder: `SELECT a.pid, a.usename AS "user", COALESCE(a.client_hostname, host(a.client_addr), 'localhost') AS host, ${utcTime("a.backend_start")} AS since
FROM ${lockHolders}`,
    terminate: `SELECT pg_catalog.pg_terminate_backend(a.pid) AS terminated FROM ${lockHolders} AND a.pid = $2::INT`,
  },
  limits,
  standsAlone,
  recoveryOf,
  begin: "BEGIN",
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify: ({ code }) => classes[code ?? ""] ?? classOfGroup[code?.slice(0, 2) ?? ""] ?? "other",
});

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const classes: Readonly<Record<string, ErrorClass>> = {
  "42P06": "already-exists",
  "42P07": "already-exists",
  "42701": "already-exists",
  "42710": "already-exists",
  "42723": "already-exists",
  "42P01": "not-found",
  "42703": "not-found",
  "42704": "not-found",
  "42883": "not-found",
  "3F000": "not-found",
  "42501": "permission",
  "25006": "permission",
  "42601": "syntax",
  "55P03": "busy",
  "40001": "busy",
  "40P01": "busy",
  "57P01": "connection",
  "57P02": "connection",
  "57P03": "connection",
  "57P05": "connection",
  "53300": "connection",
  CONNECTION_CLOSED: "connection",
  CONNECTION_ENDED: "connection",
  CONNECTION_DESTROYED: "connection",
  CONNECT_TIMEOUT: "connection",
  ECONNRESET: "connection",
  ECONNREFUSED: "connection",
  ENOTFOUND: "connection",
  EPIPE: "connection",
  ETIMEDOUT: "connection",
};

const classOfGroup: Readonly<Record<string, ErrorClass>> = {
  "08": "connection",
  "23": "constraint",
  "28": "permission",
};
