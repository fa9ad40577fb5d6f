import type { LiveSchema, UnsupportedObject } from "../core/ddl/dialect.ts";
import { diffLive } from "../core/ddl/live.ts";
import { schemaOn } from "../core/ddl/schema-on.ts";
import { countRows } from "../core/ddl/select.ts";
import type { Change } from "../core/diff/change.ts";
import { ToolError } from "../core/errors.ts";
import type { Graph } from "../core/plan/graph.ts";
import type { Migration } from "../core/plan/migration.ts";
import { replay } from "../core/plan/state.ts";
import { planUp } from "../core/plan/steps.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import type { Schema } from "../core/schema/model.ts";
import { namespaceNames } from "../core/schema/namespaces.ts";
import { type Database, introspect } from "./database.ts";
import type { Project } from "./project.ts";
import { runPlan } from "./runner.ts";
import { withScratch } from "./scratch.ts";
import { inWordsOf } from "./spellings.ts";
import { loadGraph } from "./survey.ts";
import { earlierTracks } from "./tracks.ts";

/** Migrations in the order in which they run, over what earlier tracks made. */
export interface History {
  readonly migrations: readonly Migration[];
  readonly surroundings: Schema;
}

/** What came of comparing databases. `different`: what it is about. `unknown`: why there is nothing to compare. */
export type Proof =
  | { readonly found: "same" }
  | { readonly found: "different"; readonly about: string }
  | { readonly found: "unknown"; readonly why: string };

/**
 * Whether two histories make the same database: each runs on an empty one of its own, which is removed again. Never throws what a database or the
 * lack of one says; then nothing is known, or of the second history alone, it is not the same.
 */
export async function proveSame(project: Project, one: History, other: History): Promise<Proof> {
  const [first, second] = [await builtBy(project, one), await builtBy(project, other)];
  if ("why" in first) return { found: "unknown", why: first.why };
  if ("why" in second) return { found: "different", about: second.why };
  const about = firstApart(first, second) ?? firstApart(second, first);
  return about === undefined ? { found: "same" } : { found: "different", about };
}

/** How a database differs from what its migrations add up to, which is what both histories are measured by. */
interface Built {
  readonly changes: readonly Change[];
  readonly unsupported: readonly UnsupportedObject[];
  /** Of each table, how many rows the migrations gave it. What is in them may be another time and another number each time. */
  readonly rows: ReadonlyMap<string, string>;
}

async function builtBy(
  project: Project,
  { migrations, surroundings }: History,
): Promise<Built | { readonly why: string }> {
  const earlier = surroundings.tables.length > 0 ? earlierTracks(project) : [];
  if ([...earlier, project].some(({ track }) => earlier.length > 0 && track?.schema !== undefined))
    return { why: "the track builds on others, and not all of them are in the same schema" };
  try {
    const ground: Graph[] = [];
    for (const each of earlier) ground.push(await loadGraph(each));
    return await withScratch(project.database, ({ use }) =>
      use(async (database) => {
        const { dialect } = database;
        for (const { order, surroundings: before } of ground)
          await runPlan(database, planUp({ pending: order, before, dialect }));
        await runPlan(database, planUp({ pending: migrations, before: surroundings, dialect }));
        const state = replay(migrations, surroundings);
        const live = await introspect(database, namespaceNames(state));
        const expected = schemaOn(state, dialect);
        const changes = diffLive(expected, await inWordsOf(expected, live, database), dialect);
        return { changes, unsupported: live.unsupported, rows: await rowsOf(database, live, namespaceNames(state)) };
      }),
    );
  } catch (error) {
    // What else could be done about it, an import could do.
    if (error instanceof ToolError && error.code === "config") return { why: error.message.replace(/; .*$/s, "") };
    if (error instanceof ToolError && error.code !== "cancelled") return { why: error.message };
    throw error;
  }
}

async function rowsOf(
  { driver, dialect }: Database,
  { tables }: LiveSchema,
  namespaces: readonly string[],
): Promise<Built["rows"]> {
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await driver.query(countRows({ table: name, namespaces }, dialect));
    found.set(name, String(row?.["n"]));
  }
  return found;
}

/** What is said of one and not of the other, in words. */
function firstApart(one: Built, other: Built): string | undefined {
  const said = new Set([...other.changes, ...other.unsupported].map(canonicalJson));
  const change = one.changes.find((each) => !said.has(canonicalJson(each)));
  if (change) return change.detail;
  const thing = one.unsupported.find((each) => !said.has(canonicalJson(each)));
  if (thing) return `${thing.kind} "${thing.object}" is only in one of them`;
  const counted = [...one.rows].find(([table, rows]) => other.rows.get(table) !== rows);
  return (
    counted &&
    `"${counted[0]}" has ${counted[1]} rows in one of them and ${other.rows.get(counted[0]) ?? 0} in the other`
  );
}
