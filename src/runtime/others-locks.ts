import { type LockingTool, lockKeyOf } from "../core/adopt/locks.ts";
import type { OthersLockSql } from "../core/ddl/lock.ts";
import { ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import { holderOf, type Lock, type LockHolder } from "./lock-holder.ts";

/**
 * A lock that is had only together with those of other tools, which they take while they migrate. All are tried and none is waited for: whoever gets one and not
 * the next gives it back. Throws ToolError `config` on a database where these tools have no such lock.
 */
export function withOthersLocks(database: Database, own: Lock, tools: readonly LockingTool[]): Lock {
  const { driver, dialect } = database;
  const { lock } = dialect.bookkeeping;
  const sql = lock.kind === "session" ? lock.others : undefined;
  if (sql === undefined)
    throw new ToolError(
      "config",
      `also_lock is for PostgreSQL, MariaDB and MySQL; on ${dialect.title} other tools take no lock that godwit could take`,
    );
  let known: Promise<readonly string[]> | undefined;
  const keys = (): Promise<readonly string[]> => {
    known ??= keysOf(database, sql, tools);
    return known;
  };
  const free = async (taken: readonly string[]): Promise<void> => {
    for (const key of taken.toReversed()) await driver.query(sql.release, [key]).then(noop, noop);
  };
  return {
    ...own,
    tryAcquire: async () => {
      const wanted = await keys();
      if (!(await own.tryAcquire())) return false;
      const taken: string[] = [];
      for (const key of wanted) {
        if ((await driver.query(sql.tryAcquire, [key]))[0]?.["locked"]) taken.push(key);
        else {
          await free(taken);
          await own.release();
          return false;
        }
      }
      return true;
    },
    holder: async () => (await own.holder()) ?? holderOfAny(database, sql, await keys()),
    release: async () => {
      await free(await keys());
      await own.release();
    },
  };
}

async function keysOf(
  { driver, dialect }: Database,
  { place, keys }: OthersLockSql,
  tools: readonly LockingTool[],
): Promise<readonly string[]> {
  const [row] = await driver.query(place);
  const names = { database: String(row?.["database"] ?? ""), schema: String(row?.["schema"] ?? "") };
  return tools.map((tool) => {
    const key = lockKeyOf(tool, keys, names);
    if (key !== undefined) return key;
    throw new ToolError("config", `${tool} takes no lock on ${dialect.title}; leave it out of "also_lock"`, { tool });
  });
}

async function holderOfAny(
  { driver }: Database,
  sql: OthersLockSql,
  keys: readonly string[],
): Promise<LockHolder | undefined> {
  for (const key of keys) {
    const holder = holderOf((await driver.query(sql.holder, [key]))[0]);
    if (holder) return holder;
  }
  return undefined;
}

const noop = (): void => undefined;
