import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shape } from "../../src/core/shapes/shape.ts";
import { type HostModuleOptions, hostModule } from "../../src/core/symbols/host-module.ts";
import { guestModule, type SymbolMap } from "../../src/core/symbols/symbol-map.ts";
import { loadProject } from "../../src/runtime/config.ts";
import { evaluateFiles } from "../../src/runtime/evaluate.ts";
import type { Project } from "../../src/runtime/project.ts";
import { compile } from "../../src/runtime/tasks/compile.ts";
import { init } from "../../src/runtime/tasks/init.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { listSymbols } from "../../src/runtime/tasks/symbols-list.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { refusal } from "../library/program.ts";

// Modules that the program around godwit brings along.

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  folders.push(mkdtempSync(join(tmpdir(), "godwit-given-")));
  return folders.at(-1) ?? "";
}

let calls = 0;
const counter = (options: HostModuleOptions = {}, result: number = 0) =>
  hostModule({ next: { params: [], result: shape.integer(), run: () => (result === 0 ? ++calls : result) } }, options);
const shout = guestModule({ source: "export const shout = (text: string): string => text.toUpperCase();\n" });

const migration = (imports: string, sql: string): string =>
  `import { migration, runSQL } from "godwit";\n${imports}\n\nexport default migration({ operations: [runSQL({ forward: ${sql}, backward: "" })] });\n`;

const files = {
  "migrations/0001_a.ts": migration('import { next } from "acme/ids";', "`SELECT ${next()}`"),
  "migrations/0002_b.ts": migration('import { shout } from "acme/text";', 'shout("select 2")').replace(
    "migration({",
    'migration({ dependencies: ["0001_a"],',
  ),
};

async function projectWith(given: SymbolMap, others: Readonly<Record<string, string>> = {}): Promise<Project> {
  const root = folder();
  for (const [path, text] of Object.entries({ ...files, ...others })) await Bun.write(join(root, path), text);
  return again(root, given);
}

const again = (root: string, given: SymbolMap, from?: string): Project =>
  loadProject({ url: `sqlite:${root}/app.db`, ...(from !== undefined && { from }) }, {}, root, { given });

describe("a kept evaluation", () => {
  const source = 'import { next } from "acme/ids";\nexport default { n: next() };';
  const evaluated = async (given: SymbolMap, directory: string, text = source) => {
    const options = { cache: "use", cacheDirectory: directory, symbols: given } as const;
    const [file] = await evaluateFiles([{ path: "m/0001_a.ts", source: text }], options);
    return file?.value;
  };

  test("is none of a file that called a host function", async () => {
    const directory = folder();
    const first = (await evaluated({ "acme/ids": counter() }, directory)) as { readonly n: number };
    expect(await evaluated({ "acme/ids": counter() }, directory)).toEqual({ n: first.n + 1 });
    expect(await evaluated({ "acme/ids": counter({ version: "1" }) }, directory)).toEqual({ n: first.n + 2 });
  });

  test("is one of a file that only could have called it", async () => {
    const directory = folder();
    const text = 'import { next } from "acme/ids";\nconsole.log("seen");\nexport default { n: typeof next };';
    await evaluated({ "acme/ids": counter() }, directory, text);
    const pack = [...new Bun.Glob("*.evaluated").scanSync({ cwd: directory, absolute: true })].map((file) =>
      readFileSync(file, "utf8"),
    );
    expect(pack.join()).toContain("seen");
  });

  test("is one of a pure function until its version or its shapes change", async () => {
    const directory = folder();
    const given = (version: string, result: number): SymbolMap => ({
      "acme/ids": counter({ version, pure: true }, result),
    });
    expect(await evaluated(given("1", 5), directory)).toEqual({ n: 5 });
    expect(await evaluated(given("1", 6), directory)).toEqual({ n: 5 });
    expect(await evaluated(given("2", 6), directory)).toEqual({ n: 6 });
    const other = hostModule(
      { next: { params: [], result: shape.number(), run: () => 7 } },
      { version: "2", pure: true },
    );
    expect(await evaluated({ "acme/ids": other }, directory)).toEqual({ n: 7 });
  });
});

test("what a program brings along is applied, listed, and known to editors", async () => {
  const given = { "acme/ids": counter({ version: "7" }, 5), "acme/text": shout };
  const project = await projectWith(given);
  expect((await up(project, {})).applied).toEqual(["0001_a", "0002_b"]);
  const { symbols } = await listSymbols(project);
  expect(symbols.filter(({ kind }) => kind !== "built-in")).toEqual([
    {
      name: "acme/ids",
      kind: "host",
      path: null,
      package: null,
      exports: ["next"],
      size: null,
      hash: null,
      version: "7",
      used_by: ["0001_a"],
      problem: null,
    },
    expect.objectContaining({ name: "acme/text", kind: "program", exports: ["shout"], size: 67, version: null }),
  ]);
  await init(project);
  const text = (path: string) => readFileSync(join(project.root, "migrations", path), "utf8");
  expect(text("godwit/program/acme__ids.d.ts")).toContain("export declare function next(): number;");
  expect(text("godwit/program/acme__text.ts")).toContain("export const shout");
  expect(JSON.parse(text("tsconfig.json")).compilerOptions.paths).toMatchObject({
    "acme/ids": ["./godwit/program/acme__ids.d.ts"],
    "acme/text": ["./godwit/program/acme__text.ts"],
  });
});

