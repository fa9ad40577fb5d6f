import type { Dialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { describePlan, type PlannedMigration } from "../../core/plan/describe.ts";
import { requireMigration } from "../../core/plan/graph.ts";
import type { OrderPolicy } from "../../core/plan/late.ts";
import type { Migration } from "../../core/plan/migration.ts";
import type { Plan } from "../../core/plan/plan.ts";
import { refuseChanged } from "../../core/plan/reconcile.ts";
import { replay } from "../../core/plan/state.ts";
import { planUp } from "../../core/plan/steps.ts";
import { withDifferences } from "../changed.ts";
import type { Advance } from "../compensate.ts";
import type { Database } from "../database.ts";
import { createHistory } from "../history.ts";
import { hookRunOf, migrationHooks, withRunHooks } from "../hooks.ts";
import { checkOrder, orderOf } from "../order.ts";
import { historyPlace, type Project } from "../project.ts";
import { withReadableTracks } from "../read-only.ts";
import { checkRequirements } from "../requirements.ts";
import { runPlan } from "../runner.ts";
import {
  changeTracks,
  halfDone,
  refuseRenamedTrack,
  refuseUnfinished,
  type Session,
  type Survey,
  type TaskOptions,
  warnOfMissing,
} from "../survey.ts";
import { failure } from "../track-failure.ts";
import { eventsOf, inTrack, nameAmong, onlyTrack, trackName, tracksOf, trackTag } from "../tracks.ts";

export interface UpOptions extends TaskOptions {
  /** Stop when this migration is applied; it and its ancestors run, nothing else. It belongs to one track. */
  readonly to?: string | undefined;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** Show what would run and change nothing, not even the history table. */
  readonly dryRun?: boolean | undefined;
  /** All that is pending commits together, or nothing does. Of several tracks only one may have something pending. */
  readonly singleTransaction?: boolean | undefined;
  /** What to do with migrations that come late; absent: what the project says. */
  readonly order?: OrderPolicy | undefined;
  /** Whether tracks go back when one fails; absent: what the project says. */
  readonly compensate?: boolean | undefined;
  /** Throws where the caller wants nothing to run; asked of all tracks before the lock is taken, and again under it. */
  readonly judge?: ((surveys: readonly Survey[]) => void) | undefined;
  /** The same, by what the database is; asked when something is pending, before the lock is taken. */
  readonly inspect?: ((database: Database) => Promise<void>) | undefined;
}

export interface UpResult {
  /** Names of the migrations that were applied, in order; those of several tracks with the track's: `core/0001_initial`. */
  readonly applied: readonly string[];
  /** The same by track, where there are several. */
  readonly tracks?: readonly { readonly name: string; readonly applied: readonly string[] }[];
  /** With `to`: it was applied already, so nothing ran. */
  readonly already_applied?: string;
  /** With `dryRun`: what would run. */
  readonly planned?: readonly PlannedInTrack[];
}

/** With the track, where there are several. */
export type PlannedInTrack = PlannedMigration & { readonly track?: string };

/**
 * Applies what is pending, track by track. Throws ToolError `unknown-migration` for a `to` that does not exist, `history` when an applied
 * migration was changed or one comes late where the order is strict, and `requirement`, before anything runs; PartialError when a migration fails.
 */
export async function up(project: Project, options: UpOptions = {}): Promise<UpResult> {
  const asked = { ...options, order: orderOf(project, options) };
  if (options.to !== undefined) onlyTrack(project);
  return withDifferences(project, () => {
    if (options.dryRun) return dryRun(project, asked);
    return changeTracks<UpResult>(project, options, {
      needed: (surveys) => nothingToDo(surveys, asked),
      before: async (database) => {
        await options.inspect?.(database);
        await checkRequirements(database, tracksOf(project));
      },
      work: (sessions) => applyPending(sessions, asked),
    });
  });
}

/** The plan for these migrations on top of what is applied. Throws ToolError `state` or `unsupported`. */
export const planPending = ({ graph, state }: Survey, pending: readonly Migration[], dialect: Dialect): Plan =>
  planUp({ pending, before: replay(state.applied, graph.surroundings), dialect });

/**
 * What `up` would run, in order; `to` restricts it to that migration and its ancestors. Throws ToolError
 * `unknown-migration`.
 */
export function pendingUpTo({ graph, state }: Survey, to: string | undefined): readonly Migration[] {
  if (to === undefined) return state.pending;
  const target = requireMigration(graph, to).name;
  const wanted = graph.ancestors(target);
  const isPending = state.pending.some((m) => m.name === target);
  return isPending ? state.pending.filter((m) => m.name === target || wanted.has(m.name)) : [];
}

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

/** The result when nothing is pending, so that no lock is taken and no table made. */
function nothingToDo(surveys: readonly Survey[], options: UpOptions): UpResult | undefined {
  const { to, onEvent, judge } = options;
  judge?.(surveys);
  const open = surveys.filter((survey) => pendingIn(survey, { ...options, onEvent: undefined }).length > 0);
  if (open.length > 0) return undefined;
  for (const survey of surveys) warnOfMissing(survey, eventsOf(survey.project, onEvent));
  if (to === undefined) return nothingApplied(surveys);
  onEvent?.({ type: "note", message: `"${to}" is applied already; nothing was run` });
  return { applied: [], already_applied: to };
}

/** What is pending, after everything that forbids applying it. */
const pendingIn = (survey: Survey, { to, order = "any", onEvent }: UpOptions): readonly Migration[] =>
  inTrack(survey.project, () => {
    const pending = pendingUpTo(survey, to);
    refuseChanged(survey.state);
    refuseUnfinished(survey);
    refuseRenamedTrack(survey);
    checkOrder(survey, pending, { order, onEvent: eventsOf(survey.project, onEvent) });
    return pending;
  });

/** Everything is planned before anything runs. */
async function applyPending(sessions: readonly Session[], options: UpOptions): Promise<UpResult> {
  const surveys = sessions.map(({ survey }) => survey);
  const nothing = nothingToDo(surveys, options);
  if (nothing) return nothing;
  for (const survey of surveys) warnOfMissing(survey, eventsOf(survey.project, options.onEvent));
  const ahead = sessions.map((session) => {
    const pending = pendingIn(session.survey, options);
    const { project } = session.survey;
    return {
      session,
      pending,
      plan: inTrack(project, () => planPending(session.survey, pending, session.database.dialect)),
    };
  });
  return runAhead(ahead, options);
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
    } catch (error) {
      const later = ahead.slice(i + 1).map((next) => ({ project: next.session.survey.project, pending: next.pending }));
      throw await failure(error, { done, session, pending, later }, options);
    }
  }
  return resultOf(done.map(({ session, applied }) => ({ project: session.survey.project, applied })));
}

const dryRun = (project: Project, options: UpOptions): Promise<UpResult> =>
  withReadableTracks(project, options, async (readings) => {
    const nothing = nothingToDo(
      readings.map(({ survey }) => survey),
      options,
    );
    if (nothing) return { ...nothing, planned: [] };
    const planned = readings.flatMap(({ survey, dialect }) => {
      const plan = inTrack(survey.project, () => planPending(survey, pendingIn(survey, options), dialect));
      return describePlan(plan).map((migration) => ({
        ...trackTag(survey.project),
        ...migration,
      }));
    });
    return { ...nothingApplied(readings.map(({ survey }) => survey)), planned };
  });

export const nothingApplied = (surveys: readonly Survey[]): UpResult =>
  resultOf(surveys.map(({ project }) => ({ project, applied: [] })));

function resultOf(tracks: readonly { readonly project: Project; readonly applied: readonly string[] }[]): UpResult {
  const several = tracks.length > 1;
  const applied = tracks.flatMap(({ project, applied }) => applied.map((name) => nameAmong(several, project, name)));
  if (!several) return { applied };
  return { applied, tracks: tracks.map(({ project, applied }) => ({ name: trackName(project), applied })) };
}
