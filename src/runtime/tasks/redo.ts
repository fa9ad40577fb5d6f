import { mergeLimits } from "../limits.ts";
import type { Project } from "../project.ts";
import { historyPlace } from "../project.ts";
import { runPlan } from "../runner.ts";
import { change, type Session } from "../survey.ts";
import { appliedDownTo, type DownOptions, type DownResult, planRollback } from "./down.ts";
import { halfDone, planPending, type UpResult } from "./up.ts";

export type RedoResult = DownResult & Pick<UpResult, "applied">;

/**
 * Rolls migrations back and applies the same ones again, under one lock; options as for `down`. The files are read
 * again in between. Throws what `down` and `up` throw.
 */
export const redo = (project: Project, options: DownOptions = {}): Promise<RedoResult> =>
  change<RedoResult>(project, options, {
    needed: (survey) => (appliedDownTo(survey, options).length === 0 ? { rolled_back: [], applied: [] } : undefined),
    work: (session) => rollBackAndApply(project, session, options),
  });

async function rollBackAndApply(project: Project, session: Session, options: DownOptions): Promise<RedoResult> {
  const { database, survey } = session;
  const limits = mergeLimits(project.limits, options.limits);
  const run = { history: historyPlace(project), onEvent: options.onEvent, signal: options.signal, limits };
  const rollback = appliedDownTo(survey, options);
  const rolledBack = await runPlan(database, planRollback(survey, rollback, database.dialect), {
    ...run,
    halfDone: halfDone(survey),
  });
  const now = await session.refresh(rolledBack);
  const again = now.state.pending.filter((m) => rolledBack.includes(m.name));
  return { rolled_back: rolledBack, applied: await runPlan(database, planPending(now, again, database.dialect), run) };
}
