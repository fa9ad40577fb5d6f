import { PartialError, ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { type Advance, type Compensation, compensate, compensationText, isMigrationError } from "./compensate.ts";
import type { Project } from "./project.ts";
import type { Session, TaskOptions } from "./survey.ts";
import { nameAmong, ofTrack, trackName } from "./tracks.ts";

/** Where a run over tracks stood when it failed. */
export interface Standstill {
  /** The tracks that were through. */
  readonly done: readonly Advance[];
  /** The track that failed, and what was to be applied to it. */
  readonly session: Session;
  readonly pending: readonly Migration[];
  /** The tracks that were still to come. */
  readonly later: readonly { readonly project: Project; readonly pending: readonly Migration[] }[];
}

/**
 * The error to report when a track fails: with what was done over all tracks and, where they went back, with what became of each. A
 * project without tracks stays as far as it came.
 */
export async function failure(
  error: unknown,
  at: Standstill,
  options: TaskOptions & { readonly compensate?: boolean | undefined },
): Promise<unknown> {
  const { project } = at.session.survey;
  if (!project.track || !(error instanceof ToolError)) return error;
  const advances = [...at.done, { session: at.session, applied: error instanceof PartialError ? error.applied : [] }];
  const wanted = options.compensate ?? project.compensate ?? true;
  const results = wanted && isMigrationError(at.session.database, error) ? await goBack(advances, options) : [];
  return reported(error, at, { advances, results });
}

const goBack = (advances: readonly Advance[], options: TaskOptions): Promise<readonly Compensation[]> => {
  if (advances.some(({ applied }) => applied.length > 0))
    options.onEvent?.({ type: "note", message: "taking back what this run has applied" });
  return compensate(advances, options);
};

function reported(
  error: ToolError,
  { done, session, pending, later }: Standstill,
  { advances, results }: { readonly advances: readonly Advance[]; readonly results: readonly Compensation[] },
): ToolError {
  const { project } = session.survey;
  const several = done.length + later.length > 0;
  if (!several && results.length === 0) return error;
  const within = (of: Project, names: readonly string[]): readonly string[] =>
    names.map((name) => nameAmong(several, of, name));
  const gone = new Map(results.map((result) => [result.track, result.rolled_back]));
  const kept = advances.flatMap(({ session: { survey }, applied }) => {
    const rolledBack = gone.get(trackName(survey.project)) ?? [];
    return within(
      survey.project,
      applied.filter((name) => !rolledBack.includes(name)),
    );
  });
  const [failed = "", ...remaining] =
    error instanceof PartialError ? [error.failed, ...error.remaining] : pending.map(({ name }) => name);
  const named = ofTrack(project, error);
  const { code, message, data } = named instanceof ToolError ? named : error;
  const whole = [message, ...compensationText(results)].join("\n");
  return new PartialError(
    new ToolError(code, whole, { ...data, ...(results.length > 0 && { compensation: results }) }, { cause: error }),
    {
      applied: kept,
      failed: nameAmong(several, project, failed),
      remaining: [
        ...within(project, remaining),
        ...later.flatMap((next) =>
          within(
            next.project,
            next.pending.map(({ name }) => name),
          ),
        ),
      ],
    },
  );
}
