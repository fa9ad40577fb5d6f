import type { Dialect } from "../../core/ddl/dialect.ts";
import { describePlan, type PlannedMigration } from "../../core/plan/describe.ts";
import { requireMigration } from "../../core/plan/graph.ts";
import type { OrderPolicy } from "../../core/plan/late.ts";
import type { Applied, Migration } from "../../core/plan/migration.ts";
import type { Plan } from "../../core/plan/plan.ts";
import { refuseChanged } from "../../core/plan/reconcile.ts";
import { replay } from "../../core/plan/state.ts";
import { planUp } from "../../core/plan/steps.ts";
import { withDifferences } from "../changed.ts";
import { createHistory } from "../history.ts";
import { mergeLimits } from "../limits.ts";
import { checkOrder, orderOf } from "../order.ts";
import { historyPlace, type Project } from "../project.ts";
import { withReadable } from "../read-only.ts";
import { runPlan } from "../runner.ts";
import { change, refuseHalfDown, type Session, type Survey, type TaskOptions, warnOfMissing } from "../survey.ts";

export interface UpOptions extends TaskOptions {
  /** Stop when this migration is applied; it and its ancestors run, nothing else. */
  readonly to?: string | undefined;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** Show what would run and change nothing, not even the history table. */
  readonly dryRun?: boolean | undefined;
  /** What to do with migrations that come late; absent: what the project says. */
  readonly order?: OrderPolicy | undefined;
}

export interface UpResult {
  /** Names of the migrations that were applied, in order. */
  readonly applied: readonly string[];
  /** With `to`: it was applied already, so nothing ran. */
  readonly already_applied?: string;
  /** With `dryRun`: what would run. */
  readonly planned?: readonly PlannedMigration[];
}

/**
 * Applies what is pending. Throws ToolError `unknown-migration` for a `to` that does not exist and `history` when an applied
 * migration was changed or one comes late where the order is strict, before anything runs; PartialError when a migration fails.
 */
export async function up(project: Project, options: UpOptions = {}): Promise<UpResult> {
  const order = orderOf(project, options);
  return withDifferences(project, () => {
    if (options.dryRun) return dryRun(project, { ...options, order });
    return change<UpResult>(project, options, {
      needed: (survey) => nothingToDo(survey, { ...options, order }),
      work: (session) => applyPending(project, session, { ...options, order }),
    });
  });
}

/** The plan for these migrations on top of what is applied. Throws ToolError `state` or `unsupported`. */
export const planPending = ({ state }: Survey, pending: readonly Migration[], dialect: Dialect): Plan =>
  planUp({ pending, before: replay(state.applied), dialect });

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
export async function runPending(
  project: Project,
  { database, survey }: Session,
  plan: Plan,
  options: TaskOptions & Pick<UpOptions, "warnOnMissingDrop">,
): Promise<UpResult> {
  const history = historyPlace(project);
  const limits = mergeLimits(project.limits, options.limits);
  await createHistory(database, history);
  const { onEvent, signal, warnOnMissingDrop } = options;
  const run = { history, halfDone: halfDone(survey), onEvent, signal, warnOnMissingDrop, limits };
  return { applied: await runPlan(database, plan, run) };
}

/** The result when nothing is pending, so that no lock is taken and no table made. */
function nothingToDo(survey: Survey, { to, onEvent, order = "any" }: UpOptions): UpResult | undefined {
  const pending = pendingUpTo(survey, to);
  refuseChanged(survey.state);
  refuseHalfDown(survey);
  checkOrder(survey, pending, { order });
  if (pending.length > 0) return undefined;
  warnOfMissing(survey, onEvent);
  if (to === undefined) return { applied: [] };
  onEvent?.({ type: "note", message: `"${to}" is applied already; nothing was run` });
  return { applied: [], already_applied: to };
}

async function applyPending(project: Project, session: Session, options: UpOptions): Promise<UpResult> {
  const { database, survey } = session;
  const nothing = nothingToDo(survey, options);
  if (nothing) return nothing;
  warnOfMissing(survey, options.onEvent);
  const pending = pendingUpTo(survey, options.to);
  checkOrder(survey, pending, { order: orderOf(project, options), onEvent: options.onEvent });
  const plan = planPending(survey, pending, database.dialect);
  return runPending(project, session, plan, options);
}

const dryRun = (project: Project, options: UpOptions): Promise<UpResult> =>
  withReadable(project, options, async ({ survey, dialect }) => {
    const nothing = nothingToDo(survey, options);
    if (nothing) return { ...nothing, planned: [] };
    const pending = pendingUpTo(survey, options.to);
    checkOrder(survey, pending, { order: orderOf(project, options), onEvent: options.onEvent });
    const plan = planPending(survey, pending, dialect);
    return { applied: [], planned: describePlan(plan) };
  });

/** Rows of migrations that an earlier run left unfinished, by name. */
export const halfDone = ({ history }: Survey): ReadonlyMap<string, Applied> =>
  new Map(history.filter((row) => row.state === "failed").map((row) => [row.name, row]));
