import { byMigration } from "../../core/plan/plan.ts";
import { historyMoved, movedSince, type PlanFile, refuseMoved, trackMoved } from "../../core/plan/plan-file.ts";
import { withDifferences } from "../changed.ts";
import { withRunHooks } from "../hooks.ts";
import { historyOf, planNow } from "../plan-content.ts";
import type { Project } from "../project.ts";
import { checkRequirements } from "../requirements.ts";
import { change, type Session, type TaskOptions } from "../survey.ts";
import { chooseTrack } from "../tracks.ts";
import { readPlan } from "./plan.ts";
import { runPending, type UpResult } from "./up.ts";

export interface ApplyOptions extends TaskOptions {
  /** Path of the plan. */
  readonly file: string;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
}

/**
 * Runs exactly what a plan file says. The plan is made again from the migrations, with the lock held, and has to be the same to the
 * letter: SQL of the file itself is never run. Throws ToolError `file` for what is no plan, `history` with `moved` in its data when
 * something is otherwise now, before anything runs; PartialError when a migration fails.
 */
export async function applyPlan(project: Project, options: ApplyOptions): Promise<UpResult> {
  const planned = await readPlan(options.file);
  const own = planned.track === undefined || project.track ? project : chooseTrack(project, planned.track);
  refuseMoved(trackMoved(planned, own.track?.name));
  return withDifferences(own, () =>
    change<UpResult>(own, options, {
      before: (database) => checkRequirements(database, [own]),
      needed: ({ history }) => {
        refuseMoved(historyMoved(planned, historyOf(history)));
        return planned.migrations.length === 0 ? { applied: [] } : undefined;
      },
      work: (session) => applyChecked(session, planned, options),
    }),
  );
}

async function applyChecked(session: Session, planned: PlanFile, options: ApplyOptions): Promise<UpResult> {
  const { database, survey } = session;
  refuseMoved(historyMoved(planned, historyOf(survey.history)));
  const standing = { survey, database, dialect: database.dialect };
  // Whether late ones are wanted was settled when the plan was made.
  const asked = { to: planned.to ?? undefined, order: "any", onEvent: options.onEvent } as const;
  const { plan, content } = await planNow(survey.project, standing, asked);
  refuseMoved(movedSince(planned, content));
  const parts = [{ session, names: byMigration(plan).map(([step]) => step.migration) }];
  const run = { direction: "up", parts, options, done: ({ applied }: UpResult) => applied } as const;
  return withRunHooks(run, async () => ({ applied: await runPending(session, plan, options) }));
}
