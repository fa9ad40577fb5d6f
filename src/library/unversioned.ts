import { ToolError } from "../core/errors.ts";
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
import type { RunOptions } from "./options.ts";
import { quoted } from "./quoted.ts";

/**
 * What to do about a database that has tables and no history. Returns the names of the migrations that were recorded as applied. Throws
 * ToolError `history` where the program does not want to start with such a database; then nothing is changed.
 */
export async function settleUnversioned(
  project: Project,
  given: TaskOptions,
  { ifUnversioned = "refuse", baseline }: Pick<RunOptions, "ifUnversioned" | "baseline">,
): Promise<readonly string[]> {
  if (ifUnversioned === "apply") return [];
  const tables = await tablesWithoutHistory(project, given);
  if (tables.length === 0) return [];
  if (ifUnversioned === "baseline") return recordBaseline(project, tables, { given, baseline });
  throw new ToolError(
    "history",
    `the database has tables (${quoted(tables)}) and no history of migrations; say what to do with ifUnversioned: "baseline" records the first migration as applied, "apply" runs all of them`,
    { tables },
  );
}

/** Names of the tables of a database that has no history; none where it has one, or does not exist yet. */
async function tablesWithoutHistory(project: Project, options: TaskOptions): Promise<readonly string[]> {
  const target = { ...project.database };
  const open = () => openDatabase(target, { readOnly: true, create: false }).catch(unlessMissing);
  const database = await connectPatiently(open, {
    timeoutMs: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
    worthWaiting: isStarting,
    onEvent: options.onEvent,
    signal: options.signal,
  });
  if (!database) return [];
  try {
    if (await isVersioned(project, database)) return [];
    const tables = withoutOwnTables(await introspect(database), project).tables.map((table) => table.name);
    // Another run that began meanwhile has made its history before any of these tables.
    return tables.length === 0 || (await isVersioned(project, database)) ? [] : tables;
  } finally {
    await database.close();
  }
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

async function recordBaseline(
  project: Project,
  tables: readonly string[],
  { given, baseline }: { readonly given: TaskOptions; readonly baseline: string | undefined },
): Promise<readonly string[]> {
  if (tracksOf(project).length > 1)
    throw new ToolError(
      "usage",
      'ifUnversioned: "baseline" does not go with several tracks; use `godwit migrate fake`',
    );
  const graph = await loadGraph(project);
  const name = baseline ?? graph.order[0]?.name;
  if (name === undefined) return [];
  const wanted = graph.ancestors(name);
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
