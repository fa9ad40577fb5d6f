import { describeGraph } from "../../core/plan/describe.ts";
import { drawGraph } from "../../core/plan/draw.ts";
import type { Project } from "../project.ts";
import { loadGraph } from "../survey.ts";

export interface DagResult {
  /** The public JSON: migrations, roots, leaves, has_branches, has_unresolved_branches, schema_state. */
  readonly json: object;
  /** The same for people: a tree, each migration once. */
  readonly text: string;
  /** Several heads, if there are: they run, and should be merged. */
  readonly unresolved: readonly string[];
}

/** The graph of the project's migrations; no database is asked. Throws ToolError `graph`, `migration` or `state`. */
export async function dag(project: Project): Promise<DagResult> {
  const graph = await loadGraph(project);
  const count = (name: string): string => {
    const operations = graph.find(name)?.operations.length ?? 0;
    return `${name}  ${operations === 1 ? "1 operation" : `${operations} operations`}`;
  };
  return {
    json: describeGraph(graph),
    text: graph.order.length === 0 ? "no migrations" : drawGraph(graph, count),
    unresolved: graph.heads.length > 1 ? graph.heads : [],
  };
}
