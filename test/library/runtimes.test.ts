import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { hasSqlite, installedNode, nodeWithSqlite } from "../helpers/node-with-sqlite.ts";
import { npmPackage } from "../helpers/npm-package.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { hostileCases, isEndless, sourceOf } from "../sandbox/hostile.ts";
import type { HostileCase } from "../sandbox/hostile-case.ts";
import { borrow, type InstalledProject, installLibrary } from "./installed.ts";
import { migrations, program, refused } from "./story.ts";

// The built library, as it is installed, in each runtime. What it does is tested elsewhere; here it has to be the same everywhere.

let project: InstalledProject;
beforeAll(async () => {
  project = await installLibrary();
  project.write({ "story.js": program });
}, 60_000);
afterAll(() => project.dispose());

const bun = process.execPath;
const story = { STORY: JSON.stringify({ migrations, refused }) };

interface Seen {
  readonly refused: Readonly<Record<string, readonly [string, string]>>;
  readonly [key: string]: unknown;
}

async function play(runtime: string): Promise<Seen> {
  await project.run(["rm", "-f", "app.db", "letter.db"]);
  const { exitCode, stdout, stderr } = await project.run([runtime, "story.js"], story);
  expect({ exitCode, stderr: stderr.replace(/^\(.*\n/gm, "") }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout) as Seen;
}

describe("one story", () => {
  let inBun: Seen;
  let inNode: Seen;
  beforeAll(async () => {
    inBun = await play(bun);
    inNode = await play(nodeWithSqlite());
  }, 120_000);

  test("is played", () => {
    expect(inBun).toMatchObject({
      events: ["migration-start", "migration-end"],
      rows: [{ red: 2, blue: 20, search: 3, file: "9007199254740993", body: "00C8FF" }],
      stopped: ["database", expect.stringContaining("no such table: later")],
      resumed: { applied: ["0005_alone"] },
      again: { applied: [], baselined: [], unknown: [] },
      check: [{ state: "current", database: "0004_data" }],
      ahead: { unknown: ["0002_colours", "0003_search", "0004_data"] },
      behind: { ok: false, problems: [expect.stringContaining('at "0004_data", and the program needs "0009_new"')] },
      failed: ["database", expect.stringContaining("no such table: nowhere")],
      letter: ["connect", expect.stringContaining("not a SQLite database")],
      busy: ["lock", expect.any(String)],
    });
  });

  test("has the same end in Node: what is applied, its checksums, and what is said about it", () => {
    const { refused: _, ...rest } = inNode;
    const { refused: _inBun, ...expected } = inBun;
    expect(rest).toEqual(expected);
  });

  test.each(Object.keys(refused))("a migration with %s is refused alike", (what) => {
    expect(inNode.refused[what]?.[0]).toBe(inBun.refused[what]?.[0]);
    expect(placeless(inNode.refused[what]?.[1])).toBe(placeless(inBun.refused[what]?.[1]));
    // The two read at most the begin of an import, or of a word that makes no sense, differently.
    expect(lineOf(inNode.refused[what]?.[1])).toBe(lineOf(inBun.refused[what]?.[1]));
  });
});

const placeless = (message = ""): string =>
  message.replace(/:\d+:\d+: /, ": ").replace(/syntax error: .*|SyntaxError: .*/, "syntax error");
const lineOf = (message = ""): string | undefined => /^[^:]*:\d+/.exec(message)?.[0];

describe("a hostile migration in Node ends with one error at its line", () => {
  /** Where Node's translator knows less than Bun's, the sandbox says something else. */
  const otherwise: Readonly<Record<string, Partial<HostileCase>>> = {
    // There are no macros; it is an import like others.
    "macro.ts": { line: 1, says: ['"./macro.ts" cannot be imported'] },
    "macro-prefix.ts": { line: 1, says: ['"macro:./0001_x.ts"'] },
    "macro-assert.ts": { line: 1, says: ["SyntaxError: expecting"] },
    "macro-namespace.ts": { line: 1, says: ['"./m.ts" cannot be imported'] },
    "require-resolve.ts": { says: ['"require" is not available'] },
    "with-statement.ts": { says: ["syntax error"] },
    "require.ts": { says: ['"require" is not available'] },
    "syntax.ts": { says: ["syntax error"] },
  };
  const endless = hostileCases.filter(isEndless).map(({ file }) => file);
  const cases = hostileCases
    // Each of those takes as long as a migration may.
    .filter(({ file, fatal, isData }) => !fatal && !isData && !endless.slice(2).includes(file))
    .map((hostile) => ({ ...hostile, ...otherwise[hostile.file] }));
  let seen: Readonly<Record<string, readonly [code: string, line: number, message: string]>>;

  beforeAll(async () => {
    const texts = Object.fromEntries(cases.map((hostile) => [hostile.file, sourceOf(hostile)] as const));
    project.write({
      "texts.json": JSON.stringify(texts),
      "hostile.js": `import { open } from "godwit";
import texts from "./texts.json" with { type: "json" };
const seen = {};
for (const [file, text] of Object.entries(texts)) {
  const error = await open(":memory:", { migrations: { "0001_x.ts": text } }).then(() => ({}), (e) => e);
  seen[file] = [error.code, error.data?.line, error.message];
}
console.log(JSON.stringify(seen));
`,
    });
    const { stdout, stderr } = await project.run([nodeWithSqlite(), "--no-warnings", "hostile.js"]);
    expect(stderr).toBe("");
    seen = JSON.parse(stdout);
  }, 60_000);

  test.each(cases)("$file", ({ file, code, line, says }) => {
    const [foundCode, foundLine, message] = seen[file] ?? [];
    expect({ code: foundCode, line: foundLine }).toEqual({ code, line });
    for (const part of says) expect(message).toContain(part);
    expect(message).not.toContain("\n");
  });
});

test("a Node without SQLite says so, and what to do", async () => {
  const node = installedNode();
  if (node === undefined || hasSqlite(node)) return expect(nodeWithSqlite()).toBeString();
  project.write({
    "open.js": 'import { open } from "godwit";\nawait open("x.db", { migrations: { "0001_a.up.sql": "" } });\n',
  });
  const { stderr, exitCode } = await project.run([node, "open.js"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("has no SQLite of its own that can be used; use Node 22.16 or newer");
});

test("a library like better-sqlite3 will do where Node has none of its own", async () => {
  const like = join(npmPackage("libsql", "0.5.29"), "index.js");
  project.write({
    "like.js": `import Database from ${JSON.stringify(like)};
import { check, migrate } from "godwit";
const { migrations } = JSON.parse(process.env.STORY);
const database = new Database(":memory:");
const first = await migrate({ database, migrations });
const second = await migrate({ database, migrations });
const { ok } = await check({ database, migrations });
const broken = { ...migrations, "0009_new.up.sql": "CREATE TABLE new (id);\\nINSERT INTO nowhere VALUES (1);" };
const error = await migrate({ database, migrations: broken }).catch((e) => e);
const [row] = database.prepare("SELECT (SELECT id || '' FROM files) AS id, (SELECT hex(body) FROM files) AS body, (SELECT count(*) FROM sqlite_schema WHERE name = 'new') AS left").all();
database.exec("BEGIN");
const open = await migrate({ database, migrations }).catch((e) => e.code);
console.log(JSON.stringify({ first: first.applied, second: second.applied, ok, error: [error.code, error.failed], row, open }));
`,
  });
  const { stdout, stderr } = await project.run([installedNode() ?? nodeWithSqlite(), "like.js"], story);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    first: ["0001_users", "0002_colours", "0003_search", "0004_data"],
    second: [],
    ok: true,
    error: ["database", "0009_new"],
    row: { id: "9007199254740993", body: "00C8FF", left: 0 },
    open: "usage",
  });
}, 60_000);

const servers = { PostgreSQL: postgresServer, MariaDB: mariadbServer };

test.each(Object.keys(servers) as (keyof typeof servers)[])(
  "%s from every runtime, the oldest Node that there is included",
  async (name) => {
    const runtimes = [installedNode() ?? nodeWithSqlite(), bun, nodeWithSqlite()];
    const database = await (await servers[name]()).createDatabase();
    try {
      project.write({
        "server.js": `import { migrate, requireCurrent } from "godwit";
const { migrations } = JSON.parse(process.env.STORY);
const options = { url: process.env.URL, migrations };
const { applied } = await migrate(options);
const { ok } = await requireCurrent(options);
console.log(JSON.stringify({ applied, ok }));
`,
      });
      const results: unknown[] = [];
      for (const runtime of runtimes) {
        const { stdout, stderr } = await project.run([runtime, "server.js"], { ...story, URL: database.url });
        results.push(stderr === "" ? JSON.parse(stdout) : stderr);
      }
      const all = ["0001_users", "0002_colours", "0003_search", "0004_data"];
      expect(results).toEqual([
        { applied: all, ok: true },
        { applied: [], ok: true },
        { applied: [], ok: true },
      ]);
    } finally {
      await database.drop();
    }
  },
  120_000,
);

test.each(["Bun", "Node"])(
  "modules of the program and of godwit.yaml can be imported, in %s",
  async (name) => {
    const folder = `symbols-${name}`;
    const file = (path: string, text: string) => project.write({ [`${folder}/${path}`]: text });
    file("godwit.yaml", "migrations: db/migrations\nsymbols:\n  acme/names: lib/names.ts\n");
    file("lib/names.ts", "export const table = (name: string): string => `${name}s`;\n");
    file(
      "db/migrations/0001_a.ts",
      `import { idOf, fail } from "acme/ids";
import { table } from "acme/names";
import { shout } from "acme/text";
import { migration, runSQL } from "godwit";

let caught = "";
try { fail(); } catch (error) { caught = (error as Error).message; }
export default migration({
  operations: [runSQL({ forward: \`CREATE TABLE \${table("thing")} AS SELECT \${idOf("x", 2n)} AS id, '\${shout(caught)}' AS said\`, backward: "" })],
});
`,
    );
    file(
      "main.js",
      `import { guestModule, hostModule, migrate, open, shape } from "godwit";
const ids = hostModule({
  idOf: { params: [shape.string(), shape.bigint()], result: shape.bigint(), run: async (name, n) => BigInt(name.length) + n },
  fail: { params: [], result: shape.nothing(), run: () => { throw new TypeError("no luck"); } },
});
const symbols = { "acme/ids": ids, "acme/text": guestModule({ source: "export const shout = (text: string) => text.toUpperCase();" }) };
const database = await open("app.db", { migrations: "db/migrations", symbols });
console.log(JSON.stringify(database.prepare("SELECT * FROM things").get()));
const wrong = { ...symbols, "acme/ids": hostModule({ idOf: { params: [shape.string()], result: shape.bigint(), run: () => 1n }, fail: { params: [], result: shape.integer(), run: () => 1.5 } }) };
await migrate({ url: "sqlite::memory:", migrations: "db/migrations", symbols: wrong }).catch((e) => console.log(e.code, e.message));
await migrate({ url: "sqlite::memory:", migrations: "db/migrations", symbols: { ...symbols, "acme/names": ids } }).catch((e) => console.log(e.message));
await migrate({ url: "sqlite::memory:", migrations: "db/migrations", symbols: "acme" }).catch((e) => console.log(e.message));
`,
    );
    const runtime = name === "Bun" ? [bun] : [nodeWithSqlite(), "--no-warnings"];
    const ran = await project.run(["sh", "-c", `cd ${folder} && ${runtime.join(" ")} main.js`]);
    expect(ran).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `{"id":3,"said":"NO LUCK"}
config db/migrations/0001_a.ts:7:7: fail() of host module "acme/ids": the result is 1.5, and has to be a whole number; correct "run" in the program that registers it, or what it declares
module "acme/names" is registered in godwit.yaml and by this program; take one of them away
"symbols" is "acme"; an object is needed here
`,
    });
  },
  60_000,
);

