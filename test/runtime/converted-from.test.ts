import { afterAll, beforeAll, expect, test } from "bun:test";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

// What the history of another tool is mapped to migrations by. It has to come out of files, and of the cache, as it went in.

let project: TestProject;
beforeAll(async () => {
  project = await createProject("sqlite");
});
afterAll(() => project.dispose());

const load = (cache: "use" | "bypass") => loadMigrations(project.migrationsDir, { root: project.root, cache });
const write = (name: string, members: string): void =>
  writeFileSync(
    join(project.migrationsDir, `${name}.ts`),
    `import { migration } from "godwit";\nexport default migration({ ${members} operations: [] });\n`,
  );

test("TypeScript and SQL files say it, evaluated and out of the cache; the checksum does not know it", async () => {
  write("0001_none", "");
  write("0002_one", 'convertedFrom: "goose 20240101120000",');
  write("0003_two", 'convertedFrom: ["rails 1", "flyway R__a view"],');
  const sql = join(project.migrationsDir, "0004_sql.up.sql");
  writeFileSync(sql, "-- converted from: knex 1_a.js\n-- converted from: knex 2_b.js\n-- converted from: us all\n");
  const expected = {
    "0001_none": undefined,
    "0002_one": [{ tool: "goose", id: "20240101120000" }],
    "0003_two": [
      { tool: "rails", id: "1" },
      { tool: "flyway", id: "R__a view" },
    ],
    "0004_sql": [
      { tool: "knex", id: "1_a.js" },
      { tool: "knex", id: "2_b.js" },
      { tool: "us", id: "all" },
    ],
  };
  const found = async (cache: "use" | "bypass") =>
    Object.fromEntries((await load(cache)).map(({ name, convertedFrom }) => [name, convertedFrom]));
  expect(await found("use")).toEqual(expected);
  expect(await found("use")).toEqual(expected);
  expect(await found("bypass")).toEqual(expected);
  const [none, one] = await load("bypass");
  expect(one?.checksum).toBe(none?.checksum ?? "");
  for (const name of ["0001_none.ts", "0002_one.ts", "0003_two.ts", "0004_sql.up.sql"])
    rmSync(join(project.migrationsDir, name));
});

test("what is no tool and id is refused, with its place", async () => {
  write("0001_a", 'convertedFrom: ["goose 1", "goose"],');
  await expect(load("bypass")).rejects.toMatchObject({
    code: "migration",
    message: expect.stringContaining("convertedFrom[1]: is not the name of a tool and what that records"),
  });
});
