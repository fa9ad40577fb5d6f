import { ToolError } from "../core/errors.ts";
import type { Step } from "../core/plan/plan.ts";
import { goesAhead, sendAhead } from "./ahead.ts";
import { type Database, errorClass } from "./database.ts";
import type { HistoryPlace } from "./history.ts";
import { eventsOf, type JoinedWay, triedInVain } from "./joined-way.ts";
import { limitSetter } from "./limit-setter.ts";
import { limitsFor } from "./limits.ts";
import { joinedRecord } from "./record.ts";
import type { RunOptions } from "./run-options.ts";

/** Each is a transaction with its row of the history, and all are sent as one text, of which the first error ends the rest. */
export const asOneText: JoinedWay = {
  // A text of more is sent no faster, and nobody hears of anything before it is done.
  most: 16,
  takes: goesAhead,
  attempt: async (database, steps, options) => {
    const transactions = await transactionsOf(database, steps, options.history, options);
    try {
      const rows = (await database.driver.transactions?.(transactions)) ?? [];
      const tell = options.onEvent ? eventsOf : () => [];
      const applied = steps.map((step, i) => ({ durationMs: Number(rows[i]?.["duration_ms"]), events: tell(step) }));
      return { applied, failed: false };
    } catch (error) {
      if (errorClass(database, error) === "connection") throw unknown(error, steps);
      return triedInVain(database, steps, options.history);
    }
  },
};
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