describe("a program that is bundled into one file", () => {
  const files = Object.entries(migrations);
  const source = [
    'import { open } from "godwit";',
    ...files.map(([name], i) => `import text${i} from "./migrations/${name}" with { type: "text" };`),
    `const database = await open(process.argv.at(-1), { migrations: { ${files.map(([name], i) => `"${name}": text${i}`).join(", ")} } });`,
    'console.log(JSON.stringify(database.prepare("SELECT name FROM godwit_history ORDER BY name").all().map((row) => row.name)));',
    "database.close();",
  ].join("\n");
  const names = JSON.stringify(["0001_users", "0002_colours", "0003_search", "0004_data"]);

  beforeAll(() => {
    project.write({ "app/main.ts": source });
    project.write(Object.fromEntries(files.map(([name, text]) => [`app/migrations/${name}`, text])));
  });

  test("an executable of Bun needs nothing else", async () => {
    const built = await project.run([bun, "build", "--compile", "app/main.ts", "--outfile", "alone/app"]);
    expect({ exitCode: built.exitCode, stderr: built.stderr }).toEqual({ exitCode: 0, stderr: "" });
    const ran = await project.run([join(project.directory, "alone/app"), join(project.directory, "compiled.db")]);
    expect({ ...ran, stdout: ran.stdout.trim() }).toEqual({ exitCode: 0, stdout: names, stderr: "" });
  }, 60_000);

  test("nor does a bundle for Node", async () => {
    const built = await project.run([
      bun,
      "build",
      "--target=node",
      "--conditions=node",
      "app/main.ts",
      "--outfile",
      "alone/app.mjs",
    ]);
    expect({ exitCode: built.exitCode, stderr: built.stderr }).toEqual({ exitCode: 0, stderr: "" });
    const ran = await project.run([
      nodeWithSqlite(),
      "--no-warnings",
      "alone/app.mjs",
      join(project.directory, "bundled.db"),
    ]);
    expect({ ...ran, stdout: ran.stdout.trim() }).toEqual({ exitCode: 0, stdout: names, stderr: "" });
  }, 60_000);
});

