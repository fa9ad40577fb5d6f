import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { commandsOf, type Step, type Steps } from "../core/plan/plan.ts";
import { version } from "../version.ts";
import type { Database } from "./database.ts";
import type { Direction } from "./events.ts";
import {
  type HistoryPlace,
  joinedRow,
  writeApplied,
  writeAppliedAhead,
  writeAppliedBefore,
  writeAppliedFromMark,
} from "./history.ts";
import { type Ending, keepPast, takeOut, takeOutBefore, takeOutFromMark } from "./past.ts";
import { whoAmI } from "./who-am-i.ts";

export interface RecordOptions {
  readonly direction: Direction;
  /** What becomes of the rows of what is rolled back; absent: they go. */
  readonly ending?: Ending | undefined;
}

const unkept: Ending = { reason: "rolled_back", keep: false };

/**
 * What writes down that a migration is applied, or that it is not any more. With `replace` there is a row of it. With `last`, the commit of the transaction is
 * all that follows, and tells where this fails.
 */
export function recorder(
  database: Database,
  steps: Steps,
  { direction, start, ending = unkept }: RecordOptions & { readonly start: number },
): (history: HistoryPlace, how: { readonly replace: boolean; readonly last?: true }) => Promise<void> {
  const [first] = steps;
  const total = steps.reduce((sum, step) => sum + commandsOf(step).length, 0);
  return async (history, { replace, last }) => {
    if (direction === "down") {
      for (const name of forgottenBy(first))
        await (database.batches?.isOpen() && !replace
          ? takeOutFromMark(database, history, name, ending)
          : takeOut(database, history, name, { ...ending, endedMs: elapsed(start) }));
      return;
    }
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
export function recordBefore(
  database: Database,
  steps: Steps,
  { direction, ending = unkept }: RecordOptions,
  history: HistoryPlace,
): boolean {
  const [first] = steps;
  if (direction === "down") return forgottenBy(first).every((name) => takeOutBefore(database, history, name, ending));
  const total = steps.reduce((sum, step) => sum + commandsOf(step).length, 0);
  const row: Applied = { ...rowOf(first, history, total, performance.now()), state: "applied" };
  return writeAppliedBefore(database, history, row);
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
export async function recordBegun(
  database: Database,
  step: Step,
  history: HistoryPlace,
  { direction, ending = unkept }: RecordOptions,
): Promise<void> {
  const down = direction === "down";
  if (down) await keepPast(database, history, step.migration, { ...ending, reason: "going_back", endedMs: 0 });
  await writeApplied(database, history, rowOf(step, history, down ? -1 : 0, performance.now()), true);
}

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
