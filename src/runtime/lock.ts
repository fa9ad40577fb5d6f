import { hostname } from "node:os";
import type { LockSql, Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { type Database, errorClass } from "./database.ts";
import { userName } from "./history.ts";

/** Who has the lock, as far as the database knows. */
export interface LockHolder {
  readonly pid?: string;
  readonly user?: string;
  readonly host?: string;
  /** ISO 8601. */
  readonly since?: string;
}

export interface LockOptions {
  /** Name of the history table: runs with different histories do not wait for each other. */
  readonly table: string;
  /** How long to wait for somebody else; default ten minutes. Zero: do not wait. */
  readonly timeoutMs?: number;
  /** Called when waiting begins and then about every five seconds. */
  readonly onWaiting?: (holder: LockHolder | undefined, waitedMs: number) => void;
  readonly signal?: AbortSignal;
}

export const defaultLockTimeoutMs = 10 * 60 * 1000;

/**
 * Runs `work` while no other process that uses the same history can. The lock is polled, never waited for inside the
 * database: a waiting query holds a snapshot, and `CREATE INDEX CONCURRENTLY` waits for it for ever. Throws ToolError
 * `lock` when the time is over, `cancelled` when the signal fires.
 */
export async function withLock<T>(database: Database, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const lock = openLock(database, options.table);
  await acquire(lock, options);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** Name of the table that holds a lock row, for databases whose lock is a row. */
export const lockTableOf = (historyTable: string): string =>
  historyTable.endsWith("_history") ? `${historyTable.slice(0, -"_history".length)}_lock` : `${historyTable}_lock`;

interface Lock {
  tryAcquire(): Promise<boolean>;
  holder(): Promise<LockHolder | undefined>;
  release(): Promise<void>;
}

/** Owners of the row locks that this process holds: a row with our pid and an owner that is not among them is a leftover. */
const held = new Set<string>();

const openLock = (database: Database, table: string): Lock => {
  const { lock } = database.dialect.bookkeeping;
  return lock.kind === "session" ? sessionLock(database, lock, table) : rowLock(database, lock, lockTableOf(table));
};

function sessionLock({ driver }: Database, sql: Extract<LockSql, { kind: "session" }>, table: string): Lock {
  const key = lockKey(table);
  return {
    tryAcquire: async () => Boolean((await driver.query(sql.tryAcquire, [key]))[0]?.["locked"]),
    holder: async () => holderOf((await driver.query(sql.holder, [key]))[0]),
    // A connection that broke has given its lock back already, and its error has been reported where it broke.
    release: () => driver.query(sql.release, [key]).then(noop, noop),
  };
}

function rowLock(database: Database, sql: Extract<LockSql, { kind: "row" }>, table: string): Lock {
  const { driver } = database;
  const owner = crypto.randomUUID();
  const whenFree = <T>(work: () => Promise<T>, busy: T): Promise<T> =>
    work().catch((error) => ifBusy(database, error, busy));
  let prepared = false;
  const tryAcquire = async (): Promise<boolean> => {
    for (const text of prepared ? [] : sql.create(table)) await driver.execute(text);
    prepared = true;
    const { changes } = await driver.execute(sql.tryAcquire(table), [
      owner,
      hostname(),
      process.pid,
      userName(),
      new Date().toISOString(),
    ]);
    if (changes > 0) held.add(owner);
    else if (await evictDead(database, sql, table)) return tryAcquire();
    return changes > 0;
  };
  return {
    tryAcquire: () => whenFree(tryAcquire, false),
    holder: () => whenFree(async () => holderOf((await driver.query(sql.holder(table)))[0]), undefined),
    release: async () => {
      held.delete(owner);
      for (let attempt = 0; attempt < 20; attempt++) {
        const done = await whenFree(() => driver.execute(sql.release(table), [owner]), undefined);
        if (done) return;
        await Bun.sleep(pause());
      }
    },
  };
}

/** Removes the row of a process that was on this machine and is gone: nobody else would ever remove it. Whether it did. */
async function evictDead(
  { driver }: Database,
  sql: Extract<LockSql, { kind: "row" }>,
  table: string,
): Promise<boolean> {
  const row = (await driver.query(sql.holder(table)))[0];
  if (!row || String(row["host"]) !== hostname()) return false;
  const owner = String(row["owner"]);
  const pid = Number(row["pid"]);
  const alive = pid === process.pid ? held.has(owner) : isAlive(pid);
  return !alive && (await driver.execute(sql.evict(table), [owner])).changes > 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function acquire(
  lock: Lock,
  { timeoutMs = defaultLockTimeoutMs, onWaiting, signal }: LockOptions,
): Promise<void> {
  const start = performance.now();
  let nextReport = 0;
  while (!(await lock.tryAcquire())) {
    const waited = performance.now() - start;
    if (waited >= timeoutMs) throw heldBySomebody(await lock.holder(), timeoutMs);
    if (waited >= nextReport) {
      onWaiting?.(await lock.holder(), Math.round(waited));
      nextReport = waited + 5000;
    }
    if (signal?.aborted) throw new ToolError("cancelled", "stopped while waiting for the lock; nothing was changed");
    await Bun.sleep(Math.min(pause(), Math.max(1, timeoutMs - waited)));
  }
}

/** Jitter keeps many waiting processes from asking in step. */
const pause = (): number => 20 + Math.random() * 130;

/** `pid 71 of ann@build-3, since 2026-01-31T08:00:00Z` */
export function describeHolder(holder: LockHolder | undefined): string {
  if (!holder) return "somebody else";
  const who = [holder.user, holder.host].filter((part) => part).join("@");
  const parts = [holder.pid && `process ${holder.pid}`, who && `${holder.pid ? "of " : ""}${who}`]
    .filter((part) => part)
    .join(" ");
  return `${parts || "somebody else"}${holder.since ? `, since ${holder.since}` : ""}`;
}

function heldBySomebody(holder: LockHolder | undefined, timeoutMs: number): ToolError {
  const waited = timeoutMs > 0 ? ` after waiting ${Math.round(timeoutMs / 100) / 10} s` : "";
  return new ToolError(
    "lock",
    `another run holds the migration lock${waited}: ${describeHolder(holder)}; nothing was changed, try again when it is done or wait longer with --lock-timeout`,
    { holder },
  );
}

/** Advisory locks have 64-bit numbers and are per database; the name of the history table tells projects in one database apart. */
const lockKey = (table: string): string =>
  Buffer.from(new Bun.CryptoHasher("sha256").update(`godwit\0${table}`).digest())
    .readBigInt64BE(0)
    .toString();

function holderOf(row: Row | undefined): LockHolder | undefined {
  if (!row) return undefined;
  const text = (key: string): Record<string, string> =>
    row[key] === null || row[key] === undefined ? {} : { [key]: String(row[key]) };
  return { ...text("pid"), ...text("user"), ...text("host"), ...text("since") };
}

/** Somebody is writing at this moment: not an error while a lock is polled. */
function ifBusy<T>(database: Database, error: unknown, busy: T): T {
  if (errorClass(database, error) === "busy") return busy;
  throw error;
}

const noop = (): void => undefined;
