import type { Dialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { requireMigration } from "../../core/plan/graph.ts";
import type { Migration } from "../../core/plan/migration.ts";
import type { Plan } from "../../core/plan/plan.ts";
import { refuseChanged, stoppedGoingDown } from "../../core/plan/reconcile.ts";
import { planDown } from "../../core/plan/steps.ts";
import { mergeLimits } from "../limits.ts";
import { historyPlace, type Project } from "../project.ts";
import { runPlan } from "../runner.ts";
import { change, type Session, type Survey, type TaskOptions, warnOfMissing } from "../survey.ts";
import { halfDone } from "./up.ts";

export interface DownOptions extends TaskOptions {
  /**
   * Roll back everything that builds on this migration, which itself stays; `zero` rolls back everything. In a history that
   * branches, what does not build on it stays too.
   */
  readonly to?: string | undefined;
  /** Roll back so many, in reverse order; default 1. Not together with `to`. */
  readonly steps?: number | undefined;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
}

export interface DownResult {
  /** Names of the migrations that were rolled back, in the order in which that happened. */
  readonly rolled_back: readonly string[];
}

/**
 * Rolls migrations back, newest first. Throws ToolError `usage`, `unknown-migration`, `history` or `irreversible` before anything
 * runs; PartialError when a rollback fails.
 */
export async function down(project: Project, options: DownOptions = {}): Promise<DownResult> {
  checkOptions(options);
  return change<DownResult>(project, options, {
    needed: (survey) => (appliedDownTo(survey, options).length === 0 ? { rolled_back: [] } : undefined),
    work: (session) => rollBack(project, session, options),
  });
}

/** What `down` would roll back, newest first. Throws ToolError `unknown-migration` or `history`. */
export function appliedDownTo(survey: Survey, { to, steps = 1 }: DownOptions): readonly Migration[] {
  const { graph, state } = survey;
  refuseChanged(state);
  refuseHalfUp(survey);
  const newestFirst = state.applied.toReversed();
  const half = newestFirst.filter((m) => isHalfDown(survey, m.name));
  // What stopped on its way down is half gone, so it goes before anything else does.
  const order = [...half, ...newestFirst.filter((m) => !half.includes(m))];
  const chosen = to === undefined ? order.slice(0, steps) : to === "zero" ? order : order.filter(isAbove(to));
  refuseMissing(survey, chosen);
  return chosen;

  function isAbove(name: string): (migration: Migration) => boolean {
    const target = requireMigration(graph, name).name;
    if (!state.applied.some((m) => m.name === target)) {
      throw new ToolError("history", `"${target}" is not applied, so nothing can be rolled back to it`, {
        migration: target,
      });
    }
    const above = graph.descendants(target);
    return (m) => above.has(m.name);
  }
}

/** The plan that rolls these back. Throws ToolError `irreversible` or `unsupported`. */
export const planRollback = ({ state }: Survey, rollback: readonly Migration[], dialect: Dialect): Plan =>
  planDown({ rollback, applied: state.applied, dialect });

function checkOptions({ to, steps }: DownOptions): void {
  if (to !== undefined && steps !== undefined) throw new ToolError("usage", "give either --to or --steps, not both");
  if (steps !== undefined && !(Number.isInteger(steps) && steps >= 1)) {
    throw new ToolError(
      "usage",
      `--steps takes a whole number from 1, not "${steps}"; everything is rolled back with --to zero`,
    );
  }
}

async function rollBack(project: Project, { database, survey }: Session, options: DownOptions): Promise<DownResult> {
  const { onEvent, signal, warnOnMissingDrop } = options;
  const rollback = appliedDownTo(survey, options);
  if (rollback.length === 0) return { rolled_back: [] };
  warnOfMissing(survey, onEvent);
  const plan = planRollback(survey, rollback, database.dialect);
  const history = historyPlace(project);
  const limits = mergeLimits(project.limits, options.limits);
  const run = { history, halfDone: halfDone(survey), onEvent, signal, warnOnMissingDrop, limits };
  return { rolled_back: await runPlan(database, plan, run) };
}

const isHalfDown = ({ history }: Survey, name: string): boolean =>
  stoppedGoingDown(history.find((row) => row.name === name));

function refuseHalfUp({ state }: Survey): void {
  const half = state.failed.find((entry) => !stoppedGoingDown(entry.applied));
  if (!half) return;
  throw new ToolError(
    "history",
    `"${half.name}" stopped half-way; finish it with \`godwit migrate up\` before rolling anything back`,
    { migration: half.name },
  );
}

/** A migration without a file cannot be rolled back, and what came before it cannot go from under it. */
function refuseMissing({ state, history }: Survey, rollback: readonly Migration[]): void {
  const names = new Set(rollback.map((m) => m.name));
  const since = history.find((row) => names.has(row.name))?.appliedAt;
  const later = state.missing.find((entry) => since !== undefined && (entry.applied?.appliedAt ?? "") >= since);
  if (!later) return;
  throw new ToolError(
    "history",
    `"${later.name}" was applied later and its file is missing, so it cannot be rolled back first; restore the file, or, ` +
      `if nothing of it is left in the database, forget it with \`godwit migrate fake --undo ${later.name}\``,
    { migration: later.name },
  );
}
