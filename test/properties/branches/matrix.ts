import { ToolError } from "../../../src/core/errors.ts";
import { footprintOf } from "../../../src/core/footprint/footprint.ts";
import { commute } from "../../../src/core/footprint/meet.ts";
import {
  apply,
  applyAll,
  type Operation,
  operationKinds,
  parseOperation,
  titleOf,
} from "../../../src/core/operations/index.ts";
import { planUp } from "../../../src/core/plan/steps.ts";
import { emptySchema, type Schema } from "../../../src/core/schema/model.ts";
import { executeCode } from "../../../src/runtime/code.ts";
import type { Database } from "../../../src/runtime/database.ts";
import { contents, migrationOf } from "../../conformance/story.ts";
import { type Acts, acts, codeOfAct } from "./acts.ts";
import { type World, worldOf } from "./world.ts";

export type DialectName = "sqlite" | "postgresql";

/** Two operations that two people may have written on the same schema. */
export interface Pair {
  readonly a: Operation;
  readonly b: Operation;
  readonly shared: boolean;
}

/** Lends the database as it was made, as often as it is asked for; what work does to it is gone afterwards. */
export interface Stage {
  readonly dialect: DialectName;
  readonly schema: Schema;
  play<T>(work: (database: Database) => Promise<T>): Promise<T>;
  dump(database: Database): Promise<readonly object[]>;
}

/** What came of the pairs. */
export interface Tally {
  pairs: number;
  /** Found to commute, and the same both ways. */
  commute: number;
  /** Found to conflict, and not the same, or one way fails. */
  conflict: number;
  /** Found to conflict, though both ways give the same. */
  careful: number;
  readonly wrong: string[];
}

/** What makes both worlds; their defaults and mappings are everybody's. */
export const bothWorlds = (dialect: DialectName): readonly Operation[] =>
  [worldOf(1, dialect), worldOf(2, dialect)].flat().map((data): Operation => parseOperation(data));

export const schemaOf = (dialect: DialectName): Schema => applyAll(emptySchema, bothWorlds(dialect));

/** What the database can do at all, by itself; the rest is no operation that somebody could have written for it. */
export async function playable(stage: Stage): Promise<readonly Operation[]> {
  const found: Operation[] = [];
  for (const kind of operationKinds)
    for (const params of acts[kind as keyof Acts](1, stage.dialect)) {
      const operation = parseOperation({ kind, ...params });
      if (fits(stage.schema, operation) && (await outcome(stage, [operation])).done) found.push(operation);
    }
  return found;
}

/** All pairs of operations of all pairs of kinds, in one world and in two; of a kind with itself, different ones. */
export async function allPairs(stage: Stage): Promise<readonly Pair[]> {
  const here = new Set((await playable(stage)).map(titleOf));
  const { dialect } = stage;
  const of = (kind: string, n: World): readonly Operation[] =>
    acts[kind as keyof Acts](1, dialect).flatMap((params, i) => {
      if (!here.has(titleOf(parseOperation({ kind, ...params })))) return [];
      return parseOperation({ kind, ...(n === 1 ? params : acts[kind as keyof Acts](n, dialect)[i]) });
    });
  return operationKinds.flatMap((first, i) =>
    operationKinds.slice(i).flatMap((second) => [
      ...of(first, 1).flatMap((a, x) =>
        of(second, 1).flatMap((b, y) => (first === second && y <= x ? [] : [{ a, b, shared: true }])),
      ),
      ...of(first, 1).flatMap((a) =>
        of(second, 2)
          .slice(0, 1)
          .map((b) => ({ a, b, shared: false })),
      ),
    ]),
  );
}

/** Plays both orders of a pair, and notes what came of it beside what the footprints say. */
export async function judge(stage: Stage, { a, b }: Pair, tally: Tally): Promise<void> {
  const { schema } = stage;
  const agrees = commute(footprintOf(a, schema), footprintOf(b, schema));
  const [one, other] = [await outcome(stage, [a, b]), await outcome(stage, [b, a])];
  tally.pairs++;
  const same = one.done && one.text === other.text;
  if (!agrees) {
    if (same) tally.careful++;
    else tally.conflict++;
  } else if (same) tally.commute++;
  else tally.wrong.push(`${titleOf(a)} | ${titleOf(b)}\n    ${difference(one.text, other.text)}`);
}

interface Outcome {
  readonly done: boolean;
  /** What the database is afterwards, or why not. */
  readonly text: string;
}

/** Of what fails by itself on this database nothing is said. */
async function outcome(stage: Stage, operations: readonly Operation[]): Promise<Outcome> {
  try {
    const text = await stage.play(async (database) => {
      const end = await run(database, stage.schema, operations);
      const lines = (await stage.dump(database)).map((line) => JSON.stringify(line)).toSorted();
      return [...lines, ...rowLines(await contents(database, end))].join("\n");
    });
    return { done: true, text };
  } catch (error) {
    if (error instanceof ToolError) return { done: false, text: `failed: ${error.message}` };
    throw error;
  }
}

/** Each operation is a migration of its own, planned on what is there by then. */
async function run(database: Database, from: Schema, operations: readonly Operation[]): Promise<Schema> {
  let schema = from;
  for (const operation of operations) {
    const pending = [migrationOf("0002_act", [operation], [], codeOfAct(operation))];
    const plan = planUp({ pending, before: schema, dialect: database.dialect });
    await play(database, plan);
    schema = apply(schema, operation);
  }
  return schema;
}

async function play(database: Database, { steps }: ReturnType<typeof planUp>): Promise<void> {
  const { driver, dialect } = database;
  const captured = new Map<string, readonly string[]>();
  for (const step of steps) {
    if (step.foreignKeysOff) for (const sql of dialect.bookkeeping.foreignKeysOff) await driver.execute(sql);
    for (const command of step.actions.flatMap(({ commands }) => commands)) {
      if (command.kind === "execute") await driver.execute(command.sql);
      else if (command.kind === "code") await executeCode(database, command, { step, operation: 0, title: "act" });
      else if (command.kind === "capture")
        captured.set(
          command.name,
          (await driver.query(command.sql)).map((row) => String(row["sql"])),
        );
      else if (command.kind === "replay") for (const sql of captured.get(command.name) ?? []) await driver.execute(sql);
      else if (command.kind === "check" && (await driver.query(command.sql)).length > 0)
        throw new ToolError("database", command.message);
    }
    if (step.foreignKeysOff) for (const sql of dialect.bookkeeping.foreignKeysOn) await driver.execute(sql);
  }
}

function rowLines(rows: Readonly<Record<string, readonly object[]>>): readonly string[] {
  const text = (_: string, value: unknown): unknown => (typeof value === "bigint" ? `${value}n` : value);
  return Object.entries(rows)
    .flatMap(([table, list]) => list.map((row) => `${table}: ${JSON.stringify(sorted(row), text)}`))
    .toSorted();
}

const sorted = (row: object): object =>
  Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function difference(one: string, other: string): string {
  const [a, b] = [one.split("\n"), other.split("\n")];
  const only = (list: readonly string[], rest: readonly string[]): string =>
    list
      .filter((line) => !rest.includes(line))
      .slice(0, 3)
      .join(" ; ");
  return `one: ${only(a, b)}\n    other: ${only(b, a)}`;
}

function fits(schema: Schema, operation: Operation): boolean {
  try {
    apply(schema, operation);
    return true;
  } catch (error) {
    if (error instanceof ToolError && error.code === "state") return false;
    throw error;
  }
}
