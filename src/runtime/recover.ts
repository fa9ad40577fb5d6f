import { ToolError } from "../core/errors.ts";
import { commandsOf, type Step } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import { hashOf, type JournalEntry, noteOf, traceOf } from "./journal.ts";

/**
 * What became of a statement that stood alone and was not seen to end. `done`: it took effect. `not-done`: nothing of it is there.
 * `partial`: what is there has to go first. `unknown`: only a person can tell.
 */
export interface Outcome {
  readonly found: "done" | "not-done" | "partial" | "unknown";
  /** Of what is partial: the statements that remove it. Of what is done: those that wait for the rest of it. */
  readonly cleanup: readonly string[];
}

/** Asks the database; only reads. A statement that the database refused can have left something, but cannot be done. */
export async function outcomeOf(database: Database, entry: JournalEntry, sql: string): Promise<Outcome> {
  const recovery = database.dialect.bookkeeping.recoveryOf(sql);
  const refused = entry.error !== undefined;
  switch (recovery.kind) {
    case "repeat":
      return outcome("not-done");
    case "ask":
      return outcome(refused ? "not-done" : "unknown");
    case "compare": {
      if (entry.trace === undefined) return outcome("unknown");
      const same = (await traceOf(database, recovery.query)) === entry.trace;
      if (same || refused) return outcome(same ? "not-done" : "unknown");
      return { found: "done", cleanup: recovery.settle ?? [] };
    }
    case "inspect": {
      const state = (await database.driver.query(recovery.query))[0]?.["state"];
      if (state === "partial") return { found: "partial", cleanup: recovery.cleanup };
      return outcome(state === "done" && !refused ? "done" : "not-done");
    }
  }
}

const outcome = (found: Outcome["found"]): Outcome => ({ found, cleanup: [] });

/** The whole text of the statement that a note is about: what the files say now, or what was kept, if that is all of it. */
export const sqlOfEntry = (entry: JournalEntry, now: string | undefined): string | undefined =>
  [now, entry.statement].find((sql) => sql !== undefined && hashOf(sql) === entry.sqlHash);

/**
 * What is done of a half-done migration has to be what its file says of it; the rest may have been corrected. Throws ToolError `history` with the
 * first statement that is another.
 */
export function refuseOtherPast(steps: readonly Step[], entries: readonly JournalEntry[], done: number): void {
  const noted = steps.filter((step) => commandsOf(step).length > 0);
  const now = new Map(noted.map(noteOf).map((entry) => [entry.position, entry]));
  const ended = entries.filter((entry) => entry.finishedAt !== undefined);
  const other = ended.find((entry) => now.get(entry.position)?.sqlHash !== entry.sqlHash);
  if (other) throw otherThanBegun(other);
  const cut = steps.find((step) => step.position < done && step.position + commandsOf(step).length > done);
  if (!cut) return;
  throw new ToolError(
    "history",
    `"${cut.migration}" stopped in the middle of what is one transaction now, so it cannot be continued; continue with the godwit and the file that began it, or clean up what it left and say so with \`godwit migrate repair ${cut.migration} --forget\``,
    { migration: cut.migration },
  );
}

/** The error for a statement that was begun, or done, and that the file does not say any more. */
export const otherThanBegun = ({ migration, position, statement }: JournalEntry): ToolError =>
  new ToolError(
    "history",
    `"${migration}" was changed after it stopped half-way, and not only in what is still to do; statement ${position + 1} was:\n  ${statement.replaceAll("\n", "\n  ")}\nrestore that part of its file, or clean up what it left and start it again after \`godwit migrate repair ${migration} --forget\``,
    { migration, position, statement },
  );

/** The error for what only a person can tell. */
export const undecided = ({ migration, position, statement, startedAt }: JournalEntry): ToolError =>
  new ToolError(
    "history",
    `statement ${position + 1} of "${migration}" was begun at ${startedAt} and never seen to end, and the database does not show whether it took effect:\n  ${statement.split("\n", 1)[0]}\nlook, then say so: \`godwit migrate repair ${migration} --done\` goes on after it, \`--undone\` does it again`,
    { migration, position, statement },
  );
