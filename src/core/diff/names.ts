import { ToolError } from "../errors.ts";

/** Two lists of names of one kind (tables, or fields of one table), and all that is known about how they belong together. */
export interface Naming {
  readonly old: readonly string[];
  readonly new: readonly string[];
  /** Declared with `renamed_from`. */
  readonly hints: readonly Rename[];
  /** Answers given: old name, or `null` for "nothing was renamed to this". */
  readonly answers: ReadonlyMap<string, string | null>;
  /** Whether the thing that now has the new name once had the old one. */
  wasRenamed(rename: Rename): boolean;
  /** Whether what has this name on both sides has the same definition. */
  same(name: string): boolean;
  /** From 0 to 1: how likely the one is the other. */
  score(rename: Rename): number;
  /** For messages: `table "users"`, `field "mail" of "users"`. */
  describe(name: string): string;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

export interface Matching {
  readonly renames: readonly Rename[];
  /** New names without an answer, with the old names they may stand for, the likeliest first. */
  readonly open: readonly { readonly name: string; readonly candidates: readonly string[] }[];
  readonly warnings: readonly string[];
}

/**
 * Decides which old name became which new one: by answer, then by hint; what is left is compared, and likely pairs become
 * questions. Throws ToolError `usage` for an answer that names nothing and `schema` for two claims on one old name.
 */
export function matchNames(naming: Naming): Matching {
  const answered = answeredRenames(naming);
  const { renames: hinted, rings, warnings } = hintedRenames(naming, answered);
  const renames = [...answered, ...hinted];
  const { added, removed } = unmatched(naming, renames);
  const open = added
    .filter((name) => !naming.answers.has(name))
    .map((name) => ({ name, candidates: likely(name, removed, naming) }))
    .filter(({ candidates }) => candidates.length > 0);
  return { renames, open: [...rings, ...open], warnings };
}

/** Below this score a pair is not worth a question. */
const worthAsking = 0.55;

function answeredRenames(naming: Naming): readonly Rename[] {
  const renames: Rename[] = [];
  for (const [to, from] of naming.answers) {
    if (from === null) continue;
    if (!naming.new.includes(to)) {
      throw new ToolError("usage", `${naming.describe(to)} is not in the schema, so nothing can be renamed to it`, {
        from,
        to,
      });
    }
    // Answers are kept in scripts: one that has been followed already is no mistake.
    if (!naming.old.includes(from) && naming.old.includes(to) && naming.wasRenamed({ from, to })) continue;
    if (!naming.old.includes(from)) {
      throw new ToolError(
        "usage",
        `${naming.describe(from)} is not in the migrations, so it cannot be renamed to "${to}"`,
        { from, to },
      );
    }
    claim(renames, { from, to }, naming);
  }
  return renames;
}

interface Hinted {
  readonly renames: readonly Rename[];
  readonly rings: Matching["open"];
  readonly warnings: readonly string[];
}

/**
 * The hints that still have to be carried out. A ring of names (a ↔ b) of things that are all alike looks the same before
 * and after; unless the lineage knows, it may be the hint of a project that began anew with the names as they are now, so it
 * is a question.
 */
function hintedRenames(naming: Naming, answered: readonly Rename[]): Hinted {
  const warnings: string[] = [];
  const free = (rename: Rename): boolean =>
    !naming.answers.has(rename.to) && !answered.some((a) => a.from === rename.from);
  let waiting = naming.hints.filter((hint) => hint.from !== hint.to && free(hint) && applies(hint, naming, warnings));
  const renames: Rename[] = [];
  const accept = (ready: readonly Rename[]): void => {
    for (const rename of ready) claim(renames, rename, naming);
    waiting = waiting.filter((rename) => !ready.includes(rename));
  };
  for (;;) {
    const leaving = new Set([...answered, ...renames].map((r) => r.from));
    const vacant = (name: string): boolean => !naming.old.includes(name) || leaving.has(name);
    const ready = waiting.filter((r) => vacant(r.to) || !naming.new.includes(r.from));
    if (ready.length === 0) break;
    accept(ready);
  }
  const ringOf = (rename: Rename): readonly Rename[] => ring(rename, waiting);
  const alike = waiting.filter((r) => ringOf(r).length > 0 && ringOf(r).every(({ to }) => naming.same(to)));
  accept(waiting.filter((r) => ringOf(r).length > 0 && !alike.includes(r)));
  for (const { from, to } of waiting.filter((r) => !alike.includes(r))) {
    warnings.push(
      `${naming.describe(to)} says renamed_from "${from}", but both exist already and stay; the hint is ignored`,
    );
  }
  return { renames, rings: alike.map(({ from, to }) => ({ name: to, candidates: [from] })), warnings };
}

/** False for what is done, and for what never made sense (with a warning). */
function applies(hint: Rename, naming: Naming, warnings: string[]): boolean {
  if (naming.old.includes(hint.from)) return !(naming.old.includes(hint.to) && naming.wasRenamed(hint));
  if (naming.old.length > 0 && !naming.old.includes(hint.to)) {
    warnings.push(
      `${naming.describe(hint.to)} says renamed_from "${hint.from}", which the migrations never had; it is taken as new`,
    );
  }
  return false;
}

/** The ring (a ← b, b ← a, or longer) that a rename is part of: nobody's name is free, yet all of them change. */
function ring(start: Rename, renames: readonly Rename[]): readonly Rename[] {
  const members = [start];
  while (members.length <= renames.length) {
    const last = members[members.length - 1];
    const next = renames.find((r) => r.to === last?.from);
    if (!next) return [];
    if (next === start) return members;
    members.push(next);
  }
  return [];
}

function claim(renames: Rename[], rename: Rename, naming: Naming): void {
  const other = renames.find((r) => r.from === rename.from);
  if (other) {
    throw new ToolError(
      "schema",
      `${naming.describe(other.to)} and ${naming.describe(rename.to)} both claim to be what was "${rename.from}"; only one can be`,
      {
        from: rename.from,
        to: [other.to, rename.to],
      },
    );
  }
  renames.push(rename);
}

function unmatched(
  naming: Naming,
  renames: readonly Rename[],
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const sources = new Set(renames.map((r) => r.from));
  const targets = new Set(renames.map((r) => r.to));
  const [before, after] = [new Set(naming.old), new Set(naming.new)];
  const stays = (name: string): boolean =>
    before.has(name) && after.has(name) && !sources.has(name) && !targets.has(name);
  return {
    added: naming.new.filter((name) => !targets.has(name) && !stays(name)),
    removed: naming.old.filter((name) => !sources.has(name) && !stays(name)),
  };
}

function likely(to: string, removed: readonly string[], naming: Naming): readonly string[] {
  return removed
    .map((from) => ({ from, score: naming.score({ from, to }) }))
    .filter(({ score }) => score >= worthAsking)
    .sort((a, b) => b.score - a.score)
    .map(({ from }) => from);
}
