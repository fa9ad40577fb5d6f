import { ToolError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import type { Database } from "../database.ts";
import { type HistoryPlace, writeApplied } from "../history.ts";
import { clearJournal, noteEnd, readJournal } from "../journal.ts";
import { type Ending, keepPast, openPast, takeOut } from "../past.ts";
import { type Diagnosis, diagnose, type Problem } from "../problems.ts";
import { historyPlace, type Project } from "../project.ts";
import { withReadable } from "../read-only.ts";
import { change, type Session, type TaskOptions } from "../survey.ts";
import { inTransaction } from "../transaction.ts";

/**
 * `done`, `undone`: the statement in which it stopped took effect, or did not. `forget`: as if it had never been begun. `accept`: its file
 * is what was applied.
 */
export type Repair = "done" | "undone" | "forget" | "accept";

export interface RepairOptions extends TaskOptions {
  /** The one to repair, or what only its name begins with; absent: all that the database itself can decide. */
  readonly name?: string | undefined;
  readonly repair?: Repair | undefined;
  /** Show what is wrong and what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Whether to go on with something that may make history and database disagree. */
  confirm(danger: Danger): Promise<boolean>;
}

export interface Danger {
  readonly migration: string;
  /** A sentence that says why. */
  readonly text: string;
}

/** Part of the public JSON. */
export interface RepairResult {
  readonly problems: readonly Problem[];
  /** What was done, or with a dry run would be. */
  readonly repaired: readonly { readonly migration: string; readonly did: string }[];
}

/**
 * Shows what keeps runs from going on, and settles it: what the database shows by itself, or with `name` and `repair` what a person
 * knows. Throws ToolError `usage`, `unknown-migration` or `history` when the repair does not fit the problem, `cancelled` without consent.
 */
export async function repair(project: Project, options: RepairOptions): Promise<RepairResult> {
  if (options.repair && options.name === undefined)
    throw new ToolError("usage", `--${options.repair} needs the name of the migration it is about`);
  if (options.dryRun)
    return withReadable(project, options, async ({ survey, database }) => {
      const found = database ? await diagnosed(project, { database, survey }) : [];
      return resultOf(found, plansFor(found, options));
    });
  return change<RepairResult>(project, options, {
    // Not even a lock is taken, and no database file is made, where nothing is wrong.
    needed: ({ state: { failed, changed, missing } }) =>
      failed.length + changed.length + missing.length > 0 ? undefined : resultOf([], plansFor([], options)),
    work: async (session) => {
      const found = await diagnosed(project, session);
      const plans = plansFor(found, options);
      for (const { danger } of plans)
        if (danger && !(await options.confirm(danger)))
          throw new ToolError("cancelled", "stopped; nothing was changed");
      for (const plan of plans) await carryOut(project, session.database, plan, options);
      return resultOf(found, plans);
    },
  });
}

interface RepairPlan {
  readonly diagnosis: Diagnosis;
  readonly repair: Repair;
  readonly did: string;
  readonly danger?: Danger;
}

const diagnosed = async (
  project: Project,
  { database, survey }: Pick<Session, "database" | "survey">,
): Promise<readonly Diagnosis[]> => diagnose(database, survey, await readJournal(database, historyPlace(project)));

const resultOf = (found: readonly Diagnosis[], plans: readonly RepairPlan[]): RepairResult => ({
  problems: found.map(({ problem }) => problem),
  repaired: plans.map(({ diagnosis, did }) => ({ migration: diagnosis.entry.name, did })),
});

function plansFor(found: readonly Diagnosis[], { name, repair: asked }: RepairOptions): readonly RepairPlan[] {
  const chosen = name === undefined ? found : [named(found, name)];
  if (asked) return chosen.map((diagnosis) => planAsked(diagnosis, asked));
  return chosen.flatMap((diagnosis) => planByDatabase(diagnosis) ?? []);
}

/** What needs nobody's word. */
function planByDatabase(diagnosis: Diagnosis): RepairPlan | undefined {
  switch (diagnosis.problem.found) {
    case "done":
      return { diagnosis, repair: "done", did: "noted that the statement took effect" };
    case "partial":
      return { diagnosis, repair: "undone", did: "removed what the statement left half-made" };
    case "not-done":
      return { diagnosis, repair: "undone", did: "noted that nothing of the statement is there" };
    default:
      return undefined;
  }
}

function planAsked(diagnosis: Diagnosis, asked: Repair): RepairPlan {
  const { name: migration } = diagnosis.entry;
  const { unfit, did, danger } = rules[asked];
  const why = unfit(diagnosis);
  if (why !== undefined) {
    const message = `--${asked} does not fit "${migration}": ${why}; ${diagnosis.problem.remedy}`;
    throw new ToolError("history", message, { migration });
  }
  const text = danger(diagnosis);
  return { diagnosis, repair: asked, did: did(diagnosis), ...(text !== undefined && { danger: { migration, text } }) };
}

interface Rule {
  /** Why the repair is none for this problem. */
  unfit(diagnosis: Diagnosis): string | undefined;
  did(diagnosis: Diagnosis): string;
  /** What may come of it that nobody wants. */
  danger(diagnosis: Diagnosis): string | undefined;
}

const withoutOpen = ({ open }: Diagnosis): string | undefined => (open ? undefined : "no statement of it is open");
const isHalf = ({ entry }: Diagnosis): boolean => entry.applied?.state === "failed";
const numberOf = ({ open }: Diagnosis): number => (open?.position ?? 0) + 1;

const rules: Readonly<Record<Repair, Rule>> = {
  done: {
    unfit: withoutOpen,
    did: (it) => `took statement ${numberOf(it)} as done`,
    danger: ({ problem: { found } }) =>
      found === "partial" || found === "not-done"
        ? "the database shows that the statement did not take effect, and the rest of the migration will go on without it"
        : undefined,
  },
  undone: {
    unfit: withoutOpen,
    did: (it) => `took statement ${numberOf(it)} as not done`,
    danger: ({ problem: { found } }) =>
      found === "done"
        ? "the database shows that the statement took effect, and it will be done a second time"
        : undefined,
  },
  forget: {
    unfit: ({ problem }) => (problem.state === "changed" ? "it is applied and its file is there" : undefined),
    did: () => "forgot it, as if it had never been begun",
    danger: (it) =>
      isHalf(it)
        ? "what it has done stays in the database, and the next run begins it again"
        : "what it has done stays in the database, and nothing will ever take it back",
  },
  accept: {
    unfit: ({ problem }) => (problem.state === "changed" ? undefined : "its file is not changed"),
    did: () => "took its file for what was applied",
    danger: () => undefined,
  },
};

async function carryOut(
  project: Project,
  database: Database,
  { diagnosis, repair: how }: RepairPlan,
  { onEvent }: RepairOptions,
): Promise<void> {
  const history = historyPlace(project);
  const { entry, open, cleanup, problem } = diagnosis;
  await database.confirmLock?.();
  if (how === "undone" && problem.found === "partial") for (const sql of cleanup) await database.driver.execute(sql);
  const ended = { endedMs: 0, ...(await endingOf(database, history, how, onEvent)) };
  await inTransaction(database, async () => {
    if (how === "done" && open) await noteEnd(database, history, { ...open, finishedAt: new Date().toISOString() });
    if (how === "undone" && open) await clearJournal(database, history, entry.name, open.position);
    if (how === "accept" && entry.applied) {
      await keepPast(database, history, entry.name, ended);
      await writeApplied(database, history, { ...entry.applied, checksum: entry.checksum }, true);
    }
    if (how !== "forget") return;
    if (entry.applied?.state === "failed") await clearJournal(database, history, entry.name);
    await takeOut(database, history, entry.name, ended);
  });
}

/** Throws ToolError `unknown-migration` when nothing is wrong with such a migration, or with several. */
function named(found: readonly Diagnosis[], text: string): Diagnosis {
  const exact = found.find(({ entry }) => entry.name === text);
  if (exact) return exact;
  const begun = text === "" ? [] : found.filter(({ entry }) => entry.name.startsWith(text));
  const [only, ...more] = begun;
  if (!only) throw nothingWrong(found, text);
  if (more.length === 0) return only;
  const candidates = begun.map(({ entry }) => entry.name);
  const list = candidates.map((name) => `"${name}"`).join(", ");
  throw new ToolError("unknown-migration", `"${text}" is how several begin: ${list}; name one`, {
    name: text,
    candidates,
  });
}

/** How a row ends, where the repair ends one. */
function endingOf(
  database: Database,
  history: HistoryPlace,
  how: Repair,
  onEvent: TaskOptions["onEvent"],
): Promise<Ending> | Ending {
  const reason = how === "accept" ? "accepted" : "repaired";
  return how === "accept" || how === "forget"
    ? openPast(database, history, { reason, onEvent })
    : { reason, keep: false };
}

function nothingWrong(found: readonly Diagnosis[], name: string): ToolError {
  const names = found.map(({ entry }) => entry.name);
  const near = nearest(name, names);
  const hint = near
    ? `; did you mean "${near}"?`
    : names.length > 0
      ? `; wrong is ${names.join(", ")}`
      : ", or with any other migration";
  return new ToolError("unknown-migration", `nothing is wrong with "${name}"${hint}`, { name });
}
