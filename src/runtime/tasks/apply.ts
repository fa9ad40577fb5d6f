import { historyMoved, movedSince, type PlanFile, refuseMoved } from "../../core/plan/plan-file.ts";
import { withDifferences } from "../changed.ts";
import { historyOf, planNow } from "../plan-content.ts";
import type { Project } from "../project.ts";
import { change, type Session, type TaskOptions } from "../survey.ts";
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
  return withDifferences(project, () =>
    change<UpResult>(project, options, {
      needed: ({ history }) => {
        refuseMoved(historyMoved(planned, historyOf(history)));
        return planned.migrations.length === 0 ? { applied: [] } : undefined;
      },
      work: (session) => applyChecked(project, session, planned, options),
    }),
  );
}

async function applyChecked(
  project: Project,
  session: Session,
  planned: PlanFile,
  options: ApplyOptions,
): Promise<UpResult> {
  const { database, survey } = session;
  refuseMoved(historyMoved(planned, historyOf(survey.history)));
  const standing = { survey, database, dialect: database.dialect };
  // Whether late ones are wanted was settled when the plan was made.
  const asked = { to: planned.to ?? undefined, order: "any", onEvent: options.onEvent } as const;
  const { plan, content } = await planNow(project, standing, asked);
  refuseMoved(movedSince(planned, content));
  return runPending(project, session, plan, options);
}
