import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { loadProject } from "../../src/runtime/config.ts";
import { loadMigrations, loadOptions } from "../../src/runtime/migrations.ts";
import { addSymbol } from "../../src/runtime/tasks/symbols-add.ts";
import { listSymbols } from "../../src/runtime/tasks/symbols-list.ts";
import { refreshTypes } from "../../src/runtime/tasks/symbols-types.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project that has the package "pack" installed with these files; its package.json says it is a module. */
async function projectWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "godwit-add-"));
  folders.push(folder);
  const manifest = { name: "pack", version: "1.2.3", type: "module", main: "index.js" };
  await Bun.write(join(folder, "node_modules/pack/package.json"), JSON.stringify(manifest));
  for (const [path, text] of Object.entries(files))
    await Bun.write(join(folder, path.replace(/^pack\//, "node_modules/pack/")), text);
  return folder;
}

const project = (folder: string) => loadProject({}, {}, folder);

async function failureOf(work: Promise<unknown>): Promise<ToolError> {
  const error = await work.then(
    (value) => new Error(`no error, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ToolError) return error;
  throw error;
}

const refusal = async (source: string): Promise<string> =>
  (await failureOf(addSymbol(project(await projectWith({ "pack/index.js": source })), "pack"))).message;

/** The value of an expression over what a migration imports of "pack". */
async function used(folder: string, imports: string, expression: string): Promise<unknown> {
  const source = `import { migration, runSQL } from "godwit";\nimport ${imports} from "pack";\nexport default migration({ operations: [runSQL({ forward: ${expression}, backward: "" })] });\n`;
  await Bun.write(join(folder, "migrations/0001_a.ts"), source);
  const { migrationsDir } = project(folder);
  const [first] = await loadMigrations(migrationsDir, { ...loadOptions(project(folder)), cache: "bypass" });
  return (first?.operations[0] as { readonly forward?: unknown } | undefined)?.forward;
}

describe("a package that only computes", () => {
  const esm = {
    "pack/index.js": 'export { shout } from "./lib/shout.js";\nexport default "whole";\n',
    "pack/lib/shout.js": 'import { mark } from "./mark.js";\nexport const shout = (text) => text + mark;\n',
    "pack/lib/mark.js": 'export const mark = "!";\nexport const unused = 1;\n',
    "pack/index.d.ts":
      "export declare function shout(text: string): string;\nexport default string;\ndeclare const string: string;\n",
  };

  test("becomes one module, with its types and its hash, that migrations import", async () => {
    const folder = await projectWith(esm);
    const added = await addSymbol(project(folder), "pack@1.2.3");
    expect(added).toMatchObject({
      name: "pack",
      package: "pack@1.2.3",
      exports: ["default", "shout"],
      types: "copied",
      warnings: [],
    });
    expect(added.files.slice(0, 3)).toEqual([
      "migrations/symbols/pack.js",
      "migrations/symbols/pack.d.ts",
      "migrations/symbols/symbols.json",
    ]);
    expect(readFileSync(join(folder, "migrations/symbols/pack.js"), "utf8")).toContain(
      "\n// node_modules/pack/lib/mark.js\n",
    );
    expect(readFileSync(join(folder, "migrations/tsconfig.json"), "utf8")).toContain("./symbols/pack.d.ts");
    expect(await used(folder, "whole, { shout }", "shout(whole)")).toBe("whole!");
    // It does not need what it was made of.
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(await used(folder, "{ shout }", 'shout("a")')).toBe("a!");
  });

  test("is the same when it is added again, which also repairs it", async () => {
    const folder = await projectWith(esm);
    const first = await addSymbol(project(folder), "pack");
    await Bun.write(join(folder, "migrations/symbols/pack.js"), "export const shout = () => 'changed';\n");
    expect((await failureOf(used(folder, "{ shout }", 'shout("a")'))).message).toContain("godwit symbols add pack");
    expect((await addSymbol(project(folder), "pack")).integrity).toBe(first.integrity);
    expect(await used(folder, "{ shout }", 'shout("a")')).toBe("a!");
  });

  test("may be CommonJS: what it exports is found out in the sandbox", async () => {
    const manifest = JSON.stringify({ name: "pack", version: "2.0.0" });
    const source = "function f(a) { return a + f.g(); }\nf.g = () => 'g';\nf['not-a-name'] = 1;\nmodule.exports = f;\n";
    const folder = await projectWith({ "pack/package.json": manifest, "pack/index.js": source });
    expect(await addSymbol(project(folder), "pack")).toMatchObject({ exports: ["default", "g"], types: "sketched" });
    expect(await used(folder, "f, { g }", 'f("f") + g()')).toBe("fgg");
  });

  test("may have a part that is wanted alone", async () => {
    const folder = await projectWith({ ...esm, "pack/index.js": 'import "node:fs";\n' });
    expect(await addSymbol(project(folder), "pack/lib/mark.js")).toMatchObject({
      name: "pack/lib/mark.js",
      exports: ["mark", "unused"],
    });
  });

  test("may have names of its own that elsewhere are the system's, and ask whether there is one", async () => {
    const source = `const crypto = { random: () => 4 }; const fetch = (a) => a; class Date {}
      export const f = (performance) => typeof setTimeout + fetch(crypto.random()) + performance.now() + typeof globalThis.crypto + typeof new Date();
      export const isDate = (value) => typeof globalThis.Date === "function" && value instanceof globalThis.Date;`;
    const folder = await projectWith({ "pack/index.js": source });
    expect((await addSymbol(project(folder), "pack")).warnings).toEqual([]);
    expect(await used(folder, "{ f }", "f({ now: () => 5 })")).toBe("undefined45undefinedobject");
  });

  test("is doubtful when it makes dates or waits", async () => {
    const source = "export const f = (a) => new Date(a);\nexport const g = (a) => setTimeout(a, 1);\n";
    const { warnings } = await addSymbol(project(await projectWith({ "pack/index.js": source })), "pack");
    expect(warnings.map((text) => text.split(",")[0])).toEqual(["it uses new Date(…)", "it uses setTimeout"]);
  });
});

describe("a package that cannot run in the sandbox", () => {
  for (const [what, source, says] of [
    [
      "a module of Node",
      'import { readFileSync } from "node:fs";\nexport const f = readFileSync;',
      'node_modules/pack/index.js imports "node:fs"',
    ],
    [
      "the same by its old name",
      'import { join } from "path";\nexport const f = join;',
      'node_modules/pack/index.js imports "path"',
    ],
    ["a module of Bun", 'export { SQL } from "bun";', 'imports "bun"'],
    ["a module that is loaded on demand", 'export const f = () => import("node:fs");', 'imports "node:fs"'],
    ["native code", 'import f from "./build/x.node";\nexport { f };', "loads native code"],
    ["the network", "export const f = () => fetch('x');", "uses fetch: there is no network"],
    ["the network by a long way", "export const f = () => globalThis.fetch('x');", "uses fetch: there is no network"],
    ["the clock", "export const f = () => Date.now();", "uses Date.now: there is no clock"],
    ["the clock as a date", "export const f = () => new Date();", "uses new Date(): there is no clock"],
    ["the clock as a date without brackets", "export const f = () => +new Date;", "uses new Date(): there is no clock"],
    ["the clock as a text", "export const f = () => Date();", "uses Date(): there is no clock"],
    ["the clock by a long way", "export const f = () => globalThis.Date();", "uses Date(): there is no clock"],
    ["randomness", "export const f = () => Math.random();", "uses Math.random: there is no randomness"],
    ["better randomness", "export const f = () => crypto.randomUUID();", "uses crypto: there is no randomness"],
    ["an import that leads nowhere", 'import f from "not-installed";\nexport { f };', "not-installed"],
    ["no JavaScript", "export const = 1;", "cannot run in the sandbox"],
    ["a macro", 'import { f } from "./index.js" with { type: "macro" };\nexport const g = f();', "acros"],
    [
      "an error when it is loaded",
      "export const f = 1;\nthrow new Error('not here');",
      "cannot be loaded in the sandbox: not here",
    ],
    ["a loop when it is loaded", "export const f = 1;\nfor (;;);", "ran longer than 2 s"],
  ] as const) {
    test(`is told by ${what}, and nothing is written`, async () => {
      const folder = await projectWith({ "pack/index.js": source, "pack/build/x.node": "\u007fELF" });
      const { message } = await failureOf(addSymbol(project(folder), "pack"));
      expect(message).toContain(says);
      expect(message).not.toContain("\n");
      expect([...new Bun.Glob("migrations/**").scanSync({ cwd: folder })]).toEqual([]);
    });
  }

  test("is told all of its reasons by name of the file", async () => {
    expect(await refusal('import "fs";\nimport "net";\nexport const f = Math.random;')).toContain(
      'imports "fs", and 1 more: node_modules/pack/index.js imports "net"',
    );
  });
});

describe("what is wanted", () => {
  for (const [wanted, says] of [
    ["other", 'the package "other" is not installed'],
    ["pack@9.0.0", 'version 1.2.3 of "pack" is installed, and not 9.0.0; run: npm install pack@9.0.0'],
    ["../pack", '"../pack" is no name of a package'],
    ["", '"" is no name of a package'],
    ["godwit/text", '"godwit/text" cannot be registered'],
  ] as const) {
    test(`"${wanted}" is refused`, async () => {
      const folder = await projectWith({ "pack/index.js": "export const a = 1;\n" });
      expect((await failureOf(addSymbol(project(folder), wanted))).message).toContain(says);
    });
  }

  test("must not be in godwit.yaml already", async () => {
    const files = {
      "pack/index.js": "export const a = 1;\n",
      "godwit.yaml": "symbols:\n  pack: own.ts\n",
      "own.ts": "",
    };
    expect((await failureOf(addSymbol(project(await projectWith(files)), "pack"))).message).toContain(
      "godwit.yaml already",
    );
  });
});

test("the list has what is built in, registered and added, and who uses it", async () => {
  const folder = await projectWith({
    "pack/index.js": "export const a = 1;\n",
    "godwit.yaml": "symbols:\n  acme/names: lib/names.ts\n  acme/broken: lib/broken.ts\n",
    "lib/names.ts": "export const b: number = 2;\n",
    "lib/broken.ts": "throw new Error('no');\n",
    "migrations/0002_b.ts": 'import { b } from "acme/names";\nimport { sha256 } from "godwit/hash";\n// from "pack"\n',
  });
  await addSymbol(project(folder), "pack");
  const { symbols } = await listSymbols(project(folder));
  const found = Object.fromEntries(symbols.map((symbol) => [symbol.name, symbol]));
  expect(Object.keys(found)).toEqual([
    "acme/broken",
    "acme/names",
    "godwit",
    "godwit/csv",
    "godwit/hash",
    "godwit/text",
    "godwit/uuid",
    "pack",
  ]);
  expect(found["acme/names"]).toMatchObject({
    kind: "file",
    path: "lib/names.ts",
    exports: ["b"],
    size: 28,
    used_by: ["0002_b"],
    problem: null,
  });
  expect(found["acme/broken"]).toMatchObject({ exports: [], problem: expect.stringContaining("no") });
  expect(found["godwit/hash"]).toMatchObject({ kind: "built-in", path: null, used_by: ["0002_b"] });
  expect(found["pack"]).toMatchObject({ kind: "package", package: "pack@1.2.3", exports: ["a"], used_by: [] });
});

test("types are brought up to date when modules come and go", async () => {
  const folder = await projectWith({
    "godwit.yaml": "symbols:\n  acme: lib/names.ts\n",
    "lib/names.ts": "export const b = 2;\n",
  });
  expect((await refreshTypes(project(folder))).created).toContain("migrations/tsconfig.json");
  expect(await refreshTypes(project(folder))).toEqual({ created: [], updated: [] });
  await Bun.write(join(folder, "godwit.yaml"), "{}\n");
  expect(await refreshTypes(project(folder))).toEqual({ created: [], updated: ["migrations/tsconfig.json"] });
});
