import { PartialError, ToolError } from "../core/errors.ts";
import { graphFor } from "../core/plan/graph.ts";
import { reconcile } from "../core/plan/reconcile.ts";
import { type Database, errorClass } from "./database.ts";
import { readHistory } from "./history.ts";
import { openPast } from "./past.ts";
import { historyPlace } from "./project.ts";
import { runPlan } from "./runner.ts";
import type { Session, TaskOptions } from "./survey.ts";
import { planRollback } from "./tasks/down.ts";
import { eventsOf, trackName } from "./tracks.ts";

/** How far a run has brought a track. */
export interface Advance {
  readonly session: Session;
  /** Names of the migrations that were applied, in order. */
  readonly applied: readonly string[];
}

/** What became of a track after another, or itself, had failed. Part of the public JSON. */
export interface Compensation {
  readonly track: string;
  readonly rolled_back: readonly string[];
  /** Applied in this run, and still there. */
  readonly kept: readonly string[];
  /** Why they are kept; null when there are none. */
  readonly reason: string | null;
}

/**
 * Takes tracks back, the last first, to where they were before this run. What was empty then stays as it is: tables may be older than the
 * history. Where one cannot go back, those before it stay too, because it may build on them. Never throws; a signal does not stop it.
 */
export async function compensate(
  advances: readonly Advance[],
  options: Pick<TaskOptions, "onEvent" | "limits">,
): Promise<readonly Compensation[]> {
  const results: Compensation[] = [];
  let stuck: string | undefined;
  for (const advance of advances.toReversed()) {
    const { session, applied } = advance;
    const track = trackName(session.survey.project);
    if (stuck !== undefined && applied.length > 0) {
      results.push({ track, rolled_back: [], kept: applied, reason: `track "${stuck}" may build on it` });
    } else if (session.survey.state.applied.length === 0 && applied.length > 0) {
      results.push({ track, rolled_back: [], kept: applied, reason: "nothing was applied to it before this run" });
    } else if (session.survey.state.applied.length > 0) {
      const result = await session.unstopped(() => goBack(advance, options));
      if (result.reason !== null) stuck = track;
      if (applied.length > 0 || result.reason !== null) results.push(result);
    }
  }
  return results;
}

/** Whether the database has refused what a migration wants, rather than the run. Only then does going back help. */
export function isMigrationError(database: Database, error: unknown): boolean {
  if (!(error instanceof PartialError) || error.code !== "database") return false;
  const kind = errorClass(database, error);
  return kind !== "connection" && kind !== "busy";
}

/** A sentence for each track. */
export const compensationText = (results: readonly Compensation[]): readonly string[] =>
  results.flatMap(({ track, rolled_back, kept, reason }) => [
    ...(rolled_back.length > 0 ? [`track "${track}" went back: ${rolled_back.join(", ")}`] : []),
    ...(reason === null ? [] : [`track "${track}" keeps ${kept.join(", ") || "what it has"}: ${reason}`]),
  ]);

async function goBack(
  { session, applied }: Advance,
  options: Pick<TaskOptions, "onEvent" | "limits">,
): Promise<Compensation> {
  const { database, survey } = session;
  const { project } = survey;
  const track = trackName(project);
  const keeping = (rolledBack: readonly string[], error: unknown): Compensation => ({
    track,
    rolled_back: rolledBack,
    kept: applied.filter((name) => !rolledBack.includes(name)),
    reason: error instanceof Error ? error.message : String(error),
  });
  try {
    await session.enter();
    const history = await readHistory(database, historyPlace(project));
    const graph = graphFor(survey.graph, history);
    const state = reconcile(graph, history);
    const [half] = state.failed;
    if (half)
      throw new ToolError(
        "history",
        `"${half.name}" stopped half-way and cannot be taken back; \`godwit migrate up\` goes on with it`,
      );
    const rollback = state.applied.filter(({ name }) => applied.includes(name)).toReversed();
    if (rollback.length === 0) return { track, rolled_back: [], kept: [], reason: null };
    const plan = planRollback({ ...survey, graph, state }, rollback, database.dialect);
    const limits = { configured: project.limits, asked: options.limits };
    const place = historyPlace(project);
    const onEvent = eventsOf(project, options.onEvent);
    const run = {
      history: place,
      ending: await openPast(database, place, { reason: "compensated", onEvent }),
      onEvent,
      limits,
    };
    return { track, rolled_back: await runPlan(database, plan, run), kept: [], reason: null };
  } catch (error) {
    return keeping(error instanceof PartialError ? error.applied : [], error);
  }
}
