import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { definitions, invert, type Operation } from "../../src/core/operations/index.ts";
import type { Applied } from "../../src/core/plan/migration.ts";
import type { Schema } from "../../src/core/schema/model.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { createHistory, readHistory, writeApplied } from "../../src/runtime/history.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { contents, makeSchema, plant, storyOf } from "../conformance/story.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { openRedshiftOnPostgres, redshiftFunctions } from "../helpers/redshift-on-postgres.ts";

// No cluster can be had, so what PostgreSQL shares with it is executed there, behind what the documentation of Redshift says that it takes. With
// GODWIT_TEST_REDSHIFT_URL it is the cluster itself, whose schema "public" is emptied for each test.

const given = process.env["GODWIT_TEST_REDSHIFT_URL"];
let home: TestDatabase | undefined;
let admin: Database;
let database: Database;

const openOne = (): Promise<Database> => (home ? openRedshiftOnPostgres(home.url) : openDatabase({ url: given ?? "" }));

beforeAll(async () => {
  if (!given) home = await (await postgresServer()).createDatabase();
  admin = await openDatabase({ url: home?.url ?? given ?? "" });
  database = await openOne();
});
afterAll(async () => {
  await database.close();
  await admin.close();
  await home?.drop();
});
beforeEach(async () => {
  if (home) {
    await emptyPostgres(admin.driver);
    await admin.driver.execute(redshiftFunctions);
    return;
  }
  const found = await admin.driver.query(
    "SELECT 'DROP ' || CASE table_type WHEN 'VIEW' THEN 'VIEW ' ELSE 'TABLE ' END || QUOTE_IDENT(table_name) || ' CASCADE' AS sql FROM svv_tables WHERE table_schema = 'public'",
  );
  for (const { sql } of found) await admin.driver.execute(String(sql));
});

/** Examples as they can be there: keys that nobody carries out, no indexes in what there is, nothing that sets itself. */
function adapt<T>(example: T): T {
  const { before, ...rest } = changed(example) as T & { readonly before: Schema };
  const tables = before.tables.map((table) => ({ ...table, indexes: [] }));
  return { ...rest, before: { ...before, tables } } as T;
}

function changed<T>(example: T): T {
  if (Array.isArray(example)) return example.map((item) => changed<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const entries = Object.entries(example).filter(([key]) => key !== "autoUpdate");
  const adapted = entries.map(([key, value]) => {
    if (key === "onDelete" || key === "onUpdate") return [key, "NO ACTION"];
    return [key, changed<unknown>(value)];
  });
  return Object.fromEntries(adapted) as T;
}

/** Whether it was done; false where the dialect says that it cannot, or that a name cannot be. */
const done = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ToolError && ["unsupported", "params", "irreversible"].includes(error.code)) return false;
      throw error;
    },
  );

let executed = 0;

describe.each(definitions.map((d) => [d.kind, d] as const))("%s", (kind, { examples }) => {
  const possible = examples.filter(
    ({ title }) => !kind.endsWith("Index") && title !== "to fields under a unique index",
  );
  if (possible.length > 0)
    test.each(possible.map((e) => [e.title, e] as const))("%s", async (_, written) => {
      const example = adapt(written);
      const operation = { kind, ...(example.params as object) } as Operation;
      const story = storyOf(database);
      if (!(await done(story.up("0001_before", makeSchema(example.before))))) return;
      await plant(database, story.state(), example.rows ?? {});
      await story.agrees();
      if (!(await done(story.up("0002_operation", [operation], example.source)))) return;
      executed++;
      await story.agrees("schemaOnly" in operation && operation.schemaOnly ? example.before : story.state());
      if (!("schemaOnly" in operation)) await contents(database, story.state());
      if (!invert(operation, example.before) || !(await done(story.down()))) return;
      await story.agrees();
    });
});

test("not all of them are refused", () => {
  expect(executed).toBeGreaterThan(60);
});

describe("the history and the lock", () => {
  const place = { table: "godwit_history", track: "core" };

  test("rows are written and replaced as they are", async () => {
    const row: Applied = {
      track: "core",
      name: "0001_o'brien",
      checksum: "ab",
      state: "applied",
      stepsDone: 3,
      appliedAt: "2026-01-31T08:09:10.123Z",
      durationMs: 12,
      toolVersion: "0.1.0",
      appliedBy: "CORP\\ann@host",
    };
    await createHistory(database, place);
    await writeApplied(database, place, row);
    await writeApplied(database, place, { ...row, stepsDone: 4 }, true);
    expect(await readHistory(database, place)).toEqual([{ ...row, stepsDone: 4 }]);
  });

  test("one of six has it at a time", async () => {
    const sessions = await Promise.all(Array.from({ length: 6 }, openOne));
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await Bun.sleep(5);
      inside--;
    };
    await Promise.all(
      sessions.map((session) => withLock(session, { table: "godwit_history", timeoutMs: 20_000 }, work)),
    );
    await Promise.all(sessions.map((session) => session.close()));
    expect(most).toBe(1);
  });
});
