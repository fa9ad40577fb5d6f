import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import { pastKey, pastNames } from "../../core/ddl/own-columns.ts";
import { endLength, type PastSql } from "../../core/ddl/past.ts";
import { block } from "../../core/ddl/sql.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { describeTable, recoveryOf, standsAlone } from "./alone.ts";
import { historyColumns, journalColumns, leaseColumns, nameOf, pastColumns } from "./own-tables.ts";
import { quote } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** The moment when the query came: https://ydb.tech/docs/en/yql/reference/builtins/basic#current-utc */
const now = "CurrentUtcTimestamp()";

const list = (columns: readonly string[]): string => columns.map((column) => quote(nameOf(column))).join(", ");

const create = (table: string, columns: readonly string[], key: readonly string[]): string =>
  block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
    ...columns.map((column) => `${quote(nameOf(column))}${column.slice(nameOf(column).length)}`),
    `PRIMARY KEY (${key.map(quote).join(", ")})`,
  ]);

const { hold: _, ...words } = leaseSql({
  quote,
  placeholder: (n) => `$p${n}`,
  now,
  later: (milliseconds) => `${now} + CAST(${milliseconds} * 1000l AS Interval)`,
  iso: (time) => `CAST(${time} AS Utf8)`,
  create: (table) => [
    create(table, leaseColumns, ["id"]),
    `INSERT INTO ${quote(table)} (\`id\`, \`token\`) VALUES (1, 0)`,
  ],
});

/**
 * Of two transactions that change one row, the first to commit wins and the other one is aborted (https://ydb.tech/docs/en/concepts/transactions), so that one statement takes what is as
 * it was seen. How many rows it changed is told by those that it returns: https://ydb.tech/docs/en/yql/reference/syntax/returning
 */
const lease: LeaseSql = {
  ...words,
  take: (table) =>
    `${words.take(table)} WHERE \`token\` = $p6 AND (\`owner\` IS NULL OR \`ends\` <= ${now}) RETURNING \`id\``,
  renew: (table) => `${words.renew(table)} RETURNING \`id\``,
  free: (table) => `${words.free(table)} RETURNING \`id\``,
};

/** What a query gives goes to the columns of its names: https://ydb.tech/docs/en/yql/reference/syntax/upsert_into */
const past: PastSql = {
  create: (table) => [create(table, pastColumns, pastKey)],
  list: (table) => `SELECT ${list(pastColumns)} FROM ${quote(table)} ORDER BY \`ended_at\``,
  keep: (tables, { track, name }, end) => {
    const said = pastNames.slice(-endLength).map((column, i) => `${end[i]} AS ${quote(column)}`);
    return `UPSERT INTO ${quote(tables.past)} SELECT ${list(historyColumns)}, ${said.join(", ")} FROM ${quote(tables.history)} WHERE \`track\` = ${track} AND \`name\` = ${name}`;
  },
};

export const bookkeeping: Bookkeeping = {
  historyExists: describeTable,
  createHistory: (table) => [create(table, historyColumns, ["track", "name"])],
  listHistory: (table) => `SELECT ${list(historyColumns)} FROM ${quote(table)} ORDER BY \`applied_at\`, \`name\``,
  insertHistory: (table, values) =>
    `UPSERT INTO ${quote(table)} (${list(historyColumns)}) VALUES (${values.join(", ")})`,
  insertReplaces: true,
  deleteHistory: (table, track, name) =>
    `DELETE FROM ${quote(table)} WHERE \`track\` = ${track} AND \`name\` = ${name}`,
  past,
  createJournal: (table) => [create(table, journalColumns, ["track", "name", "position"])],
  lock: { kind: "lease", lease },
  // Nothing waits for another transaction there, and a query has no limit that could be set for a session.
  limits: {
    session: () => [],
    reset: [],
    patient: () => false,
    repeatable: (sql, inTransaction) => inTransaction || splitScript(sql, scriptSyntax).length < 2,
  },
  checkup: {
    clock: `SELECT CAST(${now} AS Uint64) / 1000ul AS \`now\``,
    // Rights come with directories and groups, and nothing lists them for a user in one query.
    lackingRights: "SELECT 'nothing' AS `lacking` FROM (SELECT 1 AS `one`) WHERE `one` = 0",
    rightsMayHide: true,
  },
  standsAlone,
  recoveryOf,
  begin: "BEGIN",
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify,
};

/** Several statuses stand for anything that may be wrong, so that words count first. */
function classify({ code = "", message }: DatabaseFailure): ErrorClass {
  return messages.find(([pattern]) => pattern.test(message))?.[1] ?? statuses[code] ?? "other";
}

/** https://ydb.tech/docs/en/reference/ydb-sdk/ydb-status-codes */
const statuses: Readonly<Record<string, ErrorClass>> = {
  ALREADY_EXISTS: "already-exists",
  NOT_FOUND: "not-found",
  ABORTED: "busy",
  OVERLOADED: "busy",
  UNAVAILABLE: "busy",
  SESSION_BUSY: "busy",
  BAD_SESSION: "connection",
  SESSION_EXPIRED: "connection",
  UNAUTHORIZED: "permission",
  PRECONDITION_FAILED: "constraint",
};

const messages: readonly (readonly [RegExp, ErrorClass])[] = [
  [/path exist, request|already exists|column .* already exist|duplicate column/i, "already-exists"],
  [
    /does not exist or you do not have access|path (?:hasn't|has not) been resolved|Member not found|Cannot find table|No such column|unknown column|path does not exist/i,
    "not-found",
  ],
  [/Transaction locks invalidated|path is under operation|another .*operation|overloaded/i, "busy"],
  [/Access denied|permission denied|not authorized/i, "permission"],
  [/Conflict with existing key|Duplicated keys|not null column|Validation failed for SET NOT NULL/i, "constraint"],
  [
    /mismatched input|extraneous input|no viable alternative|token recognition error|Unexpected token|missing .* at/i,
    "syntax",
  ],
];
