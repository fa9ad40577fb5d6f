import type { LiveSchema } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { replay } from "../core/plan/state.ts";
import { planUp } from "../core/plan/steps.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import type { Schema } from "../core/schema/model.ts";
import { namespaceNames } from "../core/schema/namespaces.ts";
import { introspect } from "./database.ts";
import type { Project } from "./project.ts";
import { runPlan } from "./runner.ts";
import { withScratch } from "./scratch.ts";

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
  const about = differenceOf(first.live, second.live);
  return about === undefined ? { found: "same" } : { found: "different", about };
}

type Built = { readonly live: LiveSchema } | { readonly why: string };

async function builtBy(project: Project, { migrations, surroundings }: History): Promise<Built> {
  try {
    if (surroundings.tables.length > 0) return { why: "a track that builds on others has no database of its own" };
    return await withScratch(project.database, ({ use }) =>
      use(async (database) => {
        await runPlan(database, planUp({ pending: migrations, before: surroundings, dialect: database.dialect }));
        return { live: await introspect(database, namespaceNames(replay(migrations, surroundings))) };
      }),
    );
  } catch (error) {
    if (error instanceof ToolError && error.code !== "cancelled") return { why: error.message };
    throw error;
  }
}

/** The first thing that is not the same in two databases, in words; `undefined` where all is. */
export function differenceOf(one: LiveSchema, other: LiveSchema): string | undefined {
  const [here, there] = [thingsOf(one), thingsOf(other)];
  const different = [...new Set([...here.keys(), ...there.keys()])].find((name) => here.get(name) !== there.get(name));
  if (different === undefined) return undefined;
  if (!there.has(different)) return `${different} is missing`;
  return here.has(different) ? `${different} is another` : `${different} is too much`;
}

/** What it is called → what it is. Indexes, constraints and keys of a table have no order. */
function thingsOf({ tables, ...lists }: LiveSchema): ReadonlyMap<string, string> {
  const things = new Map(tables.map((table) => [`table "${table.name}"`, canonicalJson(sortedParts(table))]));
  for (const [kind, list = []] of Object.entries(lists))
    for (const thing of list) {
      const name = "name" in thing ? thing.name : thing.object;
      const owner = "table" in thing && thing.table !== undefined ? `${thing.table}.` : "";
      things.set(`${kind} "${owner}${name}"`, canonicalJson(thing));
    }
  return things;
}

const sortedParts = (table: LiveSchema["tables"][number]): object =>
  Object.fromEntries(
    Object.entries(table).map(([key, value]) => [
      key,
      Array.isArray(value) && key !== "columns" && key !== "primaryKey" ? value.map(canonicalJson).sort() : value,
    ]),
  );
