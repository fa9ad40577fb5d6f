import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import { stoppedGoingDown } from "../core/plan/reconcile.ts";
import { type Database, errorClass } from "./database.ts";
import type { Direction } from "./events.ts";
import { executeStep, type StepOptions } from "./execute.ts";
import { deleteApplied, type HistoryPlace } from "./history.ts";
import {
  clearJournal,
  createJournal,
  hashOf,
  type JournalEntry,
  noteEnd,
  noteStart,
  readJournal,
  traceOf,
} from "./journal.ts";
import { retriesOf } from "./limits.ts";
import { patiently, reasonOf } from "./patience.ts";
import { outcomeOf, refuseOther, undecided } from "./recover.ts";
import { leadingElsewhere } from "./session-place.ts";
import { forSession } from "./session-words.ts";
import { inTransaction } from "./transaction.ts";

export interface PiecesOptions extends Omit<StepOptions, "record"> {
  readonly history: HistoryPlace;
  readonly direction: Direction;
  /** The migration's row, when an earlier run has begun it. */
  readonly half: Applied | undefined;
  /** Writes the row of a migration that is begun. */
  begun(): Promise<void>;
  /** Writes the row of one that is done. */
  finished(): Promise<void>;
}

/**
 * Carries out a migration that cannot commit as a whole, keeping a journal: what is in a transaction commits together with its note, what stands alone
 * is noted before and after. Of a migration that was begun before, it leaves out what is done, after asking the database what became
 * of a statement that was not seen to end. Throws what `executeStep` throws, and ToolError `history` when that cannot be told.
 */
export async function runPieces(database: Database, steps: readonly Step[], options: PiecesOptions): Promise<void> {
  const { history, half, signal } = options;
  const migration = migrationOf(steps);
  const noted = notesOf(database, steps, options);
  await createJournal(database, history);
  const entries = half ? ((await readJournal(database, history)).get(migration) ?? []) : [];
  const done = half ? doneOf(half, entries) : 0;
  // Behind a pooler it would be told to a session of somebody else.
  if (half && !database.pooled) await settleSession(database, steps, done);
  let begun = half !== undefined;
  /** Not before there is something to write down: a migration that fails in its first step may be corrected. */
  const begin = async (): Promise<void> => {
    if (begun) return;
    await clearJournal(database, history, migration);
    await options.begun();
  };
  const finish = async (): Promise<void> => {
    await clearJournal(database, history, migration);
    await options.finished();
  };
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    const end = step.position + commandsOf(step).length;
    if (end <= done && !(last && end === 0)) continue;
    if (step.position < done) throw cutThrough(step);
    if (signal?.aborted) throw new ToolError("cancelled", "stopped on request");
    const before = steps.flatMap(commandsOf).slice(0, step.position).map(sqlOf);
    const lead = leadingElsewhere(database, before);
    if (step.transaction) {
      const note = () => begin().then(() => noteDone(database, step, history));
      await executeStep(database, step, { ...options, lead, record: last ? finish : note });
      begun = true;
      if (last) return;
    } else {
      await noted(begin);
      begun = true;
      await runJournalled(database, step, entries.find(isAt(step)), {
        ...options,
        lead,
        noted,
        pristine: index === 0 && !half,
      });
    }
  }
  await noted(finish);
}

type Noted = (work: () => Promise<void>) => Promise<void>;

/** Notes are small transactions of their own; on SQLite, somebody else may be writing at that moment. */
const notesOf =
  (database: Database, steps: readonly Step[], { limits, onEvent, signal }: PiecesOptions): Noted =>
  (work) =>
    patiently(
      database,
      { migration: migrationOf(steps), retries: retriesOf(limits), repeatable: true, onEvent, signal },
      () => inTransaction(database, work),
    );

interface JournalledOptions extends PiecesOptions {
  readonly noted: Noted;
  /** It is the first thing that its migration does. */
  readonly pristine: boolean;
}

async function runJournalled(
  database: Database,
  step: Step,
  begun: JournalEntry | undefined,
  { noted, history, pristine, ...options }: JournalledOptions,
): Promise<void> {
  const commands = commandsOf(step);
  const sql = sqlOf(commands[0]);
  if (begun && (await isDone(database, begun, sql))) return noted(() => end({ finishedAt: now() }));
  const recovery = database.dialect.bookkeeping.recoveryOf(sql);
  const trace = recovery.kind === "compare" ? await traceOf(database, recovery.query) : undefined;
  const entry = { ...entryOf(step), ...(trace !== undefined && { trace }) };
  await noted(async () => {
    await clearJournal(database, history, step.migration, step.position);
    await noteStart(database, history, entry);
  });
  try {
    await executeStep(database, step, options);
  } catch (error) {
    const kind = errorClass(database, error);
    // Where the connection is gone nobody knows what became of the statement; else the database has refused it.
    if (kind !== undefined && kind !== "connection" && error instanceof ToolError)
      await noted(() => refused(reasonOf(error))).catch(() => undefined);
    throw error;
  }
  await noted(() => end({ finishedAt: now() }));

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

/** Whether a statement that was not seen to end took effect; what it left half-done is removed. Throws ToolError `history` where only a person can tell. */
async function isDone(database: Database, entry: JournalEntry, sql: string): Promise<boolean> {
  refuseOther(entry, sql);
  const { found, cleanup } = await outcomeOf(database, entry, sql);
  if (found === "unknown") throw undecided(entry);
  await database.confirmLock?.();
  for (const text of cleanup) await database.driver.execute(text);
  return found === "done";
}

/** How many commands are done: as the journal says, or, of a run of before there was one, the row. */
export function doneOf(half: Applied, entries: readonly JournalEntry[]): number {
  const counted = stoppedGoingDown(half) ? -1 - half.stepsDone : half.stepsDone;
  const ends = entries.filter((entry) => entry.finishedAt !== undefined).map((entry) => entry.position + 1);
  return Math.max(counted, 0, ...ends);
}

/** What an earlier connection was told about itself, this one has to be told again. */
async function settleSession({ driver }: Database, steps: readonly Step[], done: number): Promise<void> {
  const commands = steps.flatMap(commandsOf).slice(0, done).map(sqlOf);
  for (const sql of commands.filter((text) => forSession.test(text))) await driver.execute(sql);
}

const migrationOf = ([step]: readonly Step[]): string => step?.migration ?? "";

const isAt =
  ({ position }: Step) =>
  (entry: JournalEntry): boolean =>
    entry.position === position && entry.finishedAt === undefined;

/** The note of a step: its last command stands for all of them. */
function entryOf(step: Step): JournalEntry {
  const commands = commandsOf(step);
  const statement = sqlOf(commands.at(-1));
  const position = step.position + Math.max(0, commands.length - 1);
  return { migration: step.migration, position, sqlHash: hashOf(statement), statement, startedAt: now() };
}

function noteDone(database: Database, step: Step, history: HistoryPlace): Promise<void> {
  const entry = entryOf(step);
  return noteStart(database, history, { ...entry, finishedAt: entry.startedAt });
}

const now = (): string => new Date().toISOString();

function cutThrough({ migration }: Step): ToolError {
  return new ToolError(
    "history",
    `"${migration}" stopped in the middle of what this godwit runs as one transaction, so it cannot be continued; continue with the godwit that began it, or clean up what it left and say so with \`godwit migrate repair ${migration} --forget\``,
    { migration },
  );
}
