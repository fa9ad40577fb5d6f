import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import type { Plan } from "../core/plan/plan.ts";
import { replay } from "../core/plan/state.ts";
import { planUp } from "../core/plan/steps.ts";
import type { Schema } from "../core/schema/model.ts";
import type { Advance } from "./compensate.ts";
import { checkConflicts } from "./conflicts-in.ts";
import { createHistory } from "./history.ts";
import { hookRunOf, migrationHooks, withRunHooks } from "./hooks.ts";
import { nothingToDo, pendingIn, resultOf } from "./pending.ts";
import { historyPlace } from "./project.ts";
import { withReplacements } from "./record-replacements.ts";
import { runPlan } from "./runner.ts";
import { halfDone, type Session, type Survey, type TaskOptions, warnOfMissing } from "./survey.ts";
import { failure } from "./track-failure.ts";
import { eventsOf, inTrack, trackName } from "./tracks.ts";
import { warnOfUnreadableViews } from "./unreadable-views.ts";
import type { UpOptions, UpResult } from "./up-options.ts";

/**
 * The plan for these migrations on top of what is applied. What was planned last is not planned again where nothing has changed: before a file is made for a
 * database, and then on what is found in it. Throws ToolError `state` or `unsupported`.
 */
export function planPending(
  { graph, state }: Pick<Survey, "graph" | "state">,
  pending: readonly Migration[],
  dialect: Dialect,
): Plan {
  const { surroundings } = graph;
  const { applied } = state;
  const [first] = pending;
  const last = first && planned.get(first);
  const isSame =
    last?.dialect === dialect &&
    last.surroundings === surroundings &&
    isSameList(last.pending, pending) &&
    isSameList(last.applied, applied);
  if (isSame) return last.plan;
  const plan = planUp({ pending, before: replay(applied, surroundings), dialect });
  if (first) planned.set(first, { dialect, surroundings, pending, applied, plan });
  return plan;
}

interface Planned {
  readonly dialect: Dialect;
  readonly surroundings: Schema;
  readonly pending: readonly Migration[];
  readonly applied: readonly Migration[];
  readonly plan: Plan;
}

/** By the first of the migrations, as it was read: read again, it is another one. */
const planned = new WeakMap<Migration, Planned>();

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);

/** Carries out a plan for pending migrations, and records it. Throws PartialError when one fails. */
export async function runPending(session: Session, plan: Plan, options: RunAheadOptions): Promise<readonly string[]> {
  const { database, survey } = session;
  const { project } = survey;
  const history = historyPlace(project);
  const limits = { configured: project.limits, asked: options.limits };
  await session.enter({ create: true });
  await createHistory(database, history);
  const { signal, warnOnMissingDrop, singleTransaction } = options;
  const onEvent = eventsOf(project, options.onEvent);
  const hooks = migrationHooks(hookRunOf(session, options), plan.direction);
  const run = {
    history,
    halfDone: halfDone(survey),
    hooks,
    onEvent,
    signal,
    warnOnMissingDrop,
    singleTransaction,
    limits,
  };
  return runPlan(database, plan, run);
}

/** Everything is planned before anything runs. */
export async function applyPending(sessions: readonly Session[], options: UpOptions): Promise<UpResult> {
  const surveys = sessions.map(({ survey }) => survey);
  const nothing = nothingToDo(surveys, options);
  if (nothing) return nothing;
  for (const survey of surveys) warnOfMissing(survey, eventsOf(survey.project, options.onEvent));
  for (const survey of surveys)
    await checkConflicts(survey, pendingIn(survey, { ...options, onEvent: undefined }), options);
  const ahead = sessions.map((session) => {
    const pending = pendingIn(session.survey, options);
    const { project } = session.survey;
    return {
      session,
      pending,
      plan: inTrack(project, () => planPending(session.survey, pending, session.database.dialect)),
    };
  });
  const run = (): Promise<UpResult> => runAhead(ahead, options);
  return options.to === undefined ? withReplacements(sessions, options, run) : run();
}

/** Carries out what is planned, between the hooks of the run; tracks go back when one fails. Throws PartialError. */
export async function runAhead(ahead: readonly Ahead[], options: RunAheadOptions): Promise<UpResult> {
  if (options.singleTransaction) refuseSeveral(ahead.filter(({ pending }) => pending.length > 0));
  const parts = ahead.map(({ session, pending }) => ({ session, names: pending.map(({ name }) => name) }));
  const run = { direction: "up", parts, options, done: ({ applied }: UpResult) => applied } as const;
  return withRunHooks(run, () => advance(ahead, options));
}

/** Tracks may live in different schemas, and go back on their own. */
function refuseSeveral(ahead: readonly Ahead[]): void {
  if (ahead.length < 2) return;
  const names = ahead.map(({ session }) => `"${trackName(session.survey.project)}"`).join(", ");
  throw new ToolError(
    "usage",
    `the tracks ${names} cannot share a transaction; give --track with --single-transaction`,
  );
}

type RunAheadOptions = TaskOptions & Pick<UpOptions, "warnOnMissingDrop" | "singleTransaction" | "compensate">;

/** A track with what is to be applied to it. */
export interface Ahead {
  readonly session: Session;
  readonly pending: readonly Migration[];
  readonly plan: Plan;
}

async function advance(ahead: readonly Ahead[], options: RunAheadOptions): Promise<UpResult> {
  const done: Advance[] = [];
  for (const [i, { session, pending, plan }] of ahead.entries()) {
    try {
      done.push({ session, applied: pending.length > 0 ? await runPending(session, plan, options) : [] });
      const { database, survey } = session;
      await warnOfUnreadableViews(database, pending, eventsOf(survey.project, options.onEvent));
    } catch (error) {
      const later = ahead.slice(i + 1).map((next) => ({ project: next.session.survey.project, pending: next.pending }));
      throw await failure(error, { done, session, pending, later }, options);
    }
  }
  return resultOf(done.map(({ session, applied }) => ({ project: session.survey.project, applied })));
}
