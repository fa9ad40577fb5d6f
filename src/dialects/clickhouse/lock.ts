import type { SwapLockSql } from "../../core/ddl/lock.ts";
import { ownComment } from "../../core/ddl/own-columns.ts";
import { quote, stringLiteral } from "./quote.ts";

const freeLock = "free";

/**
 * ClickHouse has no row that one can change only if it is as one expects. But a table refuses to rename a column that it does not have, and
 * does one ALTER TABLE at a time. So the name of the only column of an empty table is the state of the lock. On a replicated table the same
 * goes for all replicas, because an ALTER TABLE counts only on the version of the table that it has seen.
 */
export const lock: SwapLockSql = {
  kind: "swap",
  create: (table) => [
    `CREATE TABLE IF NOT EXISTS ${quote(table)} (${quote(freeLock)} UInt8) ENGINE = MergeTree ORDER BY tuple() COMMENT '${ownComment}'`,
  ],
  free: freeLock,
  state: (table) =>
    `SELECT replaceAll(replaceAll(name, '%2E', '.'), '%25', '%') AS state FROM system.columns WHERE database = currentDatabase() AND table = ${stringLiteral(table)}`,
  swap: (table, from, to) => `ALTER TABLE ${quote(table)} RENAME COLUMN ${columnNamed(from)} TO ${columnNamed(to)}`,
};

/** Longer than names of fields may be: nothing is ever stored in this column. A dot would mean a part of a nested column. */
const columnNamed = (state: string): string =>
  `\`${state.replaceAll("%", "%25").replaceAll(".", "%2E").replace(/[\\`]/g, "\\$&")}\``;
