import { historyMoved, movedSince, type PlanFile, refuseMoved, trackMoved } from "../../core/plan/plan-file.ts";
import { withDifferences } from "../changed.ts";
import { nothingApplied } from "../pending.ts";
import { historyOf, planNow, tracksAmong } from "../plan-content.ts";
import type { Project } from "../project.ts";
import { checkRequirements } from "../requirements.ts";
import { runAhead } from "../run-pending.ts";
import { changeTracks, type Session, type TaskOptions } from "../survey.ts";
import { chooseTrack, tracksOf } from "../tracks.ts";
import type { UpResult } from "../up-options.ts";
import { readPlan } from "./plan.ts";

export interface ApplyOptions extends TaskOptions {
  /** Path of the plan. */
  readonly file: string;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** Whether tracks go back when one fails; absent: what the project says. */
  readonly compensate?: boolean | undefined;
}

/**
 * Runs exactly what a plan file says. The plan is made again from the migrations, with the lock held, and has to be the same to the
 * letter: SQL of the file itself is never run. Throws ToolError `file` for what is no plan, `history` with `moved` in its data when
 * something is otherwise now, before anything runs; PartialError when a migration fails.
 */
export async function applyPlan(project: Project, options: ApplyOptions): Promise<UpResult> {
  const planned = await readPlan(options.file);
  const own = planned.track === undefined || project.track ? project : chooseTrack(project, planned.track);
  return withDifferences(own, () =>
    changeTracks<UpResult>(own, options, {
      before: (database) => checkRequirements(database, tracksOf(own)),
      needed: (surveys) => {
        refuseMoved(trackMoved(planned, tracksAmong(surveys)));
        refuseMoved(historyMoved(planned, historyOf(surveys)));
        return planned.migrations.length === 0 ? nothingApplied(surveys) : undefined;
      },
      work: (sessions) => applyChecked(sessions, planned, options),
    }),
  );
}

async function applyChecked(sessions: readonly Session[], file: PlanFile, options: ApplyOptions): Promise<UpResult> {
  refuseMoved(historyMoved(file, historyOf(sessions.map(({ survey }) => survey))));
  const standings = sessions.map((session) => ({ ...session, dialect: session.database.dialect }));
  // Whether late ones are wanted, and in which order branches run, was settled when the plan was made.
  const asked = { to: file.to ?? undefined, order: "any", allowConflicts: true, onEvent: options.onEvent } as const;
  const { planned, content } = await planNow(standings, asked);
  refuseMoved(movedSince(file, content));
  const ahead = sessions.flatMap((session, i) => (planned[i] ? [{ session, ...planned[i] }] : []));
  return runAhead(ahead, options);
}
