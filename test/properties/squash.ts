import { expect } from "bun:test";
import * as fc from "fast-check";
import { ToolError } from "../../src/core/errors.ts";
import { applyAll, type Operation, titleOf } from "../../src/core/operations/index.ts";
import { buildGraph, graphFor } from "../../src/core/plan/graph.ts";
import type { Migration } from "../../src/core/plan/migration.ts";
import { reconcile } from "../../src/core/plan/reconcile.ts";
import { replay } from "../../src/core/plan/state.ts";
import { planUp } from "../../src/core/plan/steps.ts";

import { squashContents } from "../../src/core/squash/contents.ts";
import { optimise, sameSchema } from "../../src/core/squash/optimise.ts";
import { squashRange } from "../../src/core/squash/range.ts";
import { checksumOf } from "../../src/runtime/checksum.ts";
import type { Database } from "../../src/runtime/database.ts";
import { createHistory, readHistory } from "../../src/runtime/history.ts";
import { withReplacements } from "../../src/runtime/record-replacements.ts";
import { runPlan } from "../../src/runtime/runner.ts";
import type { Survey } from "../../src/runtime/survey.ts";
import type { WithEmpty } from "../helpers/empty-database.ts";
import type { DumpLine } from "../helpers/postgres-dump.ts";
import { type HistoryCase, historyCases, historyOf } from "./histories.ts";
import type { Traits } from "./outline.ts";
import { isRefusal } from "./refusals.ts";
import { contentsOf } from "./rows.ts";

interface Run {
  readonly traits: Traits;
  readonly count: number;
  readonly withEmpty: WithEmpty;
  readonly dump: (database: Database) => Promise<readonly DumpLine[]>;
}

/** What came of the cases. */
export interface SquashTally {
  played: number;
  refused: number;
  withoutRows: number;
  /** Operations of the ranges, and of what they were squashed to. */
  before: number;
  after: number;
}

const [seedGiven, pathGiven] = /^(-?\d+)(?::(.*))?$/.exec(process.env["GODWIT_TEST_SEED"] ?? "")?.slice(1) ?? [];

/** Squashes a range of random histories; rejects with the smallest of which a database is not the same afterwards. */
export async function squashAny({ count, ...run }: Run): Promise<SquashTally> {
  const tally: SquashTally = { played: 0, refused: 0, withoutRows: 0, before: 0, after: 0 };
  const property = fc.asyncProperty(historyCases(run.traits), async (each) => {
    if (await runs(() => holds(each, { ...run, tally, rows: true }))) return;
    tally.withoutRows++;
    // Some histories run on no database, squashed or not.
    if (!(await runs(() => holds(each, { ...run, tally, rows: false })))) tally.refused++;
  });
  const details = await fc.check(property, {
    numRuns: pathGiven === undefined ? count : 1,
    seed: Number(seedGiven ?? 7),
    // Making one of 40 migrations smaller takes minutes.
    endOnFailure: process.env["GODWIT_TEST_LONG"] !== "1",
    ...(pathGiven !== undefined && { path: pathGiven }),
  });
  if (details.failed) throw new Error(reportOf(details, run.traits), { cause: details.errorInstance });
  return tally;
}

/** False where the database refuses the originals already. */
async function runs(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Unplayable) return false;
    throw error;
  }
}

/** Thrown where the originals do not run either. */
class Unplayable extends Error {}

interface Play extends Omit<Run, "count"> {
  readonly tally: SquashTally;
  readonly rows: boolean;
}

async function holds(each: HistoryCase, { traits, withEmpty, dump, tally, rows }: Play): Promise<void> {
  const made = squashed(each, traits, rows);
  if (!made) {
    tally.refused++;
    return;
  }
  const { migrations, squash, contents, schema } = made;
  const all = [...migrations, squash];
  const build = (steps: (database: Database) => Promise<void>) =>
    withEmpty(async (database) => {
      await steps(database);
      return { lines: sorted(await dump(database)), rows: await contentsOf(database, schema) };
    });
  const wanted = await build((database) => up(database, migrations)).catch((error: unknown) => {
    throw error instanceof ToolError ? new Unplayable("the originals do not run", { cause: error }) : error;
  });
  const middle = each.applied % (migrations.length + 1);
  const found = [
    await build((database) => up(database, all)),
    await build(async (database) => {
      await up(database, migrations.slice(0, middle));
      await up(database, all);
    }),
  ];
  const shown = (built: typeof wanted) => ({ lines: built.lines, rows: [...built.rows].map(plainRow) });
  const [fresh, continued] = found;
  const elided = migrations.some(({ operations }) => operations.some((o) => "elidable" in o));
  expect(fresh && shown(fresh)).toEqual(shown(wanted));
  if (!elided) expect(continued && shown(continued)).toEqual(shown(wanted));
  tally.played++;
  tally.before += contents.length;
  tally.after += squash.operations.length;
}

