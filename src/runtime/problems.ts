import { ToolError } from "../core/errors.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import type { Entry } from "../core/plan/reconcile.ts";
import { stoppedGoingDown } from "../core/plan/reconcile.ts";
import type { Database } from "./database.ts";
import { doneOf, type JournalEntry } from "./journal.ts";
import { type Outcome, outcomeOf, refuseOtherPast, sqlOfEntry } from "./recover.ts";
import { planPending } from "./run-pending.ts";
import type { Survey } from "./survey.ts";
import { planRollback } from "./tasks/down.ts";
import { type Stopped, stoppedAt } from "./tasks/status.ts";

/** Something that keeps `up` or `down` from going on by itself, or that they would settle first. Part of the public JSON. */
export interface Problem {
  readonly migration: string;
  readonly state: "failed" | "changed" | "missing";
  /** Which way it was going when it stopped half-way. */
  readonly direction?: "up" | "down";
  readonly stopped?: Stopped;
  /** What the database shows of the statement that was not seen to end. */
  readonly found?: Outcome["found"];
  /** A sentence. */
  readonly remedy: string;
}

/** A problem with all that is needed to do something about it. */
export interface Diagnosis {
  readonly problem: Problem;
  readonly entry: Entry;
  /** The statement that was not seen to end. */
  readonly open?: JournalEntry;
  readonly cleanup: readonly string[];
}

/** What is wrong between files, history, journal and database, in the order of the history. Only reads. */
export async function diagnose(
  database: Database,
  survey: Survey,
  journal: ReadonlyMap<string, readonly JournalEntry[]>,
): Promise<readonly Diagnosis[]> {
  const { failed, changed, missing } = survey.state;
  const found: Diagnosis[] = [];
  for (const entry of [...failed, ...changed, ...missing])
    found.push(await diagnoseOne(database, survey, journal, entry));
  return found;
}

async function diagnoseOne(
  database: Database,
  survey: Survey,
  journal: ReadonlyMap<string, readonly JournalEntry[]>,
  entry: Entry,
): Promise<Diagnosis> {
  const half = entry.applied?.state === "failed";
  const direction = stoppedGoingDown(entry.applied) ? "down" : "up";
  const entries = (half && journal.get(entry.name)) || [];
  const open = entries.find(({ finishedAt }) => finishedAt === undefined);
  const steps = half ? stepsNow(database, survey, entry) : undefined;
  const now = steps?.flatMap(commandsOf)[open?.position ?? 0];
  const sql = open && sqlOfEntry(open, now && sqlOf(now));
  const outcome: Outcome | undefined =
    open && (sql ? await outcomeOf(database, open, sql) : { found: "unknown", cleanup: [] });
  const problem: Problem = {
    migration: entry.name,
    state: entry.state as Problem["state"],
    ...(half && { direction, ...stoppedAt(entry, journal) }),
    ...(outcome && { found: outcome.found }),
    remedy: changedPast(entry, steps, entries) ?? remedyOf(entry, direction, outcome?.found),
  };
  return { problem, entry, ...(open && { open }), cleanup: outcome?.cleanup ?? [] };
}

/** The steps of a half-done migration as its file has them now; absent when there is none. */
function stepsNow({ dialect }: Database, survey: Survey, { name, applied }: Entry): readonly Step[] | undefined {
  const migration = survey.graph.find(name);
  if (!migration) return undefined;
  const planned = stoppedGoingDown(applied) ? planRollback : planPending;
  return planned(survey, [migration], dialect).steps;
}

/** What the next run would say of a file that is another in what is done of it. */
function changedPast(
  { applied }: Entry,
  steps: readonly Step[] | undefined,
  entries: readonly JournalEntry[],
): string | undefined {
  if (!applied || !steps) return undefined;
  try {
    refuseOtherPast(steps, entries, doneOf(applied, entries));
    return undefined;
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
}

function remedyOf({ name, state }: Entry, direction: "up" | "down", found: Outcome["found"] | undefined): string {
  const repair = `\`godwit migrate repair ${name}`;
  if (state === "missing") return `restore its file, or forget it with ${repair} --forget\``;
  if (state === "changed") return `restore its file, or accept it as it is now with ${repair} --accept\``;
  const goOn = `\`godwit migrate ${direction}\``;
  switch (found) {
    case undefined:
      return `${goOn} goes on with the next statement`;
    case "done":
      return `the statement took effect; ${goOn} notes that and goes on after it`;
    case "not-done":
      return `nothing of the statement is there; ${goOn} does it again`;
    case "partial":
      return `the statement left something half-made; ${goOn} removes that and does it again`;
    case "unknown":
      return `look whether the statement took effect, then say ${repair} --done\` or ${repair} --undone\``;
  }
}
