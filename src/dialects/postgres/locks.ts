import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import type { SessionLockSql } from "../../core/ddl/lock.ts";
import { block, type Quote } from "../../core/ddl/sql.ts";
import { historyComment, utcTime } from "./own-tables.ts";

/** The session that holds the key $1. The two halves of a 64-bit key are unsigned in pg_locks; objsubid 1 marks such a key. */
const lockHolders = `pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND l.classid::BIGINT = ($1::BIGINT >> 32) & 4294967295 AND l.objid::BIGINT = $1::BIGINT & 4294967295`;

const advisory = {
  tryAcquire: "SELECT pg_catalog.pg_try_advisory_lock($1::BIGINT) AS locked",
  release: "SELECT pg_catalog.pg_advisory_unlock($1::BIGINT) AS released",
  holder: `SELECT a.pid, a.usename AS "user", COALESCE(a.client_hostname, host(a.client_addr), 'localhost') AS host, ${utcTime("a.backend_start")} AS since
FROM ${lockHolders}`,
};

/** Advisory locks. */
export const sessionLock: SessionLockSql = {
  kind: "session",
  ...advisory,
  others: {
    ...advisory,
    place: "SELECT current_database() AS database, current_schema() AS schema",
    keys: "number",
  },
  terminate: `SELECT pg_catalog.pg_terminate_backend(a.pid) AS terminated FROM ${lockHolders} AND a.pid = $2::INT`,
};

export const lease = (quote: Quote): LeaseSql =>
  leaseSql({
    quote,
    placeholder: (n) => `$${n}`,
    now: "pg_catalog.clock_timestamp()",
    later: (milliseconds) => `pg_catalog.clock_timestamp() + ${milliseconds}::FLOAT8 * INTERVAL '1 millisecond'`,
    iso: utcTime,
    create: (table) => [createLease(quote, table)],
  });

/** One text is one transaction: of two that run it at once, the second fails and finds the row of the first. */
const createLease = (quote: Quote, table: string): string =>
  [
    block(`CREATE TABLE ${quote(table)}`, [
      "id INTEGER PRIMARY KEY CHECK (id = 1)",
      "token BIGINT NOT NULL",
      "owner TEXT",
      "host TEXT",
      "pid BIGINT",
      `${quote("user")} TEXT`,
      "since TIMESTAMPTZ",
      "seen TIMESTAMPTZ",
      "ends TIMESTAMPTZ",
    ]),
    `COMMENT ON TABLE ${quote(table)} IS '${historyComment}'`,
    `INSERT INTO ${quote(table)} (id, token) VALUES (1, 0)`,
  ].join(";\n");
