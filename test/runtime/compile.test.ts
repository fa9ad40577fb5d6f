import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Compiled, type CompiledMigration, sealCompiled } from "../../src/core/plan/compiled.ts";
import { compiledText } from "../../src/core/plan/compiled-text.ts";
import { checksumOf } from "../../src/runtime/checksum.ts";
import { compiledFile } from "../../src/runtime/compiled-file.ts";
import { loadProject } from "../../src/runtime/config.ts";
import { hashText } from "../../src/runtime/plan-content.ts";
import type { Project } from "../../src/runtime/project.ts";
import { compile } from "../../src/runtime/tasks/compile.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { migrationsOf } from "../../src/runtime/track-migrations.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { createTracks } from "../helpers/track-project.ts";
import { refusal } from "../library/program.ts";

// Compiled migrations are what their files say, or they are refused.

let project: TestProject;
let file: string;
let empty: string;
beforeEach(async () => {
  project = await createProject("sqlite");
  file = join(project.migrationsDir, "compiled.json");
  empty = mkdtempSync(join(tmpdir(), "godwit-compiled-"));
  project.write(
    "0001_a",
    'createTable({ name: "a", fields: [{ name: "id", type: "bigint", primaryKey: true }, { name: "body", type: "bytes" }] })',
  );
  project.write(
    "0002_rows",
    'upsertData({ table: "a", keys: ["id"], rows: [{ id: 9007199254740993n, body: new Uint8Array([0, 200]) }] })',
    {
      dependencies: ["0001_a"],
      transaction: false,
    },
  );
  writeFileSync(
    join(project.migrationsDir, "0003_b.up.sql"),
    "-- lock_timeout: 2s\nCREATE TABLE b (id INTEGER); -- of its own\n",
  );
  writeFileSync(join(project.migrationsDir, "0003_b.down.sql"), "DROP TABLE b;\n");
});
afterEach(async () => {
  rmSync(empty, { recursive: true, force: true });
  await project.dispose();
});

const from = (path: string, root = project.root): Project => ({
  ...project,
  root,
  migrationsDir: join(root, "migrations"),
  compiled: compiledFile(path, "compiled.json"),
});

/** In a directory where nothing else is. */
function alone(text: string): Project {
  const path = join(empty, "compiled.json");
  writeFileSync(path, text);
  return from(path, empty);
}

async function compiled(): Promise<Compiled> {
  await compile(project);
  return JSON.parse(readFileSync(file, "utf8")) as Compiled;
}

test("what is loaded is what the files say, in every detail", async () => {
  await compile(project);
  const [files, data] = [await migrationsOf(project, "bypass"), await migrationsOf(from(file), "use")];
  const plain = (list: typeof files) => list.map((m) => ({ ...m, operations: m.operations }));
  expect(plain(data)).toEqual(plain(files));
});

test("the same files give the same bytes, and a file that is current is not written again", async () => {
  const first = await compile(project);
  expect(first).toMatchObject({ file: "migrations/compiled.json", written: true, current: false, migrations: 3 });
  const text = readFileSync(file, "utf8");
  rmSync(file);
  await compile(project);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(await compile(project)).toMatchObject({ written: false, current: true, findings: [] });
});

test("applied from data and from files, a database has the same history", async () => {
  await compile(project);
  copyFileSync(file, join(empty, "compiled.json"));
  const other = { ...from(join(empty, "compiled.json"), empty), database: { url: `sqlite:${join(empty, "app.db")}` } };
  expect((await up(other)).applied).toEqual(["0001_a", "0002_rows", "0003_b"]);
  await up(project);
  const rows = async (of: Project) =>
    (await status(of)).tracks.flatMap((track) =>
      track.migrations.map(({ name, state, checksum }) => [name, state, checksum]),
    );
  expect(await rows({ ...project, database: other.database })).toEqual(await rows(project));
  expect(await rows(from(file))).toEqual(await rows(project));
});

