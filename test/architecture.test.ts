import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { staleRegistries } from "../src/build/registry.ts";
import { checkArchitecture, formatViolation } from "./helpers/architecture.ts";
import { importedModules, only } from "./helpers/source-text.ts";

const root = join(import.meta.dir, "..");

const sources = (): ReadonlyMap<string, string> => {
  const paths = [...new Bun.Glob("{src,sandbox}/**/*.ts").scanSync({ cwd: root })];
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(root, path), "utf8")]));
};

test("the sources keep to the architecture", () => {
  expect(checkArchitecture(sources()).map(formatViolation)).toEqual([]);
});

test("registries are fresh", async () => {
  expect(await staleRegistries(root)).toEqual([]);
});

describe("each rule catches what it is there for", () => {
  const planted: readonly (readonly [title: string, rule: string, files: Record<string, string>])[] = [
    ["core imports runtime", "layer", { "src/core/a.ts": 'import { b } from "../runtime/b.ts";\n' }],
    [
      "core imports a type of a dialect",
      "layer",
      { "src/core/a.ts": 'import type { B } from "../dialects/x/dialect.ts";\n' },
    ],
    ["core loads runtime on demand", "layer", { "src/core/a.ts": 'const b = await import("../runtime/b.ts");\n' }],
    ["core re-exports runtime", "layer", { "src/core/a.ts": 'export * from "../runtime/b.ts";\n' }],
    ["runtime imports cli", "layer", { "src/runtime/a.ts": 'import "../cli/run.ts";\n' }],
    [
      "cli imports a dialect past the registry",
      "layer",
      { "src/cli/a.ts": 'import s from "../dialects/sqlite/dialect.ts";\n' },
    ],
    [
      "the runtime loads every dialect",
      "layer",
      { "src/runtime/a.ts": 'import { dialects } from "../dialects/registry.gen.ts";\n' },
    ],
    ["a dialect imports its own driver", "layer", { "src/dialects/x/dialect.ts": 'import d from "./driver.ts";\n' }],
    [
      "a dialect imports another's rendering",
      "layer",
      { "src/dialects/x/render.ts": 'import r from "../y/render.ts";\n' },
    ],
    [
      "a driver imports a use-case",
      "layer",
      { "src/dialects/x/driver.ts": 'import r from "../../runtime/runner.ts";\n' },
    ],
    [
      "guest imports values of the core",
      "layer",
      { "sandbox/guest/a.ts": 'import { o } from "../../src/core/operations/o.ts";\n' },
    ],
    ["host imports runtime", "layer", { "sandbox/host/a.ts": 'import { o } from "../../src/runtime/o.ts";\n' }],
    ["anything imports build", "layer", { "src/cli/a.ts": 'import { o } from "../build/o.ts";\n' }],
    ["a file outside every layer", "layer", { "src/stray.ts": "export const a = 1;\n" }],
    ["core imports node", "purity", { "src/core/a.ts": 'import { join } from "node:path";\n' }],
    [
      "core imports an asset of a package",
      "purity",
      { "src/core/a.ts": 'import w from "../../node_modules/q/q.wasm";\n' },
    ],
    ["core imports an npm package", "purity", { "src/core/a.ts": 'import type { Doc } from "yaml";\n' }],
    ["a dialect imports bun", "purity", { "src/dialects/x/dialect.ts": 'import { Database } from "bun:sqlite";\n' }],
    ["a dialect uses process", "purity", { "src/dialects/x/dialect.ts": "export const a = process.env.A;\n" }],
    ["a registry imports a package", "purity", { "src/core/a.gen.ts": 'import a from "left-pad";\n' }],
    ["a cycle of values", "cycle", { "src/core/a.ts": 'import "./b.ts";\n', "src/core/b.ts": 'import "./a.ts";\n' }],
    [
      "a cycle of types over three files",
      "cycle",
      {
        "src/core/a.ts": 'import type { B } from "./b.ts";\n',
        "src/core/b.ts": 'export type { C } from "./c.ts";\n',
        "src/core/c.ts": 'import { type A } from "./a.ts";\n',
      },
    ],
    ["a file over the cap", "size", { "src/core/a.ts": "\n".repeat(401) }],
    ["a name that says nothing", "name", { "src/runtime/string-utils.ts": "" }],
    ["a folder that says nothing", "name", { "src/runtime/helpers/a.ts": "" }],
    ["a name in camel case", "name", { "src/runtime/addField.ts": "" }],
    ["an exit outside the CLI's run", "exit", { "src/cli/output.ts": "process.exit(1);\n" }],
    ["a computed import", "literal-import", { "src/runtime/a.ts": "const a = await import(path);\n" }],
    ["SQL in a use-case", "sql", { "src/runtime/a.ts": "const a = `DELETE FROM ${table}`;\n" }],
    ["SQL in the CLI", "sql", { "src/cli/a.ts": 'const a = "SELECT 1";\n' }],
  ];
  for (const [title, rule, files] of planted) {
    test(title, () => {
      expect(checkArchitecture(new Map(Object.entries(files))).map((found) => found.rule)).toEqual([rule]);
    });
  }
});

test("what is allowed is not reported", () => {
  const files = {
    "src/core/a.ts": 'import * as v from "valibot";\n// import "../runtime/b.ts"; process.exit(1)\n',
    "src/core/operations/b.ts": 'const s = `import { x } from "godwit"; ${"process.exit()"}`;\nconst r = /["\'`]/;\n',
    "src/core/schema/words.ts": 'export const reserved = "REFERENCES RETURNING SELECT SOME TABLE".split(" ");\n',
    "src/core/ddl/c.ts": 'export const sql = "SELECT 1";\n',
    "src/dialects/tidb/dialect.ts": 'import mysql from "../mysql/dialect.ts";\nimport { t } from "./types.ts";\n',
    "src/dialects/mysql/driver.ts": 'import m from "mysql2";\nimport type { Driver } from "../../runtime/driver.ts";\n',
    "src/dialects/drivers.gen.ts": 'export const d = { m: () => import("./mysql/driver.ts") };\n',
    "src/runtime/r.ts": 'import { d } from "../dialects/drivers.gen.ts";\nimport y from "yaml";\n',
    "src/cli/run.ts": 'import { r } from "../runtime/r.ts";\nprocess.exit(r);\n',
    "sandbox/guest/g.ts": 'import type { Operation } from "../../src/core/operations/index.ts";\n',
    "src/cli/commands/later.ts": 'export default { run: () => import("../early.ts") };\n',
    "src/cli/early.ts": 'import later from "./commands/later.ts";\n',
  };
  expect(checkArchitecture(new Map(Object.entries(files))).map(formatViolation)).toEqual([]);
});

test("imports are found in code and nowhere else, with their lines", () => {
  const text = [
    'import a, { type B } from "./a.ts";',
    "import {",
    "  c,",
    '} from "c";',
    'const t = `import "no" ${await import("./yes.ts")} import "no"`;',
    'const w = new Worker(new URL("./w.ts", import.meta.url));',
    '/* import "no" */ const q = "import \\"no\\"", half = 1 / 2; // import "no"',
    'export type { D } from "./d.ts";',
  ].join("\n");
  expect(importedModules(text).map(({ specifier, line }) => `${line} ${specifier}`)).toEqual([
    "1 ./a.ts",
    "4 c",
    "5 ./yes.ts",
    "6 ./w.ts",
    "8 ./d.ts",
  ]);
  expect(only(text, "code")).toHaveLength(text.length);
});
