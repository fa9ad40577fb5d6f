import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import type { LockSql } from "../../core/ddl/lock.ts";
import { block } from "../../core/ddl/sql.ts";
import { ownTable, utcTime } from "./own-tables.ts";
import { quote } from "./quote.ts";

const leaseColumns: readonly string[] = [
  "`id` INT PRIMARY KEY",
  "`token` BIGINT NOT NULL",
  "`owner` VARCHAR(255)",
  "`host` VARCHAR(255)",
  "`pid` BIGINT",
  "`user` VARCHAR(255)",
  "`since` DATETIME(3)",
  "`seen` DATETIME(3)",
  "`ends` DATETIME(3)",
];

/** Named locks are the server's, not the database's, and their names have 64 characters at most. */
const lockName = "CONCAT('godwit ', LEFT(SHA2(DATABASE(), 256), 16), ' ', ?)";

/** Without the right PROCESS, only sessions of the same user are seen. */
const named = (name: string) => ({
  tryAcquire: `SELECT GET_LOCK(${name}, 0) AS locked`,
  release: `SELECT RELEASE_LOCK(${name}) AS released`,
  holder: `SELECT l.id AS pid, p.user AS user, SUBSTRING_INDEX(p.host, ':', 1) AS host
FROM (SELECT IS_USED_LOCK(${name}) AS id) AS l LEFT JOIN information_schema.processlist AS p ON p.id = l.id
WHERE l.id IS NOT NULL`,
});

/** The lock survives the commits that DDL makes. */
export const sessionLock: Extract<LockSql, { kind: "session" }> = {
  kind: "session",
  ...named(lockName),
  others: { ...named("?"), place: "SELECT DATABASE() AS `database`, DATABASE() AS `schema`", keys: "name" },
  terminate: `KILL IF((@godwit_holder := IS_USED_LOCK(${lockName})) = ?, @godwit_holder, 0)`,
};

/** The table and its row in one statement: of two sessions that run it at once, the second fails. */
export const lease: LeaseSql = leaseWith((table) => [
  `${block(`CREATE TABLE ${quote(table)}`, leaseColumns)} ${ownTable}\nSELECT 1 AS \`id\`, 0 AS \`token\``,
]);

/** A lease whose table and row are made in another way. */
export function leaseWith(
  create: (table: string, columns: readonly string[], options: string) => readonly string[],
): LeaseSql {
  return leaseSql({
    quote,
    placeholder: () => "?",
    now: "UTC_TIMESTAMP(3)",
    later: (milliseconds) => `UTC_TIMESTAMP(3) + INTERVAL ${milliseconds} * 1000 MICROSECOND`,
    iso: utcTime,
    create: (table) => create(table, leaseColumns, ownTable),
  });
}
