import type { LockingTool } from "../core/adopt/locks.ts";
import { ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import { describeHolder, type Lock, type LockHolder } from "./lock-holder.ts";
import { openLock } from "./lock-kinds.ts";
import type { LockMode } from "./lock-mode.ts";
import type { Pulse } from "./row-lock.ts";
import { refuseReadOnly } from "./writable.ts";

export interface LockOptions {
  /** Name of the history table: runs with different histories do not wait for each other. */
  readonly table: string;
  /** Default: what the dialect has. */
  readonly mode?: LockMode | undefined;
  /** How long to wait for somebody else; default ten minutes. Zero: do not wait. */
  readonly timeoutMs?: number;
  /** Called when waiting begins and then about every five seconds. */
  readonly onWaiting?: (holder: LockHolder | undefined, waitedMs: number) => void;
  readonly signal?: AbortSignal;
  readonly pulse?: Pulse;
  /** Other tools whose lock is taken too. */
  readonly also?: readonly LockingTool[] | undefined;
}

const defaultLockTimeoutMs = 10 * 60 * 1000;

/**
 * Runs `work` while no other process that uses the same history can. The lock is polled, never waited for inside the
 * database: a waiting query holds a snapshot, and `CREATE INDEX CONCURRENTLY` waits for it for ever. `work` gets
 * the database with `confirmLock`. Throws ToolError `lock` when the time is over, `cancelled` when the signal fires, `config` for a
 * mode that the dialect does not have, `database` where nothing can be written.
 */
export async function withLock<T>(
  database: Database,
  options: LockOptions,
  work: (locked: Database) => Promise<T>,
): Promise<T> {
  await refuseReadOnly(database);
  const lock = openLock(database, options);
  if (!lock.confirm && (await database.driver.sharesSessions?.())) throw sharedSessions();
  await acquire(lock, options);
  try {
    const { confirm, pooled } = lock;
    return await work({ ...database, ...(confirm && { confirmLock: confirm }), ...(pooled && { pooled }) });
  } finally {
    await lock.release();
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

function heldBySomebody(holder: LockHolder | undefined, timeoutMs: number): ToolError {
  const waited = timeoutMs > 0 ? ` after waiting ${Math.round(timeoutMs / 100) / 10} s` : "";
  return new ToolError(
    "lock",
    `another run holds the migration lock${waited}: ${describeHolder(holder)}; nothing was changed, try again when it is done or wait longer with --lock-timeout; \`godwit migrate unlock\` frees it if that run is dead`,
    { holder },
  );
}

function sharedSessions(): ToolError {
  return new ToolError(
    "lock",
    "the connection goes through a pooler that gives each transaction another session of the server (PgBouncer with pool_mode = transaction), where a lock that belongs to a session protects nothing; nothing was changed: set `lock: table` in godwit.yaml, or connect to the server itself",
  );
}
