import type { Finding, SqlHalf } from "../../core/convert/define.ts";
import { mayHideRename, saysRename, speaksOfNames } from "../../core/convert/renamed.ts";
import { type Tried, textFor, typedOperations, verbatimOperations } from "../../core/convert/typed.ts";
import type { Settled } from "../../core/convert/write.ts";
import type { Dialect, LiveSchema } from "../../core/ddl/dialect.ts";
import { diffLive, schemaOfLive } from "../../core/ddl/live.ts";
import { schemaOn } from "../../core/ddl/schema-on.ts";
import { diff } from "../../core/diff/index.ts";
import { ToolError } from "../../core/errors.ts";
import { apply, type Operation } from "../../core/operations/index.ts";
import type { Graph } from "../../core/plan/graph.ts";
import type { Migration } from "../../core/plan/migration.ts";
import { replay } from "../../core/plan/state.ts";
import { planUp } from "../../core/plan/steps.ts";
import { canonicalJson } from "../../core/schema/canonical.ts";
import type { Schema } from "../../core/schema/model.ts";
import { type ScriptStatement, splitScript } from "../../core/sql-files/split.ts";
import { isAboutRows } from "../../core/sql-files/statement-kind.ts";
import { controlOf } from "../../core/sql-files/transactions.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { type Database, introspect } from "../database.ts";
import { differenceOf } from "../live-difference.ts";
import { namespacesThat } from "../namespaces.ts";
import type { Project } from "../project.ts";
import { runPlan } from "../runner.ts";
import { type Scratch, withScratch } from "../scratch.ts";

export interface TypedResult {
  readonly migrations: readonly Settled[];
  readonly findings: readonly Finding[];
}

/**
 * Gives migrations operations in place of their SQL wherever these do the same. No parser says what a statement does, but the database itself: each runs on a scratch
 * database, which is looked at before and after. Then the operations run on another one, and where that is not the same after a migration, it keeps
 * its SQL. Throws ToolError `migration` for what the database refuses, with its place, and as `withScratch` does.
 */
export async function typed(project: Project, graph: Graph, migrations: readonly Settled[]): Promise<TypedResult> {
  const trials = await withScratch(project.database, (scratch) => tryOut(scratch, graph, migrations));
  const verbatim = new Map<number, string>();
  for (;;) {
    const settled = migrations.map((migration, i) => settledBy(migration, trials[i], verbatim.has(i)));
    const failed = await withScratch(project.database, (scratch) => firstDifference(scratch, graph, settled, trials));
    if (!failed) return { migrations: settled.map(({ migration }) => migration), findings: told(migrations, verbatim) };
    if (!settled[failed.at]?.isTyped) throw notTheSame(migrations[failed.at], failed.about);
    verbatim.set(failed.at, failed.about);
  }
}

/** What became of a migration on the first database; `undefined` for one that has no SQL. */
interface Trial {
  readonly tried: readonly Tried[];
  /** What all of it together changed, without renames. */
  readonly net: readonly Operation[];
  readonly after: LiveSchema;
  readonly dialect: Dialect;
}

async function tryOut(
  scratch: Scratch,
  graph: Graph,
  migrations: readonly Settled[],
): Promise<readonly (Trial | undefined)[]> {
  await scratch.use((database) => startingPoint(database, graph));
  const trials: (Trial | undefined)[] = [];
  for (const { up } of migrations) trials.push(up && (await scratch.use((database) => tryHalf(database, up))));
  return trials;
}

/** What the project has already is there before. */
async function startingPoint(database: Database, { order, surroundings }: Graph): Promise<void> {
  if (order.length === 0) return;
  await runPlan(database, planUp({ pending: order, before: surroundings, dialect: database.dialect }));
}

const look = async (database: Database): Promise<LiveSchema> =>
  introspect(database, database.dialect.capabilities.namespaces ? await namespacesThat(database, ["*"]) : []);

async function tryHalf(database: Database, up: SqlHalf): Promise<Trial> {
  const { dialect, driver } = database;
  const { begin, standsAlone } = dialect.bookkeeping;
  const script = textFor(up, dialect);
  const tried: Tried[] = [];
  let after = await look(database);
  const first = schemaOfLive(after, dialect);
  let before = first;
  const open = async (): Promise<void> => (up.transaction ? driver.begin(begin) : undefined);
  const close = async (): Promise<void> => (up.transaction ? driver.commit() : undefined);
  await open();
  for (const statement of splitScript(script, dialect.scriptSyntax)) {
    const { text } = statement;
    if (up.transaction && controlOf(text)) continue;
    const alone = standsAlone(text) === "always";
    if (alone) await close();
    await driver.execute(text).catch((error: unknown) => Promise.reject(refused(error, statement, { up, script })));
    if (alone) await open();
    if (isAboutRows(text) && !/^\W*(?:do|call|execute|select)\b/i.test(text))
      tried.push({ text, changes: [], state: [] });
    else {
      after = await look(database);
      const now = schemaOfLive(after, dialect);
      tried.push({ text, ...changesBetween(before, now, wordsOf(text, dialect.scriptSyntax)) });
      before = now;
    }
  }
  await close();
  return { tried, net: stateBetween(first, before), after, dialect };
}

