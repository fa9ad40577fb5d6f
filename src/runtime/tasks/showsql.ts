import { ToolError } from "../../core/errors.ts";
import { describePlan, type PlannedMigration } from "../../core/plan/describe.ts";
import { requireMigration } from "../../core/plan/graph.ts";
import type { OnEvent } from "../events.ts";
import type { Project } from "../project.ts";
import { type Reading, withoutDatabase, withReadable } from "../read-only.ts";
import { dialectOf } from "../url.ts";
import { pendingUpTo, planPending } from "./up.ts";

export interface ShowSqlOptions {
  /** Show this migration and what it needs; pending ones only, unless `all`. */
  readonly to?: string | undefined;
  /** Show all migrations as for an empty database; no database is asked. */
  readonly all?: boolean | undefined;
  readonly onEvent?: OnEvent;
}

/** Part of the public JSON. */
export interface ShowSqlResult {
  readonly migrations: readonly PlannedMigration[];
}

/**
 * The SQL of what is pending. Where no database answers, that is all migrations, and a warning says so. Throws ToolError
 * `unknown-migration`, `unsupported` or `state`.
 */
export async function showSql(project: Project, options: ShowSqlOptions = {}): Promise<ShowSqlResult> {
  const show = ({ survey, dialect }: Reading): Promise<ShowSqlResult> => {
    if (options.to !== undefined) requireMigration(survey.graph, options.to);
    const plan = planPending(survey, pendingUpTo(survey, options.to), dialect);
    return Promise.resolve({ migrations: describePlan(plan) });
  };
  if (options.all) return show(await withoutDatabase(project, dialectOf(project.database)));
  try {
    return await withReadable(project, options, show);
  } catch (error) {
    if (!(error instanceof ToolError && error.code === "connect")) throw error;
    const message = `showing all migrations, because the database cannot tell what is applied: ${error.message}`;
    options.onEvent?.({ type: "warning", message });
    return show(await withoutDatabase(project, dialectOf(project.database)));
  }
}
