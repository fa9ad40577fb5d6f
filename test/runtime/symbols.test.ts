import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { loadProject } from "../../src/runtime/config.ts";
import { loadMigrations, loadOptions } from "../../src/runtime/migrations.ts";
import { init } from "../../src/runtime/tasks/init.ts";

const root = join(import.meta.dir, "../..");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project with these files. */
async function projectOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "godwit-symbols-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) await Bun.write(join(folder, path), text);
  return folder;
}

/** The SQL of the only operation of the first migration. */
async function sqlOf(folder: string): Promise<string> {
  const project = loadProject({}, {}, folder);
  const [first] = await loadMigrations(project.migrationsDir, { ...loadOptions(project), cache: "use" });
  return String((first?.operations[0] as { readonly forward?: unknown } | undefined)?.forward);
}

async function failureOf(folder: string): Promise<ToolError> {
  const error = await sqlOf(folder).then(
    (sql) => new Error(`loaded: ${sql}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ToolError) return error;
  throw error;
}

const migration = (imports: string, sql: string): string =>
  `import { migration, runSQL } from "godwit";\n${imports}\n\nexport default migration({ operations: [runSQL({ forward: ${sql}, backward: "" })] });\n`;

const one = {
  "godwit.yaml": "symbols:\n  acme/names: lib/names.ts\n",
  "lib/names.ts":
    'import { snakeCase } from "godwit/text";\nexport const table = (name: string): string => `${snakeCase(name)}s`;\n',
  "migrations/0001_a.ts": migration('import { table } from "acme/names";', '`DELETE FROM ${table("blogPost")}`'),
};

const several = {
  "godwit.yaml": 'symbols:\n  "@acme/seeds": lib/seeds\n',
  "lib/seeds/index.ts":
    'export { first } from "./data/first.js";\nexport const all: readonly string[] = ["SELECT 1"];\n',
  "lib/seeds/data/first.ts":
    'import { all } from "../index";\nimport { all as same } from "../index.ts";\nexport const first = (): string => `${all[0]}${same === all}`;\n',
  "migrations/0001_a.ts": migration('import { first } from "@acme/seeds";', "first()"),
};

describe("modules that a project registers", () => {
  test("are a file of TypeScript, or a directory whose files import each other", async () => {
    expect(await sqlOf(await projectOf(one))).toBe("DELETE FROM blog_posts");
    expect(await sqlOf(await projectOf(several))).toBe("SELECT 1true");
  });

  test("count for kept evaluations: a change of any of their files is seen", async () => {
    const folder = await projectOf({
      ...several,
      "lib/seeds/data/first.ts": 'export const first = () => "SELECT 1";\n',
    });
    expect(await sqlOf(folder)).toBe("SELECT 1");
    await Bun.write(join(folder, "lib/seeds/data/first.ts"), 'export const first = () => "SELECT 2";\n');
    expect(await sqlOf(folder)).toBe("SELECT 2");
  });

  test("have the sandbox's limits, and errors name both places", async () => {
    const files = { ...one, "lib/names.ts": "\nexport const table = (name: string) => process.cwd() + name;\n" };
    expect((await failureOf(await projectOf(files))).message).toStartWith(
      'migrations/0001_a.ts:4:74: "process" is not available',
    );
    expect((await failureOf(await projectOf(files))).message).toEndWith("(at lib/names.ts:2:40)");
    const atOnce = {
      ...one,
      "lib/names.ts": "const a: number = 1;\nexport const table = (a as never as () => string)();\n",
    };
    expect((await failureOf(await projectOf(atOnce))).message).toStartWith("lib/names.ts:2:");
    const random = { ...one, "lib/names.ts": "export const table = () => `${Math.random()}`;\n" };
    expect((await failureOf(await projectOf(random))).message).toContain("no randomness");
  });

  test("that cannot be read as TypeScript name their own file", async () => {
    const error = await failureOf(await projectOf({ ...one, "lib/names.ts": "export const table = ;\n" }));
    expect(error.message).toStartWith("lib/names.ts:1:22: syntax error");
  });

  for (const [what, from, says] of [
    [
      "a package that nobody registered",
      "lodash",
      'lib/names.ts:2:1: module "lodash" is not in the symbol map; register it with: godwit symbols add lodash',
    ],
    ["a built-in of Node", "node:fs", 'lib/names.ts:2:1: "node:fs" cannot be imported'],
    [
      "a file beside a module that is one file",
      "./other.ts",
      'lib/names.ts:2:1: "./other.ts" cannot be imported: files import each other only within a directory that is registered',
    ],
  ] as const) {
    test(`may not import ${what}`, async () => {
      const source = `// A comment.\nimport { x } from ${JSON.stringify(from)};\nexport const table = () => x;\n`;
      const error = await failureOf(
        await projectOf({ ...one, "lib/names.ts": source, "lib/other.ts": "export const x = 1;\n" }),
      );
      expect(error.message).toStartWith(says);
    });
  }

  test("do not reach out of their directory, not even by links", async () => {
    const out = (from: string) => ({
      ...several,
      "lib/seeds/data/first.ts": `import { first } from "${from}";\nexport { first };\n`,
      "lib/secret.ts": 'export const first = "secret";\n',
    });
    for (const from of ["../../secret.ts", "../../../lib/secret.ts"])
      expect((await failureOf(await projectOf(out(from)))).message).toContain("cannot be imported");
    const folder = await projectOf(out("../link.ts"));
    symlinkSync(join(folder, "lib/secret.ts"), join(folder, "lib/seeds/link.ts"));
    expect((await failureOf(folder)).message).toContain('"../link.ts" cannot be imported');
  });

  test("show migrations their entry only", async () => {
    for (const name of ["@acme/seeds/data/first.ts", "@acme/seeds!data/first.ts", "./lib/seeds/index.ts"]) {
      const files = { ...several, "migrations/0001_a.ts": migration(`import { first } from "${name}";`, "first()") };
      expect((await failureOf(await projectOf(files))).message).toStartWith("migrations/0001_a.ts:2:");
    }
  });
});

