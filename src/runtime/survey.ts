import { ToolError } from "../core/errors.ts";
import { buildGraph, type Graph, graphFor } from "../core/plan/graph.ts";
import type { Applied, Migration } from "../core/plan/migration.ts";
import { type Reconciled, reconcile } from "../core/plan/reconcile.ts";
import { connectPatiently, defaultConnectTimeoutMs, isStarting } from "./connect-patiently.ts";
import { connectedEvent } from "./connected.ts";
import { type Database, openDatabase, unlessMissing } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { readHistories } from "./history.ts";
import type { Limits } from "./limits.ts";
import type { LockOptions } from "./lock.ts";
import type { LockMode } from "./lock-mode.ts";
import { checkNamespaces, type Names, namesOf } from "./namespace.ts";
import { historyPlace, type Project } from "./project.ts";
import { migrationsOf, requireMigrations } from "./track-migrations.ts";
import { allTracks, earlierTracks, ofTrack, onlyTrack, trackName, tracksOf } from "./tracks.ts";
import { dialectOf } from "./url.ts";

/** The files of a project beside what its database has recorded. */
export interface Survey {
  /** With the track, where there are several. */
  readonly project: Project;
  readonly graph: Graph;
  readonly history: readonly Applied[];
  /** Rows beside them of tracks that the project does not have. */
  readonly undeclared: readonly Applied[];
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
  /** `false`: no hooks are run. */
  readonly hooks?: boolean | undefined;
  /** How long to wait for a server that is starting, in milliseconds; goes before what the project says. */
  readonly connectTimeoutMs?: number | undefined;
  /** What the statements may take; goes before what the project says. */
  readonly limits?: Limits | undefined;
}

/** All migrations of a project as a graph; no database is asked. `look`: nothing will be done on its word. */
export async function loadGraph(project: Project, cache: "use" | "look" = "use"): Promise<Graph> {
  return graphOf(project, await migrationsOf(project, cache));
}

/** The graph of a track's migrations, among those of the tracks before it. */
export async function graphOf(project: Project, migrations: readonly Migration[]): Promise<Graph> {
  const before = earlierTracks(project);
  // What is around a track is told by operations, whose definitions need not be loaded for one alone.
  if (before.length === 0) return buildGraph(migrations);
  const { graphAmong } = await import("../core/plan/surroundings.ts");
  const earlier: Graph[] = [];
  for (const each of before)
    earlier.push(await loadGraph(each).catch((error: unknown) => Promise.reject(ofTrack(each, error))));
  return graphAmong(earlier, migrations);
}

/** For tasks that only read; takes no lock. */
export async function survey(project: Project, database: Database): Promise<Survey> {
  const books = await booksOf(project, database);
  const graph = graphFor(await loadGraph(project), books.history);
  return { project, graph, ...books, state: reconcile(graph, books.history), fresh: new Set() };
}

async function booksOf(project: Project, database: Database): Promise<Pick<Survey, "history" | "undeclared">> {
  const { own, others } = await readHistories(database, historyPlace(project));
  const names = new Set(allTracks(project).map(trackName));
  return { history: own, undeclared: others.filter(({ track }) => !names.has(track)) };
}

/** A track of a database that is about to be changed, with the lock held. */
export interface Session {
  readonly database: Database;
  readonly survey: Survey;
  /** From now on, names without a schema are those of this track; with `create`, its schema is made if need be. */
  enter(options?: { readonly create: boolean }): Promise<void>;
  /** Reads history and files again, so that these migrations are evaluated afresh. */
  refresh(names: readonly string[]): Promise<Survey>;
  /** What `work` asks of the database goes on when the run is told to stop. */
  unstopped<T>(work: () => Promise<T>): Promise<T>;
}

interface Task<T> {
  /** The result, where there is nothing to do. */
  needed(survey: Survey): T | undefined;
  /** Refuses, before the lock is taken and anything is changed. */
  before?(database: Database): Promise<void>;
  work(session: Session): Promise<T>;
}

