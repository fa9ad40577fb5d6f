import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ToolError } from "../../src/core/errors.ts";
import postgresDialect from "../../src/dialects/postgres/dialect.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const createUsers = `createTable({ name: "users", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
const addBio = `addField({ table: "users", field: { name: "bio", type: "text", nullable: true } })`;
const addName = `addField({ table: "users", field: { name: "name", type: "text", nullable: true } })`;
const columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'users' ORDER BY 1";

/** Holds a lock on a table, as a long transaction that has used it does; the function it returns lets go. */
const block = async (project: TestProject, does = "SELECT * FROM users"): Promise<() => Promise<void>> => {
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const ended = project.withDatabase(async ({ driver }) => {
    await driver.begin("BEGIN");
    await driver.execute(does);
    held.resolve();
    await released.promise;
    await driver.commit();
  });
  await held.promise;
  return () => {
    released.resolve();
    return ended;
  };
};

describe("a table that somebody else uses, on PostgreSQL", () => {
  let project: TestProject;
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): unknown => events.push(event);
  const retries = () => events.filter((event) => event.type === "retry");
  beforeEach(async () => {
    events.length = 0;
    project = await createProject("postgresql");
    project.write("0001_users", createUsers);
    await up(project);
  });
  afterEach(() => project.dispose());

  test("is waited for in short turns, and nobody waits behind longer than one", async () => {
    project.write("0002_bio", addBio, { dependencies: ["0001_users"] });
    const release = await block(project);
    const timer = setTimeout(release, 4000);
    let running = true;
    const longest = project.withDatabase(async ({ driver }) => {
      let longestMs = 0;
      while (running) {
        const start = performance.now();
        await driver.query("SELECT * FROM users");
        longestMs = Math.max(longestMs, performance.now() - start);
        await Bun.sleep(5);
      }
      return longestMs;
    });
    const result = await up(project, { onEvent, limits: { lockMs: 300 } });
    running = false;
    clearTimeout(timer);
    await release();
    expect(result.applied).toEqual(["0002_bio"]);
    // Slack for a busy machine; without the limit it would be about four seconds.
    expect(await longest).toBeLessThan(1300);
    expect(await longest).toBeGreaterThan(150);
    expect(retries().length).toBeGreaterThanOrEqual(3);
    expect(retries()[0]).toMatchObject({
      migration: "0002_bio",
      attempt: 1,
      retries: 10,
      message: expect.stringContaining("lock timeout"),
    });
  }, 30_000);

  test("that never gets free is a clear error, and nothing of the migration is left", async () => {
    project.write(
      "0002_bio",
      `createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] }), ${addBio}`,
      {
        dependencies: ["0001_users"],
      },
    );
    const release = await block(project);
    const error = await up(project, { onEvent, limits: { lockMs: 50, retries: 2 } }).catch((e: unknown) => e);
    await release();
    expect(error).toMatchObject({ code: "database", data: { code: "55P03", attempts: 3, failed: "0002_bio" } });
    expect((error as ToolError).message).toContain('ALTER TABLE "users"');
    expect((error as ToolError).message).toContain("3 times over");
    expect(retries()).toHaveLength(2);
    expect(await project.query("SELECT 1 FROM pg_tables WHERE tablename = 'a'")).toEqual([]);
    expect(await status(project)).toMatchObject({ applied: 1, pending: 1, failed: 0 });
    expect((await up(project)).applied).toEqual(["0002_bio"]);
  });

  test("only the command that waited is tried again where each commits", async () => {
    project.write("0002_bio", `runSQL({ forward: "INSERT INTO users VALUES (1)" }), ${addBio}, ${addName}`, {
      dependencies: ["0001_users"],
      transaction: false,
    });
    const release = await block(project);
    const timer = setTimeout(release, 500);
    expect((await up(project, { onEvent, limits: { lockMs: 50 } })).applied).toEqual(["0002_bio"]);
    clearTimeout(timer);
    await release();
    expect(retries().length).toBeGreaterThan(0);
    expect(await project.query("SELECT id FROM users")).toEqual([{ id: 1 }]);
    expect(await project.query(columns)).toEqual([
      { column_name: "bio" },
      { column_name: "id" },
      { column_name: "name" },
    ]);
  });

  test("an operation whose errors are ignored is not skipped because somebody was in the way", async () => {
    project.write("0002_bio", addBio.replace(/ \}\)$/, ", ignoreErrors: true })"), {
      dependencies: ["0001_users"],
    });
    const release = await block(project);
    const error = await up(project, { limits: { lockMs: 50, retries: 0 } }).catch((e: unknown) => e);
    await release();
    expect(error).toMatchObject({ code: "database", data: { code: "55P03" } });
  });

  test("an index that is built concurrently waits for open transactions without a limit", async () => {
    project.write(
      "0002_index",
      `runSQL({ forward: "CREATE INDEX CONCURRENTLY i ON users (id)", backward: "DROP INDEX i" }), ${addBio}`,
      {
        dependencies: ["0001_users"],
        transaction: false,
      },
    );
    const release = await block(project, "INSERT INTO users VALUES (1)");
    const timer = setTimeout(release, 700);
    const limits = { lockMs: 50, statementMs: 200 };
    expect((await up(project, { onEvent, limits })).applied).toEqual(["0002_index"]);
    clearTimeout(timer);
    await release();
    const index = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass";
    expect(await project.query(index)).toEqual([{ indisvalid: true }]);
  });

  test("a statement that runs longer than it may is stopped", async () => {
    const sleep = `runSQL({ forward: "SELECT pg_sleep(20)", backward: "" })`;
    project.write("0002_slow", sleep, { dependencies: ["0001_users"] });
    const limited = { limits: { statementMs: 100 } };
    const stopped = {
      code: "database",
      message: expect.stringContaining("statement timeout"),
      data: { failed: "0002_slow" },
    };
    expect(await up(project, limited).catch((e: unknown) => e)).toMatchObject(stopped);
    project.write("0002_slow", sleep, { dependencies: ["0001_users"], transaction: false });
    expect(await up(project, limited).catch((e: unknown) => e)).toMatchObject(stopped);
  });

  test("a pause ends when the run is asked to stop", async () => {
    project.write("0002_bio", addBio, { dependencies: ["0001_users"] });
    const release = await block(project);
    const stop = new AbortController();
    const seen = (event: RunEvent): void => {
      if (event.type === "retry" && event.attempt === 3) stop.abort();
    };
    const error = await up(project, { onEvent: seen, signal: stop.signal, limits: { lockMs: 20 } }).catch(
      (e: unknown) => e,
    );
    await release();
    expect(error).toMatchObject({ code: "cancelled" });
    expect(await status(project)).toMatchObject({ applied: 1, pending: 1 });
  });
});