/** With the range as one, or nothing where no history leads there. */
function squashed(each: HistoryCase, traits: Traits, rows: boolean) {
  const written = unlessRefused(() => historyOf(each, traits, { rows }));
  if (!written) return undefined;
  // What may be left out does not run, so it stands in no history that is compared.
  const migrations = written.map(withoutElidable);
  const from = each.from % (migrations.length - 1);
  const length = 2 + (each.length % (migrations.length - from - 1));
  const [first, last] = [migrations[from], migrations[from + length - 1]];
  if (!first || !last) throw new Error("the range is outside of the history");
  const range = squashRange(buildGraph(written), { from: first.name, to: last.name });
  const { operations: contents } = squashContents(range.members);
  const before = replay(migrations.slice(0, from));
  const operations = optimise(contents, before);
  expect(sameSchema(applyAll(before, operations), applyAll(before, contents))).toBe(true);
  const squash: Migration = {
    name: `${first.name}_squashed`,
    dependencies: range.dependencies,
    replaces: range.replaces,
    operations,
    transaction: true,
    checksum: checksumOf(operations, true),
    file: "squash.ts",
  };
  return { migrations, squash, contents, schema: replay(migrations) };
}

const withoutElidable = (migration: Migration): Migration => ({
  ...migration,
  operations: migration.operations.filter((operation) => !("elidable" in operation)),
});

function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const place = { table: "godwit_history", track: "default" };

/** What `up` does, with migrations that need not be read from files. */
async function up(database: Database, migrations: readonly Migration[]): Promise<void> {
  const survey = await surveyOf(database, migrations);
  const session = {
    database,
    survey,
    enter: () => Promise.resolve(),
    refresh: () => Promise.resolve(survey),
    unstopped: <T>(work: () => Promise<T>) => work(),
  };
  await createHistory(database, place);
  await withReplacements([session], {}, async () => {
    const { pending, applied } = survey.state;
    const plan = planUp({ pending, before: replay(applied), dialect: database.dialect });
    return { applied: await runPlan(database, plan, { history: place }) };
  });
  const { state } = await surveyOf(database, migrations);
  expect([state.pending, state.unrecorded, state.missing, state.changed]).toEqual([[], [], [], []]);
}

async function surveyOf(database: Database, migrations: readonly Migration[]): Promise<Survey> {
  const history = await readHistory(database, place);
  const graph = graphFor(buildGraph(migrations), history);
  const project = { root: "/", migrationsDir: "/", schemaPaths: [], database: { url: "" }, historyTable: place.table };
  return { project, graph, history, undeclared: [], state: reconcile(graph, history), fresh: new Set() };
}

/**
 * What SQLite calls a foreign key, a unique constraint or the check of an enum counts for nobody: they are named where they are written with the table,
 * and keep or lose that name where a field or a constraint was renamed.
 */
const sorted = (lines: readonly DumpLine[]): readonly string[] =>
  lines
    .map(
      ({ object, text }) =>
        `${object}: ${text.replace(/^constraint (?:(?:"[^"]*"|\S+) (?=foreign key|unique)|\S+_enum (?=check))/, "")}`,
    )
    .sort();

/** When it was, is another time each time. */
const plainRow = ([at, { type, values }]: readonly [
  string,
  { readonly type: string; readonly values: readonly unknown[] },
]) => [at, type, values.map((value) => (/^20\d\d-(?!01-0)/.test(String(value)) ? "some time" : value))] as const;

function reportOf(details: fc.RunDetails<[HistoryCase]>, traits: Traits): string {
  const [smallest] = details.counterexample ?? [];
  const again = `GODWIT_TEST_SEED=${details.seed}:${details.counterexamplePath}`;
  const { errorInstance: error } = details;
  const text =
    error instanceof Error ? `${error.message}\n${String(error.cause ?? "")}\n${error.stack}` : String(error);
  const told = (operations: readonly Operation[]) => operations.map((o) => `  ${titleOf(o)}: ${JSON.stringify(o)}`);
  const made = smallest && squashed(smallest, traits, true);
  const story = made
    ? [
        ...made.migrations.flatMap(({ name, operations }) => [name, ...told(operations)]),
        `${made.squash.name} for ${made.squash.replaces.join(", ")}`,
        ...told(made.squash.operations),
      ]
    : [];
  return [`a squash is not the same after ${details.numRuns} cases; ${again} plays it again`, ...story, text].join(
    "\n",
  );
}
