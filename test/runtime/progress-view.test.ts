import { describe, expect, test } from "bun:test";
import type { Database } from "../../src/runtime/database.ts";
import type { ProgressEvent } from "../../src/runtime/events.ts";
import { watchingStatement } from "../../src/runtime/progress-view.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const pace = { afterMs: 50, everyMs: 20 };
const name = { migration: "0001_a", operation: 0, verb: "CREATE INDEX", target: "slow" };

/** A table whose index takes a second to build, over a few dozen blocks. */
const slowTable = `
CREATE FUNCTION slow(n INT) RETURNS INT IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN n; END $$;
CREATE TABLE t (n INT, pad TEXT);
ALTER TABLE t ALTER pad SET STORAGE PLAIN;
INSERT INTO t SELECT n, repeat('x', 3000) FROM generate_series(1, 50) n`;

async function watched(
  project: TestProject,
  sql: string,
  change: (database: Database) => Database = (database) => database,
): Promise<readonly ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  await project.withDatabase(async (opened) => {
    const database = change(opened);
    const watching = {
      database,
      name,
      onEvent: (event: unknown) => void events.push(event as ProgressEvent),
    };
    await watchingStatement(watching, async () => void (await database.driver.execute(sql)), pace);
  });
  return events;
}

const sessions = async (project: TestProject): Promise<number> => {
  const [row] = await project.query(
    "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  return Number(row?.["n"]);
};

describe("a long statement on PostgreSQL", () => {
  test("tells its phase and how much of it is done, and leaves no connection behind", async () => {
    const project = await createProject("postgresql");
    await project.query(slowTable);
    const events = await watched(project, "CREATE INDEX slow ON t (slow(n))");
    // The next phase counts rows, not blocks, and is over in no time.
    const building = events.filter(({ phase }) => phase === "building index: scanning table");
    expect(building.length).toBeGreaterThan(5);
    const done = building.map((event) => event.done ?? -1);
    expect(building[0]).toMatchObject({ type: "progress", ...name, total: building.at(-1)?.total });
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBeGreaterThan(done[0] ?? 0);
    expect(done.at(-1)).toBeLessThanOrEqual(building.at(-1)?.total ?? 0);
    while ((await sessions(project)) > 0) await Bun.sleep(10);
    await project.dispose();
  }, 20_000);

  test("tells for how many others an index that is built concurrently waits", async () => {
    const project = await createProject("postgresql");
    await project.query("CREATE TABLE t (n INT)");
    let events: readonly ProgressEvent[] = [];
    await project.withDatabase(async ({ driver }) => {
      await driver.begin("BEGIN");
      await driver.execute("INSERT INTO t VALUES (1)");
      const running = watched(project, "CREATE INDEX CONCURRENTLY i ON t (n)");
      await Bun.sleep(400);
      await driver.commit();
      events = await running;
    });
    expect(events).toContainEqual(
      expect.objectContaining({ phase: "waiting for writers before build", done: 0, total: 1 }),
    );
    await project.dispose();
  }, 20_000);

  test("of which the server keeps no account tells how long it takes", async () => {
    const project = await createProject("postgresql");
    const events = await watched(project, "SELECT pg_sleep(0.3)");
    expect(events.length).toBeGreaterThan(3);
    expect(events[0]).toEqual({ type: "progress", ...name, elapsedMs: expect.any(Number) });
    await project.dispose();
  });

  test("goes on where no second connection is to be had, where there is a pooler between, and when it fails", async () => {
    const project = await createProject("postgresql");
    const failing = { again: () => Promise.reject(new Error("no more connections")) };
    const waiting = { again: () => new Promise<Database>(() => undefined) };
    for (const change of [failing, waiting, { pooled: true as const }]) {
      const events = await watched(project, "SELECT pg_sleep(0.2)", (database) => ({ ...database, ...change }));
      expect(events).toEqual([]);
    }
    const error = await watched(project, "DO $$ BEGIN PERFORM pg_sleep(0.2); RAISE 'no'; END $$").catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: "database", message: "no" });
    await project.dispose();
  });

  test("is watched by up when it takes more than two seconds, and no other is", async () => {
    const project = await createProject("postgresql");
    project.write("0001_a", `runSQL({ forward: "SELECT 1" }), runSQL({ forward: "SELECT pg_sleep(2.4)" })`);
    const events: ProgressEvent[] = [];
    await up(project, { onEvent: (event) => event.type === "progress" && events.push(event) });
    expect(events).toMatchObject([{ migration: "0001_a", operation: 1, verb: "SELECT" }]);
    await project.dispose();
  }, 20_000);
});

test("on SQLite, statements are carried out and nothing is told", async () => {
  const project = await createProject("sqlite");
  expect(await watched(project, "CREATE TABLE t (n INT)")).toEqual([]);
  expect(await project.query("SELECT count(*) AS n FROM t")).toEqual([{ n: 0 }]);
  await project.dispose();
});

test("a long statement on MariaDB tells what the server is doing, and of an ALTER TABLE how far it is", async () => {
  const project = await createProject("mariadb");
  const sleeping = await watched(project, "SELECT SLEEP(0.3)");
  expect(sleeping[0]).toMatchObject({ type: "progress", phase: "User sleep" });
  await project.query("CREATE TABLE t (n INT, pad TEXT) SELECT seq AS n, REPEAT('x', 500) AS pad FROM seq_1_to_150000");
  const copying = await watched(project, "ALTER TABLE t ADD m INT, ALGORITHM=COPY");
  const done = copying.flatMap((event) => (event.total === undefined ? [] : [event.done ?? -1]));
  expect(copying.find(({ total }) => total)).toMatchObject({ phase: "copy to tmp table", total: 200 });
  expect(done.at(-1)).toBeGreaterThan(done[0] ?? 0);
  await project.dispose();
}, 60_000);
