import type { Dialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { describePlan } from "../../core/plan/describe.ts";
import { lacksOf } from "../../core/plan/lacks.ts";
import type { Migration } from "../../core/plan/migration.ts";
import type { Plan } from "../../core/plan/plan.ts";
import { replay } from "../../core/plan/state.ts";
import type { OnEvent } from "../events.ts";
import { pendingUpTo } from "../pending.ts";
import type { Project } from "../project.ts";
import { type Reading, withoutDatabase, withReadableTracks } from "../read-only.ts";
import { planPending } from "../run-pending.ts";
import type { Survey } from "../survey.ts";
import { inTrack, onlyTrack, tracksOf, trackTag } from "../tracks.ts";
import type { PlannedInTrack } from "../up-options.ts";
import { dialectOf } from "../url.ts";

export interface ShowSqlOptions {
  /** Show this migration and what it needs; pending ones only, unless `all`. */
  readonly to?: string | undefined;
  /** Show all migrations as for an empty database; no database is asked. */
  readonly all?: boolean | undefined;
  readonly onEvent?: OnEvent;
}

/** Part of the public JSON. */
export interface ShowSqlResult {
  readonly migrations: readonly PlannedInTrack[];
}

/**
 * The SQL of what is pending, track by track. Where no database answers, that is all migrations, and a warning says so. Throws ToolError
 * `unknown-migration`, `unsupported` or `state`.
 */
export async function showSql(project: Project, options: ShowSqlOptions = {}): Promise<ShowSqlResult> {
  const { to } = options;
  if (to !== undefined) onlyTrack(project);
  const show = (readings: readonly Reading[]): Promise<ShowSqlResult> =>
    Promise.resolve({ migrations: readings.flatMap((reading) => planned(reading, to)) });
  if (options.all) return show(await withoutDatabase(tracksOf(project), await dialectOf(project.database)));
  try {
    return await withReadableTracks(project, options, show);
  } catch (error) {
    if (!(error instanceof ToolError && error.code === "connect")) throw error;
    const message = `showing all migrations, because the database cannot tell what is applied: ${error.message}`;
    options.onEvent?.({ type: "warning", message });
    return show(await withoutDatabase(tracksOf(project), await dialectOf(project.database)));
  }
}

/** Throws ToolError `unsupported` that tells of all operations which the database cannot carry out. */
function planOrLacks(survey: Survey, pending: readonly Migration[], dialect: Dialect): Plan {
  try {
    return planPending(survey, pending, dialect);
  } catch (error) {
    if (!(error instanceof ToolError && error.code === "unsupported")) throw error;
    const lacks = lacksOf({ pending, before: replay(survey.state.applied, survey.graph.surroundings), dialect });
    if (lacks.length < 2) throw error;
    const lines = lacks.map(
      (lack) => `\n  migration "${lack.migration}", operation ${lack.operation + 1}: ${lack.message}`,
    );
    const what = `${dialect.title} cannot carry out ${lacks.length} operations:${lines.join("")}`;
    throw new ToolError("unsupported", what, { ...error.data, lacks }, { cause: error });
  }
}

/** With the track, where there are several. */
function planned(
  { survey, dialect }: Pick<Reading, "survey" | "dialect">,
  to: string | undefined,
): readonly PlannedInTrack[] {
  const { project } = survey;
  const pending = pendingUpTo(survey, to);
  const plan = inTrack(project, () => planOrLacks(survey, pending, dialect));
  return describePlan(plan).map((migration) => ({ ...trackTag(project), ...migration }));
}
