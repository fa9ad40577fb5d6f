import { afterEach, expect, test } from "bun:test";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { introspect } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { applyPlan } from "../../src/runtime/tasks/apply.ts";
import { check } from "../../src/runtime/tasks/check.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { plan } from "../../src/runtime/tasks/plan.ts";
import { showSql } from "../../src/runtime/tasks/showsql.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { chooseTrack } from "../../src/runtime/tracks.ts";
import { pgbouncer } from "../helpers/pgbouncer.ts";
import { createTracks, type TrackProject } from "../helpers/track-project.ts";

let project: TrackProject;
afterEach(() => project.dispose());

const table = (name: string, more = ""): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }${more}] })`;

const problem = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => {
      throw new Error("expected a ToolError, and nothing was thrown");
    },
    (error: unknown) => {
      if (error instanceof ToolError) return error;
      throw error;
    },
  );

/** `schema.table` of every table, sorted. */
const tables = async (): Promise<readonly unknown[]> => {
  const rows = await project.query(
    "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)' ORDER BY 1",
  );
  return rows.map((row) => row["name"]);
};

test("requirements of all tracks are checked before anything changes, and name the way out", async () => {
  project = await createTracks(
    "postgresql",
    'name: core\nrequires:\n  - server_version: ">= 9"',
    "name: vector\nrequires:\n  - extension: no_such_extension\n    message: install it, or leave out the track\n  - server_version: \">= 99\"\n  - query: SELECT 1 FROM pg_roles WHERE rolname = 'no one'\n  - query: SELECT count(*) > 0 FROM pg_roles\n  - query: SELECT 1 FROM nowhere",
  );
  project.write("core", "0001_a", table("a"));
  const error = await problem(up(project.load()));
  expect(error.code).toBe("requirement");
  expect(error.message.split("\n")).toEqual([
    'track "vector" requires the extension "no_such_extension", which this server does not have; install it there, or take the track out of godwit.yaml: install it, or leave out the track',
    expect.stringMatching(/^track "vector" requires version >= 99 of PostgreSQL, and this is \d+\.\d+/),
    `track "vector" requires what "SELECT 1 FROM pg_roles WHERE rolname = 'no one'" asks for, and it does not hold`,
    expect.stringMatching(
      /^track "vector" requires an answer to "SELECT 1 FROM nowhere", and the database says: .*"nowhere" does not exist/,
    ),
    "nothing was changed",
  ]);
  expect(await tables()).toEqual([]);
  expect((await up(project.load("core"))).applied).toEqual(["0001_a"]);
});

test("a requirement that holds lets the run pass, and what its query does is undone", async () => {
  project = await createTracks(
    "postgresql",
    "name: core\nrequires:\n  - extension: plpgsql\n  - query: SELECT 1\n  - query: WITH x AS (SELECT set_config('search_path', 'pg_catalog', false)) SELECT true FROM x",
  );
  project.write("core", "0001_a", table("a"));
  await up(project.load());
  expect(await tables()).toEqual(["public.a", "public.godwit_history"]);
});

test("a track with a schema keeps its objects and its history there", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  project.write("core", "0001_a", table("a"));
  project.write(
    "vector",
    "0001_a",
    `${table("a", ', { name: "kind", type: "text" }')}, runSQL({ forward: "CREATE TABLE b (id integer REFERENCES public.a (id))", backward: "DROP TABLE b" })`,
  );
  expect((await check(project.load())).findings).toMatchObject([{ track: "core" }, { track: "vector" }]);
  expect(await tables()).toEqual([]);
  await up(project.load());
  expect(await tables()).toEqual([
    "public.a",
    "public.godwit_history",
    "vectors.a",
    "vectors.b",
    "vectors.godwit_history",
  ]);
  expect(await project.query("SELECT track, name FROM vectors.godwit_history")).toEqual([
    { track: "vector", name: "0001_a" },
  ]);
  expect(await check(project.load())).toEqual({ findings: [] });
  expect((await status(project.load("vector"))).tracks).toMatchObject([
    { name: "vector", migrations: [{ state: "applied" }] },
  ]);
  project.write("vector", "0002_b", 'addField({ table: "a", field: { name: "n", type: "integer", nullable: true } })', {
    dependencies: ["0001_a"],
  });
  await up(project.load("vector"));
  expect(
    (
      await project.query("SELECT * FROM vectors.a, (VALUES (1)) AS one (k) WHERE false UNION ALL SELECT 1, 'x', 2, 3")
    )[0],
  ).toMatchObject({ n: 2 });
  await down(project.load(), { to: "zero" });
  expect(await tables()).toEqual(
    ["public", "vectors"].flatMap((schema) => [`${schema}.godwit_history`, `${schema}.godwit_history_past`]),
  );
  expect((await log(project.load())).entries.map(({ event, track }) => `${event} ${track}`)).toEqual([
    ...["rolled_back core", "rolled_back vector", "rolled_back vector"],
    ...["applied vector", "applied vector", "applied core"],
  ]);
});

test("a plan for a track whose schema does not exist sees nothing of other schemas", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  project.write("core", "0001_a", table("a"));
  project.write("vector", "0001_a", table("a"));
  await up(project.load("core"));
  expect((await showSql(project.load())).migrations).toMatchObject([{ track: "vector", name: "0001_a" }]);
  expect((await up(project.load(), { dryRun: true })).planned).toMatchObject([{ track: "vector", name: "0001_a" }]);
  expect(await tables()).toEqual(["public.a", "public.godwit_history"]);
});

test("a track without a schema and one that names the connection's share a history and do not mix", async () => {
  project = await createTracks(
    "postgresql",
    "name: core",
    "name: vector\nschema: public",
    "name: other\nhistory_table: other_history",
  );
  for (const track of ["core", "vector", "other"]) project.write(track, "0001_a", table(track));
  await up(project.load());
  expect(await tables()).toEqual(
    ["core", "godwit_history", "other", "other_history", "vector"].map((name) => `public.${name}`),
  );
  expect(await project.query("SELECT track FROM godwit_history ORDER BY 1")).toEqual([
    { track: "core" },
    { track: "vector" },
  ]);
  expect(await check(project.load())).toEqual({ findings: [] });
});

test("who may not create the schema is told so, and nothing is left", async () => {
  project = await createTracks("postgresql", "name: vector\nschema: vectors");
  project.write("vector", "0001_a", table("a"));
  await project.withDatabase(async ({ driver }) => {
    const [row] = await driver.query("SELECT current_database() AS name");
    await driver.execute(
      `CREATE ROLE tracks_${process.pid} LOGIN PASSWORD 'x'; REVOKE CREATE ON DATABASE "${row?.["name"]}" FROM PUBLIC`,
    );
  });
  try {
    const loaded = project.load();
    const url = loaded.database.url.replace(/\/\/[^@]*@/, `//tracks_${process.pid}:x@`);
    const error = await problem(up({ ...loaded, database: { url } }));
    expect(error.message).toStartWith('the schema "vectors" of track "vector" cannot be created: permission denied');
    expect(await tables()).toEqual([]);
  } finally {
    await project.withDatabase(({ driver }) => driver.execute(`DROP ROLE tracks_${process.pid}`));
  }
});

