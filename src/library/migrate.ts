import type { Project } from "../runtime/project.ts";
import { up } from "../runtime/tasks/up.ts";
import { connectionFor } from "./connection.ts";
import type { MigrateOptions, RunOptions } from "./options.ts";
import { taskOptions, withProject } from "./project.ts";
import { judge, recordBaseline, standingOf } from "./standing.ts";

/** What a start did to the database. */
export interface MigrateResult {
  /** Names of the migrations that were applied, in order; empty when there was nothing to do. */
  readonly applied: readonly string[];
  /** Names of those that were recorded as applied without running them (`ifUnversioned: "baseline"`). */
  readonly baselined: readonly string[];
  /** Names of those that are applied and that the program does not know: the database is ahead of it. */
  readonly unknown: readonly string[];
}

/**
 * Applies what is pending, or returns at once; the same as `godwit migrate up`, with the same lock, history and errors. Rejects with
 * ToolError: `usage` for options that do not fit together, `history` for a database that the policies refuse, `lock`,
 * `connect`, `cancelled`; with PartialError when a migration fails. Closes what it opened, and nothing else.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const { target, release } = await connectionFor(options);
  try {
    return await withProject(options, target, (project) => start(project, options));
  } finally {
    await release();
  }
}

/** Holds the database against the policies and brings it up to date. */
export async function start(project: Project, options: RunOptions): Promise<MigrateResult> {
  const given = taskOptions(options);
  const standing = await standingOf(project, given);
  judge(standing, options);
  const wantsBaseline = options.ifUnversioned === "baseline" && standing.strangers.length > 0;
  const baselined = wantsBaseline ? await recordBaseline(project, standing, { ...given, ...baselineOf(options) }) : [];
  const { applied } = await up(project, given);
  return { applied, baselined, unknown: standing.unknown.map((row) => row.name) };
}

const baselineOf = ({ baseline }: RunOptions) => (baseline === undefined ? {} : { baseline });
