import type { Row } from "../../core/ddl/dialect.ts";
import type { LeaseLockSql, LockSql, SessionLockSql, SwapLockSql } from "../../core/ddl/lock.ts";
import { ToolError } from "../../core/errors.ts";
import { type Database, openDatabase, unlessMissing } from "../database.ts";
import { endLease } from "../lease.ts";
import { describeHolder, holderOf, type LockHolder } from "../lock-holder.ts";
import { lockKey, lockSqlOf, lockTableFor } from "../lock-kinds.ts";
import type { LockMode } from "../lock-mode.ts";
import type { Project } from "../project.ts";
import { evict, type RowLockSql } from "../row-lock.ts";
import { evictText, heldText } from "../swap-lock.ts";

export interface UnlockOptions {
  /** What the lock is; absent: what the project says. */
  readonly lock?: LockMode | undefined;
  /** Where the lock belongs to a session of the database: end that session. */
  readonly terminate?: boolean | undefined;
  /** Whether to go on, now that the holder is known. */
  confirm(holder: LockHolder): Promise<boolean>;
}

export interface UnlockResult {
  /** Who had the lock; `null`: nobody. */
  readonly holder: LockHolder | null;
  readonly freed: boolean;
}

/**
 * Frees the migration lock, after `confirm` has agreed: for a run that is dead and that the next run cannot know to be so.
 * Throws ToolError `lock` when the lock changes hands meanwhile, or belongs to a session that may not be ended.
 */
export async function unlock(project: Project, options: UnlockOptions): Promise<UnlockResult> {
  const database = await openDatabase(project.database, { create: false }).catch(unlessMissing);
  if (!database) return { holder: null, freed: false };
  try {
    const first = lockSqlOf(database, options.lock ?? project.lock);
    const found = await free(database, first, project.historyTable, options);
    const { lock, lease } = database.dialect.bookkeeping;
    const other = first !== lock ? lock : lease && { kind: "lease" as const, lease };
    // The run to be stopped may have had the other kind.
    return found.holder || !other ? found : await free(database, other, project.historyTable, options);
  } finally {
    await database.close();
  }
}

const free = (database: Database, sql: LockSql, table: string, options: UnlockOptions): Promise<UnlockResult> =>
  sql.kind === "session"
    ? endSession(database, sql, table, options)
    : removeRow(database, sql, lockTableFor(database, table), options);

async function endSession(
  { driver }: Database,
  sql: SessionLockSql,
  table: string,
  { terminate, confirm }: UnlockOptions,
): Promise<UnlockResult> {
  const key = lockKey(table);
  const holder = holderOf((await driver.query(sql.holder, [key]))[0]);
  if (!holder) return { holder: null, freed: false };
  if (!terminate)
    throw new ToolError(
      "lock",
      `the lock belongs to ${describeHolder(holder)}, a session of the database, which frees it when the session ends: stop that run, or end its session with --terminate`,
      { holder },
    );
  if (!(await confirm(holder))) return { holder, freed: false };
  // Before it is ended, because what ending it returns is not the same everywhere.
  const now = holderOf((await driver.query(sql.holder, [key]))[0]);
  if (now?.pid !== holder.pid) throw changedHands(holder);
  await driver.query(sql.terminate, [key, holder.pid ?? ""]);
  return { holder, freed: true };
}

async function removeRow(
  database: Database,
  sql: InTable,
  table: string,
  { confirm }: UnlockOptions,
): Promise<UnlockResult> {
  const { driver, dialect } = database;
  const { read, remove } = removalOf(database, sql, table);
  const exists = (await driver.query(dialect.bookkeeping.historyExists(table))).length > 0;
  const shown = exists ? await read() : undefined;
  const holder = holderOf(shown);
  if (!shown || !holder) return { holder: null, freed: false };
  if (!(await confirm(holder))) return { holder, freed: false };
  // Signs of life go on while a person thinks it over; another owner is another run.
  for (let attempt = 0; attempt < 5; attempt++) {
    const now = await read();
    if (now === undefined || now["owner"] !== shown["owner"]) break;
    if (await remove(now)) return { holder, freed: true };
  }
  throw changedHands(holder);
}

type InTable = RowLockSql | SwapLockSql | LeaseLockSql;

/** How to look for the holder of a lock in a table, and how to take it from the one that was found. */
function removalOf(database: Database, sql: InTable, table: string) {
  const first = async (query: string): Promise<Row | undefined> => (await database.driver.query(query))[0];
  if (sql.kind === "row")
    return { read: () => first(sql.holder(table)), remove: (row: Row) => evict(database, sql, table, row) };
  if (sql.kind === "swap")
    return { read: () => heldText(database, sql, table), remove: (row: Row) => evictText(database, sql, table, row) };
  const { lease } = sql;
  return { read: () => first(lease.read(table)), remove: (row: Row) => endLease(database, lease, table, row) };
}

function changedHands(holder: LockHolder): ToolError {
  return new ToolError("lock", `${describeHolder(holder)} has given the lock back meanwhile; nothing was done`, {
    holder,
  });
}
