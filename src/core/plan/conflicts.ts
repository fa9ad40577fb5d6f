import { ToolError } from "../errors.ts";
import { footprintOf } from "../footprint/footprint.ts";
import { everything, type Footprint, type Mark, markTitle, unionOf } from "../footprint/mark.ts";
import { type Meeting, meetings } from "../footprint/meet.ts";
import { apply } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import { type Conflict, conflictAdvice, conflictText } from "./conflict-text.ts";
import type { Graph } from "./graph.ts";
import type { Migration } from "./migration.ts";
import { replay } from "./state.ts";

/**
 * What the branches of a graph disagree about; empty when there is one head, and when all that heads have to themselves commutes: then they run in
 * whichever order, and need no merge. No database is asked.
 */
export function conflictsOf(graph: Graph): readonly Conflict[] {
  if (graph.heads.length < 2) return [];
  const branches = branchesOf(graph);
  const found: Conflict[] = [];
  for (const [i, first] of branches.entries())
    for (const second of branches.slice(i + 1)) found.push(...between(first, second));
  return found;
}

/** Throws ToolError `graph` that names all conflicts; `data.conflicts` has them. */
export function refuseConflicts(graph: Graph): void {
  const conflicts = conflictsOf(graph);
  if (conflicts.length === 0) return;
  const message = `${conflicts.map(conflictText).join("\n")}\n${conflictAdvice(conflicts)}`;
  throw new ToolError("graph", message, { conflicts });
}

/** A migration that is to be rolled back, and one that was applied after it, stays, and is about the same. */
export interface Clash {
  readonly rolled_back: string;
  readonly stays: string;
  readonly objects: readonly string[];
}

/** Where a rollback is looked at. */
export interface Rollback {
  /** In the order of the graph; what is rolled back is among them. */
  readonly applied: readonly Migration[];
  readonly rollback: readonly Migration[];
  /** Name → when it was applied, as ISO 8601. */
  readonly times: ReadonlyMap<string, string>;
}

/** What a rollback would take from under what stays: migrations of other branches that came later to the database and touch the same. */
export function clashesOf(graph: Graph, { applied, rollback, times }: Rollback): readonly Clash[] {
  // What has the same time stands as the graph has it.
  const places = new Map(
    applied.map(({ name }, i) => [name, `${times.get(name) ?? ""} ${String(i).padStart(9, "0")}`]),
  );
  const placeOf = (name: string): string => places.get(name) ?? "";
  const going = new Set(rollback.map(({ name }) => name));
  const staying = applied.filter(({ name }) => !going.has(name));
  const pairs = rollback.flatMap(({ name }) => {
    const needed = graph.ancestors(name);
    const later = staying.filter((other) => placeOf(other.name) > placeOf(name) && !needed.has(other.name));
    return later.map((other) => ({ rolled_back: name, stays: other.name }));
  });
  if (pairs.length === 0) return [];
  const footprints = footprintsOf(applied, graph.surroundings);
  return pairs.flatMap(({ rolled_back, stays }) => {
    const found = meetings(footprints.get(rolled_back) ?? unknown, footprints.get(stays) ?? unknown);
    return found.length === 0 ? [] : [{ rolled_back, stays, objects: titlesOf(found) }];
  });
}

interface Branch {
  readonly head: string;
  /** All that the head needs and not all heads do, with what it touches. */
  readonly own: ReadonlyMap<string, Footprint>;
}

/** Each branch is read as if the others were not there, for together they may not even fit. */
function branchesOf(graph: Graph): readonly Branch[] {
  const lineages = graph.heads.map((head) => new Set([head, ...graph.ancestors(head)]));
  const [shared, apart] = split(graph.order, ({ name }) => lineages.every((lineage) => lineage.has(name)));
  let base: Schema | undefined;
  try {
    base = replay(shared, graph.surroundings);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
  }
  return graph.heads.map((head, i) => {
    const lineage = apart.filter(({ name }) => lineages[i]?.has(name));
    return { head, own: footprintsOf(lineage, base) };
  });
}

function footprintsOf(migrations: readonly Migration[], base: Schema | undefined): ReadonlyMap<string, Footprint> {
  let schema = base;
  return new Map(
    migrations.map((migration) => {
      const walked = schema && walk(migration, schema);
      schema = walked?.after;
      return [migration.name, walked?.footprint ?? unknown];
    }),
  );
}

/** Of what does not fit where it stands, nobody knows what it touches; whoever plans it says what is wrong. */
const unknown: Footprint = { reads: [], writes: [everything] };

function walk(
  { operations }: Migration,
  from: Schema,
): { readonly after: Schema; readonly footprint: Footprint } | undefined {
  let schema = from;
  const footprints: Footprint[] = [];
  try {
    for (const operation of operations) {
      footprints.push(footprintOf(operation, schema));
      schema = apply(schema, operation);
    }
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
  return { after: schema, footprint: unionOf(footprints) };
}

function between(first: Branch, second: Branch): readonly Conflict[] {
  const apart = (branch: Branch, other: Branch) => [...branch.own].filter(([name]) => !other.own.has(name));
  const others = apart(second, first);
  return apart(first, second).flatMap(([name, mine]) =>
    others.flatMap(([otherName, theirs]): readonly Conflict[] => {
      const found = meetings(mine, theirs);
      if (found.length === 0) return [];
      const opaque = [...(isOpaque(mine) ? [name] : []), ...(isOpaque(theirs) ? [otherName] : [])];
      return [{ heads: [first.head, second.head], migrations: [name, otherName], objects: titlesOf(found), opaque }];
    }),
  );
}

const isOpaque = ({ writes }: Footprint): boolean => writes.some(({ object }) => object === everything.object);

/** Names alone are left out where the things are there that have them. */
function titlesOf(found: readonly Meeting[]): readonly string[] {
  const parts = new Set(found.flatMap(({ mark }) => (mark.table === undefined ? [] : [nameKey(mark)])));
  const said = found.filter(({ mark }) => mark.table !== undefined || !parts.has(nameKey(mark)));
  return [...new Set(said.map(({ mark }) => markTitle(mark)))];
}

const nameKey = ({ object, name }: Mark): string => `${object} ${name}`;

function split<T>(list: readonly T[], isFirst: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(isFirst), list.filter((each) => !isFirst(each))];
}
