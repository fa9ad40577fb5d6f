import { type Diff, type DiffOptions, diff } from "../core/diff/index.ts";
import type { RenameAnswer, RenameQuestion } from "../core/diff/question.ts";
import type { Schema } from "../core/schema/model.ts";
import type { Decision } from "./answers.ts";
import { type DestructiveQuestion, openDecisions } from "./decisions.ts";

export interface OpenDiff {
  readonly from: Schema;
  readonly to: Schema;
  readonly options: DiffOptions;
  /** What that comes to so far, with the questions that are open. */
  readonly found: Diff;
}

/**
 * What will have to be decided whatever the answers to open questions are, so that all can be given at once: what may lose data both if all that
 * may be renamed is, and if nothing is, and with a value for every row that needs one.
 */
export function sureDecisions(
  { from, to, options, found }: OpenDiff,
  destructive: ReadonlyMap<string, Decision>,
): readonly DestructiveQuestion[] {
  const open = openDecisions(found.operations, from, destructive);
  if (open.length === 0) return open;
  const others = [filled({ from, to, options, found }), filled(likeliest(from, to, options))].map(
    ({ operations }) => new Set(openDecisions(operations, from, destructive).map(({ id }) => id)),
  );
  return open.filter(({ id }) => others.every((ids) => ids.has(id)));
}

/** The differences when existing rows get a value wherever that is a question: what becomes NOT NULL loses nothing then. */
function filled({ from, to, options, found }: OpenDiff): Diff {
  const open = found.questions.filter((question) => question.kind === "one-off");
  if (open.length === 0) return found;
  const answers = options.answers ?? {};
  const oneOff = [...(answers.oneOff ?? []), ...open.map(({ table, field }) => ({ table, field, sql: "''" }))];
  return diff(from, to, { ...options, answers: { ...answers, oneOff } });
}

/** The differences when all that may be renamed is: one answer settles other questions, so what tables are in goes before them, and they before fields. */
function likeliest(from: Schema, to: Schema, options: DiffOptions): OpenDiff {
  const found = diff(from, to, options);
  const open = found.questions.filter((question) => question.kind === "rename");
  const [first] = open;
  if (!first) return { from, to, options, found };
  const now = open.filter(
    ({ what, field }) => what === first.what && (field === undefined) === (first.field === undefined),
  );
  const answers = options.answers ?? {};
  const renames = [...(answers.renames ?? []), ...answersTo(now)];
  return likeliest(from, to, { ...options, answers: { ...answers, renames } });
}

/** An old name is that of one new thing only. */
function answersTo(questions: readonly RenameQuestion[]): readonly RenameAnswer[] {
  const claimed = new Set<string>();
  return questions.map(({ table, field, what, candidates }) => {
    const keyOf = (name: string): string => JSON.stringify([field === undefined ? "" : table, name]);
    const from = candidates.find((name) => !claimed.has(keyOf(name))) ?? null;
    if (from !== null) claimed.add(keyOf(from));
    return { table, ...(field !== undefined && { field }), ...(what && { what }), from };
  });
}
