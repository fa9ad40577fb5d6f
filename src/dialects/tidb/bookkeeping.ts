import type { Bookkeeping, ErrorClass } from "../../core/ddl/dialect.ts";
import { block } from "../../core/ddl/sql.ts";
import mysql, { leaseWith } from "../mysql/dialect.ts";

const q = mysql.quote;

/** It has no CREATE TABLE … SELECT: https://docs.pingcap.com/tidb/stable/mysql-compatibility/#unsupported-features */
const { hold: _, ...words } = leaseWith((table, columns, options) => [
  `${block(`CREATE TABLE IF NOT EXISTS ${q(table)}`, columns)} ${options}`,
  `INSERT IGNORE INTO ${q(table)} (${q("id")}, ${q("token")}) VALUES (1, 0)`,
]);

/**
 * A row, because a lock by GET_LOCK is a transaction of the server's own, which ends after an hour (`performance.max-txn-ttl`), and because nobody
 * can be told who holds one: https://docs.pingcap.com/tidb/stable/locking-functions/. Taken by one UPDATE, for want of SKIP LOCKED.
 */
export const lease = {
  ...words,
  take: (table: string) =>
    `${words.take(table)} WHERE ${q("token")} = ? AND (${q("owner")} IS NULL OR ${q("ends")} <= UTC_TIMESTAMP(3))`,
};

const { lease: ofMysql, ...shared } = mysql.bookkeeping;

export const bookkeeping: Bookkeeping = {
  ...shared,
  lock: { kind: "lease", lease },
  // What waits for a table cannot be limited there; what waits for rows can, up to an hour.
  limits: {
    ...mysql.bookkeeping.limits,
    session: ({ lockMs }) =>
      lockMs === undefined
        ? []
        : [
            `SET SESSION innodb_lock_wait_timeout = ${lockMs === 0 ? 3600 : Math.min(3600, Math.max(1, Math.ceil(lockMs / 1000)))}`,
          ],
    reset: ["SET SESSION innodb_lock_wait_timeout = DEFAULT"],
  },
  // https://docs.pingcap.com/tidb/stable/information-schema-ddl-jobs/
  progress: {
    session: "SELECT DATABASE() AS id",
    query:
      "SELECT LOWER(job_type) AS phase, row_count AS done, NULL AS total FROM information_schema.ddl_jobs WHERE db_name = ? AND state = 'running' ORDER BY job_id DESC LIMIT 1",
  },
  classify: (failure) => classes[failure.code ?? ""] ?? mysql.bookkeeping.classify(failure),
};

/** https://docs.pingcap.com/tidb/stable/error-codes/ */
const classes: Readonly<Record<string, ErrorClass>> = {
  8002: "busy",
  8005: "busy",
  8022: "busy",
  8027: "busy",
  8028: "busy",
  9003: "busy",
  9004: "busy",
  9006: "busy",
  9007: "busy",
  9001: "connection",
  9002: "connection",
  9005: "connection",
  8121: "permission",
};
