import type { Dialect } from "../core/ddl/dialect.ts";
import { reconcile } from "../core/plan/reconcile.ts";
import { type Database, openDatabase, unlessMissing } from "./database.ts";
import type { Project } from "./project.ts";
import { loadGraph, type Survey, survey, type TaskOptions } from "./survey.ts";
import { parseUrl } from "./url.ts";

/** A project as a task that changes nothing sees it. */
export interface Reading {
  readonly survey: Survey;
  readonly dialect: Dialect;
  /** Absent when the database does not exist yet. */
  readonly database?: Database;
}

/**
 * Opens the database for reading only, surveys files and history, and closes it again. A database file that does not exist yet is
 * an empty database, and stays non-existent. Throws what `openDatabase` and `survey` throw.
 */
export async function withReadable<T>(
  project: Project,
  { onEvent }: Pick<TaskOptions, "onEvent">,
  work: (reading: Reading) => Promise<T>,
): Promise<T> {
  const onNotice = (message: string): void => onEvent?.({ type: "notice", message });
  const database = await openDatabase(project.database, { readOnly: true, onNotice }).catch(unlessMissing);
  if (!database) {
    onEvent?.({ type: "note", message: "the database does not exist yet" });
    return work(await withoutDatabase(project, parseUrl(project.database.url, project.database.dialect).dialect));
  }
  try {
    return await work({ survey: await survey(project, database), dialect: database.dialect, database });
  } finally {
    await database.close();
  }
}

/** The same as if the database were there and empty. */
export async function withoutDatabase(project: Project, dialect: Dialect): Promise<Reading> {
  const graph = await loadGraph(project);
  return { survey: { graph, history: [], state: reconcile(graph, []), fresh: new Set() }, dialect };
}
