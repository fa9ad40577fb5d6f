import { changesOf } from "../../core/diff/change.ts";
import { type Diff, diff } from "../../core/diff/index.ts";
import { lineageOf } from "../../core/diff/lineage.ts";
import { inOldWords } from "../../core/diff/old-words.ts";
import type { DiffAnswers, Question, TypeChangeMethod, TypeChangeQuestion } from "../../core/diff/question.ts";
import { typeChangeQuestions, withMethods } from "../../core/diff/type-changes.ts";
import { ToolError } from "../../core/errors.ts";
import type { Operation } from "../../core/operations/index.ts";
import type { Graph } from "../../core/plan/graph.ts";
import { nextName } from "../../core/plan/naming.ts";
import { printMigration } from "../../core/plan/source.ts";
import type { Declared } from "../../core/schema/declared.ts";
import type { Schema } from "../../core/schema/model.ts";
import { formatProblem } from "../../core/schema/problem.ts";
import { type AnswerFlags, type Answers, answersFromFlags, mergeAnswers, noAnswers, readAnswers } from "../answers.ts";
import { type DecisionAnswer, type DestructiveQuestion, decide, openDecisions } from "../decisions.ts";
import type { OrderQuestion } from "../merge.ts";
import {
  type Draft,
  existingNames,
  type NewMigration,
  nothingToWrite,
  refuseConflicting,
  writeMigration,
} from "../new-migration.ts";
import type { Project } from "../project.ts";
import { sureDecisions } from "../sure-decisions.ts";
import { loadGraph } from "../survey.ts";
import { lackWarnings, targetDialects } from "../target-dialects.ts";
import { loadTrackSchemas } from "../track-schema.ts";
import { dialectIfKnown } from "../url.ts";

export interface GenerateOptions extends AnswerFlags {
  /** Words for the file name, in place of those that the operations suggest. */
  readonly name?: string | undefined;
  /** Writes nothing; without `ask`, decisions about losing data that are still open become warnings. */
  readonly dryRun?: boolean | undefined;
  /** Only says what would be generated: asks nothing, writes nothing. */
  readonly check?: boolean | undefined;
  /** Joins several heads with a migration that says in which order they run. */
  readonly merge?: boolean | undefined;
  /** Of a merge: heads with commas between them, the one that runs first at the front. */
  readonly order?: string | undefined;
  /** A migration without operations, to be filled in by hand; the schema is not read. */
  readonly empty?: boolean | undefined;
  /** Path of a file with answers; flags go before it. */
  readonly answers?: string | undefined;
  /** Asks a person. Without it, open questions are an error. */
  readonly ask?: Ask | undefined;
}

/** One method per kind of question. */
export interface Ask {
  /** The old name, or `null` for something new. */
  rename(question: Extract<Question, { kind: "rename" }>): Promise<string | null>;
  /** An SQL expression; an empty text when there are no rows to fill. */
  oneOff(question: Extract<Question, { kind: "one-off" }>): Promise<string>;
  destructive(question: DestructiveQuestion): Promise<DecisionAnswer>;
  typeChange(question: TypeChangeQuestion): Promise<TypeChangeMethod>;
  /** All heads, the one that runs first at the front. */
  order(question: OrderQuestion): Promise<readonly string[]>;
}

export type GenerateResult = NewMigration;

/**
 * Writes the next migration: what turns the sum of the existing ones into the schema. Throws ToolError `questions` (`data.questions`)
 * when something must be answered and nobody can be asked, `graph` when heads do not commute and no merge says which runs first, `cancelled` when the person asked said stop, and whatever is wrong with the
 * schema or the migrations; nothing is written then, and nothing is ever overwritten.
 */
export async function generate(project: Project, options: GenerateOptions = {}): Promise<GenerateResult> {
  const graph = await loadGraph(project);
  const existing = await existingNames(project.migrationsDir);
  if (options.merge) return generateMerge({ project, graph, existing, options });
  if (options.order !== undefined)
    throw new ToolError("usage", "--order is for --merge; without it nothing is ordered");
  await refuseConflicting(graph);
  if (options.empty) {
    const name = nextName(existing, [], options.name ?? "empty");
    return write({
      project,
      options,
      name,
      source: printMigration({ dependencies: graph.heads, operations: [] }),
      operations: [],
      warnings: [],
    });
  }
  const { from, declared: written } = await loadTrackSchemas(project, graph);
  // Without a database nothing is asked, but which one it is to be says how expressions are read.
  const dialect = await dialectIfKnown(project.database);
  const declared = dialect ? { ...written, schema: inOldWords(from, written.schema, dialect) } : written;
  const found = await compare({ from, declared, graph, options });
  const warnings = [...declared.warnings.map(formatProblem), ...found.warnings];
  if (found.operations.length === 0) return nothingToWrite(warnings);
  const name = nextName(existing, found.operations, options.name);
  const lacks = lackWarnings(found.operations, { before: from, dialects: await targetDialects(project) });
  const source = printMigration({ dependencies: graph.heads, operations: found.operations, review: found.review });
  return write({
    project,
    options,
    name,
    source,
    operations: changesOf(found.operations, from),
    warnings: [...warnings, ...lacks],
  });
}

