import type { Operation } from "../operations/index.ts";
import type { RenameHints } from "../schema/declared.ts";
import { objectsOf, withObjects, withViews } from "../schema/managed.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { sortTables } from "../schema/sort.ts";
import { setComments, setRowSecurity } from "./comments.ts";
import { addConstraints, dropConstraints } from "./constraints.ts";
import { type Draft, draftFrom } from "./draft.ts";
import { createEnums, dropEnums, shrinkEnums } from "./enums.ts";
import { addFields, alterFields, dropFields, endNumbering, type FillFor, startNumbering } from "./fields.ts";
import { addForeignKeys, dropForeignKeys } from "./foreign-keys.ts";
import { impactOf } from "./impact.ts";
import { clearForTables, clearForTypes } from "./in-the-way.ts";
import { addIndexes, dropIndexes } from "./indexes.ts";
import { emptyLineage, type Lineage } from "./lineage.ts";
import { narrowLists, withWiderLists } from "./listed-databases.ts";
import { alterSequences, createExtensions, createTypes, dropExtensions, dropLists, ownSequences } from "./lists.ts";
import { planManaged } from "./managed.ts";
import { dropNamespaces } from "./namespaces.ts";
import { addOptions, dropOptions, finishOptions, setDatabases, setOptions } from "./options.ts";
import { attachSequences } from "./own-sequences.ts";
import { beforePartitioning, partitionTables } from "./partitioning.ts";
import { alterPrimaryKeys } from "./primary-keys.ts";
import { type DiffAnswers, type Question, questionId, shellFlag } from "./question.ts";
import { renameParts } from "./rename-parts.ts";
import { renameThings, withoutMoved } from "./rename-things.ts";
import { type DecidedRenames, decideRenames } from "./renames.ts";
import { renameFields, renameTables } from "./renaming.ts";
import { dissolveTrees } from "./repartitioning.ts";
import { finishSettings, startSettings } from "./settings.ts";
import { swapTypes } from "./swapped-types.ts";
import { createParts, createTables, dropTables, dropTablesInTheWay } from "./tables.ts";
import { beforeJoining, joinTrees, leavePlaces, leaveTrees } from "./trees.ts";
import { sharing } from "./unchanged.ts";

export interface DiffOptions {
  /** Renames that the schema declares. */
  readonly renames?: RenameHints;
  readonly answers?: DiffAnswers;
  /** The renames that led to `from`; absent: none. */
  readonly lineage?: Lineage;
}

export interface Diff {
  /** What turns `from` into `to`, in the order it is to run. */
  readonly operations: readonly Operation[];
  /** What must be answered before the operations may be used. */
  readonly questions: readonly Question[];
  readonly warnings: readonly string[];
}

/**
 * The operations that turn one schema into another. The same input gives the same operations in the same order. Throws
 * ToolError `usage` or `schema` for answers and hints that cannot be followed.
 */
export function diff(from: Schema, to: Schema, options: DiffOptions = {}): Diff {
  const sorted = { ...to, tables: sortTables(to.tables).order };
  const answers = options.answers ?? {};
  const draft = draftFrom(from);
  const things = renameThings(draft, sorted, answers);
  const wide = withWiderLists(draft.state, sorted);
  const target = sharing(draft.state, wide);
  const renames = decideRenames({
    from: draft.state,
    to: target,
    hints: options.renames ?? { tables: [], fields: [] },
    answers,
    lineage: options.lineage ?? emptyLineage,
  });
  const { fillFor, questions, warnings } = oneOffValues(answers);
  const operations = [...diffTables(draft, { to: target, renames, fillFor }), ...narrowLists(wide, sorted)];
  // What a field that may be an old one needs is not known before that is.
  return {
    operations,
    questions: [
      ...things.questions,
      ...withoutMoved(renames.questions, things.questions),
      ...questions.filter((q) => !renames.questions.some(({ id }) => id === q.id)),
    ],
    warnings: [...renames.warnings, ...warnings],
  };
}