describe("--check and loading notice", () => {
  test.each([
    [
      "0002_rows.ts",
      "changed",
      () => project.write("0002_rows", 'runSQL({ forward: "SELECT 1" })', { dependencies: ["0001_a"] }),
    ],
    ["0003_b.down.sql", "changed", () => writeFileSync(join(project.migrationsDir, "0003_b.down.sql"), "SELECT 1;")],
    ["0004_c.ts", "new", () => project.write("0004_c", "", { dependencies: ["0003_b"] })],
    ["0003_b.down.sql", "gone", () => rmSync(join(project.migrationsDir, "0003_b.down.sql"))],
  ])("that %s is %s", async (name, change, edit) => {
    await compile(project);
    edit();
    expect(await compile(project, { check: true })).toMatchObject({
      current: false,
      written: false,
      findings: [{ file: name, detail: change }],
    });
    const error = await refusal(up(from(file)));
    expect(error.message).toContain(
      `"compiled.json" does not fit the migrations in "migrations": "${name}" is ${change}`,
    );
    expect(await project.tables("own")).toEqual([]);
  });

  test("that a module which migrations import says something else", async () => {
    const path = join(project.root, "names.ts");
    const load = (source: string): Project => {
      writeFileSync(path, source);
      return { ...project, symbols: { "acme/names": path }, compiled: compiledFile(file, "compiled.json") };
    };
    const { compiled: _, ...files } = load('export const table = "c";\n');
    writeFileSync(
      join(project.migrationsDir, "0004_c.ts"),
      `import { migration, runSQL } from "godwit";
import { table } from "acme/names";
export default migration({ dependencies: ["0003_b"], operations: [runSQL({ forward: \`CREATE TABLE \${table} (id)\` })] });
`,
    );
    await compile(files);
    expect(await migrationsOf(load('export const table = "c";\r\n'), "use")).toHaveLength(4);
    const error = await refusal(up(load('export const table = "d";\n')));
    expect(error.message).toContain('does not fit the migrations in "migrations": module "acme/names" is changed');
    expect((await compile(files, { check: true })).findings).toEqual([
      { file: 'module "acme/names"', detail: "changed" },
    ]);
    rmSync(join(project.migrationsDir, "0004_c.ts"));
  });

  test("no change where git changed the ends of lines", async () => {
    await compile(project);
    const path = join(project.migrationsDir, "0003_b.up.sql");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
    expect(await compile(project, { check: true })).toMatchObject({ current: true });
    expect(await migrationsOf(from(file), "use")).toHaveLength(3);
  });
});

test("what compile did not write is not overwritten, and a module not put among the migrations", async () => {
  writeFileSync(file, '{"mine": true}\n');
  expect((await refusal(compile(project))).message).toContain("is not overwritten");
  expect(readFileSync(file, "utf8")).toBe('{"mine": true}\n');
  const out = join(project.migrationsDir, "data.ts");
  expect((await refusal(compile(project, { format: "module", out }))).code).toBe("usage");
});

test("all tracks are in one file, and each is loaded among those before it", async () => {
  const tracks = await createTracks("sqlite", "name: core", "name: search");
  try {
    tracks.write(
      "core",
      "0001_a",
      'createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] })',
    );
    const key = '{ name: "a_id", type: "foreign_key", foreignKey: { table: "a", onDelete: "CASCADE" } }';
    tracks.write("search", "0001_a", `createTable({ name: "found", fields: [${key}] })`);
    expect(await compile(tracks.load())).toMatchObject({ file: "compiled.json", migrations: 2 });
    const load = () =>
      loadProject({ url: tracks.load().database.url, from: join(tracks.root, "compiled.json") }, {}, tracks.root);
    expect((await up(load())).applied).toEqual(["core/0001_a", "search/0001_a"]);
    tracks.write("search", "0002_b", "", { dependencies: ["0001_a"] });
    expect((await refusal(up(load()))).message).toContain(
      'track "search": "compiled.json" does not fit the migrations in "db/search": "0002_b.ts" is new',
    );
  } finally {
    await tracks.dispose();
  }
});

test("migrations that do not fit together are not compiled", async () => {
  project.write("0009_x", 'dropTable({ name: "nowhere" })', { dependencies: ["0003_b"] });
  expect((await refusal(compile(project))).code).toBe("state");
});

describe("what was changed is refused, and nothing is done to the database", () => {
  type Edit = (document: Compiled, migrations: CompiledMigration[]) => unknown;
  const damage: Readonly<Record<string, Edit>> = {
    "an operation": (_, [first]) => Object.assign(first?.operations[0] as object, { name: "z" }),
    "an operation that is added": (_, [first]) => first?.operations.push({ kind: "runSQL", forward: "DROP TABLE x" }),
    "SQL on the way down": (_, [, , third]) =>
      Object.assign(third?.operations[0] as object, { backward: "DROP TABLE a;" }),
    "a dependency": (_, [, second]) => second?.dependencies.pop(),
    "a transaction": (_, [first]) => Object.assign(first ?? {}, { transaction: false }),
    "a limit": (_, [, , third]) => Object.assign(third ?? {}, { limits: { lockMs: 0 } }),
    "a migration that is left out": (_, migrations) => migrations.pop(),
    "the hash of a file": (document) =>
      Object.assign(document.tracks[0]?.sources ?? {}, { "0001_a.ts": "0".repeat(64) }),
    "a checksum": (_, [first]) => Object.assign(first ?? {}, { checksum: "0".repeat(64) }),
  };

  test.each(Object.keys(damage))("%s", async (what) => {
    const document = await compiled();
    damage[what]?.(document, document.tracks[0]?.migrations ?? []);
    const error = await refusal(up(alone(JSON.stringify(document))));
    expect(error.code).toBe("file");
    expect(error.message).toContain('"compiled.json" was changed after it was written, or is damaged');
    expect(await project.tables("own")).toEqual([]);
  });

  test("bytes and large numbers", async () => {
    const text = compiledText(await compiled(), "json");
    for (const [old, now] of [
      ["9007199254740993", "9007199254740992"],
      ["00c8", "00c9"],
    ] as const) {
      expect(text).toContain(old);
      expect((await refusal(up(alone(text.replace(old, now))))).message).toContain('operations of "0002_rows"');
    }
  });
});

