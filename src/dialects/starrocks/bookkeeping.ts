import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import mysql from "../mysql/dialect.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { lock } from "./lock.ts";
import { createJournal, history, journal, past } from "./own-tables.ts";
import { stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

export const bookkeeping: Bookkeeping = {
  historyExists: (table) =>
    `SELECT 1 AS \`present\` FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)}`,
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
    // Nothing waits for a table there. In whole seconds: https://docs.starrocks.io/docs/sql-reference/System_variable/#query_timeout
    session: ({ statementMs }) =>
      statementMs === undefined ? [] : [`SET SESSION query_timeout = ${Math.max(1, Math.ceil(statementMs / 1000))}`],
    reset: ["SET SESSION query_timeout = DEFAULT"],
    patient: () => false,
    repeatable: (sql) => splitScript(sql, scriptSyntax).length < 2,
  },
  checkup: {
    clock: "SELECT UNIX_TIMESTAMP() * 1000 AS `now`",
    // Rights come with roles, and nothing lists them for a user in one query.
    lackingRights: "SELECT 'nothing' AS `lacking` FROM (SELECT 1 AS `one`) AS `row_` WHERE `one` = 0",
    rightsMayHide: true,
  },
  standsAlone,
  recoveryOf,
  begin: "",
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify,
};

/** Most refusals have the number 1064, whatever they are about, so that their words count first. */
function classify(failure: DatabaseFailure): ErrorClass {
  const { code = "", message } = failure;
  return (
    numbers[code] ??
    messages.find(([pattern]) => pattern.test(message))?.[1] ??
    (code === "1064" ? "other" : mysql.bookkeeping.classify(failure))
  );
}

/** https://github.com/StarRocks/starrocks/blob/main/fe/fe-core/src/main/java/com/starrocks/common/ErrorCode.java */
const numbers: Readonly<Record<string, ErrorClass>> = {
  5203: "permission",
  5502: "not-found",
  5509: "not-found",
  5513: "busy",
};

const messages: readonly (readonly [RegExp, ErrorClass])[] = [
  [/already exists?|Duplicate column name|has existed/i, "already-exists"],
  [
    /Unknown (?:table|column|database|index)|does(?: not|n't) exist|not exist|cannot be resolved|is not found|can't find/i,
    "not-found",
  ],
  [
    /not (?:in )?NORMAL|is under (?:schema change|rollup)|has (?:unfinished|another) alter|state is [A-Z_]+\. ?Do not/i,
    "busy",
  ],
  [/Access denied/i, "permission"],
  [/NULL value in non-nullable|null value.*not nullable|not support null|must not be null/i, "constraint"],
  [/Getting syntax error|No viable statement|Unexpected input|mismatched input/i, "syntax"],
];
