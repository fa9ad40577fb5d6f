import type { DagFormat } from "../../core/diagram/formats.ts";
import type { States } from "../../core/diagram/history.ts";
import { ToolError } from "../../core/errors.ts";
import { conflictAdvice, conflictText, opponentsOf } from "../../core/plan/conflict-text.ts";
import { drawGraph } from "../../core/plan/draw.ts";
import type { Graph } from "../../core/plan/graph.ts";
import { conflictsIn } from "../conflicts-in.ts";
import type { OnEvent } from "../events.ts";
import type { Project } from "../project.ts";
import { loadGraph } from "../survey.ts";
import { hasSeveral, ofTrack, trackName, tracksOf } from "../tracks.ts";

export interface DagResult {
  /** The public JSON: migrations, roots, leaves, has_branches, has_unresolved_branches, conflicts, schema_state; of several tracks, a list. */
  json(): Promise<object>;
  /** The same for people: a tree, each migration once, or a picture. */
  text(): Promise<string>;
  /** Several heads, if there are. */
  readonly unresolved: readonly string[];
  /** What they disagree about, a sentence each, and what there is to do. */
  readonly conflicts: readonly string[];
}

export interface DagOptions {
  /** Ask the database where each migration stands. */
  readonly status?: boolean | undefined;
  readonly format?: DagFormat | undefined;
  readonly onEvent?: OnEvent;
}

/**
 * The graph of the project's migrations; no database is asked unless that is wanted. Throws ToolError `graph`, `migration` or `state`; with `status`,
 * `url` and `connect`, and `usage` for a picture of several tracks.
 */
export async function dag(project: Project, options: DagOptions = {}): Promise<DagResult> {
  const projects = tracksOf(project);
  const states = options.status ? await statesOf(project, options.onEvent) : [];
  const graphs = await Promise.all(
    projects.map((each) => loadGraph(each, "look").catch((error: unknown) => Promise.reject(ofTrack(each, error)))),
  );
  const [first] = graphs;
  if (first && !hasSeveral(projects)) return dagOf(first, options, states[0]);
  if (options.format === "svg" || options.format === "mermaid")
    throw new ToolError("usage", "there are several tracks, and a picture shows one; name it with --track");
  const tracks = await Promise.all(
    graphs.map(async (graph, i) => ({
      name: projects[i] ? trackName(projects[i]) : "",
      ...(await dagOf(graph, options, states[i])),
    })),
  );
  return {
    json: async () => ({
      tracks: await Promise.all(tracks.map(async ({ name, json }) => ({ name, ...(await json()) }))),
    }),
    text: async () =>
      (await Promise.all(tracks.map(async ({ name, text }) => `${name}\n${indented(await text())}`))).join("\n\n"),
    conflicts: tracks.flatMap(({ name, conflicts }) => conflicts.map((text) => `track "${name}": ${text}`)),
    unresolved: tracks.flatMap(({ name, unresolved }) => unresolved.map((head) => `${name}/${head}`)),
  };
}

/** Each form is loaded when it is wanted: a tree needs neither the schemas that `json` describes nor pictures. */
async function dagOf(graph: Graph, { format }: DagOptions, states: States | undefined): Promise<DagResult> {
  const conflicts = await conflictsIn(graph);
  const label = (name: string): string => {
    const operations = graph.find(name)?.operations.length ?? 0;
    const state = states?.get(name);
    const others = opponentsOf(name, conflicts);
    const remarks = [
      operations === 1 ? "1 operation" : `${operations} operations`,
      ...(state ? [state] : []),
      ...(others.length > 0 ? [`conflicts with ${others.join(", ")}`] : []),
    ];
    return [name, ...remarks].join("  ");
  };
  return {
    json: async () => {
      const { describeGraph } = await import("../../core/plan/describe.ts");
      const described = describeGraph(graph, conflicts);
      return states ? { ...described, states: Object.fromEntries(states) } : described;
    },
    text: async () => {
      if (format === "svg" || format === "mermaid") {
        const { historyMermaid, historySvg } = await import("../../core/diagram/history.ts");
        return (format === "svg" ? historySvg : historyMermaid)(graph, { states, conflicts });
      }
      return graph.order.length === 0 ? "no migrations" : drawGraph(graph, label);
    },
    unresolved: graph.heads.length > 1 ? graph.heads : [],
    conflicts: conflicts.length === 0 ? [] : [...conflicts.map(conflictText), conflictAdvice(conflicts)],
  };
}

/** Of each track that `tracksOf` names, in its order. */
const statesOf = async (project: Project, onEvent: OnEvent | undefined): Promise<readonly States[]> => {
  const { status } = await import("./status.ts");
  const { tracks } = await status(project, { ...(onEvent && { onEvent }) });
  return tracks.map(({ migrations }) => new Map(migrations.map(({ name, state }) => [name, state])));
};

const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
