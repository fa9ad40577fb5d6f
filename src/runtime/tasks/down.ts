import type { Dialect } from "../../core/ddl/dialect.ts";
import { PartialError, ToolError } from "../../core/errors.ts";
import type { Migration } from "../../core/plan/migration.ts";
import { byMigration, type Plan } from "../../core/plan/plan.ts";
import { refuseChanged, stoppedGoingDown } from "../../core/plan/reconcile.ts";
import { resolveReference } from "../../core/plan/reference.ts";
import { planDown } from "../../core/plan/steps.ts";
import { checkClashes } from "../conflicts-in.ts";
import { hookRunOf, migrationHooks, withRunHooks } from "../hooks.ts";
import { openPast } from "../past.ts";
import { historyPlace, type Project } from "../project.ts";
import { runPlan } from "../runner.ts";
import { changeTracks, halfDone, type Session, type Survey, type TaskOptions, warnOfMissing } from "../survey.ts";
import { eventsOf, inTrack, nameAmong, ofTrack, onlyTrack, trackName } from "../tracks.ts";

export interface DownOptions extends TaskOptions {
  /**
   * Roll back everything that builds on this migration, which itself stays; `zero` and `base` roll back everything, `-2` the last two. In a
   * history that branches, what does not build on it stays too.
   */
  readonly to?: string | undefined;
  /** Roll back so many, in reverse order; default 1. Not together with `to`. */
  readonly steps?: number | undefined;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** Roll back although what came later in another branch is about the same, with a warning; absent: refuse. */
  readonly allowConflicts?: boolean | undefined;
}

export interface DownResult {
  /** Names of the migrations that were rolled back, in the order in which that happened; of several tracks: `core/0001_initial`. */
  readonly rolled_back: readonly string[];
  /** The same by track, where there are several. */
  readonly tracks?: readonly { readonly name: string; readonly rolled_back: readonly string[] }[];
}

/**
 * Rolls migrations back, newest first. Of several tracks one has to be chosen, or all go to `zero`, the last one first. Throws ToolError
 * `usage`, `unknown-migration`, `history`, `graph` or `irreversible` before anything runs; PartialError when a rollback fails.
 */
export async function down(project: Project, options: DownOptions = {}): Promise<DownResult> {
  checkOptions(options);
  if (!isZero(options.to)) onlyTrack(project);
  const idle = (surveys: readonly Survey[]): boolean =>
    surveys.every((survey) => inTrack(survey.project, () => appliedDownTo(survey, options).length === 0));
  return changeTracks<DownResult>(project, options, {
    needed: (surveys) => (idle(surveys) ? resultOf(surveys.map(nothingDone)) : undefined),
    work: async (sessions) => {
      for (const { survey } of sessions)
        await checkClashes(
          survey,
          inTrack(survey.project, () => appliedDownTo(survey, options)),
          options,
        );
      const planned = sessions.toReversed().map((session) => ({ session, plan: plannedDown(session, options) }));
      const parts = planned.map(({ session, plan }) => ({ session, names: plan ? namesOf(plan) : [] }));
      const run = { direction: "down", parts, options, done: (result: DownResult) => result.rolled_back } as const;
      return withRunHooks(run, () => rollBackAll(planned, options));
    },
  });
}

/** What `down` would roll back, newest first. Throws ToolError `unknown-migration` or `history`. */
export function appliedDownTo(survey: Survey, { to, steps = 1 }: DownOptions): readonly Migration[] {
  const { graph, state } = survey;
  refuseChanged(state);
  refuseHalfUp(survey);
  const newestFirst = state.applied.toReversed();
  const half = newestFirst.filter((m) => isHalfDown(survey, m.name));
  // What stopped on its way down is half gone, so it goes before anything else does.
  const order = [...half, ...newestFirst.filter((m) => !half.includes(m))];
  const chosen = to === undefined ? order.slice(0, steps) : chosenAbove(to);
  refuseMissing(survey, chosen);
  return chosen;

  function chosenAbove(text: string): readonly Migration[] {
    if (isZero(text)) return order;
    const found = resolveReference(text, { graph, state });
    // Counted from now, so many go, whatever they build on.
    if (/^-\d+$/.test(text)) return order.slice(0, Number(text.slice(1)));
    return found === "base" ? order : order.filter(isAbove(found.name));
  }

  function isAbove(target: string): (migration: Migration) => boolean {
    if (!state.applied.some((m) => m.name === target)) {
      throw new ToolError("history", `"${target}" is not applied, so nothing can be rolled back to it`, {
        migration: target,
      });
    }
    const above = graph.descendants(target);
    return (m) => above.has(m.name);
  }
}

/** Whether everything is to go. */
const isZero = (to: string | undefined): boolean => to === "zero" || to === "base";

