import { checkClashes } from "../conflicts-in.ts";
import { withRunHooks } from "../hooks.ts";
import type { Project } from "../project.ts";
import { planPending, runPending } from "../run-pending.ts";
import { change, type Session } from "../survey.ts";
import type { UpResult } from "../up-options.ts";
import { appliedDownTo, type DownOptions, type DownResult, planRollback, rollBack } from "./down.ts";

export type RedoResult = Pick<DownResult, "rolled_back"> & Pick<UpResult, "applied">;

/**
 * Rolls migrations back and applies the same ones again, under one lock; options as for `down`. The files are read
 * again in between. Throws what `down` and `up` throw.
 */
export const redo = (project: Project, options: DownOptions = {}): Promise<RedoResult> =>
  change<RedoResult>(project, options, {
    needed: (survey) => (appliedDownTo(survey, options).length === 0 ? { rolled_back: [], applied: [] } : undefined),
    work: (session) => rollBackAndApply(session, options),
  });

async function rollBackAndApply(session: Session, options: DownOptions): Promise<RedoResult> {
  const { database, survey } = session;
  const rollback = appliedDownTo(survey, options);
  await checkClashes(survey, rollback, options);
  const names = rollback.map(({ name }) => name);
  const done = ({ rolled_back }: RedoResult): readonly string[] => rolled_back;
  return withRunHooks({ direction: "redo", parts: [{ session, names }], options, done }, async () => {
    const rolledBack = await rollBack(session, planRollback(survey, rollback, database.dialect), options, "redone");
    const now = await session.refresh(rolledBack);
    const again = now.state.pending.filter((m) => rolledBack.includes(m.name));
    const plan = planPending(now, again, database.dialect);
    return { rolled_back: rolledBack, applied: await runPending({ ...session, survey: now }, plan, options) };
  });
}