test("one lock covers all tracks", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nhistory_table: vector_history");
  project.write("core", "0001_a", table("a"));
  project.write("vector", "0001_b", table("b"));
  await project.withDatabase((database) =>
    withLock(database, { table: "godwit_history" }, async () => {
      for (const track of ["core", "vector", undefined])
        expect((await problem(up(project.load(track), { lockTimeoutMs: 0 }))).code).toBe("lock");
    }),
  );
  expect(await tables()).toEqual([]);
});
test("an upgrade of all tracks and the way back give what clean installs give, and rows survive", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  const old = (): void => {
    project.write("core", "0001_a", table("a", ', { name: "note", type: "text", nullable: true }'));
    project.write("vector", "0001_b", table("b"));
  };
  const shape = () =>
    project.withDatabase(async (database) => {
      const seen: unknown[] = [];
      for (const schema of ["public", "vectors"]) {
        await database.driver.query("SELECT set_config('search_path', $1, false)", [schema]);
        seen.push(await introspect(database));
      }
      return seen;
    });
  const rows = () => project.query("SELECT a.id, a.note, b.id AS b FROM public.a, vectors.b b");
  old();
  await up(project.load());
  const clean = await shape();
  await project.withDatabase(({ driver }) =>
    driver.execute("INSERT INTO public.a VALUES (1, 'kept'); INSERT INTO vectors.b VALUES (7)"),
  );
  project.write(
    "core",
    "0002_a",
    'addField({ table: "a", field: { name: "n", type: "integer", default: "0" } }), addIndex({ table: "a", index: { name: "idx_a_note", fields: ["note"] } })',
    { dependencies: ["0001_a"] },
  );
  project.write("vector", "0002_b", table("b2"), { dependencies: ["0001_b"] });
  await up(project.load());
  const upgraded = await shape();
  expect(upgraded).not.toEqual(clean);
  expect(await rows()).toEqual([{ id: 1, note: "kept", b: 7 }]);
  await down(project.load("vector"));
  await down(project.load("core"));
  expect(await shape()).toEqual(clean);
  expect(await rows()).toEqual([{ id: 1, note: "kept", b: 7 }]);
  await down(project.load(), { to: "zero" });
  await up(project.load());
  expect(await shape()).toEqual(upgraded);
});

