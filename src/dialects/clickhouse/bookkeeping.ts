import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { lock } from "./lock.ts";
import { createJournal, history, journal, past } from "./own-tables.ts";
import { stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

export const bookkeeping: Bookkeeping = {
  historyExists: (table) =>
    `SELECT 1 AS present FROM system.tables WHERE database = currentDatabase() AND name = ${stringLiteral(table)}`,
  createHistory: history.create,
  listHistory: history.list,
  insertHistory: history.insert,
  insertReplaces: true,
  deleteHistory: history.delete,
  past,
  createJournal,
  journal,
  lock,
  limits: {
    // In seconds, both; a fraction counts.
    session: ({ lockMs, statementMs }) => [
      ...(lockMs === undefined ? [] : [`SET lock_acquire_timeout = ${lockMs === 0 ? forEver : lockMs / 1000}`]),
      ...(statementMs === undefined ? [] : [`SET max_execution_time = ${statementMs / 1000}`]),
    ],
    reset: ["SET lock_acquire_timeout = DEFAULT", "SET max_execution_time = DEFAULT"],
    patient: () => false,
    // What could not get its lock has done nothing; of several statements, some may have been done before it.
    repeatable: (sql) => splitScript(sql, scriptSyntax).length < 2,
  },
  checkup: {
    clock: "SELECT toUnixTimestamp64Milli(now64(3)) AS now",
    // CHECK GRANT, which answers for one right at a time, is younger than many servers; all that can be read by everybody is this.
    lackingRights:
      "SELECT 'writing (the user or the server is set to readonly)' AS lacking WHERE toUInt64(getSetting('readonly')) = 1",
    rightsMayHide: true,
  },
  progress: {
    session: "SELECT getSetting('log_comment') AS id",
    query: `SELECT 'rows' AS phase, toInt64(read_rows) AS done, if(total_rows_approx = 0, NULL, toInt64(greatest(total_rows_approx, read_rows))) AS total
FROM system.processes WHERE Settings['log_comment'] = {p1:String} AND read_rows > 0 LIMIT 1`,
  },
  standsAlone,
  recoveryOf,
  begin: "",
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify,
};

/** A year. */
const forEver = 31_536_000;

function classify({ code = "", message }: DatabaseFailure): ErrorClass {
  const named = Object.entries(names).find(([, codes]) => codes.includes(code));
  return (named?.[0] as ErrorClass | undefined) ?? byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? "other";
}

/** Some refusals share a code with others: ILLEGAL_COLUMN, BAD_ARGUMENTS. */
const byMessage: readonly (readonly [RegExp, ErrorClass])[] = [
  [/with this name already exists|already exists/i, "already-exists"],
  [/Wrong (?:index|column|constraint|projection) name|Cannot find (?:index|column)/i, "not-found"],
];

/** https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const names: Readonly<Partial<Record<ErrorClass, readonly string[]>>> = {
  "already-exists": [
    "TABLE_ALREADY_EXISTS",
    "DATABASE_ALREADY_EXISTS",
    "DUPLICATE_COLUMN",
    "DICTIONARY_ALREADY_EXISTS",
    "FUNCTION_ALREADY_EXISTS",
    "NAMED_COLLECTION_ALREADY_EXISTS",
    "ACCESS_ENTITY_ALREADY_EXISTS",
  ],
  "not-found": [
    "UNKNOWN_TABLE",
    "UNKNOWN_DATABASE",
    "UNKNOWN_IDENTIFIER",
    "NO_SUCH_COLUMN_IN_TABLE",
    "THERE_IS_NO_COLUMN",
    "NOT_FOUND_COLUMN_IN_BLOCK",
    "UNKNOWN_DICTIONARY",
    "NO_SUCH_PROJECTION_IN_TABLE",
    "UNKNOWN_USER",
    "UNKNOWN_ROLE",
  ],
  busy: [
    "DEADLOCK_AVOIDED",
    "CANNOT_ASSIGN_ALTER",
    "SESSION_IS_LOCKED",
    "TOO_MANY_SIMULTANEOUS_QUERIES",
    "TOO_MANY_PARTS",
  ],
  connection: [
    "NETWORK_ERROR",
    "SOCKET_TIMEOUT",
    "CANNOT_READ_FROM_SOCKET",
    "CANNOT_WRITE_TO_SOCKET",
    "SERVER_OVERLOADED",
  ],
  permission: [
    "ACCESS_DENIED",
    "READONLY",
    "TABLE_IS_READ_ONLY",
    "AUTHENTICATION_FAILED",
    "REQUIRED_PASSWORD",
    "QUERY_IS_PROHIBITED",
  ],
  constraint: ["VIOLATED_CONSTRAINT", "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN"],
  syntax: ["SYNTAX_ERROR"],
};
