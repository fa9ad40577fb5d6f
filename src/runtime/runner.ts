import { PartialError, ToolError } from "../core/errors.ts";
import { byMigration, type Plan, type Steps } from "../core/plan/plan.ts";
import { checkCode } from "./code.ts";
import type { Database } from "./database.ts";
import type { Direction } from "./events.ts";
import { executeStep } from "./execute.ts";
import { runPieces } from "./pieces.ts";
import { asToolError, recordBefore, recordBegun, recorder } from "./record.ts";
import type { RunOptions } from "./run-options.ts";
import { warnOfSession } from "./session-words.ts";
import { runTogether } from "./single-transaction.ts";

/**
 * Carries out a plan, one migration after the other, on the database's one connection; call it with the lock held. Returns
 * the names of the migrations that were applied or rolled back. Throws PartialError naming what was done, what failed and what
 * was not begun.
 */
export async function runPlan(database: Database, plan: Plan, options: RunOptions = {}): Promise<readonly string[]> {
  const { onEvent } = options;
  const { direction } = plan;
  await checkCode(database, plan, options.limits?.configured?.code);
  const migrations = byMigration(plan);
  const names = migrations.map(([step]) => step.migration);
  const started = performance.now();
  onEvent?.({ type: "run-start", direction, migrations: names });
  if (options.singleTransaction) {
    await hooksOfAll("before", names, options);
    await runTogether(database, plan, options);
    await hooksOfAll("after", names, options);
  } else await runEach(database, direction, migrations, options);
  onEvent?.({ type: "run-end", direction, migrations: names, durationMs: elapsed(started) });
  return names;
}

async function runEach(
  database: Database,
  direction: Direction,
  migrations: readonly Steps[],
  options: RunOptions,
): Promise<void> {
  const { hooks, onEvent, signal } = options;
  const names = migrations.map(([step]) => step.migration);
  for (const [index, steps] of migrations.entries()) {
    const { migration } = steps[0];
    const about = { direction, migration, index, total: migrations.length };
    onEvent?.({ type: "migration-start", ...about });
    const start = performance.now();
    const begins = !signal?.aborted;
    try {
      if (!begins) throw new ToolError("cancelled", `stopped on request before "${migration}"`);
      await hooks?.before(migration);
      await runMigration(database, steps, direction, options);
    } catch (error) {
      const cause = begins && signal?.aborted ? stoppedIn(steps, error) : asToolError(error, migration);
      onEvent?.({ type: "migration-failed", ...about, message: cause.message });
      throw new PartialError(cause, {
        applied: names.slice(0, index),
        failed: migration,
        remaining: names.slice(index + 1),
      });
    }
    onEvent?.({ type: "migration-end", ...about, durationMs: elapsed(start) });
    await hooks?.after(migration).catch(stoppedAfter(names, index + 1, migration));
  }
}

/** Of migrations that share a transaction, outside of it. */
async function hooksOfAll(
  when: "before" | "after",
  names: readonly string[],
  { hooks }: Pick<RunOptions, "hooks">,
): Promise<void> {
  const done = when === "before" ? 0 : names.length;
  for (const name of names) await hooks?.[when](name).catch(stoppedAfter(names, done, name));
}

/** For `catch` of a hook: so many migrations are done. */
const stoppedAfter =
  (names: readonly string[], done: number, migration: string) =>
  (error: unknown): never => {
    throw new PartialError(asToolError(error, migration), {
      applied: names.slice(0, done),
      remaining: names.slice(done),
    });
  };

async function runMigration(
  database: Database,
  steps: Steps,
  direction: Direction,
  { history, halfDone, ...common }: RunOptions,
): Promise<void> {
  const [first, ...others] = steps;
  const start = performance.now();
  const half = halfDone?.get(first.migration);
  const recordDone = recorder(database, steps, direction, start);
  warnOfSession(database, steps, common.onEvent);
  if (!history) {
    for (const step of steps) await executeStep(database, step, common);
  } else if (others.length === 0 && first.transaction && !half) {
    await executeStep(database, first, {
      ...common,
      record: () => recordDone(history, { replace: false, last: true }),
      recordBefore: () => recordBefore(database, steps, direction, history),
    });
  } else {
    const begun = () => recordBegun(database, first, history, direction);
    await runPieces(database, steps, {
      ...common,
      history,
      direction,
      half,
      begun,
      finished: () => recordDone(history, { replace: true }),
    });
  }
}

const elapsed = (start: number): number => Math.round(performance.now() - start);

/** Whatever the database says of a statement that it was asked to give up. */
function stoppedIn([step, ...others]: Steps, cause: unknown): ToolError {
  const whole = others.length === 0 && step.transaction;
  const rest = whole ? "nothing of it is left" : "the next run goes on where it stopped";
  const { migration } = step;
  return new ToolError("cancelled", `stopped on request during "${migration}"; ${rest}`, { migration }, { cause });
}
