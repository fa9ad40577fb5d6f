import type { Migration } from "../core/plan/migration.ts";
import { refuseChanged } from "../core/plan/reconcile.ts";
import { resolveMigration } from "../core/plan/reference.ts";
import { checkOrder } from "./order.ts";
import type { Project } from "./project.ts";
import { refuseRenamedTrack, refuseUnfinished, type Survey, warnOfMissing } from "./survey.ts";
import { eventsOf, inTrack, nameAmong, trackName } from "./tracks.ts";
import type { UpOptions, UpResult } from "./up-options.ts";

/**
 * What `up` would run, in order; `to`, any reference to a migration, restricts it to that and its ancestors. Throws ToolError
 * `unknown-migration`.
 */
export function pendingUpTo({ graph, state }: Survey, to: string | undefined): readonly Migration[] {
  if (to === undefined) return state.pending;
  const target = resolveMigration(to, { graph, state }).name;
  const wanted = graph.ancestors(target);
  const isPending = state.pending.some((m) => m.name === target);
  return isPending ? state.pending.filter((m) => m.name === target || wanted.has(m.name)) : [];
}

/** The result when nothing is pending, so that no lock is taken and no table made. */
export function nothingToDo(surveys: readonly Survey[], options: UpOptions): UpResult | undefined {
  const { to, onEvent, judge } = options;
  judge?.(surveys);
  const open = surveys.filter(
    (survey) => pendingIn(survey, { ...options, onEvent: undefined }).length > 0 || unrecordedIn(survey, options),
  );
  if (open.length > 0) return undefined;
  for (const survey of surveys) warnOfMissing(survey, eventsOf(survey.project, onEvent));
  if (to === undefined) return nothingApplied(surveys);
  const [first] = surveys;
  const name = first ? resolveMigration(to, first).name : to;
  onEvent?.({ type: "note", message: `"${name}" is applied already; nothing was run` });
  return { applied: [], already_applied: name };
}

/** What is pending, after everything that forbids applying it. */
export const pendingIn = (survey: Survey, { to, order = "any", onEvent }: UpOptions): readonly Migration[] =>
  inTrack(survey.project, () => {
    const pending = pendingUpTo(survey, to);
    refuseChanged(survey.state);
    refuseUnfinished(survey);
    refuseRenamedTrack(survey);
    checkOrder(survey, pending, { order, onEvent: eventsOf(survey.project, onEvent) });
    return pending;
  });

/** Whether the history lacks a migration all of whose originals are applied. A run with `to` leaves that to the next. */
export const unrecordedIn = ({ state }: Survey, { to }: Pick<UpOptions, "to">): boolean =>
  to === undefined && state.unrecorded.length > 0;

/** The result of a run that applied nothing. */
export const nothingApplied = (surveys: readonly Survey[]): UpResult =>
  resultOf(surveys.map(({ project }) => ({ project, applied: [] })));

/** The result of a run over these tracks. */
export function resultOf(
  tracks: readonly { readonly project: Project; readonly applied: readonly string[] }[],
): UpResult {
  const several = tracks.length > 1;
  const applied = tracks.flatMap(({ project, applied }) => applied.map((name) => nameAmong(several, project, name)));
  if (!several) return { applied };
  return { applied, tracks: tracks.map(({ project, applied }) => ({ name: trackName(project), applied })) };
}
