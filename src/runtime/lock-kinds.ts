import type { LockingTool } from "../core/adopt/locks.ts";
import type { LockSql, SessionLockSql } from "../core/ddl/lock.ts";
import { ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import { leaseHolder, leaseLock } from "./lease.ts";
import { holderOf, type Lock, type LockHolder } from "./lock-holder.ts";
import type { LockMode } from "./lock-mode.ts";
import { withOthersLocks } from "./others-locks.ts";
import { leaseTableOf, lockTableOf, type Pulse, rowLock } from "./row-lock.ts";
import { swapLock } from "./swap-lock.ts";

/** Advisory locks have 64-bit numbers and are per database; the name of the history table tells projects in one database apart. */
export const lockKey = (table: string): string =>
  BigInt.asIntN(64, BigInt(`0x${Bun.SHA256.hash(`godwit\0${table}`, "hex").slice(0, 16)}`)).toString();

/** What the lock of a dialect is in this mode. Throws ToolError `config` for a mode that it does not have. */
export function lockSqlOf({ dialect }: Database, mode: LockMode | undefined): LockSql {
  const { lock, lease } = dialect.bookkeeping;
  const [here, there] = lock.kind === "session" ? (["session", "table"] as const) : (["table", "session"] as const);
  if (mode === undefined || mode === here) return lock;
  if (mode === "table" && lease) return { kind: "lease", lease };
  throw new ToolError("config", `${dialect.title} has no lock: ${there}; use lock: ${here}, or leave it out`, { mode });
}

/**
 * Where the row of the lock is. A database that knows no other lock than the lease has a table of its own for it: what runs on SQLite and on
 * a server made of it meets the table of the other in one and the same file.
 */
export const lockTableFor = ({ dialect }: Database, historyTable: string): string =>
  dialect.bookkeeping.lock.kind === "lease" ? leaseTableOf(historyTable) : lockTableOf(historyTable);

export interface LockPlace {
  /** Name of the history table. */
  readonly table: string;
  readonly mode?: LockMode | undefined;
  readonly pulse?: Pulse | undefined;
  /** Other tools that must not run meanwhile. */
  readonly also?: readonly LockingTool[] | undefined;
}

/** The lock of the runs with this history, with those of other tools where they are to be taken too. Throws ToolError `config` for a mode that the dialect does not have. */
export function openLock(database: Database, place: LockPlace): Lock {
  const own = openOwnLock(database, place);
  const others = place.also ?? [];
  return others.length === 0 ? own : withOthersLocks(database, own, others);
}

function openOwnLock(database: Database, { table, mode, pulse }: LockPlace): Lock {
  const sql = lockSqlOf(database, mode);
  const lockTable = lockTableFor(database, table);
  if (sql.kind === "row") return rowLock(database, sql, lockTable, pulse);
  if (sql.kind === "swap") return swapLock(database, sql, lockTable, pulse);
  const { lock, lease } = database.dialect.bookkeeping;
  if (sql.kind === "lease") {
    const own = leaseLock(database, sql.lease, lockTable, pulse);
    return lock.kind === "session" ? exceptWhile(() => sessionHolder(database, lock, table), own) : own;
  }
  const own = sessionLock(database, sql, table);
  return lease ? exceptWhile(() => leaseHolder(database, lease, lockTable), own) : own;
}

const sessionHolder = async (
  { driver }: Database,
  sql: SessionLockSql,
  table: string,
): Promise<LockHolder | undefined> => holderOf((await driver.query(sql.holder, [lockKey(table)]))[0]);

function sessionLock(database: Database, sql: SessionLockSql, table: string): Lock {
  const { driver } = database;
  const key = lockKey(table);
  return {
    tryAcquire: async () => Boolean((await driver.query(sql.tryAcquire, [key]))[0]?.["locked"]),
    holder: () => sessionHolder(database, sql, table),
    // A connection that broke has given its lock back already, and its error has been reported where it broke.
    release: () => driver.query(sql.release, [key]).then(noop, noop),
  };
}

/**
 * A lock that is had only while nobody has one of the other kind, so that runs which do not agree on the kind keep out of each other's way
 * all the same. Each takes its own first and looks at the other then: of two that do so at once, at most one goes on.
 */
const exceptWhile = (other: () => Promise<LockHolder | undefined>, lock: Lock): Lock => ({
  ...lock,
  tryAcquire: async () => {
    if (!(await lock.tryAcquire())) return false;
    if (!(await other())) return true;
    await lock.release();
    return false;
  },
  holder: async () => (await lock.holder()) ?? other(),
});

const noop = (): void => undefined;
