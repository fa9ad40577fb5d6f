import { followNewTables } from "../core/plan/new-tables.ts";
import { commandsOf, type Steps, sqlOf } from "../core/plan/plan.ts";
import { isPlain } from "../core/sql-files/plain.ts";
import type { Database } from "./database.ts";
import { asOneText } from "./joined-text.ts";
import { inOneTransaction } from "./joined-transaction.ts";
import type { JoinedWay, Tried } from "./joined-way.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * Cuts a run into migrations that stand alone and such that may be tried together, in their order: those that are over at once and in nobody's way, with nothing
 * that has to happen between them.
 */
export function joinedOf(
  database: Database,
  migrations: readonly Steps[],
  options: RunOptions,
): readonly (readonly Steps[])[] {
  const { history, hooks, halfDone } = options;
  const way = history && !hooks ? wayOf(database) : undefined;
  if (!way) return migrations.map((steps) => [steps]);
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
      !first.apart &&
      !halfDone?.has(first.migration) &&
      way.takes(database, first, options) &&
      commandsOf(first).every((command) => isPlain(sqlOf(command)));
    const last = groups.at(-1);
    if (joins && open && last && last.length < way.most) last.push(steps);
    else groups.push([steps]);
    open = joins;
  }
  return groups;
}

/**
 * Tries migrations together that `joinedOf` has put into one group, or the last of them; not all need be done when none fails. What is wrong with one is said when
 * it runs by itself. Throws ToolError `connect` when the connection is lost, and with it what became of them.
 */
export async function tryJoined(database: Database, group: readonly Steps[], options: RunOptions): Promise<Tried> {
  const { history } = options;
  const way = wayOf(database);
  if (!way || !history || options.signal?.aborted) return { applied: [], failed: true };
  const steps = group.map(([step]) => step);
  return way.attempt(database, steps, { ...options, history });
}

function wayOf({ driver, confirmLock }: Database): JoinedWay | undefined {
  if (driver.sharesTransactions) return inOneTransaction;
  // A lock that has to be confirmed is confirmed in each transaction.
  return driver.transactions && !confirmLock ? asOneText : undefined;
}
