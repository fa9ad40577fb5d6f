import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, migrate } from "../../src/library/index.ts";
import { compile } from "../../src/runtime/tasks/compile.ts";
import { createProject } from "../helpers/migration-project.ts";
import { nodeWithSqlite } from "../helpers/node-with-sqlite.ts";
import { borrow, type InstalledProject, installLibrary } from "./installed.ts";
import { refusal } from "./program.ts";
import { migrations } from "./story.ts";

// A program takes what `godwit compile` wrote, in each form, in place of files.

let texts: { readonly json: string; readonly module: string };
let folder: string;
beforeAll(async () => {
  const project = await createProject("sqlite");
  for (const [name, text] of Object.entries(migrations)) writeFileSync(join(project.migrationsDir, name), text);
  await compile(project);
  await compile(project, { format: "module" });
  texts = {
    json: readFileSync(join(project.migrationsDir, "compiled.json"), "utf8"),
    module: readFileSync(join(project.root, "migrations.ts"), "utf8"),
  };
  await project.dispose();
  folder = mkdtempSync(join(tmpdir(), "godwit-library-"));
  writeFileSync(join(folder, "compiled.json"), texts.json);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = ["0001_users", "0002_colours", "0003_search", "0004_data"];
const data = (): Record<string, unknown> => JSON.parse(texts.json) as Record<string, unknown>;

describe("compiled migrations", () => {
  test("leave the same history as their files, in every form in which a program has them", async () => {
    const database = new Database(":memory:");
    await migrate({ database, migrations });
    const path = join(folder, "compiled.json");
    for (const form of [data(), { default: data() }, path, pathToFileURL(path)]) {
      const other = new Database(":memory:");
      expect((await migrate({ database: other, migrations: form })).applied).toEqual(all);
      expect(history(other)).toEqual(history(database));
      expect((await check({ database, migrations: form })).ok).toBe(true);
    }
  });

  test("that were changed are refused, and the database is as it was", async () => {
    const database = new Database(":memory:");
    const changed = JSON.parse(texts.json.replace('"red"', '"green"')) as Record<string, unknown>;
    const error = await refusal(migrate({ database, migrations: changed }));
    expect(error.message).toContain(
      '"migrations" was changed after it was written, or is damaged (operations of "0002_colours")',
    );
    expect(database.query("SELECT name FROM sqlite_schema").values()).toEqual([]);
  });

  test("of a track are those of its name, or the only ones that there are", async () => {
    const database = new Database(":memory:");
    const wrong = await refusal(migrate({ database, tracks: [{ name: "core", migrations: data() }] }));
    expect(wrong.message).toContain('has the tracks "default", and not "core"');
    const tracks = [
      { name: "default", migrations: data() },
      { name: "more", migrations: { "0001_x.up.sql": "CREATE TABLE x (id);" } },
    ];
    expect((await migrate({ database, tracks })).applied).toHaveLength(5);
  });
});

const history = (database: Database): unknown =>
  database.query("SELECT track, name, checksum, state FROM godwit_history ORDER BY name").values();

describe("the installed library", () => {
  let project: InstalledProject;
  beforeAll(async () => {
    project = await installLibrary();
    project.write({
      "compiled.json": texts.json,
      "migrations.ts": texts.module,
      "program.js": `import { open } from "godwit";
import compiled from "./compiled.json" with { type: "json" };
const database = await open(":memory:", { migrations: compiled });
console.log(JSON.stringify(database.prepare("SELECT id || '' AS id, hex(body) AS body FROM files").all()));
`,
      "typed.ts": `import { migrate, open } from "godwit";
import migrations from "./migrations.ts";
import compiled from "./compiled.json" with { type: "json" };
const database = await open(":memory:", { migrations });
console.log(JSON.stringify(database.prepare("SELECT id || '' AS id, hex(body) AS body FROM files").all()));
await migrate({ url: "sqlite::memory:", migrations: compiled });
`,
    });
  }, 60_000);
  afterAll(() => project.dispose());

  const runtimes: readonly (readonly [string, () => readonly string[]])[] = [
    ["Bun", () => [process.execPath, "program.js"]],
    ["Bun, from the module", () => [process.execPath, "typed.ts"]],
    ["Node", () => [nodeWithSqlite(), "--no-warnings", "program.js"]],
  ];
  test.each(runtimes)(
    "takes them in %s, large numbers and bytes included",
    async (_, command) => {
      const { stdout, stderr } = await project.run(command());
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual([{ id: "9007199254740993", body: "00C8FF" }]);
    },
    60_000,
  );

  test("has types that they fit, with no other settings than a program has", async () => {
    for (const name of ["@types/bun", "@types/node", "bun-types", "undici-types", "valibot"]) borrow(project, name);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: "ES2023",
      module: "preserve",
      moduleResolution: "bundler",
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      types: ["bun"],
    };
    project.write({ "tsconfig.json": JSON.stringify({ compilerOptions, files: ["typed.ts"] }) });
    const tsc = join(import.meta.dir, "../../node_modules/.bin/tsc");
    expect(await project.run([tsc, "--pretty", "false", "-p", "."])).toMatchObject({ stdout: "", exitCode: 0 });
    project.write({
      "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, noEmit: true }, files: ["migrations.ts"] }),
    });
    expect(await project.run([tsc, "--pretty", "false", "-p", "."])).toMatchObject({ stdout: "", exitCode: 0 });
  }, 60_000);
});