interface Comparison {
  readonly from: Schema;
  readonly declared: Declared;
  readonly graph: Graph;
  readonly options: GenerateOptions;
}

interface Found {
  readonly operations: readonly Operation[];
  /** Indexes of operations that were to be reviewed. */
  readonly review: ReadonlySet<number>;
  readonly warnings: readonly string[];
}

async function compare(comparison: Comparison): Promise<Found> {
  const { from, declared, options } = comparison;
  const to = declared.schema;
  const given = mergeAnswers(
    answersFromFlags(options, to),
    options.answers === undefined ? noAnswers : await readAnswers(options.answers, to),
  );
  const compared = await answered(comparison, given);
  const found = { ...compared, operations: await withChosenMethods(compared.operations, comparison, given) };
  if (options.check) return { operations: found.operations, review: new Set(), warnings: found.warnings };
  const open = openDecisions(found.operations, from, given.destructive);
  const unasked = options.ask ? [] : open;
  // A look at what would be written needs no decision about it, as long as it says that one will be needed.
  if (unasked.length > 0 && !options.dryRun) throw questionsError(unasked);
  const decided = await decide({
    operations: found.operations,
    from,
    answers: given.destructive,
    ask: options.ask?.destructive,
  });
  const needed = unasked.map(({ id, flag }) => `"${id}" may lose data and needs a decision: ${flag}`);
  return { ...decided, warnings: [...found.warnings, ...needed] };
}

/** Where nothing is said and nobody is there to be asked, a type changes in place. */
async function withChosenMethods(
  operations: readonly Operation[],
  { from, options }: Comparison,
  given: Answers,
): Promise<readonly Operation[]> {
  const answers = [...given.typeChanges];
  if (options.ask && !options.check)
    for (const question of typeChangeQuestions(operations, from, answers)) {
      const { table, field } = question;
      answers.push({ table, field, method: await options.ask.typeChange(question) });
    }
  return withMethods(operations, from, answers);
}

/** Compares again after each answer, for one answer may settle or raise other questions. */
async function answered({ from, declared, graph, options }: Comparison, given: Answers): Promise<Diff> {
  const lineage = lineageOf(graph.order.flatMap((migration) => migration.operations));
  let answers: DiffAnswers = given.diff;
  for (;;) {
    const known = { renames: declared.renames, lineage, answers };
    const found = diff(from, declared.schema, known);
    const [question] = found.questions;
    if (!question || options.check) return found;
    if (!options.ask) {
      const open = { from, to: declared.schema, options: known, found };
      throw questionsError([...found.questions, ...(options.dryRun ? [] : sureDecisions(open, given.destructive))]);
    }
    answers = await withAnswer(answers, question, options.ask);
  }
}

async function withAnswer(answers: DiffAnswers, question: Question, ask: Ask): Promise<DiffAnswers> {
  const { table } = question;
  if (question.kind === "one-off") {
    const answer = { table, field: question.field, sql: await ask.oneOff(question) };
    return { ...answers, oneOff: [...(answers.oneOff ?? []), answer] };
  }
  const { field, what } = question;
  const from = await ask.rename(question);
  const answer = { table, ...(field !== undefined && { field }), ...(what && { what }), from };
  return { ...answers, renames: [...(answers.renames ?? []), answer] };
}

/** The questions as people and as scripts read them. */
function questionsError(questions: readonly (Question | DestructiveQuestion)[]): ToolError {
  const lines = questions.map((question) => `\n  ${question.text}\n    ${question.flag}${otherwise(question)}`);
  const count = questions.length === 1 ? "a question is open" : `${questions.length} questions are open`;
  const message = `${count}, and nothing was written; answer with these flags, with --answers FILE, or run in a terminal:${lines.join("")}`;
  return new ToolError("questions", message, { questions });
}

/** The flag gives one answer; this names the others. */
function otherwise(question: Question | DestructiveQuestion): string {
  if (question.kind === "rename") return "   (or --rename none, when it is new)";
  if (question.kind === "one-off") return "   (or --one-off none, when there are no rows)";
  return `   (or =${question.choices.slice(1).join(", =")})`;
}

interface Merge {
  readonly project: Project;
  readonly graph: Graph;
  readonly existing: readonly string[];
  readonly options: GenerateOptions;
}

async function generateMerge({ project, graph, existing, options }: Merge): Promise<GenerateResult> {
  if (graph.heads.length < 2) {
    const warnings = [
      `there is nothing to merge: ${graph.heads[0] === undefined ? "no migrations exist" : `"${graph.heads[0]}" is the only head`}`,
    ];
    return nothingToWrite(warnings);
  }
  const { mergeHeads } = await import("../merge.ts");
  const { order, name, answers } = options;
  const merge = await mergeHeads(graph, existing, { order, name, answers, ask: options.ask?.order });
  return write({ project, options, ...merge, operations: [], warnings: [] });
}

const write = ({
  project,
  options,
  ...draft
}: Omit<Draft, "dry"> & { readonly project: Project; readonly options: GenerateOptions }): Promise<GenerateResult> =>
  writeMigration(project, { ...draft, dry: Boolean(options.dryRun || options.check) });
