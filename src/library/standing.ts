import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { replay } from "../core/plan/state.ts";
import { connectPatiently, defaultConnectTimeoutMs, isStarting } from "../runtime/connect-patiently.ts";
import { type Database, introspect, openDatabase, unlessMissing } from "../runtime/database.ts";
import { historyExists, readHistory } from "../runtime/history.ts";
import { migrationNames } from "../runtime/migrations.ts";
import { namesOf } from "../runtime/namespace.ts";
import { withoutOwnTables } from "../runtime/own-tables.ts";
import { historyPlace, type Project } from "../runtime/project.ts";
import { loadGraph, type TaskOptions } from "../runtime/survey.ts";
import { fake } from "../runtime/tasks/fake.ts";
import { tracksOf } from "../runtime/tracks.ts";
import type { RunOptions } from "./options.ts";

/** How a database stands against the migrations of a program, as far as the names alone tell. */
export interface Standing {
  /** What is applied and unknown to the program, oldest first. */
  readonly unknown: readonly Applied[];
  /** What the program knows and stopped half-way. */
  readonly failed: readonly Applied[];
  /** Tables of a database that has no history; empty where it has one. */
  readonly strangers: readonly string[];
}

/** Looks without changing anything. A database file that does not exist yet is an empty database. */
export async function standingOf(project: Project, options: TaskOptions): Promise<Standing> {
  const target = { ...project.database };
  const database = await connectPatiently(
    () => openDatabase(target, { readOnly: true, create: false }).catch(unlessMissing),
    {
      timeoutMs: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
      worthWaiting: isStarting,
      onEvent: options.onEvent,
      signal: options.signal,
    },
  );
  if (!database) return { unknown: [], failed: [], strangers: [] };
  try {
    return await look(project, database);
  } finally {
    await database.close();
  }
}

async function look(project: Project, database: Database): Promise<Standing> {
  const unknown: Applied[] = [];
  const failed: Applied[] = [];
  const projects = tracksOf(project);
  const paths = await namesOf(database, projects);
  try {
    // Another run makes its history before any table, so tables that are seen first cannot be its.
    const tables = withoutOwnTables(await introspect(database), project).tables.map((table) => table.name);
    let versioned = false;
    for (const each of projects) {
      await paths.leadTo(each);
      const place = historyPlace(each);
      versioned ||= await historyExists(database, place);
      const names = new Set(await migrationNames(each.migrationsDir, { root: each.root }));
      for (const row of await readHistory(database, place)) {
        if (!names.has(row.name)) unknown.push(row);
        else if (row.state === "failed") failed.push(row);
      }
    }
    return { unknown, failed, strangers: versioned ? [] : tables };
  } finally {
    await paths.reset();
  }
}

/** Throws ToolError `history` for what the program does not want to start with; says what it starts with all the same. */
export function judge({ unknown, failed, strangers }: Standing, options: RunOptions): void {
  const { ifAhead = "allow", ifFailed = "continue", ifUnversioned = "refuse", onEvent } = options;
  const half = unknown.find((row) => row.state === "failed");
  if (half) throw refused(`"${half.name}" stopped half-way, and this program does not know it; ${newer}`, [half.name]);
  const names = unknown.map((row) => row.name);
  if (names.length > 0) {
    const ahead = `the database is ahead of this program, which does not know ${quoted(names)}`;
    if (ifAhead === "refuse") throw refused(`${ahead}; start one that does, or allow it with ifAhead: "allow"`, names);
    onEvent?.({ type: "note", message: `${ahead}; going on all the same` });
  }
  const [stopped] = failed;
  if (stopped && ifFailed === "refuse")
    throw refused(
      `"${stopped.name}" stopped half-way; finish it with \`godwit migrate up\`, or allow that with ifFailed: "continue"`,
      failed.map((row) => row.name),
    );
  if (strangers.length > 0 && ifUnversioned === "refuse")
    throw new ToolError(
      "history",
      `the database has tables (${quoted(strangers)}) and no history of migrations; say what to do with ifUnversioned: "baseline" records the first migration as applied, "apply" runs all of them`,
      { tables: strangers },
    );
}

/**
 * Records the migrations up to `baseline` as applied, without running them; returns their names. Throws ToolError `history`, and records
 * nothing, when the database lacks a table that they make.
 */
export async function recordBaseline(
  project: Project,
  { strangers }: Standing,
  options: TaskOptions & Pick<RunOptions, "baseline">,
): Promise<readonly string[]> {
  if (tracksOf(project).length > 1)
    throw new ToolError(
      "usage",
      'ifUnversioned: "baseline" does not go with several tracks; use `godwit migrate fake`',
    );
  const graph = await loadGraph(project);
  const name = options.baseline ?? graph.order[0]?.name;
  if (name === undefined) return [];
  const wanted = graph.ancestors(name);
  const state = replay(graph.order.filter((migration) => migration.name === name || wanted.has(migration.name)));
  const there = new Set(strangers.map((table) => table.toLowerCase()));
  const missing = state.tables.map((table) => table.name).filter((table) => !there.has(table.toLowerCase()));
  if (missing.length > 0)
    throw new ToolError(
      "history",
      `"${name}" cannot be recorded as applied: the database has no table ${quoted(missing)}; it has ${quoted(strangers)}`,
      { migration: name, missing, tables: strangers },
    );
  return (await fake(project, { ...options, name, all: true })).faked;
}

const newer = "start the version that does, or finish it there with `godwit migrate up`";

const refused = (message: string, migrations: readonly string[]): ToolError =>
  new ToolError("history", message, { migrations });

const quoted = (names: readonly string[]): string => {
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  return [...shown, ...(names.length > 5 ? [`${names.length - 5} more`] : [])].join(", ");
};
