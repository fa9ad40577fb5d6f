import type { Database } from "../runtime/database.ts";
import type { RunEvent } from "../runtime/events.ts";
import type { Project } from "../runtime/project.ts";
import { up } from "../runtime/tasks/up.ts";
import { judgeFor } from "./judge.ts";
import type { MigrateResult } from "./migrate-result.ts";
import type { RunOptions } from "./options.ts";
import { taskOptions } from "./project.ts";
import { recordBaseline, refuseUnversioned } from "./unversioned.ts";

/** Holds the database against the policies and brings it up to date. */
export async function start(project: Project, given: RunOptions): Promise<MigrateResult> {
  const ear = listening(given);
  const result = await bringUp(project, { ...given, onEvent: ear.onEvent });
  ear.complain();
  return result;
}

async function bringUp(project: Project, options: RunOptions): Promise<MigrateResult> {
  const given = taskOptions(options);
  const { ifUnversioned = "refuse", baseline } = options;
  const allowConflicts = options.ifConflict === "apply";
  const baselined = ifUnversioned === "baseline" ? await recordBaseline(project, given, baseline) : [];
  const { judge, unknown } = judgeFor(options);
  const inspect = (database: Database): Promise<void> => refuseUnversioned(project, database);
  const unversioned = ifUnversioned === "refuse" && { inspect };
  const { applied } = await up(project, { ...given, allowConflicts, judge, ...unversioned });
  return { applied, baselined, unknown: unknown() };
}

/**
 * What a program does with events must not stop a migration in its middle: an error of its own is thrown when everything is done, and
 * nothing is told after it.
 */
function listening({ onEvent }: RunOptions) {
  let complaint: { readonly error: unknown } | undefined;
  return {
    onEvent: (event: RunEvent): void => {
      if (complaint) return;
      try {
        onEvent?.(event);
      } catch (error) {
        complaint = { error };
      }
    },
    complain: (): void => {
      if (complaint) throw complaint.error;
    },
  };
}