/** Of something that is gone and something that is new, one is the other under a new name if the statement says so. */
function changesBetween(before: Schema, now: Schema, words: readonly string[]): Omit<Tried, "text"> {
  const state = stateBetween(before, now);
  if (!speaksOfNames(words)) return { changes: state, state };
  const { questions } = diff(before, now, { answers: { noOneOff: true } });
  const renames = questions.flatMap((question) => {
    if (question.kind !== "rename") return [];
    const { table, field, what, candidates } = question;
    const from = candidates.find((old) => saysRename(words, old, field ?? table)) ?? null;
    return [{ table, from, ...(field !== undefined && { field }), ...(what !== undefined && { what }) }];
  });
  const { operations: changes } = diff(before, now, { answers: { renames, noRenames: true, noOneOff: true } });
  return { changes, state, ...(mayHideRename(words, changes) && { unsure: true }) };
}

const stateBetween = (before: Schema, now: Schema): readonly Operation[] =>
  diff(before, now, { answers: { noRenames: true, noOneOff: true } }).operations;

interface SettledTrial {
  readonly migration: Settled;
  readonly isTyped: boolean;
}

function settledBy(migration: Settled, trial: Trial | undefined, verbatim: boolean): SettledTrial {
  const { up, down } = migration;
  if (!trial || !up) return { migration, isTyped: false };
  const halves = { up, ...(down && { down }) };
  const operations = verbatim ? undefined : typedOperations(trial.tried, halves, trial.dialect);
  const transaction = up.transaction && down?.transaction !== false;
  return {
    migration: {
      ...migration,
      up: { ...up, transaction },
      operations: operations ?? verbatimOperations(trial.net, halves, trial.dialect),
    },
    isTyped: operations !== undefined,
  };
}

interface Difference {
  readonly at: number;
  readonly about: string;
}

/** The first migration after which a second database is not as the first was. */
const firstDifference = (
  { use }: Scratch,
  graph: Graph,
  settled: readonly SettledTrial[],
  trials: readonly (Trial | undefined)[],
): Promise<Difference | undefined> =>
  use(async (database) => {
    await startingPoint(database, graph);
    let before = replay(graph.order, graph.surroundings);
    for (const [at, { migration }] of settled.entries()) {
      const after = trials[at]?.after;
      if (!after) continue;
      try {
        const pending = [asMigration(migration)];
        await runPlan(database, planUp({ pending, before, dialect: database.dialect }));
        before = (migration.operations ?? []).reduce(apply, before);
      } catch (error) {
        if (!(error instanceof ToolError) || error.code === "cancelled") throw error;
        return { at, about: error.message };
      }
      const about = differenceBetween(after, await look(database), database.dialect);
      if (about !== undefined) return { at, about };
    }
    return undefined;
  });

/** Other words for the same are no difference. */
function differenceBetween(one: LiveSchema, other: LiveSchema, dialect: Dialect): string | undefined {
  const about = differenceOf(one, other);
  if (about === undefined || canonicalJson(one.unsupported) !== canonicalJson(other.unsupported)) return about;
  return diffLive(schemaOn(schemaOfLive(one, dialect), dialect), other, dialect).length === 0 ? undefined : about;
}

const asMigration = ({ name, file, up, operations = [] }: Settled): Migration => ({
  name,
  dependencies: [],
  operations,
  replaces: [],
  transaction: up?.transaction ?? true,
  checksum: "",
  file,
});

const told = (migrations: readonly Settled[], verbatim: ReadonlyMap<number, string>): readonly Finding[] =>
  [...verbatim].map(([at, about]) => ({
    file: migrations[at]?.file ?? "",
    line: 1,
    what: `keeps its SQL, because with operations the database would not be the same: ${about}`,
    hint: "nothing needs to be done",
    lost: false,
  }));

function refused(
  error: unknown,
  { offset }: ScriptStatement,
  { up, script }: { readonly up: SqlHalf; readonly script: string },
): unknown {
  if (!(error instanceof ToolError) || error.code !== "database") return error;
  const line = up.line + script.slice(0, offset).split("\n").length - 1;
  const message = `${up.file}:${line}: ${error.message}; --as typed runs the migrations on an empty database, so correct this, or convert with --as ts`;
  return new ToolError("migration", message, { ...error.data, file: up.file, line }, { cause: error });
}

const notTheSame = (migration: Settled | undefined, about: string): ToolError =>
  new ToolError(
    "migration",
    `${migration?.file}: it did not do the same on two empty databases: ${about}; convert with --as ts`,
    { file: migration?.file },
  );
