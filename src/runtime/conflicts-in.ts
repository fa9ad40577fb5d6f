import { ToolError } from "../core/errors.ts";
import { type Conflict, conflictAdvice, conflictText, objectsText } from "../core/plan/conflict-text.ts";
import type { Graph } from "../core/plan/graph.ts";
import type { Migration } from "../core/plan/migration.ts";
import type { Survey } from "./survey.ts";
import { eventsOf, ofTrack } from "./tracks.ts";
import type { UpOptions } from "./up-options.ts";

/** What heads disagree about. Nearly always there is one head, and nothing needs to be loaded. */
export async function conflictsIn(graph: Graph): Promise<readonly Conflict[]> {
  if (graph.heads.length < 2) return [];
  const { conflictsOf } = await import("../core/plan/conflicts.ts");
  return conflictsOf(graph);
}

/**
 * Holds what is about to be applied against the other branches: throws ToolError `graph` (`data.conflicts`) when two that conflict would both be there
 * afterwards and one of them begins now, for then its place among the others is chance. With `allowConflicts` it says so in warnings.
 */
export async function checkConflicts(
  { project, graph, state }: Survey,
  pending: readonly Migration[],
  { allowConflicts, onEvent }: Pick<UpOptions, "allowConflicts" | "onEvent">,
): Promise<void> {
  if (pending.length === 0 || graph.heads.length < 2) return;
  // What stopped half-way has its place already, and has to be finished.
  const begun = new Set(state.entries.flatMap(({ name, applied }) => (applied ? [name] : [])));
  const begins = new Set(pending.flatMap(({ name }) => (begun.has(name) ? [] : [name])));
  const conflicts = (await conflictsIn(graph)).filter(
    ({ migrations }) =>
      migrations.some((name) => begins.has(name)) && migrations.every((name) => begins.has(name) || begun.has(name)),
  );
  if (conflicts.length === 0) return;
  const advice = conflictAdvice(conflicts, begun);
  if (!allowConflicts) {
    const message = `${conflicts.map(conflictText).join("\n")}\nnothing was run; ${advice}; \`--allow-conflicts\` runs them as they come, by name`;
    throw ofTrack(project, new ToolError("graph", message, { conflicts }));
  }
  const tell = eventsOf(project, onEvent);
  for (const conflict of conflicts) tell?.({ type: "warning", message: conflictText(conflict) });
  tell?.({ type: "warning", message: `they run as they come, by name; ${advice}` });
}

/**
 * Holds what is about to be rolled back against the branches that stay: throws ToolError `graph` (`data.clashes`) when something of them came later
 * and is about the same. With `allowConflicts` it says so in warnings.
 */
export async function checkClashes(
  { project, graph, state }: Survey,
  rollback: readonly Migration[],
  { allowConflicts, onEvent }: Pick<UpOptions, "allowConflicts" | "onEvent">,
): Promise<void> {
  // Nearly always all that stays is older.
  if (rollback.length === 0 || !graph.hasBranches) return;
  const { clashesOf } = await import("../core/plan/conflicts.ts");
  const times = new Map(state.entries.flatMap(({ name, applied }) => (applied ? [[name, applied.appliedAt]] : [])));
  const clashes = clashesOf(graph, { applied: state.applied, rollback, times });
  if (clashes.length === 0) return;
  const texts = clashes.map(
    ({ rolled_back, stays, objects }) =>
      `"${stays}" was applied after "${rolled_back}" and is about the same: ${objectsText(objects)}`,
  );
  if (!allowConflicts) {
    const way = "roll both back with `--to` or `--steps`, or leave the later one as it is with `--allow-conflicts`";
    throw ofTrack(project, new ToolError("graph", `${texts.join("\n")}\nnothing was rolled back; ${way}`, { clashes }));
  }
  const tell = eventsOf(project, onEvent);
  for (const message of texts) tell?.({ type: "warning", message });
}
