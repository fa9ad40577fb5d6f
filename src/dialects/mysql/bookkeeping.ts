import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { historyNames } from "../../core/ddl/own-columns.ts";
import { pastSql } from "../../core/ddl/past.ts";
import { block } from "../../core/ddl/sql.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { checkup } from "./checkup.ts";
import { limits } from "./limits.ts";
import { lease, sessionLock } from "./locks.ts";
import { historyColumns, journalColumns, ownTable, pastColumns, utcTime } from "./own-tables.ts";
import { progress } from "./progress.ts";
import { quote, stringLiteral } from "./quote.ts";

const columns = historyNames.map(quote).join(", ");

/** Where `applied_at` stands among them. MariaDB takes no zone, and MySQL not all of them. */
const appliedAt = historyNames.indexOf("applied_at");
const plainTime = (value: string): string => `REPLACE(TRIM(TRAILING 'Z' FROM ${value}), 'T', ' ')`;

export const bookkeeping: Bookkeeping = {
  historyExists: (table) =>
    `SELECT 1 AS present FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)}`,
  createHistory: (table) => [`${block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, historyColumns)} ${ownTable}`],
  listHistory: (table) =>
    `SELECT ${columns.replace("`applied_at`", `${utcTime("h.`applied_at`")} AS \`applied_at\``)} FROM ${quote(table)} AS h ORDER BY h.\`applied_at\`, \`name\``,
  insertHistory: (table, values) =>
    `INSERT INTO ${quote(table)} (${columns}) VALUES (${values.map((value, i) => (i === appliedAt ? plainTime(value) : value)).join(", ")})`,
  deleteHistory: (table, track, name) =>
    `DELETE FROM ${quote(table)} WHERE \`track\` = ${track} AND \`name\` = ${name}`,
  past: pastSql({
    quote,
    iso: utcTime,
    time: plainTime,
    create: (table) => [`${block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, pastColumns)} ${ownTable}`],
  }),
  createJournal: (table) => [`${block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, journalColumns)} ${ownTable}`],
  lock: sessionLock,
  lease,
  limits,
  checkup,
  progress,
  standsAlone,
  recoveryOf,
  begin: "START TRANSACTION",
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify,
};

function classify({ code = "" }: DatabaseFailure): ErrorClass {
  return classes[code] ?? "other";
}

const numbersOf = (numbers: readonly (number | string)[], kind: ErrorClass): Readonly<Record<string, ErrorClass>> =>
  Object.fromEntries(numbers.map((number) => [String(number), kind]));

/** By number: https://mariadb.com/kb/en/mariadb-error-code-reference/, https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const classes: Readonly<Record<string, ErrorClass>> = {
  ...numbersOf([1007, 1022, 1050, 1060, 1061, 1068, 1304, 1359, 1396, 1537, 1826, 3822], "already-exists"),
  ...numbersOf(
    [1008, 1049, 1051, 1054, 1072, 1091, 1109, 1141, 1146, 1176, 1305, 1360, 1539, 1824, 3821, 4031, 4092],
    "not-found",
  ),
  ...numbersOf([1205, 1213, 3572], "busy"),
  ...numbersOf([1044, 1045, 1142, 1143, 1227, 1290, 1370, 1698, 1792, 1820, 1836, 1862], "permission"),
  ...numbersOf([1048, 1062, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 1761, 1762, 3819, 4025], "constraint"),
  ...numbersOf([1064, 1149], "syntax"),
  ...numbersOf(
    [
      1040,
      1053,
      1079,
      1080,
      1152,
      1153,
      1203,
      1927,
      "ECONNREFUSED",
      "ECONNRESET",
      "ENOTFOUND",
      "EPIPE",
      "ETIMEDOUT",
      "PROTOCOL_CONNECTION_LOST",
    ],
    "connection",
  ),
};