/** The plan that rolls these back. Throws ToolError `irreversible` or `unsupported`. */
export const planRollback = ({ graph, state }: Survey, rollback: readonly Migration[], dialect: Dialect): Plan =>
  planDown({ rollback, applied: state.applied, from: graph.surroundings, dialect });

function checkOptions({ to, steps }: DownOptions): void {
  if (to !== undefined && steps !== undefined) throw new ToolError("usage", "give either --to or --steps, not both");
  if (steps !== undefined && !(Number.isInteger(steps) && steps >= 1)) {
    throw new ToolError(
      "usage",
      `--steps takes a whole number from 1, not "${steps}"; everything is rolled back with --to zero`,
    );
  }
}

/** Everything is planned before anything runs. */
function plannedDown({ survey, database }: Session, options: DownOptions): Plan | undefined {
  return inTrack(survey.project, () => {
    const rollback = appliedDownTo(survey, options);
    if (rollback.length === 0) return undefined;
    warnOfMissing(survey, eventsOf(survey.project, options.onEvent));
    return planRollback(survey, rollback, database.dialect);
  });
}

async function rollBackAll(
  planned: readonly { readonly session: Session; readonly plan: Plan | undefined }[],
  options: DownOptions,
): Promise<DownResult> {
  const done: Done[] = [];
  for (const { session, plan } of planned) {
    const { project } = session.survey;
    try {
      done.push({ project, rolledBack: plan ? await rollBack(session, plan, options) : [] });
    } catch (error) {
      throw planned.length > 1 ? failed(error, project, done) : error;
    }
  }
  return resultOf(done);
}

/** Rolls back what a plan says, and records it. Throws PartialError when one fails. */
export async function rollBack(
  session: Session,
  plan: Plan,
  options: DownOptions,
  reason: "rolled_back" | "redone" = "rolled_back",
): Promise<readonly string[]> {
  const { database, survey } = session;
  const { project } = survey;
  const { signal, warnOnMissingDrop } = options;
  await session.enter();
  const history = historyPlace(project);
  const onEvent = eventsOf(project, options.onEvent);
  return runPlan(database, plan, {
    history,
    halfDone: halfDone(survey),
    ending: await openPast(database, history, { reason, onEvent }),
    onEvent,
    signal,
    warnOnMissingDrop,
    limits: { configured: project.limits, asked: options.limits },
    hooks: migrationHooks(hookRunOf(session, options), plan.direction),
  });
}

/** What a plan is about, in its order. */
const namesOf = (plan: Plan): readonly string[] => byMigration(plan).map(([step]) => step.migration);

interface Done {
  readonly project: Project;
  readonly rolledBack: readonly string[];
}

const nothingDone = ({ project }: Survey): Done => ({ project, rolledBack: [] });

function resultOf(tracks: readonly Done[]): DownResult {
  const several = tracks.length > 1;
  const names = tracks.flatMap(({ project, rolledBack }) =>
    rolledBack.map((name) => nameAmong(several, project, name)),
  );
  if (!several) return { rolled_back: names };
  return {
    rolled_back: names,
    tracks: tracks.map((each) => ({ name: trackName(each.project), rolled_back: each.rolledBack })),
  };
}

/** With the names of all tracks. */
function failed(error: unknown, project: Project, done: readonly Done[]): unknown {
  const named = ofTrack(project, error);
  if (!(error instanceof PartialError) || !(named instanceof ToolError)) return named;
  const within = (names: readonly string[]): readonly string[] => names.map((name) => nameAmong(true, project, name));
  return new PartialError(named, {
    applied: [
      ...done.flatMap((each) => each.rolledBack.map((name) => nameAmong(true, each.project, name))),
      ...within(error.applied),
    ],
    failed: nameAmong(true, project, error.failed),
    remaining: within(error.remaining),
  });
}

const isHalfDown = ({ history }: Survey, name: string): boolean =>
  stoppedGoingDown(history.find((row) => row.name === name));

function refuseHalfUp({ state }: Survey): void {
  const half = state.failed.find((entry) => !stoppedGoingDown(entry.applied));
  if (!half) return;
  throw new ToolError(
    "history",
    `"${half.name}" stopped half-way; finish it with \`godwit migrate up\` before rolling anything back`,
    { migration: half.name },
  );
}

/** A migration without a file cannot be rolled back, and what came before it cannot go from under it. */
function refuseMissing({ state, history }: Survey, rollback: readonly Migration[]): void {
  const names = new Set(rollback.map((m) => m.name));
  const since = history.find((row) => names.has(row.name))?.appliedAt;
  const later = state.missing.find((entry) => since !== undefined && (entry.applied?.appliedAt ?? "") >= since);
  if (!later) return;
  throw new ToolError(
    "history",
    `"${later.name}" was applied later and its file is missing, so it cannot be rolled back first; restore the file, or, ` +
      `if nothing of it is left in the database, forget it with \`godwit migrate fake --undo ${later.name}\``,
    { migration: later.name },
  );
}
