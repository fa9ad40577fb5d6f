import type { SwapLockSql } from "../../core/ddl/lock.ts";
import { ownComment } from "../../core/ddl/own-columns.ts";
import { quote, stringLiteral } from "./quote.ts";

const freeLock = "free";

/**
 * Of two UPDATEs of one row at once, both say that they have changed it, so that a row cannot be a lock. But a table refuses to rename a column that it
 * does not have, and does one change at a time, wherever in the cluster it was asked for. So the name of the second column of an empty table is the
 * state of the lock, in hexadecimal digits, because names have letters, digits and underscores only. It takes StarRocks 3.3.2, which renames columns:
 * https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/ALTER_TABLE/#rename-a-column
 */
export const lock: SwapLockSql = {
  kind: "swap",
  create: (table) => [
    `CREATE TABLE IF NOT EXISTS ${quote(table)} (\`id\` INT NOT NULL, ${columnNamed(freeLock)} INT NULL)
DUPLICATE KEY (\`id\`)
COMMENT '${ownComment}'
DISTRIBUTED BY HASH(\`id\`) BUCKETS 1`,
  ],
  free: freeLock,
  state: (table) =>
    `SELECT UNHEX(SUBSTRING(column_name, 3)) AS \`state\` FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)} AND column_name LIKE 's\\\\_%'`,
  swap: (table, from, to) => `ALTER TABLE ${quote(table)} RENAME COLUMN ${columnNamed(from)} TO ${columnNamed(to)}`,
};

const columnNamed = (state: string): string =>
  `\`s_${Array.from(new TextEncoder().encode(state), (byte) => byte.toString(16).padStart(2, "0")).join("")}\``;