describe("a registration that is wrong", () => {
  for (const [what, yaml, says] of [
    ["a path that leads nowhere", "acme: lib/none.ts", '"lib/none.ts" does not exist'],
    ["a directory without an entry", "acme: lib", "has no index.ts"],
    ["a file of another kind", "acme: godwit.yaml", "is neither .ts nor .js"],
    ["a name that is built in", "godwit/text: lib/names.ts", '"godwit/text" cannot be registered'],
    ["a name that is a path", "../acme: lib/names.ts", '"../acme" cannot be registered'],
    ["no path", "acme: 5", 'godwit.yaml:2:9: "symbols.acme": the path of a file or directory is needed here'],
    ["no names", "- lib/names.ts", "godwit.yaml:2:3"],
  ] as const) {
    test(`${what} is an error, whether a migration needs it or not`, async () => {
      const folder = await projectOf({
        ...one,
        "godwit.yaml": `symbols:\n  ${yaml}\n`,
        "migrations/0001_a.ts": migration("", '"SELECT 1"'),
      });
      const error = await failureOf(folder);
      expect(error.code).toBe("config");
      expect(error.message).toContain(says);
    });
  }
});

describe("a package", () => {
  const source = 'export const table = () => "SELECT 3";\n';
  const integrity = `sha256-${new Bun.CryptoHasher("sha256").update(source).digest("base64")}`;
  const entry = { package: "names@1.0.0", file: "names.js", integrity };
  const files = {
    "migrations/symbols/symbols.json": JSON.stringify({ names: entry }),
    "migrations/symbols/names.js": source,
    "migrations/0001_a.ts": migration('import { table } from "names";', "table()"),
  };

  test("is there for the migrations it lies beside", async () => {
    expect(await sqlOf(await projectOf(files))).toBe("SELECT 3");
  });

  test("whose file is not the one that was added stops everything, kept evaluations included", async () => {
    const folder = await projectOf({ ...files, "migrations/0001_a.ts": migration("", '"SELECT 4"') });
    expect(await sqlOf(folder)).toBe("SELECT 4");
    await Bun.write(join(folder, "migrations/symbols/names.js"), source.replace("3", "4"));
    const error = await failureOf(folder);
    expect(error).toMatchObject({ code: "config", data: { module: "names", expected: integrity } });
    expect(error.message).toContain("(migrations/symbols/names.js)");
  });

  test("cannot be registered twice, nor lie elsewhere", async () => {
    const twice = { ...files, "godwit.yaml": "symbols:\n  names: lib/names.ts\n", "lib/names.ts": source };
    expect((await failureOf(await projectOf(twice))).message).toContain("take one of them away");
    const list = JSON.stringify({ names: { ...entry, file: "../../names.js" } });
    expect((await failureOf(await projectOf({ ...files, "migrations/symbols/symbols.json": list }))).message).toContain(
      "migrations/symbols/symbols.json is not what godwit writes",
    );
  });
});

test("an editor knows the types of what is registered", async () => {
  const folder = await projectOf({
    ...one,
    "lib/seeds/index.ts": 'export { b } from "./b.ts";\n',
    "lib/seeds/b.ts": "export const b = 1;\n",
  });
  await Bun.write(join(folder, "godwit.yaml"), `${one["godwit.yaml"]}  seeds: lib/seeds\n`);
  mkdirSync(join(folder, "migrations"), { recursive: true });
  await init(loadProject({}, {}, folder));
  const check = (source: string): string => {
    Bun.spawnSync(["cp", "/dev/stdin", join(folder, "migrations/0001_a.ts")], { stdin: Buffer.from(source) });
    const tsc = join(root, "node_modules/.bin/tsc");
    return Bun.spawnSync([tsc, "--pretty", "false", "-p", join(folder, "migrations")]).stdout.toString();
  };
  const source = migration('import { table } from "acme/names";\nimport { b } from "seeds";', "table(`${b}`)");
  expect(check(source)).toBe("");
  expect(check(source.replace("`${b}`", "b"))).toContain("not assignable to parameter of type 'string'");
});
