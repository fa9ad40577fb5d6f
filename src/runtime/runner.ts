import { PartialError, ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import type { Plan, Step } from "../core/plan/plan.ts";
import { version } from "../version.ts";
import type { Database } from "./database.ts";
import type { Direction, OnEvent } from "./events.ts";
import { commitsAsWhole, executeStep } from "./execute.ts";
import { deleteApplied, type HistoryPlace, whoAmI, writeApplied } from "./history.ts";
import type { Limits } from "./limits.ts";
import { inTransaction } from "./transaction.ts";

export interface RunOptions {
  /** Where to record it; absent on a scratch database that keeps no history. The table exists already. */
  readonly history?: HistoryPlace;
  /** Rows of migrations that an earlier run left half-done, by name. */
  readonly halfDone?: ReadonlyMap<string, Applied>;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** What the statements may take. */
  readonly limits?: Limits | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Carries out a plan, one migration after the other, on the database's one connection; call it with the lock held. Returns
 * the names of the migrations that were applied or rolled back. Throws PartialError naming what was done, what failed and what
 * was not begun.
 */
export async function runPlan(database: Database, plan: Plan, options: RunOptions = {}): Promise<readonly string[]> {
  const { onEvent, signal } = options;
  const { direction, steps } = plan;
  const names = steps.map((step) => step.migration);
  const started = performance.now();
  onEvent?.({ type: "run-start", direction, migrations: names });
  for (const [index, step] of steps.entries()) {
    const about = { direction, migration: step.migration, index, total: steps.length };
    onEvent?.({ type: "migration-start", ...about });
    const start = performance.now();
    const begins = !signal?.aborted;
    try {
      if (!begins) throw new ToolError("cancelled", `stopped on request before "${step.migration}"`);
      await runStep(database, step, direction, options);
    } catch (error) {
      const cause = begins && signal?.aborted ? stoppedIn(step, database, error) : asToolError(error, step);
      onEvent?.({ type: "migration-failed", ...about, message: cause.message });
      throw new PartialError(cause, {
        applied: names.slice(0, index),
        failed: step.migration,
        remaining: names.slice(index + 1),
      });
    }
    onEvent?.({ type: "migration-end", ...about, durationMs: elapsed(start) });
  }
  onEvent?.({ type: "run-end", direction, migrations: names, durationMs: elapsed(started) });
  return names;
}

async function runStep(database: Database, step: Step, direction: Direction, options: RunOptions): Promise<void> {
  const { history, halfDone, onEvent, signal, warnOnMissingDrop, limits } = options;
  const common = { onEvent, signal, warnOnMissingDrop, limits };
  if (!history) return executeStep(database, step, common);
  const start = performance.now();
  const half = halfDone?.get(step.migration);
  const appliedBy = whoAmI();
  const rowOf = (state: "applied" | "failed", stepsDone: number): Applied => ({
    track: history.track,
    name: step.migration,
    checksum: step.checksum,
    state,
    stepsDone,
    appliedAt: new Date().toISOString(),
    durationMs: elapsed(start),
    toolVersion: version,
    appliedBy,
  });
  const total = step.actions.reduce((sum, action) => sum + action.commands.length, 0);
  const whole = commitsAsWhole(step, database);
  const record = (): Promise<void> =>
    direction === "down"
      ? deleteApplied(database, history, step.migration)
      : writeApplied(database, history, rowOf("applied", total), half !== undefined || !whole);
  if (whole) return executeStep(database, step, { ...common, record });
  const progress = (done: number): Promise<void> =>
    inTransaction(database, () =>
      writeApplied(database, history, rowOf("failed", direction === "up" ? done : -1 - done), true),
    );
  const done = commandsDone(half);
  await progress(done);
  await executeStep(database, step, { ...common, done, record: () => inTransaction(database, record), progress });
}

/**
 * The history counts the commands done on the way up from 0 upwards and those on the way down from -1 downwards: so the
 * row alone says in which direction to continue, and where.
 */
function commandsDone(half: Applied | undefined): number {
  if (half?.state !== "failed") return 0;
  return half.stepsDone < 0 ? -1 - half.stepsDone : half.stepsDone;
}

const elapsed = (start: number): number => Math.round(performance.now() - start);

/** Whatever the database says of a statement that it was asked to give up. */
function stoppedIn(step: Step, database: Database, cause: unknown): ToolError {
  const rest = commitsAsWhole(step, database) ? "nothing of it is left" : "the next run goes on where it stopped";
  const { migration } = step;
  return new ToolError("cancelled", `stopped on request during "${migration}"; ${rest}`, { migration }, { cause });
}

function asToolError(error: unknown, step: Step): ToolError {
  if (error instanceof ToolError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new ToolError(
    "internal",
    `migration "${step.migration}": ${why}`,
    { migration: step.migration },
    { cause: error },
  );
}
