import { ToolError } from "../../core/errors.ts";
import { requireMigration } from "../../core/plan/graph.ts";
import type { Applied } from "../../core/plan/migration.ts";
import { resolveMigration } from "../../core/plan/reference.ts";
import { version } from "../../version.ts";
import { createHistory, writeApplied } from "../history.ts";
import { keepPast, openPast, takeOut } from "../past.ts";
import { historyPlace, type Project } from "../project.ts";
import { change, type Session, type Survey, type TaskOptions } from "../survey.ts";
import { inTransaction } from "../transaction.ts";
import { whoAmI } from "../who-am-i.ts";

export interface FakeOptions extends TaskOptions {
  /** Any reference to a migration but the beginning of its name. Absent: with `all`, every migration. */
  readonly name?: string | undefined;
  /** Also what it depends on or, with `undo`, what depends on it. */
  readonly all?: boolean | undefined;
  /** Forget that they were applied, instead of recording it. */
  readonly undo?: boolean | undefined;
}

export interface FakeResult {
  /** Names whose rows were written; not those that were recorded already. */
  readonly faked: readonly string[];
  /** Names whose rows were deleted. */
  readonly forgotten: readonly string[];
}

/**
 * Records migrations as applied, or as not applied, without touching the tables they are about. A changed migration is
 * accepted as it is now; one that stopped half-way is taken as done. Throws ToolError `usage`, `unknown-migration`, or
 * `history` when the order would not hold; then nothing is recorded.
 */
export async function fake(project: Project, options: FakeOptions): Promise<FakeResult> {
  if (options.name === undefined && !options.all) {
    throw new ToolError("usage", "name the migration to record, or give --all to record every one");
  }
  const choose = options.undo ? toForget : toRecord;
  return change<FakeResult>(project, options, {
    needed: (survey) => (choose(survey, options).length === 0 ? { faked: [], forgotten: [] } : undefined),
    work: async (session) => {
      const names = choose(session.survey, options);
      await (options.undo
        ? forget(project, session, withReplaced(session.survey, names), options)
        : record(project, session, names, options));
      return options.undo ? { faked: [], forgotten: names } : { faked: names, forgotten: [] };
    },
  });
}

/** In the order of the graph. Only the named one is recorded again when it is recorded already but changed or half-done. */
function toRecord(survey: Survey, { name, all }: FakeOptions): readonly string[] {
  const { graph, state } = survey;
  const recorded = new Set(state.entries.filter((e) => e.applied).map((e) => e.name));
  const open = graph.order.map((m) => m.name).filter((n) => !recorded.has(n));
  if (name === undefined) return open;
  const target = resolveMigration(name, { graph, state, whole: true }).name;
  const needed = graph.ancestors(target);
  const before = open.filter((n) => needed.has(n));
  if (before.length > 0 && !all) {
    throw new ToolError(
      "history",
      `"${target}" depends on ${quoted(before)}, which ${before.length === 1 ? "is" : "are"} not applied; apply ` +
        `${before.length === 1 ? "it" : "them"} first, or record ${before.length === 1 ? "it" : "them"} too with --all`,
      { migration: target, pending: before },
    );
  }
  const settled = state.entries.some((e) => e.name === target && e.state === "applied");
  return settled ? before : [...before, target];
}

/** What a migration stands for would say that it is applied. */
const withReplaced = ({ graph, history }: Survey, names: readonly string[]): readonly string[] => {
  const rows = new Set(history.map(({ name }) => name));
  return names.flatMap((name) => [name, ...(graph.find(name)?.replaces ?? []).filter((each) => rows.has(each))]);
};

/** Newest first, so that a reader of the history never sees a migration without what it depends on. */
function toForget(survey: Survey, { name, all }: FakeOptions): readonly string[] {
  const { graph, state } = survey;
  const recorded = state.entries.filter((e) => e.applied).map((e) => e.name);
  if (name === undefined) return recorded.toReversed();
  const target = meant(survey, name);
  if (!recorded.includes(target)) return [];
  const dependents = graph.find(target) ? graph.descendants(target) : new Set<string>();
  const after = recorded.filter((n) => dependents.has(n));
  if (after.length > 0 && !all) {
    throw new ToolError(
      "history",
      `${quoted(after)} ${after.length === 1 ? "depends" : "depend"} on "${target}" and ${after.length === 1 ? "is" : "are"} ` +
        "recorded as applied; forget them first, or together with --all",
      { migration: target, applied: after },
    );
  }
  return [...after.toReversed(), target];
}

/** A migration whose file is gone is known to the history alone. Of others the beginning of a name is not enough: nothing checks what is recorded. */
const meant = ({ graph, state }: Survey, text: string): string =>
  state.missing.some(({ name }) => name === text) ? text : resolveMigration(text, { graph, state, whole: true }).name;

async function record(
  project: Project,
  session: Session,
  names: readonly string[],
  { onEvent }: FakeOptions,
): Promise<void> {
  const { database, survey } = session;
  const history = historyPlace(project);
  await session.enter({ create: true });
  await createHistory(database, history);
  const rows = new Set(survey.history.map(({ name }) => name));
  const replaces = names.some((name) => rows.has(name));
  const ending = replaces ? await openPast(database, history, { reason: "replaced", onEvent }) : undefined;
  await inTransaction(database, async () => {
    for (const name of names) {
      if (ending && rows.has(name)) await keepPast(database, history, name, { ...ending, endedMs: 0 });
      const { checksum } = requireMigration(survey.graph, name);
      await writeApplied(database, history, fakeRow(history.track, name, checksum), true);
    }
  });
}

async function forget(
  project: Project,
  { database }: Session,
  names: readonly string[],
  { onEvent }: FakeOptions,
): Promise<void> {
  const history = historyPlace(project);
  const ending = await openPast(database, history, { reason: "forgotten", onEvent });
  await inTransaction(database, async () => {
    for (const name of names) await takeOut(database, history, name, { ...ending, endedMs: 0 });
  });
}

/** The row of a migration that is in the database, and that nobody has run here. */
export const fakeRow = (track: string, name: string, checksum: string): Applied => ({
  track,
  name,
  checksum,
  state: "fake",
  stepsDone: 0,
  appliedAt: new Date().toISOString(),
  durationMs: 0,
  toolVersion: version,
  appliedBy: whoAmI(),
});

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