describe("hostile data ends with one error", () => {
  /** As somebody would write it who knows how checksums are made. */
  function forged(migration: Partial<CompiledMigration>): string {
    const operations = migration.operations ?? [];
    const whole: CompiledMigration = {
      name: "0001_a",
      file: "0001_a.ts",
      dependencies: [],
      replaces: [],
      transaction: true,
      checksum: checksumOf(operations as never, true),
      operations,
      ...migration,
    };
    const tracks = [{ name: "default", sources: {}, modules: {}, migrations: [whole] }];
    return JSON.stringify(sealCompiled("0.1.0", tracks, hashText));
  }
  const sql = (operations: readonly unknown[]): string =>
    forged({
      operations: [...operations],
      file: "0001_a.up.sql",
      sql: { up: { file: "0001_a.up.sql", line: 1, transaction: true }, wayBack: "" },
    });
  const deep = "[".repeat(500_000) + "]".repeat(500_000);
  const plain = forged({});

  test("which the forger of these tests can make well", async () => {
    expect(await migrationsOf(alone(plain), "use")).toMatchObject([{ name: "0001_a", operations: [] }]);
  });

  test.each([
    ["nothing", ""],
    ["another document", '{"format": "godwit plan"}'],
    ["a list", "[]"],
    ["half of it", plain.slice(0, -20)],
    ["a version to come", plain.replace('"version":1', '"version":2')],
    ["numbers where objects belong", plain.replace('"sources":{}', '"sources":5')],
    ["texts where lists belong", plain.replace('"dependencies":[]', '"dependencies":"0"')],
    ["unknown keys", plain.replace('"transaction"', '"hook":"rm -rf /","transaction"')],
    [
      "keys of prototypes",
      plain
        .replace('"sources":{}', '"sources":{},"__proto__":{"a":1},"constructor":{"b":2}')
        .replace('"name":"0001_a"', '"name":"0001_b"'),
    ],
    ["no tracks", plain.replace(/"tracks":\[.*\],/, '"tracks":[],')],
    ["a file elsewhere", forged({ file: "../../etc/0001_a.ts" })],
    ["a name that is a path", forged({ name: "0001_../a" })],
    ["an unknown kind", forged({ operations: [{ kind: "runShell", command: "id" }] })],
    ["a kind that every object has", forged({ operations: [{ kind: "constructor" }] })],
    ["wrong parameters", forged({ operations: [{ kind: "dropTable", name: 5 }] })],
    ["operations that are none", forged({ operations: [null, 5, "DROP TABLE x", [[]]] })],
    [
      "a prototype",
      forged({ operations: [JSON.parse('{"kind":"dropTable","name":"a","__proto__":{"schemaOnly":true}}')] }),
    ],
    ["numbers beyond numbers", plain.replace('"operations":[]', '"operations":[{"kind":"dropTable","name":1e999}]')],
    ["bytes that are none", forged({ operations: [{ kind: "upsertData", rows: [{ $bytes: "zz" }] }] })],
    ["deep operations", plain.replace('"operations":[]', `"operations":[${deep}]`)],
    ["a deep document", deep],
    [
      "SQL that is more than SQL",
      sql([
        { kind: "runSQL", forward: "SELECT 1" },
        { kind: "dropTable", name: "x" },
      ]),
    ],
    ["SQL that is none", sql([{ kind: "dropTable", name: "x" }])],
    ["a dependency on itself", forged({ dependencies: ["0001_a"] })],
  ])("%s", async (_, text) => {
    const started = performance.now();
    const error = await refusal(up(alone(text)));
    expect(["file", "migration", "graph"]).toContain(error.code);
    expect(error.message.length).toBeLessThan(1000);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
    expect(await project.tables("own")).toEqual([]);
  });

  test("a file larger than memory", async () => {
    const target = alone("");
    truncateSync(join(empty, "compiled.json"), 2 ** 40);
    expect((await refusal(up(target))).message).toContain("such a file has 67108864 at most");
  });

  test("no file, and a directory in its place", async () => {
    expect((await refusal(up(from(join(empty, "none.json"), empty)))).message).toContain("it does not exist");
    mkdirSync(join(empty, "folder.json"));
    expect((await refusal(up(from(join(empty, "folder.json"), empty)))).message).toContain("it is a directory");
  });

  test("tracks that the project does not have", async () => {
    const text = forged({}).replace('"default"', '"core"');
    const document = JSON.parse(text) as Compiled;
    const error = await refusal(up(alone(JSON.stringify(sealCompiled("0.1.0", document.tracks, hashText)))));
    expect(error.message).toContain('has the tracks "core", and not "default"');
  });
});
