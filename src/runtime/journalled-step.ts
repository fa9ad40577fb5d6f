import { ToolError } from "../core/errors.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import { type Database, errorClass } from "./database.ts";
import type { Direction } from "./events.ts";
import { executeStep, type StepOptions } from "./execute.ts";
import { deleteApplied, type HistoryPlace } from "./history.ts";
import { clearJournal, type JournalEntry, noteEnd, noteOf, noteStart, traceOf } from "./journal.ts";
import { reasonOf } from "./patience.ts";
import { otherThanBegun, outcomeOf, sqlOfEntry, undecided } from "./recover.ts";

/** Runs work in a small transaction of its own, until it gets through. */
export type Noted = (work: () => Promise<void>) => Promise<void>;

export interface JournalledOptions extends Omit<StepOptions, "record"> {
  readonly history: HistoryPlace;
  readonly direction: Direction;
  readonly noted: Noted;
  /** It is the first thing that its migration does. */
  readonly pristine: boolean;
}

/**
 * Does a statement that stands alone, with a note before and after. `begun` is the note of an earlier run that has not seen it end; what it left
 * half-made goes first. Throws what `executeStep` throws, and ToolError `history` where only a person can tell what became of it.
 */
export async function runJournalled(
  database: Database,
  step: Step,
  begun: JournalEntry | undefined,
  { noted, history, pristine, ...options }: JournalledOptions,
): Promise<void> {
  const commands = commandsOf(step);
  const sql = sqlOf(commands[0]);
  if (begun && (await isDone(database, begun, sql))) return noted(() => end({ finishedAt: new Date().toISOString() }));
  const recovery = database.dialect.bookkeeping.recoveryOf(sql);
  const trace = recovery.kind === "compare" ? await traceOf(database, recovery.query) : undefined;
  const entry = { ...noteOf(step), ...(trace !== undefined && { trace }) };
  await noted(async () => {
    await clearJournal(database, history, step.migration, step.position);
    await noteStart(database, history, entry);
  });
  try {
    await executeStep(database, step, options);
  } catch (error) {
    if (error instanceof ToolError && isWithoutEffect(database, error))
      await noted(() => refused(reasonOf(error))).catch(() => undefined);
    throw error;
  }
  await noted(() => end({ finishedAt: new Date().toISOString() }));

  /** What has left nothing behind was never begun, so that its file may be corrected. */
  async function refused(error: string): Promise<void> {
    const failed = { ...entry, error };
    const trackless = pristine && options.direction === "up" && recovery.kind !== "ask";
    if (!trackless || (await outcomeOf(database, failed, sql)).found !== "not-done") return end({ error });
    await clearJournal(database, history, step.migration);
    await deleteApplied(database, history, step.migration);
  }

  function end(how: Pick<JournalEntry, "finishedAt" | "error">): Promise<void> {
    return noteEnd(database, history, { migration: step.migration, position: step.position, ...how });
  }
}

/** The run was told to stop before the statement began, or the database refused it. Where the connection is gone nobody knows. */
function isWithoutEffect(database: Database, error: ToolError): boolean {
  const kind = errorClass(database, error);
  return error.code === "cancelled" || (kind !== undefined && kind !== "connection");
}

/**
 * Whether a statement that was not seen to end took effect; what it left half-made is removed. One that did not may have been corrected
 * since. Throws ToolError `history` where only a person can tell, or where it took effect and the file says another.
 */
async function isDone(database: Database, entry: JournalEntry, sql: string): Promise<boolean> {
  const begun = sqlOfEntry(entry, sql);
  if (begun === undefined) throw otherThanBegun(entry);
  const { found, cleanup } = await outcomeOf(database, entry, begun);
  if (found === "unknown") throw undecided(entry);
  if (found === "done" && begun !== sql) throw otherThanBegun(entry);
  await database.confirmLock?.();
  for (const text of cleanup) await database.driver.execute(text);
  return found === "done";
}