/** The changes of tables, with those of views and managed objects around them, which depend on what happens to tables; around all of it namespaces. */
function diffTables(draft: Draft, context: Context): readonly Operation[] {
  const from = draft.state;
  const plain = withObjects(withViews(draft.state, []), []);
  const tables = draftFrom(plain);
  for (const { run } of first) run(tables, context);
  const start = tables.operations.length;
  for (const { run } of beginning) run(tables, context);
  const separate = beforeJoining(tables.state, context.to);
  const apart = { ...context, to: beforePartitioning(tables.state, separate) };
  for (const { run } of order) run(tables, apart);
  partitionTables(tables, separate);
  joinTrees(tables, context.to);
  const end = tables.operations.length;
  for (const { run } of last) run(tables, context);
  const alone = !hasManaged(from) && !hasManaged(context.to);
  if (alone && !from.namespaces && !context.to.namespaces) return [...draft.operations, ...tables.operations];
  const managed = planManaged(draft.state, context.to, impactOf(tables.operations, plain, objectsOf(draft.state)));
  for (const operation of tables.operations.slice(0, start)) draft.add(operation);
  managed.before(draft);
  for (const operation of tables.operations.slice(start, end)) draft.add(operation);
  managed.after(draft);
  for (const operation of tables.operations.slice(end)) draft.add(operation);
  dropNamespaces(draft, context.to);
  return draft.operations;
}

const hasManaged = ({ views, objects }: Schema): boolean => Boolean(views?.length || objects?.length);

interface Context {
  /** Tables in the order of their foreign keys. */
  readonly to: Schema;
  readonly renames: DecidedRenames;
  readonly fillFor: FillFor;
}

interface Rank {
  /** Why it stands where it stands. */
  readonly because: string;
  run(draft: Draft, context: Context): void;
}

/** What functions and views may need, too, which come after it. */
const first: readonly Rank[] = [
  { because: "types and functions of them may be used anywhere", run: (draft, { to }) => createExtensions(draft, to) },
  { because: "tables and types share one name space", run: (draft, { to }) => clearForTypes(draft, to) },
  { because: "domains may be made out of them", run: (draft, { to }) => createEnums(draft, to) },
  { because: "fields are of them, and get their next numbers", run: (draft, { to }) => createTypes(draft, to) },
];

/** What functions and views may still need, which have gone by then. */
const last: readonly Rank[] = [
  { because: "no field is of them or numbered by them any more", run: (draft, { to }) => dropLists(draft, to) },
  { because: "no field and no domain is of them any more", run: (draft, { to }) => dropEnums(draft, to) },
  { because: "nothing uses what they brought", run: (draft, { to }) => dropExtensions(draft, to) },
];

/** Each rank may rely on all that stand before it. */
const beginning: readonly Rank[] = [
  {
    because: "no view and no function holds on to a type by now that another kind of type takes the name of",
    run: (draft, { to }) => swapTypes(draft, to),
  },
  {
    because: "everything after it speaks of the new names, so that kept things are not taken for new ones",
    run: (draft, { to, renames }) => renameTables(draft, renames.tables, to),
  },
  {
    because: "what has fields by itself from now on keeps their names, and its values under them",
    run: (draft, { to }) => leaveTrees(draft, to),
  },
  {
    because: "what stays in its tree has its fields renamed there",
    run: (draft, { to, renames }) => {
      for (const { table, renames: fields } of renames.fields) renameFields(draft, getTable(to, table), fields);
    },
  },
  {
    because: "no table is partitioned in another way in place, and no field that it is partitioned by changes its type",
    run: (draft, { to }) => dissolveTrees(draft, to),
  },
  {
    because: "what a table had from others it may keep under new names",
    run: (draft, { to }) => leavePlaces(draft, to),
  },
];

