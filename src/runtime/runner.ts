import { PartialError, ToolError } from "../core/errors.ts";
import { byMigration, type Plan, type Steps } from "../core/plan/plan.ts";
import { checkCode } from "./code.ts";
import type { Database } from "./database.ts";
import type { Direction } from "./events.ts";
import { executeStep } from "./execute.ts";
import { joinedOf, tryJoined } from "./joined.ts";
import type { Joined } from "./joined-way.ts";
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
  const names = migrations.map(([step]) => step.migration);
  const run: Run = { database, direction, names, options };
  const groups = direction === "up" ? joinedOf(database, migrations, options) : migrations.map((steps) => [steps]);
  let index = 0;
  for (const group of groups) {
    const together = await runJoined(run, group, index);
    for (const [i, steps] of group.entries()) if (i >= together) await runOne(run, steps, index + i);
    index += group.length;
  }
}

/** What the migrations of a run have in common; they are called by their indexes. */
interface Run {
  readonly database: Database;
  readonly direction: Direction;
  readonly names: readonly string[];
  readonly options: RunOptions;
}

/** Applies those of a group together that can be, the first of which has this index. Returns how many that is; the rest is for one at a time. */
async function runJoined(run: Run, group: readonly Steps[], index: number): Promise<number> {
  let done = 0;
  for (let alone = false; !alone && group.length - done > 1; ) {
    const tried = await tryJoined(run.database, group.slice(done), run.options).catch((error: unknown) => {
      run.options.onEvent?.({ type: "migration-start", ...aboutOf(run, index + done) });
      throw failed(run, index + done, asToolError(error, run.names[index + done] ?? ""));
    });
    for (const joined of tried.applied) tellOfJoined(run, joined, index + done++);
    alone = tried.failed;
  }
  return done;
}

function tellOfJoined(run: Run, { events, durationMs }: Joined, index: number): void {
  const { onEvent } = run.options;
  if (!onEvent) return;
  const about = aboutOf(run, index);
  onEvent({ type: "migration-start", ...about });
  for (const event of events) onEvent(event);
  onEvent({ type: "migration-end", ...about, durationMs });
}

async function runOne(run: Run, steps: Steps, index: number): Promise<void> {
  const { database, direction, names, options } = run;
  const { hooks, onEvent, signal } = options;
  const [{ migration }] = steps;
  const about = aboutOf(run, index);
  onEvent?.({ type: "migration-start", ...about });
  const start = performance.now();
  const begins = !signal?.aborted;
  try {
    if (!begins) throw new ToolError("cancelled", `stopped on request before "${migration}"`);
    await hooks?.before(migration);
    await runMigration(database, steps, direction, options);
  } catch (error) {
    throw failed(run, index, begins && signal?.aborted ? stoppedIn(steps, error) : asToolError(error, migration));
  }
  onEvent?.({ type: "migration-end", ...about, durationMs: elapsed(start) });
  await hooks?.after(migration).catch(stoppedAfter(names, index + 1, migration));
}

const aboutOf = ({ direction, names }: Run, index: number) => ({
  direction,
  migration: names[index] ?? "",
  index,
  total: names.length,
});

function failed(run: Run, index: number, cause: ToolError): PartialError {
  const { names, options } = run;
  const about = aboutOf(run, index);
  options.onEvent?.({ type: "migration-failed", ...about, message: cause.message });
  return new PartialError(cause, {
    applied: names.slice(0, index),
    failed: about.migration,
    remaining: names.slice(index + 1),
  });
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
  { history, halfDone, ending, ...common }: RunOptions,
): Promise<void> {
  const [first, ...others] = steps;
  const start = performance.now();
  const half = halfDone?.get(first.migration);
  const how = { direction, ending };
  const recordDone = recorder(database, steps, { ...how, start });
  warnOfSession(database, steps, common.onEvent);
  if (!history) {
    for (const step of steps) await executeStep(database, step, common);
  } else if (others.length === 0 && first.transaction && !half) {
    await executeStep(database, first, {
      ...common,
      record: () => recordDone(history, { replace: false, last: true }),
      recordBefore: () => recordBefore(database, steps, how, history),
    });
  } else {
    const begun = () => recordBegun(database, first, history, how);
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
