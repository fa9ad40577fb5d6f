import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { convert, convertForms } from "../../src/runtime/tasks/convert.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { layouts, steps } from "../helpers/old-layouts.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";

// The same history in the layouts of several tools. What is converted has to leave what the statements themselves leave, and take it back.

let project: TestProject;
let folder: string;
let expected: unknown;
let empty: unknown;
const dump = () => project.withDatabase(dumpPostgres);

beforeAll(async () => {
  project = await createProject("postgresql");
  folder = mkdtempSync(join(tmpdir(), "godwit-convert-"));
  empty = await dump();
  await project.withDatabase(async ({ driver }) => {
    for (const sql of steps.flatMap((step) => step.up)) await driver.execute(sql);
  });
  expected = await dump();
  await project.withDatabase(async ({ driver }) => {
    for (const sql of steps.toReversed().flatMap((step) => step.down)) await driver.execute(sql);
  });
}, 60_000);

afterAll(async () => {
  await project.dispose();
  rmSync(folder, { recursive: true });
});

describe.each(Object.keys(layouts))("%s", (tool) => {
  // What comes of operations does not depend on the layout.
  test.each(tool === "goose" ? convertForms : (["ts", "sql"] as const))(
    "as %s, does what the statements do, and takes it back",
    async (as) => {
      const source = join(folder, tool);
      for (const [path, text] of layouts[tool] ?? []) {
        mkdirSync(dirname(join(source, path)), { recursive: true });
        writeFileSync(join(source, path), text);
      }
      const migrationsDir = join(folder, `${tool}-${as}`);
      const own = { ...project, migrationsDir, database: { ...project.database, dialect: "postgresql" } };
      const before = readdirSync(source);
      const result = await convert(own, { paths: [source], as, placeholders: { people: "users" } });
      expect(result.tool).toBe(tool);
      expect(result.findings).toEqual([]);
      const { applied } = await up(own);
      expect(applied).toEqual(result.migrations.map(({ name }) => name));
      expect(await dump()).toEqual(expected as never);
      await down(own, { to: "zero" });
      expect(await dump()).toEqual(empty as never);
      expect(readdirSync(source)).toEqual(before);
    },
  );
});

test("the state migration says what there is, so that nothing is left to generate, and a fresh database has no drift", async () => {
  const own = {
    ...project,
    migrationsDir: join(folder, "state"),
    schemaPaths: [join(folder, "schema")],
    database: { ...project.database, dialect: "postgresql" },
  };
  await project.withDatabase(async ({ driver }) => {
    for (const sql of steps.flatMap((step) => step.up)) await driver.execute(sql);
    await driver.execute("CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint)");
  });
  const result = await convert(own, { paths: [join(folder, "goose")], as: "sql", placeholders: {}, state: true });
  await project.withDatabase(async ({ driver }) => {
    await driver.execute("DROP TABLE goose_db_version");
    for (const sql of steps.toReversed().flatMap((step) => step.down)) await driver.execute(sql);
  });
  expect(result.unsupported).toEqual([]);
  expect(result.state).toBe("0012_state");
  expect((await generate(own, { check: true })).operations).toEqual([]);
  expect((await up(own)).applied).toHaveLength(4);
  expect((await drift(own)).changes).toEqual([]);
  expect(await dump()).toEqual(expected as never);
  await down(own, { to: "zero" });
});
