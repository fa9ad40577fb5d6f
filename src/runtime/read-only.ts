import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { reconcile } from "../core/plan/reconcile.ts";
import { connectedEvent } from "./connected.ts";
import { type Database, openDatabase, unlessMissing } from "./database.ts";
import { checkNamespaces, namesOf } from "./namespace.ts";
import type { Project } from "./project.ts";
import { loadGraph, type Survey, survey, type TaskOptions } from "./survey.ts";
import { requireConfiguredMigrations } from "./track-migrations.ts";
import { ofTrack, onlyTrack, tracksOf } from "./tracks.ts";
import { dialectOf } from "./url.ts";

/** A project as a task that changes nothing sees it. */
export interface Reading {
  readonly survey: Survey;
  readonly dialect: Dialect;
  /** Absent when the database does not exist yet. */
  readonly database?: Database;
  /** From now on, names without a schema are those of this track. */
  enter(): Promise<void>;
}

/** `withReadableTracks` for what is about one track. Throws ToolError `usage` when none is chosen of several. */
export const withReadable = <T>(
  project: Project,
  options: Pick<TaskOptions, "onEvent">,
  work: (reading: Reading) => Promise<T>,
): Promise<T> =>
  withReadableTracks(onlyTrack(project), options, async ([reading]) => {
    if (!reading) throw new ToolError("internal", "a project without any track");
    await reading.enter();
    return work(reading);
  });

/**
 * Opens the database for reading only, surveys files and history of all tracks, and closes it again. A database file that does not exist
 * yet is an empty database, and stays non-existent. Throws what `openDatabase` and `survey` throw.
 */
export async function withReadableTracks<T>(
  project: Project,
  { onEvent, tracks = tracksOf }: Pick<TaskOptions, "onEvent"> & { readonly tracks?: typeof tracksOf },
  work: (readings: readonly Reading[]) => Promise<T>,
): Promise<T> {
  return withReadableDatabase(project, { onEvent }, async (database) => {
    const projects = tracks(project);
    requireConfiguredMigrations(projects);
    if (!database) {
      onEvent?.({ type: "note", message: "the database does not exist yet" });
      return work(await withoutDatabase(projects, await dialectOf(project.database)));
    }
    const names = await namesOf(database, projects);
    const readings: Reading[] = [];
    for (const each of projects) {
      const enter = (): Promise<void> => names.leadTo(each);
      await enter();
      const found = survey(each, database).catch((error: unknown) => Promise.reject(ofTrack(each, error)));
      readings.push({ survey: await found, dialect: database.dialect, database, enter });
    }
    return work(readings);
  });
}

/** Opens the database for reading only and closes it again; no files are read. `undefined`: it does not exist yet. */
export async function withReadableDatabase<T>(
  project: Project,
  { onEvent }: Pick<TaskOptions, "onEvent">,
  work: (database: Database | undefined) => Promise<T>,
): Promise<T> {
  const onNotice = (message: string): void => onEvent?.({ type: "notice", message });
  const database = await openDatabase(project.database, { readOnly: true, onNotice }).catch(unlessMissing);
  if (!database) return work(undefined);
  onEvent?.(connectedEvent(database));
  tellOfCopy(database, onEvent);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function tellOfCopy({ driver: { copy } }: Database, onEvent: TaskOptions["onEvent"]): void {
  if (!copy) return;
  const message = `${copy.of} cannot be reached: this is what the replica "${copy.path}" has, as of its last sync (${copy.asOf})`;
  onEvent?.({ type: "warning", message });
}

/** The same as if the database were there and empty. */
export function withoutDatabase(projects: readonly Project[], dialect: Dialect): Promise<readonly Reading[]> {
  checkNamespaces(dialect, projects);
  return Promise.all(
    projects.map(async (each) => {
      const graph = await loadGraph(each).catch((error: unknown) => Promise.reject(ofTrack(each, error)));
      const survey = {
        project: each,
        graph,
        history: [],
        undeclared: [],
        state: reconcile(graph, []),
        fresh: new Set<string>(),
      };
      return { survey, dialect, enter: () => Promise.resolve() };
    }),
  );
}
