import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { diff } from "../../../src/core/diff/index.ts";
import { lineageOf } from "../../../src/core/diff/lineage.ts";
import { ToolError } from "../../../src/core/errors.ts";
import { applyAll } from "../../../src/core/operations/index.ts";
import { type Database, openDatabase } from "../../../src/runtime/database.ts";
import { makeSchema, storyOf } from "../../conformance/story.ts";
import { emptyDatabase } from "../../helpers/mariadb-database.ts";
import { mariadbServer } from "../../helpers/mariadb-server.ts";
import { postgresServer } from "../../helpers/postgres-server.ts";
import { randomFrom, randomHints, randomSchema } from "../../helpers/random-schema.ts";
import { formOf, undo } from "../../helpers/same-schema.ts";

/** Two schemas that have nothing to do with each other but their names: worse than what people do to one of theirs. */
function pairOf(seed: number) {
  const random = randomFrom(seed);
  const [from, to] = [randomSchema(random), randomSchema(random)];
  const renames = seed % 2 === 0 ? randomHints(random, from, to) : { tables: [], fields: [] };
  const options = { renames, answers: { noRenames: true } };
  return { from, to, options, operations: diff(from, to, options).operations };
}

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

test("what is generated leads there, leaves nothing to do, and leads back", () => {
  for (const seed of seeds(1000)) {
    const { from, to, options, operations } = pairOf(seed);
    const reached = applyAll(from, operations);
    expect({ seed, form: formOf(reached) }).toEqual({ seed, form: formOf(to) });
    const left = diff(reached, to, { ...options, lineage: lineageOf(operations) }).operations;
    expect({ seed, left }).toEqual({ seed, left: [] });
    expect({ seed, form: formOf(undo(from, operations)) }).toEqual({ seed, form: formOf(from) });
  }
});

/** There, back, and there again on a real database, which has the last word about the order of operations. */
async function tell(database: Database, seed: number): Promise<void> {
  const { from, to, operations } = pairOf(seed);
  const story = storyOf(database);
  if (from.tables.length > 0) await story.up("0001_from", makeSchema(from));
  await story.agrees(from);
  if (operations.length === 0) return;
  await story.up("0002_to", operations);
  await story.agrees(to);
  await story.down();
  await story.agrees(from);
  await story.up("0002_to", operations);
  await story.agrees(to);
}

describe("random schemas on sqlite", () => {
  for (const seed of seeds(60)) {
    test(`seed ${seed}`, async () => {
      const database = await openDatabase({ url: "sqlite::memory:" });
      try {
        await tell(database, seed);
      } finally {
        await database.close();
      }
    });
  }
});

/**
 * What MariaDB has nothing like is refused while planning, or by itself: SET NULL of what is NOT NULL, a text in an index that had none, a numbered
 * column in a unique index with texts. Such pairs say nothing about the order.
 */
const refused = ({ code, message }: ToolError): boolean =>
  code === "unsupported" || code === "params" || /SET NULL condition|\[(?:1170|4169)\]/.test(message);

describe("random schemas on mariadb", () => {
  let told = 0;
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const created = await (await mariadbServer()).createDatabase();
    drop = created.drop;
    database = await openDatabase({ url: created.url });
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });
  for (const seed of seeds(60)) {
    test(`seed ${seed}`, async () => {
      await emptyDatabase(database);
      try {
        await tell(database, seed);
        told++;
      } catch (error) {
        if (!(error instanceof ToolError) || !refused(error)) throw error;
      }
    });
  }
  test("most of them are told to the end", () => expect(told).toBeGreaterThan(20));
});

describe("random schemas on postgresql", () => {
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const created = await (await postgresServer()).createDatabase();
    drop = created.drop;
    database = await openDatabase({ url: created.url });
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });
  for (const seed of seeds(60)) {
    test(`seed ${seed}`, async () => {
      await database.driver.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      await tell(database, seed);
    });
  }
});
