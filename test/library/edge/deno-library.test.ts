import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { deno } from "../../helpers/edge-runtimes.ts";
import { type InstalledProject, installLibrary } from "../installed.ts";
import { table } from "../program.ts";

// The library for Node, sandbox and all, in Deno, which takes itself for one.

let project: InstalledProject;
beforeAll(async () => {
  project = await installLibrary();
}, 60_000);
afterAll(() => project.dispose());

test("Deno evaluates migrations in the sandbox and migrates SQLite with the library for Node", async () => {
  const reading = `import { readFileSync } from "node:fs";\n${table("b", "0001_a")}\nreadFileSync("/etc/passwd");`;
  project.write({
    "program.js": `import { open, ToolError } from "./node_modules/godwit/dist/library/node.js";
const migrations = ${JSON.stringify({ "0001_a.ts": table("a") })};
const database = await open("app.db", { migrations });
const rows = database.prepare("SELECT name FROM godwit_history").all().map(({ name }) => name);
const refused = await open("app.db", { migrations: { ...migrations, "0002_b.ts": ${JSON.stringify(reading)} } }).catch((error) => [error instanceof ToolError, error.message]);
console.log(JSON.stringify([rows, refused]));
Deno.exit(0);
`,
  });
  const { stdout, stderr } = await deno(project.directory, [
    "run",
    "-A",
    "--no-config",
    "--no-remote",
    "--no-npm",
    "program.js",
  ]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([["0001_a"], [true, expect.stringContaining('"node:fs"')]]);
}, 60_000);

test("its exports name the edge and the pure half for runtimes of every kind", async () => {
  const manifest = (await Bun.file(join(project.directory, "node_modules/godwit/package.json")).json()) as {
    readonly exports: Readonly<Record<string, unknown>>;
  };
  for (const name of ["edge", "core"]) {
    expect(manifest.exports[`./${name}`]).toEqual({
      types: `./dist/library/${name}.d.ts`,
      default: `./dist/library/${name}.js`,
    });
  }
});