test("behind a pooler that shares sessions, a track with a schema is refused before anything runs", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  project.write("core", "0001_a", table("a"));
  const loaded = project.load();
  const pooler = await pgbouncer(loaded.database.url, { mode: "transaction" });
  try {
    const error = await problem(up({ ...loaded, database: { url: pooler.url } }, { lock: "table" }));
    expect(error.message).toBe(
      'track "vector" wants the database schema "vectors", and a pooler that gives each transaction another session stands before it; connect past it',
    );
    expect(await tables()).toEqual([]);
    const core = chooseTrack(loaded, "core");
    expect((await up({ ...core, database: { url: pooler.url } }, { lock: "table" })).applied).toEqual(["0001_a"]);
  } finally {
    await pooler.stop();
  }
}, 60_000);

test("two runs at once over all tracks: each migration runs once, and both succeed", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  project.write("core", "0001_a", `${table("a")}, runSQL({ forward: "SELECT pg_sleep(0.2)", backward: "" })`);
  project.write("vector", "0001_b", `${table("b")}, runSQL({ forward: "SELECT pg_sleep(0.2)", backward: "" })`);
  const results = await Promise.all([1, 2, 3].map(() => up(project.load())));
  expect(results.map(({ applied }) => applied.length).toSorted()).toEqual([0, 0, 2]);
  expect(await check(project.load())).toEqual({ findings: [] });
});

test("who may only read is told how all tracks stand, and nothing is created", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  project.write("core", "0001_a", table("a"));
  project.write("vector", "0001_b", table("b"));
  const role = `tracks_reader_${process.pid}`;
  const run = (sql: string) => project.withDatabase(({ driver }) => driver.execute(sql));
  await run(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
  try {
    const loaded = project.load();
    const url = loaded.database.url.replace(/\/\/[^@]*@/, `//${role}:x@`);
    const kinds = async () => (await check({ ...project.load(), database: { url } })).findings.map((f) => f.kind);
    expect(await kinds()).toEqual(["pending", "pending"]);
    expect(await tables()).toEqual([]);
    await up(loaded);
    await run(
      `GRANT USAGE ON SCHEMA vectors TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA public, vectors TO ${role}`,
    );
    expect(await kinds()).toEqual([]);
    project.write("vector", "0002_b", table("b2"), { dependencies: ["0001_b"] });
    expect(await kinds()).toEqual(["pending"]);
    expect(await tables()).toEqual(["public.a", "public.godwit_history", "vectors.b", "vectors.godwit_history"]);
  } finally {
    await run(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

test("a plan of all tracks is applied as it was made, or refused with what moved in which", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector\nschema: vectors");
  project.write("core", "0001_a", table("a"));
  project.write("vector", "0001_a", table("a"));
  const file = join(project.root, "plan.json");
  const made = await plan(project.load(), { out: file });
  expect(made).toMatchObject({
    tracks: ["core", "vector"],
    migrations: [{ name: "core/0001_a" }, { name: "vector/0001_a" }],
  });
  await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE stray (id integer)"));
  const refused = await problem(applyPlan(project.load(), { file }));
  expect(refused.data["moved"]).toEqual(['table "stray" is new']);
  expect(await tables()).toEqual(["public.stray"]);
  expect(await project.query("SELECT 1 FROM pg_namespace WHERE nspname = 'vectors'")).toEqual([]);
  expect((await problem(applyPlan(project.load("core"), { file }))).data["moved"]).toEqual([
    'the plan is for the tracks "core", "vector", and not for track "core"',
  ]);
  await plan(project.load(), { out: file });
  expect(await applyPlan(project.load(), { file })).toEqual({
    applied: ["core/0001_a", "vector/0001_a"],
    tracks: [
      { name: "core", applied: ["0001_a"] },
      { name: "vector", applied: ["0001_a"] },
    ],
  });
  project.write("core", "0002_b", table("b"), { dependencies: ["0001_a"] });
  project.write("vector", "0002_b", 'runSQL({ forward: "SELECT * FROM nowhere", backward: "" })', {
    dependencies: ["0001_a"],
  });
  const next = await plan(project.load(), { out: file });
  expect(Object.keys(next.history)).toEqual(["core/0001_a", "vector/0001_a"]);
  expect(Object.keys(next.objects)).toEqual(['table "a"', 'table "stray"', 'schema "vectors", table "a"']);
  const failed = await problem(applyPlan(project.load(), { file }));
  expect(failed.data["compensation"]).toMatchObject([{ track: "core", rolled_back: ["0002_b"] }]);
  await project.withDatabase(({ driver }) => driver.execute("ALTER TABLE vectors.a ADD COLUMN x text"));
  expect((await problem(applyPlan(project.load(), { file }))).data["moved"]).toEqual([
    'schema "vectors", table "a" is different',
  ]);
});