/** What happens to tables while those that come into a tree still stand by themselves. */
const order: readonly Rank[] = [
  {
    because: "what keeps its content under a new name is not made anew",
    run: (draft, { to }) => {
      renameParts(draft, to);
    },
  },
  {
    because: "a sequence goes with its field unless it is told to stay",
    run: (draft, { to }) => alterSequences(draft, to),
  },
  { because: "new fields use the new defaults and mappings", run: (draft, { to }) => startSettings(draft, to) },
  {
    because: "a foreign key holds on to fields, tables and keys on both sides",
    run: (draft, { to }) => dropForeignKeys(draft, to),
  },
  {
    because: "indexes and constraints hold on to their fields, and names are needed again",
    run: (draft, { to }) => {
      dropConstraints(draft, to);
      dropIndexes(draft, to);
      dropTablesInTheWay(draft, to);
    },
  },
  {
    because: "new types and fields need not go with what a table is told no longer",
    run: (draft, { to }) => dropOptions(draft, to),
  },
  {
    because: "what is behind a field that stays needs not be made anew, and names are needed again",
    run: (draft, { to }) => attachSequences(draft, to),
  },
  {
    because: "a new foreign key needs the final type of the key it points at",
    run: (draft, { to, fillFor }) => alterFields(draft, to, fillFor),
  },
  { because: "no default has a value that goes any more", run: (draft, { to }) => shrinkEnums(draft, to) },
  { because: "new tables may have their names", run: (draft, { to }) => clearForTables(draft, to) },
  { because: "new fields may point at new tables", run: (draft, { to }) => createTables(draft, to) },
  {
    because: "keys and indexes may consist of new fields",
    run: (draft, { to, fillFor }) => addFields(draft, to, fillFor),
  },
  { because: "they have the fields of others, new ones too", run: (draft, { to }) => createParts(draft, to) },
  {
    because: "options may speak of new fields, and must not of those that go",
    run: (draft, { to }) => setOptions(draft, to),
  },
  {
    because: "a field that is dropped must have left the key",
    run: (draft, { to, fillFor }) => {
      endNumbering(draft, to);
      alterPrimaryKeys(draft, to);
      startNumbering(draft, to, fillFor);
    },
  },
  {
    because: "nothing hangs on them any more, and until here an author could still copy from them",
    run: (draft, { to }) => dropFields(draft, to),
  },
  {
    because: "foreign keys on them have gone, and those that stay come after it",
    run: (draft, { to }) => setDatabases(draft, to),
  },
  { because: "old types and fields need not go with them", run: (draft, { to }) => addOptions(draft, to) },
  {
    because: "a foreign key may need a unique index or constraint",
    run: (draft, { to }) => {
      addIndexes(draft, to);
      addConstraints(draft, to);
    },
  },
  { because: "the indexes that they name are there", run: (draft, { to }) => finishOptions(draft, to) },
  { because: "both sides are as they will stay", run: (draft, { to }) => addForeignKeys(draft, to) },
  { because: "until here an author could still copy from them", run: (draft, { to }) => dropTables(draft, to) },
  { because: "the fields that they belong to are there", run: (draft, { to }) => ownSequences(draft, to) },
  { because: "they say nothing to the database", run: (draft, { to }) => setComments(draft, to) },
  {
    because: "until here rows were read and written by whoever migrates",
    run: (draft, { to }) => setRowSecurity(draft, to),
  },
  { because: "nothing uses the old entries any more", run: (draft, { to }) => finishSettings(draft, to) },
];

interface OneOffValues {
  readonly fillFor: FillFor;
  readonly questions: readonly Question[];
  readonly warnings: readonly string[];
}

function oneOffValues(answers: DiffAnswers): OneOffValues {
  const questions: Question[] = [];
  const warnings: string[] = [];
  const fillFor: FillFor = (table, field, { why, needed }) => {
    const answer = answers.oneOff?.find((a) => a.table === table.name && a.field === field.name);
    if (answer || !needed) return answer?.sql.trim();
    const question = oneOffQuestion(table, field, why);
    if (!answers.noOneOff) questions.push(question);
    else
      warnings.push(
        `field "${field.name}" of table "${table.name}" must not be NULL, and nothing says what existing rows get: the database refuses the migration where there are such, or puts an empty value there; ${question.flag} says which`,
      );
    return undefined;
  };
  return { fillFor, questions, warnings };
}

function oneOffQuestion(table: Table, field: Field, why: "added" | "not-null"): Question {
  const id = questionId(table.name, field.name);
  const what =
    why === "added"
      ? `field "${field.name}" of table "${table.name}" is new, NOT NULL and has no default: what do existing rows get?`
      : `field "${field.name}" of table "${table.name}" becomes NOT NULL and has no default: what replaces NULL in existing rows?`;
  return {
    kind: "one-off",
    id,
    text: `${what} (an SQL expression)`,
    flag: shellFlag("--one-off", `${id}=SQL`),
    table: table.name,
    field: field.name,
  };
}
