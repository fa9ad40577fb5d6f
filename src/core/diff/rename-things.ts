import type { Operation } from "../operations/index.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Domain, EnumType, Schema, Sequence } from "../schema/model.ts";
import { behindNamespace } from "../schema/namespaces.ts";
import { namesOf, type ThingKind, thingKinds } from "../schema/rename-things.ts";
import type { Draft } from "./draft.ts";
import { type Matching, matchNames, type Rename } from "./names.ts";
import { createNamespaces } from "./namespaces.ts";
import { type DiffAnswers, type Question, shellFlag } from "./question.ts";
import { renameOthers } from "./renaming.ts";

export interface ThingRenames {
  readonly questions: readonly Question[];
}

/**
 * Makes new namespaces, and renames them, types and sequences where that is answered, before anything else is compared: what is in them and what uses them has its new
 * names then. A namespace or a sequence that may be another under a new name is asked about; a type that is the same but for its name is renamed.
 */
export function renameThings(draft: Draft, to: Schema, answers: DiffAnswers): ThingRenames {
  const questions: Question[] = [];
  for (const what of thingKinds) {
    const { renames, open } = matching(what, { state: draft.state, to, answers });
    const same = losesNothing(what) && !answers.noRenames ? firstOf(open) : [];
    renameOthers([...renames, ...same], {
      what,
      names: () => namesOf(draft.state, what),
      apply: (rename) => draft.add(operationOf(what, rename)),
    });
    // What else is renamed may move to one that is new.
    if (what === "namespace") createNamespaces(draft, to);
    if (!answers.noRenames && !losesNothing(what))
      for (const { name, candidates } of open) questions.push(question(what, name, candidates));
  }
  return { questions };
}

/** A type that is what another was is that one: dropped and made anew, it would be the same, with its columns rewritten. */
const losesNothing = (what: ThingKind): boolean => what === "enum" || what === "domain";

function firstOf(open: Matching["open"]): readonly Rename[] {
  const claimed = new Set<string>();
  return open.flatMap(({ name, candidates }) => {
    const from = candidates.find((candidate) => !claimed.has(candidate));
    if (from === undefined) return [];
    claimed.add(from);
    return [{ from, to: name }];
  });
}

/** The questions without those about tables that a namespace takes along, which is asked first. */
export const withoutMoved = (questions: readonly Question[], things: readonly Question[]): readonly Question[] =>
  questions.filter((question) => {
    if (question.kind !== "rename" || question.field !== undefined) return true;
    const asked = things.some(
      (thing) =>
        thing.kind === "rename" &&
        thing.what === "namespace" &&
        question.table.startsWith(`${thing.table}.`) &&
        question.candidates.every((name) => thing.candidates.some((from) => name.startsWith(`${from}.`))),
    );
    return !asked;
  });

interface Sides {
  readonly state: Schema;
  readonly to: Schema;
  readonly answers: DiffAnswers;
}

function matching(what: ThingKind, { state, to, answers }: Sides) {
  const given = (answers.renames ?? []).filter((answer) => answer.what === what);
  return matchNames({
    old: namesOf(state, what),
    new: namesOf(to, what),
    hints: [],
    answers: new Map(given.map(({ table, from }) => [table, from])),
    // Answers are kept in scripts: one that has been followed already is no mistake.
    wasRenamed: ({ from }) => !namesOf(state, what).includes(from),
    same: () => false,
    score: (rename) => scores[what]({ state, to, answers }, rename),
    describe: (name) => `${what} "${name}"`,
  });
}

/** From 0 to 1. */
const scores: Readonly<Record<ThingKind, (sides: Sides, rename: Rename) => number>> = {
  namespace: scoreOfNamespace,
  enum: ({ state, to }, { from, to: name }) =>
    JSON.stringify(valuesOf(state, from)) === JSON.stringify(valuesOf(to, name)) ? 1 : 0,
  domain: ({ state, to }, { from, to: name }) =>
    rulesOf(state.domains?.find((d) => d.name === from)) === rulesOf(to.domains?.find((d) => d.name === name)) ? 1 : 0,
  sequence: ({ state, to }, { from, to: name }) =>
    optionsOf(state.sequences?.find((s) => s.name === from)) === optionsOf(to.sequences?.find((s) => s.name === name))
      ? 1
      : 0,
};

/** Tables that are moved one by one say that their namespace is another one. */
function scoreOfNamespace({ state, to, answers }: Sides, rename: Rename): number {
  const inside = (schema: Schema, namespace: string): readonly string[] =>
    schema.tables.flatMap(({ name }) => (name.startsWith(`${namespace}.`) ? behindNamespace(name) : []));
  const moved = (answers.renames ?? []).some(({ table, from }) => from !== null && table.startsWith(`${rename.to}.`));
  return moved ? 0 : likeness(inside(state, rename.from), inside(to, rename.to));
}

const valuesOf = (schema: Schema, name: string): readonly string[] =>
  schema.enums?.find((found: EnumType) => found.name === name)?.values ?? [];

/** The share of what two lists have in common. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const common = a.filter((each) => b.includes(each)).length;
  return common / Math.max(1, a.length, b.length);
}

function rulesOf(domain: Domain | undefined): string {
  if (!domain) return "";
  const { name: _, comment: __, checks = [], ...rest } = domain;
  return canonicalJson({ ...rest, checks: checks.map(({ check }) => check).sort() });
}

function optionsOf(sequence: Sequence | undefined): string {
  if (!sequence) return "";
  const { name: _, comment: __, ownedBy: ___, ...rest } = sequence;
  return canonicalJson(rest);
}

const operationOf = (what: ThingKind, { from, to }: Rename): Operation => ({ kind: kinds[what], from, to });

const kinds = {
  namespace: "renameNamespace",
  enum: "renameEnum",
  domain: "renameDomain",
  sequence: "renameSequence",
} as const;

function question(what: ThingKind, name: string, candidates: readonly string[]): Question {
  const old = candidates.map((candidate) => `"${candidate}"`).join(" or ");
  return {
    kind: "rename",
    id: `${what} ${name}`,
    text: `is ${what} "${name}" new, or is it ${old} under a new name?`,
    flag: shellFlag("--rename", `${what} ${candidates[0]}:${name}`),
    what,
    table: name,
    candidates,
  };
}
