import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { init } from "../../src/runtime/tasks/init.ts";
import { deno } from "../helpers/edge-runtimes.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
beforeEach(async () => {
  project = await createProject("sqlite");
});
afterEach(() => project.dispose());

const migration = `import { createTable, migration, runSQL } from "godwit";
import { v5 } from "godwit/uuid";

export default migration({
  operations: [
    createTable({ name: "plans", fields: [{ name: "id", type: "uuid", primaryKey: true }] }),
    runSQL({ forward: \`INSERT INTO plans VALUES ('\${v5("x", "6ba7b810-9dad-11d1-80b4-00c04fd430c8")}')\`, backward: "" }),
  ],
});
`;

const check = () => deno(project.root, ["check", "--no-remote", "--no-npm", "migrations/0001_plans.ts"]);

test("deno checks migrations with nothing installed, and finds what is wrong in them", async () => {
  const { created } = await init(project, { deno: true });
  expect(created).toContain("deno.json");
  writeFileSync(join(project.migrationsDir, "0001_plans.ts"), migration);
  expect(await check()).toMatchObject({ exitCode: 0 });
  writeFileSync(join(project.migrationsDir, "0001_plans.ts"), migration.replace("primaryKey", "primaryKye"));
  const { exitCode, stderr } = await check();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("primaryKye");
}, 60_000);

test("a deno.json that is there already is left alone, and what it lacks is said", async () => {
  const path = join(project.root, "deno.json");
  const own = '{ "imports": { "godwit": "./migrations/godwit.d.ts" } }';
  writeFileSync(path, own);
  const { kept, missing_imports } = await init(project, { deno: true });
  expect(kept).toContain("deno.json");
  expect(Object.keys(missing_imports ?? {})).toEqual(["godwit/csv", "godwit/hash", "godwit/text", "godwit/uuid"]);
  expect(readFileSync(path, "utf8")).toBe(own);
});

test("without the flag there is none", async () => {
  await init(project);
  expect(existsSync(join(project.root, "deno.json"))).toBe(false);
});
