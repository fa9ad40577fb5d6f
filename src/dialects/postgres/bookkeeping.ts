import type { Bookkeeping, ErrorClass } from "../../core/ddl/dialect.ts";
import { historyNames } from "../../core/ddl/own-columns.ts";
import { pastSql } from "../../core/ddl/past.ts";
import { block, type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { checkup } from "./checkup.ts";
import { limits } from "./limits.ts";
import { lease, sessionLock } from "./locks.ts";
import { extensionAvailable, namespace } from "./namespace.ts";
import { historyColumns, historyComment, journalColumns, pastColumns, utcTime } from "./own-tables.ts";
import { place } from "./place.ts";
import { progress } from "./progress.ts";

export const bookkeeping = (quote: Quote): Bookkeeping => ({
  historyExists: (table) =>
    `SELECT 1 AS present FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ${stringLiteral(table)}`,
  createHistory: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, historyColumns),
    `COMMENT ON TABLE ${quote(table)} IS '${historyComment}'`,
  ],
  listHistory: (table) =>
    `SELECT track, name, checksum, state, steps_done, ${utcTime("applied_at")} AS applied_at, duration_ms, tool_version, applied_by FROM ${quote(table)} AS h ORDER BY h.applied_at, name`,
  insertHistory: (table, values) =>
    `INSERT INTO ${quote(table)} (${historyNames.join(", ")}) VALUES (${values.join(", ")})`,
  sinceBegin: {
    ms: "(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::bigint",
    after: (time) => `${time}::timestamptz + (clock_timestamp() - transaction_timestamp())`,
    msSince: ({ table, track, name }, time) =>
      `(extract(epoch FROM ${time} - (SELECT h.applied_at FROM ${quote(table)} AS h WHERE h.track = ${track} AND h.name = ${name})) * 1000)::bigint`,
    telling: (insert) => `${insert} RETURNING duration_ms`,
  },
  deleteHistory: (table, track, name) => `DELETE FROM ${quote(table)} WHERE track = ${track} AND name = ${name}`,
  past: pastSql({
    quote,
    iso: utcTime,
    create: (table) => [
      block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, pastColumns),
      `COMMENT ON TABLE ${quote(table)} IS '${historyComment}'`,
    ],
  }),
  createJournal: (table) => [block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, journalColumns)],
  lock: sessionLock,
  lease: lease(quote),
  limits,
  checkup,
  progress,
  namespace: namespace(quote),
  extensionAvailable,
  place,
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