/** The same for several tracks, in the order in which they run. */
interface TracksTask<T> extends Pick<Task<T>, "before"> {
  needed(surveys: readonly Survey[]): T | undefined;
  /** Refuses what cannot be done whatever the database has, before one that does not exist is made. */
  rehearse?(surveys: readonly Survey[]): Promise<void>;
  /** Names lead to no track in particular before the first is entered. */
  work(sessions: readonly Session[]): Promise<T>;
}

/** `changeTracks` for what is about one track. Throws ToolError `usage` when none is chosen of several. */
export const change = <T>(project: Project, options: TaskOptions, task: Task<T>): Promise<T> =>
  changeTracks(onlyTrack(project), options, {
    ...task,
    needed: ([survey]) => survey && task.needed(survey),
    work: async ([session]) => {
      if (!session) throw new ToolError("internal", "a project without any track");
      await session.enter();
      return task.work(session);
    },
  });

/**
 * Opens the database, decides with `needed` whether there is anything to do, and if so runs `work` with the lock held
 * and on what the history says then: between the two looks, another run may have done it all. A database file that does not
 * exist is made only for work: migrations that cannot be read or planned leave none behind.
 */
export async function changeTracks<T>(project: Project, options: TaskOptions, task: TracksTask<T>): Promise<T> {
  const { onEvent, signal } = options;
  const onNotice = (message: string): void => onEvent?.({ type: "notice", message });
  const projects = tracksOf(project);
  requireMigrations(projects);
  const existing = await openExisting(project, options, onNotice);
  if (!existing) checkNamespaces(await dialectOf(project.database), projects);
  const early = existing ? undefined : await surveyAll(projects, undefined);
  const idle = early && task.needed(early);
  if (idle !== undefined) return idle;
  if (early) await task.rehearse?.(early);
  const database = existing ?? (await openDatabase(project.database, { onNotice }));
  let stoppable = true;
  const stop = (): unknown => stoppable && database.driver.cancel?.();
  signal?.addEventListener("abort", stop);
  onEvent?.(connectedEvent(database));
  const unstopped: Session["unstopped"] = async (work) => {
    stoppable = false;
    return work().finally(() => {
      stoppable = true;
    });
  };
  try {
    const names = await namesOf(database, projects);
    const before = early ?? (await surveyAll(projects, { database, names }));
    const nothing = task.needed(before);
    if (nothing !== undefined) return nothing;
    await names.reset();
    await task.before?.(database);
    // Most runs find nothing to do, and need not load what locks.
    const { withLock } = await import("./lock.ts");
    return await withLock(database, lockOptions(project, options), async (locked) => {
      const now = await surveyAll(projects, { database: locked, names }, before);
      const sessions = now.map((survey) => ({
        database: locked,
        survey,
        enter: (how?: { readonly create: boolean }) => names.leadTo(survey.project, how),
        refresh: (again: readonly string[]) => surveyFresh(survey.project, locked, { names: again }),
        unstopped,
      }));
      return task.work(sessions).finally(names.reset);
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    await database.close();
  }
}

/** One after the other: names lead to one track at a time. */
async function surveyAll(
  projects: readonly Project[],
  on: { readonly database: Database; readonly names: Names } | undefined,
  earlier: readonly Survey[] = [],
): Promise<readonly Survey[]> {
  const surveys: Survey[] = [];
  for (const [i, project] of projects.entries()) {
    await on?.names.leadTo(project);
    const survey = surveyFresh(project, on?.database, { ...(earlier[i] && { earlier: earlier[i] }) });
    surveys.push(await survey.catch((error: unknown) => Promise.reject(ofTrack(project, error))));
  }
  return surveys;
}

const lockOptions = (project: Project, { onEvent, signal, lockTimeoutMs, lock }: TaskOptions): LockOptions => ({
  table: project.historyTable,
  mode: lock ?? project.lock,
  pulse: { deadAfterMs: project.lockExpiryMs },
  also: project.alsoLock,
  ...(lockTimeoutMs !== undefined && { timeoutMs: lockTimeoutMs }),
  ...(signal && { signal }),
  onWaiting: (holder, waitedMs) => onEvent?.({ type: "waiting", ...(holder && { holder }), waitedMs }),
});

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

/** Rows of migrations that an earlier run left unfinished, by name. */
export const halfDone = ({ history }: Survey): ReadonlyMap<string, Applied> =>
  new Map(history.filter((row) => row.state === "failed").map((row) => [row.name, row]));

/** Says on which rows of the history there is no file, once per run. */
export function warnOfMissing({ state }: Survey, onEvent: OnEvent | undefined): void {
  for (const { name } of state.missing) {
    onEvent?.({ type: "warning", message: `"${name}" is applied, but its file is missing`, migration: name });
  }
}

/**
 * Throws ToolError `history` when nothing is applied to the track, but a migration of its name to one that the project does not have:
 * a track that is called otherwise now would be applied a second time.
 */
export function refuseRenamedTrack({ project, graph, history, undeclared }: Survey): void {
  const known = history.length === 0 ? undeclared.find(({ name }) => graph.find(name)) : undefined;
  if (!known) return;
  throw new ToolError(
    "history",
    `the history has nothing of track "${trackName(project)}", but "${known.name}" of track "${known.track}", which the project does not have; call the track "${known.track}", or record with \`godwit migrate fake\` what is applied already`,
    { track: trackName(project), undeclared: known.track, migration: known.name },
  );
}

/**
 * Throws ToolError `history` when a migration stopped on its way down, because only `down` can go on from there, or when the file of one
 * that stopped is missing, because only who has it can.
 */
export function refuseUnfinished({ state, graph }: Survey): void {
  refuseLost(graph);
  const lost = state.missing.find((entry) => entry.applied?.state === "failed");
  if (lost)
    throw new ToolError(
      "history",
      `"${lost.name}" stopped half-way and its file is missing, so that only who has it can finish it: run a version of the project that does, or, if nothing of it is left in the database, forget it with \`godwit migrate fake --undo ${lost.name}\``,
      { migration: lost.name },
    );
  const half = state.failed.find((entry) => (entry.applied?.stepsDone ?? 0) < 0);
  if (!half) return;
  throw new ToolError(
    "history",
    `"${half.name}" stopped while it was rolled back; finish that with \`godwit migrate down\` before going on`,
    { migration: half.name },
  );
}

/** Some of what a migration stands for is applied, and nobody here knows the rest of it. */
function refuseLost({ squashes }: Graph): void {
  const lost = squashes.find(({ state }) => state === "lost");
  if (!lost) return;
  const { migration, open } = lost;
  const names = open.map((name) => `"${name}"`).join(", ");
  throw new ToolError(
    "history",
    `some of what "${migration.name}" replaces is applied, and ${names} ${open.length === 1 ? "is" : "are"} not; apply ${open.length === 1 ? "it" : "them"} first, with a version of the project that still has the ${open.length === 1 ? "file" : "files"}`,
    { migration: migration.name, open },
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
  const books = database ? await booksOf(project, database) : { history: [], undeclared: [] };
  const { history } = books;
  const done = new Set(history.filter((row) => row.state !== "failed").map((row) => row.name));
  for (const name of names) done.delete(name);
  if (earlier?.graph.written.every(({ name }) => done.has(name) || earlier.fresh.has(name))) {
    const graph = graphFor(earlier.graph, history);
    return { ...earlier, graph, ...books, state: reconcile(graph, history) };
  }
  const migrations = await migrationsOf(project, (name) => (done.has(name) ? "use" : "bypass"));
  const fresh = new Set(migrations.flatMap(({ name }) => (done.has(name) ? [] : [name])));
  const graph = graphFor(await graphOf(project, migrations), history);
  return { project, graph, ...books, state: reconcile(graph, history), fresh };
}
