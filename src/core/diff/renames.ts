import { sameBounds } from "../schema/bounds.ts";
import type { RenameHints } from "../schema/declared.ts";
import { fromParents, parentsOf } from "../schema/heritage.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findTable, getField, getTable } from "../schema/resolve.ts";
import type { Lineage } from "./lineage.ts";
import { type Matching, matchNames, type Rename } from "./names.ts";
import { type DiffAnswers, type Question, questionId, type RenameAnswer, shellFlag } from "./question.ts";
import { fieldScore, sameInPlace, sameShape, tableScores } from "./similarity.ts";

export interface RenameInput {
  readonly from: Schema;
  readonly to: Schema;
  readonly hints: RenameHints;
  readonly answers: DiffAnswers;
  readonly lineage: Lineage;
}

export interface DecidedRenames {
  readonly tables: readonly Rename[];
  /** `table` is the new name. */
  readonly fields: readonly { readonly table: string; readonly renames: readonly Rename[] }[];
  readonly questions: readonly Question[];
  readonly warnings: readonly string[];
}

/** Which tables and fields are old ones under new names, as far as that is known, and the questions that are left. */
export function decideRenames(input: RenameInput): DecidedRenames {
  const tables = matchTables(input);
  const oldName = new Map(tables.renames.map((r) => [r.to, r.from]));
  const taken = new Set(tables.renames.map((r) => r.from));
  const pairs = input.to.tables.flatMap((after) => {
    const name = oldName.get(after.name) ?? (taken.has(after.name) ? undefined : after.name);
    const before = name === undefined ? undefined : findTable(input.from, name);
    return before ? [{ before, after }] : [];
  });
  const newName = new Map(tables.renames.map((r) => [r.from, r.to]));
  const spokenOf = tablesSpokenOf(input);
  const fields = pairs
    .filter((pair) => mayHaveRenames(pair, spokenOf))
    .map((pair) => ({
      table: pair.after.name,
      ...matchFields(input, pair, (name) => newName.get(name) ?? name),
    }));
  const ask = !input.answers.noRenames;
  return {
    tables: tables.renames,
    fields: fields.map(({ table, renames }) => ({ table, renames })),
    questions: ask
      ? [
          ...tables.open.map((open) => tableQuestion(open)),
          ...fields.flatMap(({ table, open }) => open.map((o) => fieldQuestion(table, o))),
        ]
      : [],
    warnings: [...tables.warnings, ...fields.flatMap(({ warnings }) => warnings)],
  };
}

function matchTables({ from, to, hints, answers, lineage }: RenameInput): Matching {
  const said = answersFor(answers.renames, (a) =>
    a.field === undefined && a.what === undefined ? a.table : undefined,
  );
  const known = new Map([
    ...hints.tables.map((hint) => [hint.from, hint.to] as const),
    ...[...said].flatMap(([name, old]) => (old === null ? [] : [[old, name] as const])),
  ]);
  let score: ((rename: Rename) => number) | undefined;
  const scoreOf = (rename: Rename): number => {
    score ??= tableScores(from, to, (name) => known.get(name) ?? name);
    return score(rename);
  };
  return matchNames({
    old: from.tables.map((t) => t.name),
    new: to.tables.map((t) => t.name),
    hints: hints.tables,
    answers: said,
    wasRenamed: (rename) => lineage.tables.get(rename.to)?.has(rename.from) ?? false,
    same: (name) => sameShape(placed(from, name), placed(to, name)),
    score: (rename) => (mayBeRenamed(from, to, rename, known) ? scoreOf(rename) : 0),
    describe: (name) => `table "${name}"`,
  });
}

/** The tables whose fields hints and answers are about, by their new names. */
const tablesSpokenOf = ({ hints, answers }: RenameInput): ReadonlySet<string> =>
  new Set([...hints.fields, ...(answers.renames ?? [])].map(({ table }) => table));

/** A table that is what it was has the fields that it had, unless what it has from others is other fields now. */
const mayHaveRenames = ({ before, after }: TablePair, spokenOf: ReadonlySet<string>): boolean =>
  before !== after || parentsOf(after).length > 0 || spokenOf.has(after.name);

/** Partitions of a table are alike; one is another under a new name only if it keeps the same rows. */
function mayBeRenamed(from: Schema, to: Schema, rename: Rename, known: ReadonlyMap<string, string>): boolean {
  const [old, now] = [findTable(from, rename.from)?.partitionOf, findTable(to, rename.to)?.partitionOf];
  if (!old || !now) return true;
  return (known.get(old.table) ?? old.table) === now.table && sameBounds(old.values, now.values);
}

/** Fields that a table has from others are renamed there. */
const ownNames = (schema: Schema, table: Table): readonly string[] =>
  table.fields.filter(({ name }) => !fromParents(schema, table, name)).map(({ name }) => name);

function matchFields(
  { from, to, hints, answers, lineage }: RenameInput,
  pair: TablePair,
  tableNow: (name: string) => string,
): Matching {
  const { before, after } = pair;
  // What stays in its tree follows the renames there.
  const together = parentsOf(before).map(tableNow).join("\0") === parentsOf(after).join("\0");
  return matchNames({
    old: together ? ownNames(from, before) : before.fields.map((f) => f.name),
    new: together || after.inherits ? ownNames(to, after) : after.fields.map((f) => f.name),
    hints: hints.fields.filter((hint) => hint.table === after.name),
    answers: answersFor(answers.renames, (a) => (a.table === after.name && a.what === undefined ? a.field : undefined)),
    wasRenamed: (rename) => lineage.fields.get(before.name)?.get(rename.to)?.has(rename.from) ?? false,
    same: (name) => sameInPlace(placeIn(from, before, name), placeIn(to, after, name), tableNow),
    score: (rename) => fieldScore(placeIn(from, before, rename.from), placeIn(to, after, rename.to), tableNow),
    describe: (name) => `field "${name}" of table "${after.name}"`,
  });
}

interface TablePair {
  readonly before: Table;
  readonly after: Table;
}

const placeIn = (schema: Schema, table: Table, name: string) => ({ schema, table, field: getField(table, name) });

const placed = (schema: Schema, name: string) => ({ schema, table: getTable(schema, name) });

function answersFor(
  answers: readonly RenameAnswer[] = [],
  key: (answer: RenameAnswer) => string | undefined,
): ReadonlyMap<string, string | null> {
  return new Map(
    answers.flatMap((answer) => {
      const name = key(answer);
      return name === undefined ? [] : [[name, answer.from] as const];
    }),
  );
}

interface Open {
  readonly name: string;
  readonly candidates: readonly string[];
}

function tableQuestion({ name, candidates }: Open): Question {
  return {
    kind: "rename",
    id: questionId(name),
    text: `is table "${name}" new, or is it ${oldNames(candidates)} under a new name?`,
    flag: shellFlag("--rename", `${candidates[0]}:${name}`),
    table: name,
    candidates,
  };
}

function fieldQuestion(table: string, { name, candidates }: Open): Question {
  return {
    kind: "rename",
    id: questionId(table, name),
    text: `is field "${name}" of table "${table}" new, or is it ${oldNames(candidates)} under a new name?`,
    flag: shellFlag("--rename", `${table}.${candidates[0]}:${name}`),
    table,
    field: name,
    candidates,
  };
}

const oldNames = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(" or ");
