import type { Graph } from "../core/plan/graph.ts";
import { replay } from "../core/plan/state.ts";
import { ownPart } from "../core/plan/surroundings.ts";
import type { Declared } from "../core/schema/declared.ts";
import { mergeNamespaces } from "../core/schema/merge-namespaces.ts";
import type { Schema } from "../core/schema/model.ts";
import { namespaceNames, namespacesOf, withNamespaces } from "../core/schema/namespaces.ts";
import type { Project } from "./project.ts";
import { loadProjectSchema } from "./project-schema.ts";
import { loadGraph } from "./survey.ts";
import { otherTracks } from "./tracks.ts";

/** Two schemas to compare. */
export interface TrackSchemas {
  /** What the migrations add up to. */
  readonly from: Schema;
  readonly declared: Declared;
}

/**
 * What the project declares and what its migrations add up to, as far as it is for the track at hand: tables of other tracks are not to
 * be made again, and those of earlier ones are on both sides, to be pointed at. A table that no track makes yet is for this one.
 */
export async function loadTrackSchemas(project: Project, graph: Graph): Promise<TrackSchemas> {
  const declared = await loadProjectSchema(project);
  const from = replay(graph.order, graph.surroundings);
  const others = otherTracks(project);
  if (others.length === 0) return { from, declared };
  const elsewhere = new Set<string>();
  const places = new Set<string>();
  for (const other of others) {
    const { tables, namespaces = [] } = await finalState(other);
    for (const { name } of tables) elsewhere.add(name);
    for (const { name } of namespaces) places.add(name);
  }
  const own = new Set(ownPart(from, graph).tables.map(({ name }) => name));
  const { schema, renames } = declared;
  const becomes = new Map(renames.tables.map((rename) => [rename.to, rename.from]));
  const isMine = (name: string): boolean =>
    own.has(name) || !(elsewhere.has(name) || elsewhere.has(becomes.get(name) ?? name));
  const mine = schema.tables.filter(({ name }) => isMine(name));
  // A name that an earlier track has given up is free, if this one wants it.
  const wanted = new Set(mine.map(({ name }) => name));
  const around = graph.surroundings.tables.filter(({ name }) => !wanted.has(name));
  const ownPlaces = namespaceNames(ownPart(from, graph));
  const namespaces = mergeNamespaces([
    namespacesOf(graph.surroundings),
    namespacesOf(schema).filter(({ name }) => ownPlaces.includes(name) || !places.has(name)),
  ]);
  return {
    from: { ...from, tables: [...from.tables.filter(({ name }) => own.has(name)), ...around] },
    declared: { ...declared, schema: withNamespaces({ ...schema, tables: [...mine, ...around] }, namespaces) },
  };
}

async function finalState(project: Project): Promise<Schema> {
  const graph = await loadGraph(project);
  return ownPart(replay(graph.order, graph.surroundings), graph);
}
