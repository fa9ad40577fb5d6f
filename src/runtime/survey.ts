import { ToolError } from "../core/errors.ts";
import { buildGraph, type Graph } from "../core/plan/graph.ts";
import type { Applied } from "../core/plan/migration.ts";
import { type Reconciled, reconcile } from "../core/plan/reconcile.ts";
import { connectPatiently, defaultConnectTimeoutMs, isStarting } from "./connect-patiently.ts";
import { type Database, openDatabase, unlessMissing } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { readHistory } from "./history.ts";
import type { Limits } from "./limits.ts";
import { type LockOptions, withLock } from "./lock.ts";
import type { LockMode } from "./lock-mode.ts";
import { loadMigrations, migrationNames } from "./migrations.ts";
import { historyPlace, type Project } from "./project.ts";

/** The files of a project beside what its database has recorded. */
export interface Survey {
  readonly graph: Graph;
  readonly history: readonly Applied[];
  readonly state: Reconciled;
  /** Names of the migrations that were evaluated just now, not taken from the cache. */
  readonly fresh: ReadonlySet<string>;
}

/** What every task that changes the database takes. */
export interface TaskOptions {
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for another run, in milliseconds; default ten minutes. */
  readonly lockTimeoutMs?: number | undefined;
  /** What the lock is; goes before what the project says. */
  readonly lock?: LockMode | undefined;
  /** How long to wait for a server that is starting, in milliseconds; goes before what the project says. */
  readonly connectTimeoutMs?: number | undefined;
  /** What the statements may take; goes before what the project says. */
  readonly limits?: Limits | undefined;
}

/** All migrations of a project as a graph; no database is asked. */
export async function loadGraph(project: Project): Promise<Graph> {
  return buildGraph(await loadMigrations(project.migrationsDir, { root: project.root, cache: "use" }));
}

/** For tasks that only read; takes no lock. */
export async function survey(project: Project, database: Database): Promise<Survey> {
  const history = await readHistory(database, historyPlace(project));
  const graph = await loadGraph(project);
  return { graph, history, state: reconcile(graph, history), fresh: new Set() };
}

/** A database that is about to be changed, with the lock held. */
export interface Session {
  readonly database: Database;
  readonly survey: Survey;
  /** Reads history and files again, so that these migrations are evaluated afresh. */
  refresh(names: readonly string[]): Promise<Survey>;
}

/**
 * Opens the database, decides with `needed` whether there is anything to do, and if so runs `work` with the lock held
 * and on what the history says then: between the two looks, another run may have done it all. A database file that does not
 * exist is made only for work: migrations that cannot be read leave none behind.
 */
export async function change<T>(
  project: Project,
  options: TaskOptions,
  task: { needed(survey: Survey): T | undefined; work(session: Session): Promise<T> },
): Promise<T> {
  const { onEvent, signal, lockTimeoutMs } = options;
  const onNotice = (message: string): void => onEvent?.({ type: "notice", message });
  const existing = await openExisting(project, options, onNotice);
  const early = existing ? undefined : await surveyFresh(project, undefined);
  const idle = early && task.needed(early);
  if (idle !== undefined) return idle;
  const database = existing ?? (await openDatabase(project.database, { onNotice }));
  const stop = (): unknown => database.driver.cancel?.();
  signal?.addEventListener("abort", stop);
  try {
    const before = early ?? (await surveyFresh(project, database));
    const nothing = task.needed(before);
    if (nothing !== undefined) return nothing;
    const onWaiting: LockOptions["onWaiting"] = (holder, waitedMs) =>
      onEvent?.({ type: "waiting", ...(holder && { holder }), waitedMs });
    const lock: LockOptions = {
      table: project.historyTable,
      mode: options.lock ?? project.lock,
      pulse: { deadAfterMs: project.lockExpiryMs },
      ...(lockTimeoutMs !== undefined && { timeoutMs: lockTimeoutMs }),
      ...(signal && { signal }),
      onWaiting,
    };
    return await withLock(database, lock, async (locked) => {
      const refresh = (names: readonly string[]): Promise<Survey> => surveyFresh(project, locked, { names });
      const now = await surveyFresh(project, locked, { earlier: before });
      return task.work({ database: locked, survey: now, refresh });
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    await database.close();
  }
}

/** Waits for a server that is starting; what a wait cannot mend is thrown at once. */
function openExisting(
  project: Project,
  { onEvent, signal, connectTimeoutMs }: TaskOptions,
  onNotice: (message: string) => void,
): Promise<Database | undefined> {
  // The URL is put together once: it may take a password command.
  const target = { ...project.database };
  return connectPatiently(() => openDatabase(target, { onNotice, create: false }).catch(unlessMissing), {
    timeoutMs: connectTimeoutMs ?? project.connectTimeoutMs ?? defaultConnectTimeoutMs,
    worthWaiting: isStarting,
    onEvent,
    signal,
  });
}

/** Says on which rows of the history there is no file, once per run. */
export function warnOfMissing({ state }: Survey, onEvent: OnEvent | undefined): void {
  for (const { name } of state.missing) {
    onEvent?.({ type: "warning", message: `"${name}" is applied, but its file is missing`, migration: name });
  }
}

/** Throws ToolError `history` when a migration stopped on its way down: only `down` can go on from there. */
export function refuseHalfDown({ state }: Survey): void {
  const half = state.failed.find((entry) => (entry.applied?.stepsDone ?? 0) < 0);
  if (!half) return;
  throw new ToolError(
    "history",
    `"${half.name}" stopped while it was rolled back; finish that with \`godwit migrate down\` before going on`,
    { migration: half.name },
  );
}

/**
 * Evaluates what is not applied afresh, the rest from the cache. With `earlier`, files are read again only if something
 * must run that was not evaluated then.
 */
async function surveyFresh(
  project: Project,
  database: Database | undefined,
  { earlier, names = [] }: { readonly earlier?: Survey; readonly names?: readonly string[] } = {},
): Promise<Survey> {
  const history = database ? await readHistory(database, historyPlace(project)) : [];
  const done = new Set(history.filter((row) => row.state !== "failed").map((row) => row.name));
  for (const name of names) done.delete(name);
  if (earlier?.graph.order.every(({ name }) => done.has(name) || earlier.fresh.has(name))) {
    return { ...earlier, history, state: reconcile(earlier.graph, history) };
  }
  const { root, migrationsDir } = project;
  const fresh = new Set((await migrationNames(migrationsDir, { root })).filter((name) => !done.has(name)));
  const cache = (name: string) => (fresh.has(name) ? "bypass" : "use");
  const graph = buildGraph(await loadMigrations(migrationsDir, { root, cache }));
  return { graph, history, state: reconcile(graph, history), fresh };
}
