import { afterEach, expect, test } from "bun:test";
import { PartialError, ToolError } from "../../src/core/errors.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
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

/** core and vector are at 0001; vector's next one cannot be applied for the reason that `last` gives. */
const upgrade = async (last: string, options?: { readonly transaction: false }): Promise<void> => {
  project = await createTracks("postgresql", "name: core", "name: vector");
  project.write("core", "0001_a", table("a"));
  project.write("vector", "0001_b", table("b"));
  await up(project.load());
  project.write("core", "0002_a", table("a2"), { dependencies: ["0001_a"] });
  project.write("vector", "0002_b", table("b2"), { dependencies: ["0001_b"] });
  project.write("vector", "0003_b", last, { dependencies: ["0002_b"], ...options });
};

test("a signal does not cut short a statement that takes a track back", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector");
  project.write("core", "0001_a", table("a"));
  await up(project.load());
  project.write("core", "0002_a", `${table("a2")}, runSQL({ forward: "", backward: "SELECT pg_sleep(0.5)" })`, {
    dependencies: ["0001_a"],
  });
  project.write("vector", "0001_b", 'runSQL({ forward: "SELECT * FROM nowhere", backward: "" })');
  const stop = new AbortController();
  const error = await problem(
    up(project.load(), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "migration-start" && event.direction === "down") setTimeout(() => stop.abort(), 150);
      },
    }),
  );
  expect(stop.signal.aborted).toBe(true);
  expect(error.data["compensation"]).toEqual([{ track: "core", rolled_back: ["0002_a"], kept: [], reason: null }]);
});

test("a lock that a statement does not get takes nothing back", async () => {
  await upgrade('addField({ table: "b", field: { name: "n", type: "integer", nullable: true } })');
  await project.withDatabase(async ({ driver }) => {
    await driver.begin("BEGIN");
    await driver.execute("LOCK TABLE b IN ACCESS EXCLUSIVE MODE");
    const error = await problem(up(project.load(), { limits: { lockMs: 50, retries: 0 } }));
    expect(error).toBeInstanceOf(PartialError);
    expect(error.data).toMatchObject({ applied: ["core/0002_a", "vector/0002_b"], failed: "vector/0003_b" });
    expect(error.data["compensation"]).toBeUndefined();
    await driver.rollback();
  });
  expect((await up(project.load())).applied).toEqual(["vector/0003_b"]);
});

test("a connection that breaks takes nothing back", async () => {
  await upgrade('runSQL({ forward: "SELECT pg_terminate_backend(pg_backend_pid())", backward: "" })');
  const error = await problem(up(project.load()));
  expect(error.data).toMatchObject({ applied: ["core/0002_a", "vector/0002_b"], failed: "vector/0003_b" });
  expect(error.data["compensation"]).toBeUndefined();
  expect((await status(project.load())).applied).toBe(4);
});

test("a migration that stopped half-way stays, and all tracks stay with it", async () => {
  await upgrade('runSQL({ forward: "CREATE TABLE half (id integer)" }), runSQL({ forward: "SELECT * FROM nowhere" })', {
    transaction: false,
  });
  const error = await problem(up(project.load()));
  expect(error.data["compensation"]).toEqual([
    {
      track: "vector",
      rolled_back: [],
      kept: ["0002_b"],
      reason: '"0003_b" stopped half-way and cannot be taken back; `godwit migrate up` goes on with it',
    },
    { track: "core", rolled_back: [], kept: ["0002_a"], reason: 'track "vector" may build on it' },
  ]);
  expect(await status(project.load())).toMatchObject({ applied: 4, failed: 1 });
  await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE nowhere (id integer)"));
  expect((await up(project.load())).applied).toEqual(["vector/0003_b"]);
});

test("a database that is ahead of the files is left alone with a warning, and one with a failure ahead is refused", async () => {
  project = await createTracks("postgresql", "name: core", "name: vector");
  project.write("core", "0001_a", table("a"));
  project.write("vector", "0001_b", table("b"));
  await up(project.load());
  await project.withDatabase(({ driver }) =>
    driver.execute(
      "INSERT INTO godwit_history SELECT track, '0002_new', 'x', 'applied', 1, now(), 1, tool_version, applied_by FROM godwit_history WHERE track = 'vector'",
    ),
  );
  const warnings: string[] = [];
  const run = () =>
    up(project.load(), { onEvent: (event) => event.type === "warning" && warnings.push(event.message) });
  expect((await run()).applied).toEqual([]);
  expect(warnings).toEqual(['"0002_new" is applied, but its file is missing']);
  expect((await status(project.load())).tracks[1]?.migrations.map((m) => m.state)).toEqual(["applied", "missing"]);
  await project.withDatabase(({ driver }) =>
    driver.execute("UPDATE godwit_history SET state = 'failed' WHERE name = '0002_new'"),
  );
  const before = await project.query("SELECT * FROM godwit_history ORDER BY track, name");
  project.write("core", "0002_a", table("a2"), { dependencies: ["0001_a"] });
  const error = await problem(run());
  expect(error.code).toBe("history");
  expect(error.message).toStartWith('track "vector": "0002_new" stopped half-way and its file is missing');
  expect(await project.query("SELECT * FROM godwit_history ORDER BY track, name")).toEqual(before);
});

test("a track that stopped half-way: down refuses and says what to do, the others can be worked on, up goes on", async () => {
  await upgrade('runSQL({ forward: "CREATE TABLE half (id integer)" }), runSQL({ forward: "SELECT * FROM nowhere" })', {
    transaction: false,
  });
  await problem(up(project.load(), { compensate: false }));
  expect((await problem(down(project.load("vector")))).message).toContain("finish it with `godwit migrate up`");
  expect((await status(project.load())).tracks[1]?.migrations.at(-1)).toMatchObject({
    name: "0003_b",
    state: "failed",
  });
  expect(await down(project.load("core"), { steps: 5 })).toEqual({ rolled_back: ["0002_a", "0001_a"] });
  project.write(
    "vector",
    "0003_b",
    'runSQL({ forward: "CREATE TABLE other (id integer)" }), runSQL({ forward: "SELECT 1" })',
    {
      dependencies: ["0002_b"],
      transaction: false,
    },
  );
  expect((await problem(up(project.load()))).message).toContain('track "vector": "0003_b" was changed');
  project.write(
    "vector",
    "0003_b",
    'runSQL({ forward: "CREATE TABLE half (id integer)" }), runSQL({ forward: "SELECT 1" })',
    { dependencies: ["0002_b"], transaction: false },
  );
  expect((await up(project.load())).tracks?.at(-1)).toEqual({ name: "vector", applied: ["0003_b"] });
});
