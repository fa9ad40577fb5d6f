import { withDifferences } from "../changed.ts";
import { checkConflicts } from "../conflicts-in.ts";
import { orderOf } from "../order.ts";
import { nothingApplied, nothingToDo, pendingIn } from "../pending.ts";
import type { Project } from "../project.ts";
import { withReadableTracks } from "../read-only.ts";
import { checkRequirements } from "../requirements.ts";
import { changeTracks } from "../survey.ts";
import { inTrack, onlyTrack, tracksOf, trackTag } from "../tracks.ts";
import type { UpOptions, UpResult } from "../up-options.ts";
import { dialectOf } from "../url.ts";

export type { PlannedInTrack, UpOptions, UpResult } from "../up-options.ts";

/**
 * Applies what is pending, track by track. Throws ToolError `unknown-migration` for a `to` that does not exist, `history` when an applied
 * migration was changed or one comes late where the order is strict, `graph` when branches conflict, and `requirement`, before anything runs; PartialError when a migration fails.
 */
export async function up(project: Project, options: UpOptions = {}): Promise<UpResult> {
  const asked = { ...options, order: orderOf(project, options) };
  if (options.to !== undefined) onlyTrack(project);
  return withDifferences(project, () => {
    if (options.dryRun) return dryRun(project, asked);
    return changeTracks<UpResult>(project, options, {
      needed: (surveys) => nothingToDo(surveys, asked),
      rehearse: async (surveys) => {
        const { planPending } = await import("../run-pending.ts");
        const dialect = await dialectOf(project.database);
        for (const survey of surveys) {
          // What there is to say is said when it runs.
          const silent = { ...asked, onEvent: undefined };
          const pending = pendingIn(survey, silent);
          await checkConflicts(survey, pending, silent);
          inTrack(survey.project, () => planPending(survey, pending, dialect));
        }
      },
      before: async (database) => {
        await options.inspect?.(database);
        await checkRequirements(database, tracksOf(project));
      },
      // Most runs find nothing to do, and need not load what would do it.
      work: async (sessions) => {
        const { applyPending } = await import("../run-pending.ts");
        return applyPending(sessions, asked);
      },
    });
  });
}

const dryRun = (project: Project, options: UpOptions): Promise<UpResult> =>
  withReadableTracks(project, options, async (readings) => {
    const nothing = nothingToDo(
      readings.map(({ survey }) => survey),
      options,
    );
    if (nothing) return { ...nothing, planned: [] };
    const quiet = { ...options, onEvent: undefined };
    const { planPending } = await import("../run-pending.ts");
    const { describePlan } = await import("../../core/plan/describe.ts");
    for (const { survey } of readings) await checkConflicts(survey, pendingIn(survey, quiet), options);
    const planned = readings.flatMap(({ survey, dialect }) => {
      const plan = inTrack(survey.project, () => planPending(survey, pendingIn(survey, options), dialect));
      return describePlan(plan).map((migration) => ({
        ...trackTag(survey.project),
        ...migration,
      }));
    });
    return { ...nothingApplied(readings.map(({ survey }) => survey)), planned };
  });