describe("its types", () => {
  const app = `import { check, migrate, open, requireCurrent, ToolError, type MigrateOptions, type RunEvent } from "godwit";
import initial from "./migrations/0001_users.ts" with { type: "text" };

const options: MigrateOptions = { url: "sqlite:app.db", migrations: { "0001_users.ts": initial }, lockTimeout: "30s" };
const { applied } = await migrate({ ...options, onEvent: (event: RunEvent) => void event.type });
const names: readonly string[] = applied;
const { ok, tracks } = await check(options);
const state: "current" | "ahead" | "behind" | "unversioned" | "changed" | "failed" | undefined = tracks[0]?.state;
await requireCurrent(options).catch((error: unknown) => error instanceof ToolError && error.code === "found");
const database = await open("app.db", { migrations: "migrations", ifAhead: "refuse" });
database.prepare("SELECT 1").all();
database.close();
void [names, ok, state];
`;
  const settings = { strict: true, noEmit: true, target: "ES2023", lib: ["ES2023"], allowImportingTsExtensions: true };
  const compile = async (compilerOptions: object, files: readonly string[]) => {
    project.write({ "tsconfig.json": JSON.stringify({ compilerOptions: { ...settings, ...compilerOptions }, files }) });
    return project.run([join(import.meta.dir, "../../node_modules/.bin/tsc"), "--pretty", "false", "-p", "."]);
  };

  beforeAll(() => {
    for (const name of ["@types/node", "@types/bun", "bun-types", "undici-types", "valibot"]) borrow(project, name);
    project.write({ "typed.ts": app, "migrations/0001_users.ts": migrations["0001_users.ts"] });
  });

  test.each([
    ["Bun", { module: "preserve", moduleResolution: "bundler", types: ["bun"] }],
    ["Node", { module: "nodenext", types: ["node"] }],
  ] as const)(
    "fit programs for %s, and the migrations in them",
    async (_, compilerOptions) => {
      expect(await compile(compilerOptions, ["typed.ts", "migrations/0001_users.ts"])).toMatchObject({
        stdout: "",
        exitCode: 0,
      });
    },
    60_000,
  );

  test("know what does not exist", async () => {
    project.write({
      "wrong.ts": 'import { migrate } from "godwit";\nawait migrate({ url: "sqlite:a.db", migration: "x" });\n',
    });
    const { stdout } = await compile({ module: "nodenext", types: ["node"] }, ["wrong.ts"]);
    expect(stdout).toContain("error TS2561");
  }, 60_000);
});
