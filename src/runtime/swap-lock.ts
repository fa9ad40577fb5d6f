import type { Row } from "../core/ddl/dialect.ts";
import type { SwapLockSql } from "../core/ddl/lock.ts";
import { type Database, errorClass } from "./database.ts";
import { heartbeat } from "./heartbeat.ts";
import { holderOf, type Lock, lostTo } from "./lock-holder.ts";
import { deathWatch, held, type Pulse } from "./row-lock.ts";
import { hostName, processId, userName } from "./this-process.ts";

/**
 * A lock whose whole state is one text, which says who has it and when that run gave its last sign of life. Every change names the text that it
 * replaces, so of two that happen at once only one takes place, and nobody takes the lock from a run that has just shown that it lives.
 */
export function swapLock(database: Database, sql: SwapLockSql, table: string, pulse: Pulse = {}): Lock {
  const self = { owner: crypto.randomUUID(), host: hostName(), pid: processId, user: userName() };
  const since = new Date().toISOString();
  const isDead = deathWatch(pulse.deadAfterMs ?? 60_000);
  let text = "";
  let prepared = false;
  /** Puts a new sign of life in the place of `from`. */
  const sign = async (on: Database, from: string): Promise<boolean> => {
    const to = JSON.stringify({ ...self, since, seen: new Date().toISOString() });
    const done = await swap(on, sql, { table, from, to });
    if (done) text = to;
    return done;
  };
  const heart = heartbeat(database, pulse.beatMs ?? 10_000, (other) => sign(other, text));
  const found = () => heldText(database, sql, table);
  return {
    tryAcquire: async () => {
      for (const statement of prepared ? [] : sql.create(table)) await database.driver.execute(statement);
      prepared = true;
      const row = await found();
      if (row && !(isDead(row) && (await evictText(database, sql, table, row)))) return false;
      if (!(await sign(database, sql.free))) return false;
      held.add(self.owner);
      heart.start();
      return true;
    },
    holder: async () => holderOf(await found()),
    confirm: async () => {
      const row = await found();
      if (row?.["owner"] !== self.owner) throw lostTo(holderOf(row));
    },
    release: async () => {
      await heart.stop();
      held.delete(self.owner);
      await freed(database, sql, table, () => text);
    },
  };
}

/** Gives the lock back. Whoever has it by then keeps it, and a server that is gone is left to those who come next. */
async function freed(database: Database, sql: SwapLockSql, table: string, text: () => string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const done = await swap(database, sql, { table, from: text(), to: sql.free }).catch(() => false);
    if (done || (await heldText(database, sql, table).catch(() => undefined))?.["state"] !== text()) return;
    await Bun.sleep(50 * (attempt + 1));
  }
}

/** The holder as a row with `state`, the text that `evictText` takes it from; `undefined`: nobody has the lock. */
export async function heldText(database: Database, sql: SwapLockSql, table: string): Promise<Row | undefined> {
  return rowOf(await stateOf(database, sql, table));
}

/** Frees the lock, unless its holder has given a sign of life since. Whether it did. */
export const evictText = (database: Database, sql: SwapLockSql, table: string, row: Row): Promise<boolean> =>
  swap(database, sql, { table, from: String(row["state"]), to: sql.free });

const stateOf = async ({ driver }: Database, sql: SwapLockSql, table: string): Promise<string> =>
  String((await driver.query(sql.state(table)))[0]?.["state"] ?? sql.free);

/** A text that is no object means that nobody has the lock. */
function rowOf(state: string): Row | undefined {
  return state.startsWith("{") ? { ...(JSON.parse(state) as Row), state } : undefined;
}

async function swap(
  database: Database,
  sql: SwapLockSql,
  { table, from, to }: { readonly table: string; readonly from: string; readonly to: string },
): Promise<boolean> {
  try {
    await database.driver.execute(sql.swap(table, from, to));
    return true;
  } catch (error) {
    const kind = errorClass(database, error);
    if (kind === "not-found" || kind === "busy") return false;
    throw error;
  }
}
