import type { Row } from "../core/ddl/dialect.ts";
import type { LeaseSql } from "../core/ddl/lease.ts";
import { ToolError } from "../core/errors.ts";
import type { Batches } from "./batches.ts";
import { type Database, errorClass } from "./database.ts";
import { heartbeat } from "./heartbeat.ts";
import { describeHolder, holderOf, type Lock, type LockHolder, lostTo } from "./lock-holder.ts";
import type { Pulse } from "./row-lock.ts";
import { hostName, processId, userName } from "./this-process.ts";

/** How long a lease lasts without a sign of life, in milliseconds, unless somebody says otherwise. */
export const defaultLeaseMs = 60_000;

/**
 * A lock that is a row with an end, renewed while the run lives. A transaction that confirms it keeps its row until the
 * commit, so nobody takes it over from one that is open; a statement outside of transactions is covered by a heartbeat on a
 * connection of its own. Each holder gets a higher token than the one before, and whoever was taken over from finds no row with
 * its token any more.
 */
export function leaseLock(database: Database, sql: LeaseSql, table: string, pulse: Pulse = {}): Lock {
  const { driver, dialect, batches } = database;
  if (sql.hold && batches && !batches.singly)
    throw new ToolError("internal", `${dialect.title} keeps no transaction open, so that it cannot have a lease`);
  const lasts = pulse.deadAfterMs ?? defaultLeaseMs;
  const owner = crypto.randomUUID();
  let token = 0;
  const { current, make } = rowOf(database, sql, table);
  const renew = async (on: Database): Promise<boolean> =>
    (await on.driver.execute(sql.renew(table), [lasts, owner, token])).changes > 0;
  const heart = heartbeat(database, pulse.beatMs ?? lasts / 6, (other) =>
    held(other, sql, table, (row) => (row["owner"] === owner ? renew(other) : Promise.resolve(false))),
  );
  const take = (): Promise<boolean> =>
    held(database, sql, table, async (row) => {
      if (Number(row["free"]) !== 1) return false;
      const seen = Number(row["token"]);
      const who = [owner, hostName(), processId, userName(), lasts, ...(sql.hold ? [] : [seen])];
      const { changes } = await driver.execute(sql.take(table), who);
      token = seen + 1;
      return sql.hold !== undefined || changes > 0;
    });
  const tryAcquire = async (): Promise<boolean> => {
    const seen = await current();
    if (!seen) await make();
    if (seen && Number(seen["free"]) !== 1) return false;
    if (!(await take())) return false;
    heart.start();
    return true;
  };
  const confirmWithin = async (batch: Batches): Promise<void> => {
    await driver.execute(sql.renew(table), [lasts, owner, token]);
    const lost = lostTo(undefined);
    batch.refuseIf(batch.lockLost(table, owner), lost.message, () => lost);
  };
  return {
    ...(driver.pooled && { pooled: true }),
    tryAcquire: () => tryAcquire().catch((error: unknown) => unlessContended(database, error)),
    holder: async () => holderOf(await current()),
    confirm: async () => {
      if (batches?.isOpen()) return confirmWithin(batches);
      // As an update it keeps the row until the transaction that is open commits.
      if (!(await renew(database))) throw lostTo(holderOf(await current()));
    },
    release: () => heart.stop().then(() => giveBack(database, sql.free(table), [owner, token])),
  };
}

/** A connection that broke leaves the lease to end by itself: its last statement may still be at work. */
async function giveBack(database: Database, free: string, holder: readonly [string, number]): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await database.driver.execute(free, holder);
      return;
    } catch (error) {
      // Somebody is writing at this moment.
      if (errorClass(database, error) !== "busy") return;
    }
    await Bun.sleep(20 + Math.random() * 130);
  }
}

function rowOf({ driver, dialect }: Database, sql: LeaseSql, table: string) {
  let exists = false;
  return {
    current: async (): Promise<Row | undefined> => {
      exists ||= (await driver.query(dialect.bookkeeping.historyExists(table))).length > 0;
      return exists ? (await driver.query(sql.read(table)))[0] : undefined;
    },
    make: async (): Promise<void> => {
      // Somebody may have emptied the table to free the lock.
      for (const text of exists ? [sql.fill(table)] : sql.create(table)) await driver.execute(text);
    },
  };
}

/**
 * Takes the lease from the holder in this row. Whether it was still theirs. Throws ToolError `lock` as long as a transaction of theirs is open,
 * which keeps it.
 */
export async function endLease(database: Database, sql: LeaseSql, table: string, row: Row): Promise<boolean> {
  // A sign of life takes the row for a moment.
  for (let attempt = 0; attempt < 10; attempt++) {
    let found = false;
    const ended = await held(database, sql, table, () => {
      found = true;
      return freeLease(database, sql, table, row);
    });
    if (found) return ended;
    await Bun.sleep(50);
  }
  const holder = holderOf(row);
  throw new ToolError(
    "lock",
    `${describeHolder(holder)} has a transaction open, and keeps the lock until that ends: stop that run, or end its session on the server`,
    { holder },
  );
}

const freeLease = async ({ driver }: Database, sql: LeaseSql, table: string, row: Row): Promise<boolean> =>
  (await driver.execute(sql.free(table), [String(row["owner"]), Number(row["token"])])).changes > 0;

/** Who has the lease, for those who do not want it themselves. One whose time is over is ended, so that its run does not come back. */
export async function leaseHolder(database: Database, sql: LeaseSql, table: string): Promise<LockHolder | undefined> {
  const { driver, dialect } = database;
  if ((await driver.query(dialect.bookkeeping.historyExists(table))).length === 0) return undefined;
  const [row] = await driver.query(sql.read(table));
  const holder = holderOf(row);
  if (!row || !holder || Number(row["free"]) !== 1) return holder;
  const end = async (now: Row): Promise<boolean> => Number(now["free"]) === 1 && freeLease(database, sql, table, now);
  return (await held(database, sql, table, end)) ? undefined : holder;
}

/** What `work` makes of the row, in a transaction that holds it where it has to be held; `false` where there is no row. */
async function held(
  database: Database,
  sql: LeaseSql,
  table: string,
  work: (row: Row) => Promise<boolean>,
): Promise<boolean> {
  const hold = sql.hold?.(table);
  if (hold === undefined) {
    const [row] = await database.driver.query(sql.read(table));
    return row !== undefined && work(row);
  }
  const inTransaction = (): Promise<boolean> => heldOpen(database, hold, work);
  return database.batches?.singly ? database.batches.singly(inTransaction) : inTransaction();
}

async function heldOpen(
  { driver, dialect }: Database,
  hold: string,
  work: (row: Row) => Promise<boolean>,
): Promise<boolean> {
  await driver.begin(dialect.bookkeeping.begin);
  try {
    const [row] = await driver.query(hold);
    const done = row !== undefined && (await work(row));
    await driver.commit();
    return done;
  } catch (error) {
    await driver.rollback().catch(() => undefined);
    throw error;
  }
}

/** Somebody else makes the table or takes the row at this moment: not an error while a lock is polled. */
function unlessContended(database: Database, error: unknown): false {
  const kind = errorClass(database, error);
  if (kind === "busy" || kind === "already-exists" || kind === "constraint") return false;
  throw error;
}
