import { ToolError } from "../core/errors.ts";
import { requireMigration } from "../core/plan/graph.ts";
import { replay } from "../core/plan/state.ts";
import { connectPatiently, defaultConnectTimeoutMs, isStarting } from "../runtime/connect-patiently.ts";
import { type Database, introspect, openDatabase, unlessMissing } from "../runtime/database.ts";
import { historyExists } from "../runtime/history.ts";
import { namesOf } from "../runtime/namespace.ts";
import { withoutOwnTables } from "../runtime/own-tables.ts";
import { historyPlace, type Project } from "../runtime/project.ts";
import { loadGraph, type TaskOptions } from "../runtime/survey.ts";
import { fake } from "../runtime/tasks/fake.ts";
import { tracksOf } from "../runtime/tracks.ts";
import { quoted } from "./quoted.ts";

/** Throws ToolError `history` for a database that has tables and no history. */
export async function refuseUnversioned(project: Project, database: Database): Promise<void> {
  const tables = await tablesWithoutHistory(project, database);
  if (tables.length > 0)
    throw new ToolError(
      "history",
      `the database has tables (${quoted(tables)}) and no history of migrations; say what to do with ifUnversioned: "baseline" records the first migration as applied, "apply" runs all of them`,
      { tables },
    );
}

/**
 * Records the first migration, or all up to `baseline`, as applied to a database that has tables and no history; returns their names. Throws
 * ToolError `history` when the database lacks a table that they make; then nothing is recorded.
 */
export async function recordBaseline(
  project: Project,
  given: TaskOptions,
  baseline: string | undefined,
): Promise<readonly string[]> {
  if (tracksOf(project).length > 1)
    throw new ToolError(
      "usage",
      'ifUnversioned: "baseline" does not go with several tracks; use `godwit migrate fake`',
    );
  const tables = await withReading(project, given, (database) => tablesWithoutHistory(project, database));
  const graph = await loadGraph(project);
  const name = baseline ?? graph.order[0]?.name;
  if (!tables || tables.length === 0 || name === undefined) return [];
  const wanted = graph.ancestors(requireMigration(graph, name).name);
  const state = replay(graph.order.filter((migration) => migration.name === name || wanted.has(migration.name)));
  const there = new Set(tables.map((table) => table.toLowerCase()));
  const missing = state.tables.map((table) => table.name).filter((table) => !there.has(table.toLowerCase()));
  if (missing.length > 0)
    throw new ToolError(
      "history",
      `"${name}" cannot be recorded as applied: the database has no table ${quoted(missing)}; it has ${quoted(tables)}`,
      { migration: name, missing, tables },
    );
  return (await fake(project, { ...given, name, all: true })).faked;
}

/** `undefined` for a database that does not exist yet. */
async function withReading<T>(
  project: Project,
  { connectTimeoutMs = defaultConnectTimeoutMs, onEvent, signal }: TaskOptions,
  work: (database: Database) => Promise<T>,
): Promise<T | undefined> {
  const target = { ...project.database };
  const open = () => openDatabase(target, { readOnly: true, create: false }).catch(unlessMissing);
  const database = await connectPatiently(open, {
    timeoutMs: connectTimeoutMs,
    worthWaiting: isStarting,
    onEvent,
    signal,
  });
  return database && work(database).finally(() => database.close());
}

/** Names of the tables of a database that has no history; none where it has one. */
async function tablesWithoutHistory(project: Project, database: Database): Promise<readonly string[]> {
  if (await isVersioned(project, database)) return [];
  const tables = withoutOwnTables(await introspect(database), project).tables.map((table) => table.name);
  // Another run that began meanwhile has made its history before any of these tables.
  return tables.length === 0 || (await isVersioned(project, database)) ? [] : tables;
}

/** A track that is new has no history yet, among others that have. */
async function isVersioned(project: Project, database: Database): Promise<boolean> {
  const projects = tracksOf(project);
  const paths = await namesOf(database, projects);
  try {
    for (const each of projects) {
      await paths.leadTo(each);
      if (await historyExists(database, historyPlace(each))) return true;
    }
    return false;
  } finally {
    await paths.reset();
  }
}
