import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import { type Database, errorClass } from "./database.ts";
import type { Direction } from "./events.ts";
import { executeStep, type StepOptions } from "./execute.ts";
import type { HistoryPlace } from "./history.ts";
import { clearJournal, createJournal, doneOf, type JournalEntry, noteOf, noteStart, readJournal } from "./journal.ts";
import { type Noted, runJournalled } from "./journalled-step.ts";
import { retriesOf } from "./limits.ts";
import { patiently } from "./patience.ts";
import { refuseOtherPast } from "./recover.ts";
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
  refuseOtherPast(steps, entries, done);
  // Behind a pooler it would be told to a session of somebody else.
  if (half && !database.pooled) await settleSession(database, steps, done);
  let begun = half !== undefined;
  /** Not before there is something to write down: a migration that fails in its first step may be corrected. */
  const begin = async (): Promise<void> => {
    if (begun) return;
    await clearJournal(database, history, migration);
    await options.begun();
  };
  /** The row first: where notes have no transactions, one that is done must never look as if nothing of it were. */
  const finish = async (): Promise<void> => {
    await options.finished();
    await clearJournal(database, history, migration);
  };
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    const end = step.position + commandsOf(step).length;
    const isEmpty = end === step.position;
    if (end <= done && !(last && end === 0)) continue;
    if (signal?.aborted) throw new ToolError("cancelled", "stopped on request");
    const before = steps.flatMap(commandsOf).slice(0, step.position).map(sqlOf);
    const lead = leadingElsewhere(database, before);
    if (step.transaction) {
      const note = () => begin().then(() => noteDone(database, step, history));
      // Its note would stand where that of the next statement belongs, and pass for it.
      const record = last ? finish : isEmpty ? () => Promise.resolve() : note;
      await executeStep(database, step, { ...options, lead, record }).catch(goesOnFrom(step));
      begun ||= !isEmpty;
      if (last) return;
    } else {
      await noted(begin);
      begun = true;
      await runJournalled(database, step, entries.find(isAt(step)), {
        ...options,
        lead,
        noted,
        pristine: index === 0 && !half,
      }).catch(goesOnFrom(step));
    }
  }
  await noted(finish);
}

/** For `catch`: what the database refused may be corrected, and what is done before it stays done. */
const goesOnFrom =
  ({ position }: Step) =>
  (error: unknown): never => {
    if (position === 0 || !(error instanceof ToolError) || error.code !== "database") throw error;
    const done = position === 1 ? "1 statement of it is" : `${position} statements of it are`;
    const hint = `hint: ${done} done; correct what is wrong, or the rest of the file, and run it again: it goes on there`;
    throw new ToolError(error.code, `${error.message}\n${hint}`, error.data, { cause: error });
  };

/** Notes are small transactions of their own; on SQLite, somebody else may be writing at that moment. */
const notesOf =
  (database: Database, steps: readonly Step[], { limits, onEvent, signal }: PiecesOptions): Noted =>
  async (work) => {
    const attempt = { migration: migrationOf(steps), retries: retriesOf(limits), repeatable: true, onEvent };
    const note = (): Promise<void> => patiently(database, attempt, () => inTransaction(database, work));
    try {
      await note();
    } catch (error) {
      const kind = errorClass(database, error);
      if (!signal?.aborted || kind === undefined || kind === "connection") throw error;
      // Whoever told the run to stop has hit the note in place of a statement; what is done must be written down.
      await note();
    }
  };

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

function noteDone(database: Database, step: Step, history: HistoryPlace): Promise<void> {
  const entry = noteOf(step);
  return noteStart(database, history, { ...entry, finishedAt: entry.startedAt });
}
