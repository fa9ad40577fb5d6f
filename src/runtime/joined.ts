import { ToolError } from "../core/errors.ts";
import { followNewTables } from "../core/plan/new-tables.ts";
import { commandsOf, type Step, type Steps, sqlOf } from "../core/plan/plan.ts";
import { isPlain } from "../core/sql-files/plain.ts";
import { goesAhead, sendAhead } from "./ahead.ts";
import { type Database, errorClass } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { type HistoryPlace, readHistory } from "./history.ts";
import { limitSetter } from "./limit-setter.ts";
import { limitsFor } from "./limits.ts";
import { joinedRecord } from "./record.ts";
import type { RunOptions } from "./run-options.ts";
import { nameStatement } from "./statement-events.ts";

/** A text of more is sent no faster, and nobody hears of anything before it is done. */
const MOST = 16;

/**
 * Cuts a run into migrations that stand alone and such that may be tried together, in their order: those that are over at once and in nobody's way, with nothing
 * that has to happen between them.
 */
export function joinedOf(
  database: Database,
  migrations: readonly Steps[],
  options: RunOptions,
): readonly (readonly Steps[])[] {
  const { history, hooks, halfDone, warnOnMissingDrop } = options;
  // A lock that has to be confirmed is confirmed in each transaction.
  if (!database.driver.transactions || database.confirmLock || !history || hooks)
    return migrations.map((steps) => [steps]);
  const isOnNewTables = followNewTables();
  const groups: Steps[][] = [];
  let open = false;
  for (const steps of migrations) {
    const known = steps.filter(isOnNewTables).length === steps.length;
    const [first, ...others] = steps;
    const joins =
      known &&
      others.length === 0 &&
      first.transaction &&
      first.begin === undefined &&
      !halfDone?.has(first.migration) &&
      goesAhead(database, first, { warnOnMissingDrop }) &&
      commandsOf(first).every((command) => isPlain(sqlOf(command)));
    const last = groups.at(-1);
    if (joins && open && last && last.length < MOST) last.push(steps);
    else groups.push([steps]);
    open = joins;
  }
  return groups;
}

/**
 * Tries migrations together: each is a transaction with its row of the history, and all are sent as one text, of which the first error ends the rest. Returns how
 * long those took that are applied then, in milliseconds: the first of them, all, or none. What is wrong with the next one is said when it runs by itself.
 * Throws ToolError `connect` when the connection is lost, and with it what became of them.
 */
export async function tryJoined(
  database: Database,
  group: readonly Steps[],
  history: HistoryPlace,
  options: RunOptions,
): Promise<readonly number[]> {
  const steps = group.map(([step]) => step);
  const transactions = await transactionsOf(database, steps, history, options);
  try {
    const rows = await database.driver.transactions?.(transactions);
    return rows?.map((row) => Number(row["duration_ms"])) ?? [];
  } catch (error) {
    if (errorClass(database, error) === "connection") throw unknown(error, steps);
    const names = new Set(steps.map(({ migration }) => migration));
    const applied = await readHistory(database, history);
    return applied.filter(({ name }) => names.has(name)).map(({ durationMs }) => durationMs);
  }
}

/** What is told of a migration that was applied with others: what is told of one at a time, but how long each statement took. */
export function tellJoined({ migration, actions }: Step, onEvent: OnEvent): void {
  for (const { operation, title, commands } of actions) {
    for (const command of commands)
      onEvent({ type: "statement", ...nameStatement(sqlOf(command), { migration, operation }) });
    onEvent({ type: "operation", migration, operation, title });
  }
}

/** What would be sent for each migration by itself, kept in place of being sent. */
async function transactionsOf(
  database: Database,
  steps: readonly Step[],
  history: HistoryPlace,
  options: RunOptions,
): Promise<readonly (readonly string[])[]> {
  const sentAt = new Date().toISOString();
  let kept: string[] = [];
  const { commitAhead: _, ...driver } = database.driver;
  const keeping: Database = { ...database, driver: { ...driver, executeAhead: async (sql) => void kept.push(sql) } };
  const transactions: (readonly string[])[] = [];
  for (const [i, step] of steps.entries()) {
    kept = [];
    transactions.push(kept);
    const limits = limitSetter(keeping, true);
    await sendAhead(keeping, step, {
      before: (command) => limits.set(limitsFor(database, options.limits, step.limits, command)),
    });
    const row = joinedRecord(database, step, history, { sentAt, previous: steps[i - 1]?.migration });
    if (row !== undefined) kept.push(row);
  }
  return transactions;
}

function unknown(error: unknown, steps: readonly Step[]): unknown {
  if (!(error instanceof ToolError)) return error;
  const [first, last] = [steps[0]?.migration, steps.at(-1)?.migration];
  const message = `${error.message}; the migrations from "${first}" to "${last}" were sent at once, and which of them are applied is what godwit migrate status says`;
  return new ToolError(error.code, message, error.data, { cause: error });
}