test("a name is registered once, by the program or by the project", async () => {
  const given = { "acme/ids": counter(), "acme/text": shout };
  const project = await projectWith(given, {
    "godwit.yaml": "symbols:\n  acme/text: text.ts\n",
    "text.ts": "export const shout = 1;\n",
  });
  expect(await refusal(status(project))).toMatchObject({
    code: "config",
    message: 'module "acme/text" is registered in godwit.yaml and by this program; take one of them away',
  });
});

test("a function is asked more than once for one migration", async () => {
  const before = calls;
  const same = hostModule({ next: { params: [], result: shape.integer(), run: () => 5 * Math.sign(++calls) } });
  const project = await projectWith({ "acme/ids": same, "acme/text": shout });
  await up(project, {});
  const applied = calls;
  expect(applied).toBeGreaterThan(before);
  await status(project);
  expect(calls).toBeGreaterThan(applied);
  const asked = calls;
  expect((await up(project, {})).applied).toEqual([]);
  expect(calls).toBeGreaterThan(asked);
});

test("a host function that answers otherwise shows as a change of what was applied", async () => {
  const project = await projectWith({ "acme/ids": counter({}, 5), "acme/text": shout });
  await up(project, {});
  const other = again(project.root, { "acme/ids": counter({}, 6), "acme/text": shout });
  const { tracks } = await status(other);
  expect(tracks[0]?.migrations.map(({ state }) => state)).toEqual(["changed", "applied"]);
});

describe("compiled migrations", () => {
  test("hold what host functions gave, also for a godwit that has none", async () => {
    const project = await projectWith({ "acme/ids": counter({ version: "1" }, 5), "acme/text": shout });
    await compile(project, { format: "json" });
    const from = join(project.migrationsDir, "compiled.json");
    const plain = loadProject({ url: `sqlite:${project.root}/app.db`, from }, {}, project.root);
    expect((await up(plain, {})).applied).toEqual(["0001_a", "0002_b"]);
    expect((await status(again(project.root, { "acme/ids": counter({}, 5), "acme/text": shout }))).pending).toBe(0);
  });

  test("are refused where the program has another version of them", async () => {
    const project = await projectWith({ "acme/ids": counter({ version: "1" }, 5), "acme/text": shout });
    await compile(project, { format: "json" });
    const from = join(project.migrationsDir, "compiled.json");
    const other = again(project.root, { "acme/ids": counter({ version: "2" }, 5), "acme/text": shout }, from);
    expect(await refusal(status(other))).toMatchObject({
      code: "file",
      message: expect.stringContaining('host module "acme/ids" is changed'),
    });
  });
});

describe("functions of migrations that call host functions", () => {
  const code = `import { next } from "acme/ids";
import { createTable, migration, runCode } from "godwit";

export default migration({
  operations: [
    createTable({ name: "ids", fields: [{ name: "id", type: "integer", primaryKey: true }] }),
    runCode({
      forward: async (db) => {
        await db.execute("INSERT INTO ids VALUES (?)", [next()]);
      },
      backward: async () => {},
    }),
  ],
});
`;
  const ids = async (root: string) => {
    const { Database } = await import("bun:sqlite");
    const database = new Database(join(root, "app.db"));
    const rows = database.query("SELECT id FROM ids").values();
    database.close();
    return rows;
  };
  const given = (version: string) => ({ "acme/ids": counter({ version }, 7) });

  test("run in the program that has them, also when they were compiled", async () => {
    const root = folder();
    await Bun.write(join(root, "migrations/0001_ids.ts"), code);
    await up(again(root, given("1")), {});
    expect(await ids(root)).toEqual([[7]]);
    rmSync(join(root, "app.db"));
    await compile(again(root, given("1")), { format: "json" });
    const from = join(root, "migrations/compiled.json");
    expect(await refusal(up(loadProject({ url: `sqlite:${root}/app.db`, from }, {}, root), {}))).toMatchObject({
      code: "migration",
      message: expect.stringContaining('call host module "acme/ids", which this program does not have'),
    });
    await up(again(root, given("1"), from), {});
    expect(await ids(root)).toEqual([[7]]);
  });

  test("show both stacks when one throws", async () => {
    const root = folder();
    await Bun.write(join(root, "migrations/0001_ids.ts"), code);
    const failing = hostModule({
      next: {
        params: [],
        result: shape.integer(),
        run: () => {
          throw new Error("the counter is gone");
        },
      },
    });
    const error = await refusal(up(again(root, { "acme/ids": failing }), {}));
    expect(error.message).toContain('the counter is gone (thrown by next() of host module "acme/ids")');
    expect(error.data).toMatchObject({ module: "acme/ids", function: "next", line: 9 });
    expect(error.data["guest_stack"]).toContain("0001_ids.ts:9:");
    expect(error.data["host_stack"]).toContain("given-symbols.test.ts");
  });
});
