import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Compiled } from "../../src/core/plan/compiled.ts";
import { sealCompiled } from "../../src/core/plan/compiled.ts";
import { shape } from "../../src/core/shapes/shape.ts";
import { hostModule } from "../../src/core/symbols/host-module.ts";
import { compiledFile } from "../../src/runtime/compiled-file.ts";
import { hashText } from "../../src/runtime/plan-content.ts";
import type { Project } from "../../src/runtime/project.ts";
import { compile } from "../../src/runtime/tasks/compile.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { refusal } from "../library/program.ts";

// Functions of compiled migrations run from what was compiled, and only if it is that.

let project: TestProject;
let empty: string;
let compiled: Compiled;

beforeEach(async () => {
  project = await createProject("sqlite");
  empty = mkdtempSync(join(tmpdir(), "godwit-compiled-code-"));
  mkdirSync(join(project.root, "lib"));
  writeFileSync(join(project.root, "lib/marks.ts"), 'export const mark = (n: number): string => "#" + n;\n');
  project.write(
    "0001_a",
    'createTable({ name: "a", fields: [{ name: "id", type: "bigint", primaryKey: true }, { name: "mark", type: "text" }] })',
  );
  writeFileSync(
    join(project.migrationsDir, "0002_code.ts"),
    `import { migration, runCode } from "godwit";
import { mark } from "acme/marks";
export default migration({
  dependencies: ["0001_a"],
  codeTimeout: "1m",
  operations: [
    runCode({
      forward: async (db) => {
        for (let i = 0; i < 3; i++) await db.execute("INSERT INTO a (id, mark) VALUES (?, ?)", [i, mark(i)]);
      },
      backward: async (db) => void (await db.execute("DELETE FROM a")),
    }),
  ],
});
`,
  );
  const withSymbols = { ...project, symbols: { "acme/marks": join(project.root, "lib/marks.ts") } };
  await compile(withSymbols);
  compiled = JSON.parse(readFileSync(join(project.migrationsDir, "compiled.json"), "utf8")) as Compiled;
});
afterEach(async () => {
  rmSync(empty, { recursive: true, force: true });
  await project.dispose();
});

/** In a directory where nothing else is. */
function alone(content: unknown): Project {
  const path = join(empty, "compiled.json");
  writeFileSync(path, JSON.stringify(content));
  return {
    ...project,
    root: empty,
    migrationsDir: join(empty, "migrations"),
    compiled: compiledFile(path, "compiled.json"),
  };
}

/** As somebody would who knows how: with a checksum that fits. */
const forged = (change: (text: string) => string): Compiled => {
  const tracks = JSON.parse(change(JSON.stringify(compiled.tracks))) as Compiled["tracks"];
  return sealCompiled(compiled.godwit, tracks, hashText);
};

test("functions run both ways where there are neither files nor modules", async () => {
  expect(compiled.version).toBe(2);
  const there = alone(compiled);
  expect((await up(there)).applied).toEqual(["0001_a", "0002_code"]);
  expect(await project.query("SELECT id, mark FROM a ORDER BY id")).toEqual(
    [0, 1, 2].map((id) => ({ id, mark: `#${id}` })),
  );
  expect((await down(there)).rolled_back).toEqual(["0002_code"]);
  expect(await project.query("SELECT id FROM a")).toEqual([]);
});

test("the files and what is compiled are the same to the history", async () => {
  await up(alone(compiled));
  const { tracks } = await status({ ...project, symbols: { "acme/marks": join(project.root, "lib/marks.ts") } });
  expect(tracks.flatMap(({ migrations }) => migrations.map(({ state }) => state))).toEqual(["applied", "applied"]);
});

test("a migration without functions is still read by an older godwit", async () => {
  rmSync(join(project.migrationsDir, "0002_code.ts"));
  rmSync(join(project.migrationsDir, "compiled.json"));
  await compile(project);
  expect(JSON.parse(readFileSync(join(project.migrationsDir, "compiled.json"), "utf8")).version).toBe(1);
});

for (const [what, change] of [
  ["the source of the function", (text: string) => text.replace("i < 3", "i < 4")],
  ["a module that it imports", (text: string) => text.replace('\\"#\\" + n', '\\"?\\" + n')],
  ["the file without its checksum", (text: string) => text.replace("DELETE FROM a", "DELETE FROM b")],
] as const) {
  test(`${what} cannot be changed: nothing runs`, async () => {
    const edited = change(JSON.stringify(compiled));
    expect(edited).not.toBe(JSON.stringify(compiled));
    const careless = await refusal(up(alone(JSON.parse(edited))));
    expect([careless.code, careless.message]).toEqual([
      "file",
      expect.stringContaining("was changed after it was written"),
    ]);
    const careful = await refusal(up(alone(forged(change))));
    expect([careful.code, careful.message]).toEqual([
      "migration",
      'the code of "0002_code" is not what its checksum says; where it was compiled, run `godwit compile` again, else delete the kept evaluations',
    ]);
    expect(await project.tables()).toEqual([]);
  });
}

test("functions without code, and code without functions, are damage", async () => {
  const hash = /"code":"([0-9a-f]{64})"/.exec(JSON.stringify(compiled))?.[1] ?? "";
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const change of [
    (text: string) => text.replace(/,"code":\{"source".*?"limits":\{"timeMs":60000\}\}/, ""),
    (text: string) => text.replace(hash, "0".repeat(64)),
  ]) {
    const { code, message } = await refusal(up(alone(forged(change))));
    expect([code, message]).toEqual(["file", expect.stringContaining("is damaged")]);
  }
  expect(await project.tables()).toEqual([]);
});

test("a function may call those of the program around the sandbox, which have to be there where it runs", async () => {
  let calls = 0;
  const ids = (version: string) =>
    hostModule(
      { next: { params: [shape.string()], result: shape.string(), run: (prefix) => `${prefix}${++calls}` } },
      { version },
    );
  writeFileSync(
    join(project.migrationsDir, "0002_code.ts"),
    `import { migration, runCode } from "godwit";
import { next } from "acme/ids";
export default migration({
  dependencies: ["0001_a"],
  operations: [runCode({ forward: async (db) => { for (let i = 0; i < 2; i++) await db.execute("INSERT INTO a (id, mark) VALUES (?, ?)", [i, next("n")]); } })],
});
`,
  );
  await compile({ ...project, given: { "acme/ids": ids("1") } });
  const file = JSON.parse(readFileSync(join(project.migrationsDir, "compiled.json"), "utf8")) as Compiled;
  expect(file.tracks[0]?.migrations[1]?.code?.hosts).toEqual(["acme/ids"]);
  const without = await refusal(up(alone(file)));
  expect(without.message).toContain('call host module "acme/ids", which this program does not have');
  expect(calls).toBe(0);
  await up({ ...alone(file), given: { "acme/ids": ids("1") } });
  expect((await project.query("SELECT mark FROM a ORDER BY id")).map(({ mark }) => mark)).toEqual(["n1", "n2"]);
});