test("SQLite: a writer that is in the way for longer than the connection waits is waited for again", async () => {
  const project = await createProject("sqlite");
  project.write("0001_users", createUsers);
  await up(project);
  project.write("0002_bio", addBio, { dependencies: ["0001_users"] });
  const events: string[] = [];
  await project.withDatabase(async ({ driver }) => {
    // The lock row is written first, so that only the migration meets the other writer.
    const onEvent = (event: RunEvent): void => {
      if (event.type === "migration-start") void driver.begin("BEGIN IMMEDIATE");
      if (event.type === "retry" && events.push(event.message) === 2) void driver.rollback();
    };
    expect((await up(project, { onEvent, limits: { lockMs: 20 } })).applied).toEqual(["0002_bio"]);
  });
  expect(events).toEqual(["database is locked", "database is locked"]);
  await project.dispose();
});

describe("PostgreSQL tells which text", () => {
  const { patient, repeatable } = postgresDialect.bookkeeping.limits;

  test("may wait as long as it takes", () => {
    const yes = [
      "CREATE INDEX CONCURRENTLY i ON t (a)",
      "-- why\ncreate unique index concurrently i ON t (a)",
      "DROP INDEX CONCURRENTLY i",
      "REINDEX (VERBOSE) TABLE CONCURRENTLY t",
      "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
    ];
    const no = ["CREATE INDEX concurrently_made ON t (a)", "ALTER TABLE t ADD COLUMN concurrently INT", "DROP INDEX i"];
    expect([...yes, ...no].filter(patient)).toEqual(yes);
  });

  test("leaves nothing behind when it fails", () => {
    const yes = ["INSERT INTO t VALUES (1); ALTER TABLE t ADD a INT", "UPDATE t SET a = CASE WHEN b THEN 1 END"];
    const no = [
      "INSERT INTO t VALUES (1); COMMIT; ALTER TABLE t ADD a INT",
      "CALL fill()",
      "INSERT INTO t VALUES (1); END",
    ];
    expect([...yes, ...no].filter((sql) => repeatable(sql, false))).toEqual(yes);
  });
});
