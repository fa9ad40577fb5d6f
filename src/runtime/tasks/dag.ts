import { conflictAdvice, conflictText } from "../../core/plan/conflict-text.ts";
import { conflictsOf } from "../../core/plan/conflicts.ts";
import { describeGraph } from "../../core/plan/describe.ts";
import { drawGraph } from "../../core/plan/draw.ts";
import type { Graph } from "../../core/plan/graph.ts";
import type { Project } from "../project.ts";
import { loadGraph } from "../survey.ts";
import { hasSeveral, ofTrack, trackName, tracksOf } from "../tracks.ts";

export interface DagResult {
  /** The public JSON: migrations, roots, leaves, has_branches, has_unresolved_branches, conflicts, schema_state; of several tracks, a list. */
  readonly json: object;
  /** The same for people: a tree, each migration once. */
  readonly text: string;
  /** Several heads, if there are. */
  readonly unresolved: readonly string[];
  /** What they disagree about, a sentence each, and what there is to do. */
  readonly conflicts: readonly string[];
}

/** The graph of the project's migrations; no database is asked. Throws ToolError `graph`, `migration` or `state`. */
export async function dag(project: Project): Promise<DagResult> {
  const projects = tracksOf(project);
  const graphs = await Promise.all(
    projects.map((each) => loadGraph(each, "look").catch((error: unknown) => Promise.reject(ofTrack(each, error)))),
  );
  const [first] = graphs;
  if (first && !hasSeveral(projects)) return dagOf(first);
  const tracks = graphs.map((graph, i) => ({ name: projects[i] ? trackName(projects[i]) : "", ...dagOf(graph) }));
  return {
    json: { tracks: tracks.map(({ name, json }) => ({ name, ...json })) },
    text: tracks.map(({ name, text }) => `${name}\n${indented(text)}`).join("\n\n"),
    conflicts: tracks.flatMap(({ name, conflicts }) => conflicts.map((text) => `track "${name}": ${text}`)),
    unresolved: tracks.flatMap(({ name, unresolved }) => unresolved.map((head) => `${name}/${head}`)),
  };
}

function dagOf(graph: Graph): DagResult {
  const count = (name: string): string => {
    const operations = graph.find(name)?.operations.length ?? 0;
    return `${name}  ${operations === 1 ? "1 operation" : `${operations} operations`}`;
  };
  return {
    get json() {
      return describeGraph(graph);
    },
    get text() {
      return graph.order.length === 0 ? "no migrations" : drawGraph(graph, count);
    },
    unresolved: graph.heads.length > 1 ? graph.heads : [],
    conflicts: conflictTexts(graph),
  };
}

function conflictTexts(graph: Graph): readonly string[] {
  const conflicts = conflictsOf(graph);
  return conflicts.length === 0 ? [] : [...conflicts.map(conflictText), conflictAdvice(conflicts)];
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
