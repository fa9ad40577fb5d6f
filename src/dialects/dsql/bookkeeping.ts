import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import { block, type Quote } from "../../core/ddl/sql.ts";
import postgres, { historyComment, utcTime } from "../postgres/dialect.ts";
import { recoveryOf, standsAlone } from "./alone.ts";

/**
 * As in PostgreSQL, with a lock that needs no session and no waiting: transactions there never wait for one another, and of two that change the
 * same row, the second to commit fails.
 */
export function bookkeeping(quote: Quote): Bookkeeping {
  const {
    lease: _,
    extensionAvailable: __,
    progress: ___,
    place: ____,
    sinceBegin: _____,
    ...same
  } = postgres.bookkeeping;
  return {
    ...same,
    lock: { kind: "lease", lease: lease(quote) },
    // It takes neither lock_timeout nor statement_timeout; a transaction ends after five minutes by itself.
    limits: { session: () => [], reset: [], patient: () => false, repeatable: () => true },
    standsAlone,
    recoveryOf,
    classify,
  };
}

const now = "pg_catalog.clock_timestamp()";

function lease(quote: Quote): LeaseSql {
  const { hold: _, ...words } = leaseSql({
    quote,
    placeholder: (n) => `$${n}`,
    now,
    later: (milliseconds) => `${now} + ${milliseconds}::FLOAT8 * INTERVAL '1 millisecond'`,
    iso: utcTime,
    create: (table) => [
      block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
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
      `INSERT INTO ${quote(table)} (id, token) VALUES (1, 0) ON CONFLICT (id) DO NOTHING`,
    ],
  });
  return {
    ...words,
    // One statement that takes what is as it was seen: https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-concurrency-control.html
    take: (table) => `${words.take(table)} WHERE token = $6 AND (owner IS NULL OR ends <= ${now})`,
  };
}

/** OC000: another transaction changed the row; OC001: the schema is another one by now. Either is 40001, and gone when it is done again. */
function classify(failure: DatabaseFailure): ErrorClass {
  if (/\bOC0\d\d\b/.test(failure.message)) return "busy";
  return ownClasses[failure.code ?? ""] ?? postgres.bookkeeping.classify(failure);
}

const ownClasses: Readonly<Record<string, ErrorClass>> = {
  // Connections come too fast for the moment.
  "53400": "connection",
};
