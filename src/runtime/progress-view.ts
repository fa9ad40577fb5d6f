import type { ProgressSql } from "../core/ddl/progress.ts";
import type { Database } from "./database.ts";
import type { Driver } from "./driver.ts";
import type { OnEvent, ProgressEvent, StatementName } from "./events.ts";
import { pause } from "./pause.ts";

/** When watching begins, and how often it looks, in milliseconds. */
export interface Pace {
  readonly afterMs: number;
  readonly everyMs: number;
}

const usualPace: Pace = { afterMs: 2000, everyMs: 1000 };

/** Whose statement is watched, and who hears of it. */
export interface Watching {
  readonly database: Database;
  readonly name: StatementName;
  readonly onEvent: OnEvent;
}

/**
 * Does `work`, one statement. When that takes long, it is looked at from a second connection, and each look is an event. Where
 * none is to be had, or it may not look, the statement goes on all the same: it is never in the way of one.
 */
export async function watchingStatement(
  watching: Watching,
  work: () => Promise<void>,
  pace: Pace = usualPace,
): Promise<void> {
  const { database } = watching;
  const { progress } = database.dialect.bookkeeping;
  const session = await sessionToWatch(database);
  if (!progress || session === undefined) return work();
  const started = performance.now();
  let over: AbortController | undefined;
  let watch: Promise<void> | undefined;
  // Most statements are over before, and a timer is all that they pay for.
  const timer = setTimeout(() => {
    over = new AbortController();
    watch = look(watching, { progress, session, pace, started, over: over.signal });
  }, pace.afterMs);
  try {
    await work();
  } finally {
    clearTimeout(timer);
    over?.abort();
    await watch;
  }
}

/** What the connection is called where statements on it are watched. Once this was asked for, nothing is sent for it any more. */
export async function sessionToWatch({ driver, dialect, again, pooled }: Database): Promise<string | undefined> {
  const { progress } = dialect.bookkeeping;
  // Behind a pooler, a session is not what works on the statement.
  return progress && again && !pooled ? sessionOf(driver, progress) : undefined;
}

const sessions = new WeakMap<Driver, string>();

/** Asked once per connection, while it is idle. */
async function sessionOf(driver: Driver, { session }: ProgressSql): Promise<string | undefined> {
  const known = sessions.get(driver);
  if (known !== undefined) return known;
  const [row] = await driver.query(session).catch(() => []);
  if (!row) return undefined;
  const id = String(row["id"]);
  sessions.set(driver, id);
  return id;
}

interface Look {
  readonly progress: ProgressSql;
  readonly session: string;
  readonly pace: Pace;
  /** When the statement began. */
  readonly started: number;
  /** Fires when the statement is over. */
  readonly over: AbortSignal;
}

/** Never rejects, and ends at once when the statement is over. */
async function look(
  { database, name, onEvent }: Watching,
  { progress, session, pace, started, over }: Look,
): Promise<void> {
  const other = await unlessOver(database.again?.(), over);
  if (!other) return;
  try {
    while (!over.aborted) {
      const [row] = await other.driver.query(progress.query, [session]);
      if (over.aborted) break;
      onEvent({ type: "progress", ...name, ...standing(row), elapsedMs: Math.round(performance.now() - started) });
      await pause(pace.everyMs, over);
    }
  } catch {
    // Whoever watches has nothing to say about what is watched.
  } finally {
    await other.close().catch(() => undefined);
  }
}

/** A connection that comes too late is closed again. */
async function unlessOver(opening: Promise<Database> | undefined, over: AbortSignal): Promise<Database | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  over.addEventListener("abort", () => resolve(undefined), { once: true });
  const opened = opening?.catch(() => undefined);
  const first = await Promise.race([opened, promise]);
  if (!first) void opened?.then((late) => late?.close()).catch(() => undefined);
  return first;
}

function standing(row: Readonly<Record<string, unknown>> | undefined): Pick<ProgressEvent, "phase" | "done" | "total"> {
  const { phase, done, total } = row ?? {};
  const all = Number(total ?? 0);
  return {
    ...(typeof phase === "string" && phase !== "" && { phase }),
    ...(all > 0 && { done: Math.min(all, Number(done ?? 0)), total: all }),
  };
}
