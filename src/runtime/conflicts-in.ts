import type { Conflict } from "../core/plan/conflict-text.ts";
import type { Graph } from "../core/plan/graph.ts";

/** What heads disagree about. Nearly always there is one head, and nothing needs to be loaded. */
export async function conflictsIn(graph: Graph): Promise<readonly Conflict[]> {
  if (graph.heads.length < 2) return [];
  const { conflictsOf } = await import("../core/plan/conflicts.ts");
  return conflictsOf(graph);
}
