import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { commandsOf, type Step, type Steps } from "../core/plan/plan.ts";
import { version } from "../version.ts";
import type { Database } from "./database.ts";
import type { Direction } from "./events.ts";
import {
  deleteApplied,
  deleteAppliedBefore,
  type HistoryPlace,
  joinedRow,
  writeApplied,
  writeAppliedAhead,
  writeAppliedBefore,
  writeAppliedFromMark,
} from "./history.ts";
import { whoAmI } from "./who-am-i.ts";

/**
 * What writes down that a migration is applied, or that it is not any more. With `replace` there is a row of it. With `last`, the commit of the transaction is
 * all that follows, and tells where this fails.
 */
export function recorder(
  database: Database,
  steps: Steps,
  direction: Direction,
  start: number,
): (history: HistoryPlace, how: { readonly replace: boolean; readonly last?: true }) => Promise<void> {
  const [first] = steps;
  const total = steps.reduce((sum, step) => sum + commandsOf(step).length, 0);
  return (history, { replace, last }) => {
    if (direction === "down") return forget(database, history, first);
    const row: Applied = { ...rowOf(first, history, total, start), state: "applied" };
    if (replace) return writeApplied(database, history, row, true);
    // What is still to be sent has taken no time yet.
    if (database.batches?.isOpen()) return writeAppliedFromMark(database, history, row);
    return last ? writeAppliedAhead(database, history, row) : writeApplied(database, history, row);
  };
}

/**
 * Sends what `recorder` writes together with the statements that it is about, before they are done; false where the database cannot say then how long
 * they took.
 */
export function recordBefore(database: Database, steps: Steps, direction: Direction, history: HistoryPlace): boolean {
  const [first] = steps;
  if (direction === "down") return forgottenBy(first).every((name) => deleteAppliedBefore(database, history, name));
  const total = steps.reduce((sum, step) => sum + commandsOf(step).length, 0);
  const row: Applied = { ...rowOf(first, history, total, performance.now()), state: "applied" };
  return writeAppliedBefore(database, history, row);
}

async function forget(database: Database, history: HistoryPlace, step: Step): Promise<void> {
  for (const name of forgottenBy(step)) await deleteApplied(database, history, name);
}

/** With what it stands for, or that would count as applied still. */
const forgottenBy = ({ migration, replaces = [] }: Step): readonly string[] => [...replaces, migration];

/** What writes down the same in one of several transactions that are sent as one text, after the migration `previous` of it. */
export const joinedRecord = (
  database: Database,
  step: Step,
  history: HistoryPlace,
  { sentAt, previous }: { readonly sentAt: string; readonly previous?: string | undefined },
): string | undefined => {
  const row = rowOf(step, history, commandsOf(step).length, performance.now());
  return joinedRow(database, history, { ...row, state: "applied", appliedAt: sentAt }, previous);
};

/** Writes down that a migration is begun and not yet done. */
export const recordBegun = (
  database: Database,
  step: Step,
  history: HistoryPlace,
  direction: Direction,
): Promise<void> =>
  writeApplied(database, history, rowOf(step, history, direction === "up" ? 0 : -1, performance.now()), true);

const rowOf = (step: Step, { track }: HistoryPlace, stepsDone: number, start: number): Applied => ({
  track,
  name: step.migration,
  checksum: step.checksum,
  state: "failed",
  stepsDone,
  appliedAt: new Date().toISOString(),
  durationMs: elapsed(start),
  toolVersion: version,
  appliedBy: whoAmI(),
});

const elapsed = (start: number): number => Math.round(performance.now() - start);

/** A failure of any kind as one of ours, that names the migration. */
export function asToolError(error: unknown, migration: string): ToolError {
  if (error instanceof ToolError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new ToolError("internal", `migration "${migration}": ${why}`, { migration }, { cause: error });
}
