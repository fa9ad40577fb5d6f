import { ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import { hashOf, type JournalEntry, traceOf } from "./journal.ts";

/**
 * What became of a statement that stood alone and was not seen to end. `done`: it took effect. `not-done`: nothing of it is there.
 * `partial`: what is there has to go first. `unknown`: only a person can tell.
 */
export interface Outcome {
  readonly found: "done" | "not-done" | "partial" | "unknown";
  /** Of what is partial: the statements that remove it. */
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
      return outcome(same ? "not-done" : refused ? "unknown" : "done");
    }
    case "inspect": {
      const state = (await database.driver.query(recovery.query))[0]?.["state"];
      if (state === "partial") return { found: "partial", cleanup: recovery.cleanup };
      return outcome(state === "done" && !refused ? "done" : "not-done");
    }
  }
}

const outcome = (found: Outcome["found"]): Outcome => ({ found, cleanup: [] });

/** Throws ToolError `history` when the statement at the place where a run stopped is not the one that was begun there. */
export function refuseOther(entry: JournalEntry, sql: string | undefined): void {
  if (sql !== undefined && hashOf(sql) === entry.sqlHash) return;
  throw new ToolError(
    "history",
    `"${entry.migration}" stopped in statement ${entry.position + 1}, and that is another one now; it began:\n  ${entry.statement.split("\n", 1)[0]}\nrun it with the files and the godwit that began it, or say what became of it with \`godwit migrate repair ${entry.migration}\``,
    { migration: entry.migration, position: entry.position, statement: entry.statement },
  );
}

/** The error for what only a person can tell. */
export const undecided = ({ migration, position, statement, startedAt }: JournalEntry): ToolError =>
  new ToolError(
    "history",
    `statement ${position + 1} of "${migration}" was begun at ${startedAt} and never seen to end, and the database does not show whether it took effect:\n  ${statement.split("\n", 1)[0]}\nlook, then say so: \`godwit migrate repair ${migration} --done\` goes on after it, \`--undone\` does it again`,
    { migration, position, statement },
  );
