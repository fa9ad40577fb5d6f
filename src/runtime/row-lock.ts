import type { Row } from "../core/ddl/dialect.ts";
import type { LockSql } from "../core/ddl/lock.ts";
import type { Batches } from "./batches.ts";
import { type Database, errorClass } from "./database.ts";
import { every } from "./every.ts";
import { holderOf, type Lock, lostTo } from "./lock-holder.ts";
import { hostName, isAlive, processId, userName } from "./this-process.ts";

/** The SQL of a lock that is a row with an owner. */
export type RowLockSql = Extract<LockSql, { kind: "row" }>;

/** How the holder of a row shows that it is alive. */
export interface Pulse {
  /** How often it gives a sign of life; default ten seconds. */
  readonly beatMs?: number | undefined;
  /** A holder on another machine that somebody who waits has seen no sign of for so long is taken for dead; default one minute. */
  readonly deadAfterMs?: number | undefined;
}

/** Name of the table that holds a lock row. */
export const lockTableOf = (historyTable: string): string => besides(historyTable, "lock");

/** Name of the table that holds a lease where there is no other kind of lock. */
export const leaseTableOf = (historyTable: string): string => besides(historyTable, "lease");

const besides = (historyTable: string, what: string): string => `${historyTable.replace(/_history$/, "")}_${what}`;

/** A lock for databases whose sessions hold none; of several tables, each is a lock of its own. */
export function rowLock(database: Database, sql: RowLockSql, table: string, pulse: Pulse = {}): Lock {
  const { driver, batches } = database;
  const owner = crypto.randomUUID();
  const isDead = deathWatch(pulse.deadAfterMs ?? 60_000);
  const whenFree = <T>(work: () => Promise<T>, busy: T): Promise<T> =>
    work().catch((error) => ifBusy(database, error, busy));
  const heart = heartbeat(database, sql.beat(table), owner, pulse.beatMs ?? 10_000);
  const current = async (): Promise<Row | undefined> => (await driver.query(sql.holder(table)))[0];
  let prepared = false;
  const tryAcquire = async (): Promise<boolean> => {
    for (const text of prepared ? [] : sql.create(table)) await driver.execute(text);
    prepared = true;
    const who = [owner, hostName(), processId, userName(), new Date().toISOString()];
    if ((await driver.execute(sql.tryAcquire(table), who)).changes > 0) {
      held.add(owner);
      heart.start();
      return true;
    }
    const row = await current();
    const gone = row !== undefined && isDead(row) && (await evict(database, sql, table, row));
    return gone && tryAcquire();
  };
  const confirmWithin = async (batch: Batches): Promise<void> => {
    if (heart.isDue()) await heart.beat();
    const lost = lostTo(undefined);
    batch.refuseIf(batch.lockLost(table, owner), lost.message, () => lost);
  };
  return {
    tryAcquire: () => whenFree(tryAcquire, false),
    holder: () => whenFree(async () => holderOf(await current()), undefined),
    confirm: async () => {
      if (batches?.isOpen()) return confirmWithin(batches);
      // As an update it is part of the transaction that is open: when that commits, the lock was held all the while.
      if (heart.isDue() ? await heart.beat() : (await current())?.["owner"] === owner) return;
      throw lostTo(holderOf(await current()));
    },
    release: async () => {
      heart.stop();
      held.delete(owner);
      for (let attempt = 0; attempt < 20; attempt++) {
        const done = await whenFree(() => driver.execute(sql.release(table), [owner]), undefined);
        if (done) return;
        await Bun.sleep(20 + Math.random() * 130);
      }
    },
  };
}

/** Removes the row of this holder, unless it has given a sign of life since. Whether it did. */
export async function evict({ driver }: Database, sql: RowLockSql, table: string, row: Row): Promise<boolean> {
  return (await driver.execute(sql.evict(table), [String(row["owner"]), String(row["seen"])])).changes > 0;
}

/** Owners of the locks in tables that this process holds: a row with our pid and an owner that is not among them is a leftover. */
export const held = new Set<string>();

/**
 * Tells from the rows that are seen while waiting whether their holder is dead. On this machine its process says so. On another,
 * only time does: time as it passes here, because clocks differ.
 */
export function deathWatch(deadAfterMs: number): (row: Row) => boolean {
  let watched = "";
  let since = 0;
  return (row) => {
    if (String(row["host"]) === hostName()) {
      const own = String(row["pid"]) === String(processId);
      return own ? !held.has(String(row["owner"])) : !isAlive(Number(row["pid"]));
    }
    const sign = `${row["owner"]} ${row["seen"]}`;
    if (sign !== watched) {
      watched = sign;
      since = performance.now();
    }
    return performance.now() - since >= deadAfterMs;
  };
}

/** Tells the others that this process is alive, on the connection that does the work: what it does not commit, nobody needs to see. */
function heartbeat({ driver }: Database, sql: string, owner: string, beatMs: number) {
  let last = performance.now();
  let end: (() => void) | undefined;
  const beat = async (): Promise<boolean> => {
    const { changes } = await driver.execute(sql, [owner, new Date().toISOString()]);
    last = performance.now();
    return changes > 0;
  };
  return {
    beat,
    isDue: (): boolean => performance.now() - last >= beatMs / 2,
    start: (): void => {
      last = performance.now();
      // Where it fails, somebody is writing at this moment, or the work itself will meet the same error.
      end = every(beatMs, () => void beat().catch(() => undefined));
    },
    stop: (): void => end?.(),
  };
}

/** Somebody is writing at this moment: not an error while a lock is polled. */
function ifBusy<T>(database: Database, error: unknown, busy: T): T {
  if (errorClass(database, error) === "busy") return busy;
  throw error;
}
