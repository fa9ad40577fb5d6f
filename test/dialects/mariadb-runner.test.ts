import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ToolError } from "../../src/core/errors.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { mysqlIsHere } from "../helpers/mysql-server.ts";

const createUsers = `createTable({ name: "users", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
const add = (name: string) => `addField({ table: "users", field: { name: "${name}", type: "text", nullable: true } })`;
const after = { dependencies: ["0001_users"] };

const servers = ["mariadb", ...(mysqlIsHere() ? (["mysql"] as const) : [])] as const;

describe.each(servers)("on %s", (server) => {
  let project: TestProject;
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): unknown => events.push(event);
  const retries = () => events.filter((event) => event.type === "retry");

  beforeEach(async () => {
    events.length = 0;
    project = await createProject(server);
    project.write("0001_users", createUsers);
    await up(project);
  });
  afterEach(() => project.dispose());

  const failureOf = async (work: Promise<unknown>): Promise<ToolError> =>
    work.then(
      () => Promise.reject(new Error("expected an error, and nothing was thrown")),
      (error: unknown) => error as ToolError,
    );
  const columns = async (): Promise<readonly unknown[]> =>
    (await project.query("SHOW COLUMNS FROM users")).map((row) => row["Field"]);
  const stopped = async (): Promise<unknown> =>
    (await status(project)).tracks[0]?.migrations.find((m) => m.state === "failed")?.stopped;

  /** Holds a table, as a long transaction that has used it does; the function it returns lets go. */
  const block = async (): Promise<() => Promise<void>> => {
    const held = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const ended = project.withDatabase(async ({ driver }) => {
      await driver.begin("START TRANSACTION");
      await driver.execute("SELECT * FROM users");
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

  describe("a table that somebody else uses", () => {
    test("is waited for in short turns, and nobody waits behind longer than one", async () => {
      project.write("0002_bio", add("bio"), after);
      const release = await block();
      const timer = setTimeout(release, 5000);
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
      // Whole seconds are all that MariaDB has.
      const { applied } = await up(project, { onEvent, limits: { lockMs: 300 } });
      running = false;
      clearTimeout(timer);
      await release();
      expect(applied).toEqual(["0002_bio"]);
      expect(await longest).toBeLessThan(2500);
      expect(await longest).toBeGreaterThan(500);
      expect(retries().length).toBeGreaterThanOrEqual(2);
      expect(retries()[0]).toMatchObject({
        migration: "0002_bio",
        message: expect.stringContaining("Lock wait timeout"),
      });
    }, 30_000);

    test("that never gets free is a clear error; what was done before stays, and the next run goes on", async () => {
      project.write("0002_bio", `${createUsers.replace("users", "a")}, ${add("bio")}`, after);
      const release = await block();
      const error = await failureOf(up(project, { onEvent, limits: { lockMs: 50, retries: 1 } }));
      await release();
      expect(error).toMatchObject({ code: "database", data: { code: "1205", attempts: 2, failed: "0002_bio" } });
      expect(error.message).toContain("ALTER TABLE `users`");
      expect(await stopped()).toMatchObject({ done: 1, statement: { number: 2 } });
      expect(await project.tables()).toEqual(["a", "users"]);
      expect((await up(project)).applied).toEqual(["0002_bio"]);
      expect(await columns()).toEqual(["id", "bio"]);
    });
  });

  // MySQL limits SELECT only.
  test.if(server === "mariadb")("a statement may be given a time, and the session has none afterwards", async () => {
    project.write("0002_slow", 'runSQL({ forward: "SELECT SLEEP(10)" })', after);
    const error = await failureOf(up(project, { limits: { statementMs: 200 } }));
    expect(error).toMatchObject({ code: "database", data: { code: "1969" } });
  });

  describe("a run that ends in the middle of a statement", () => {
    /** Ends the session whose statement waits for a table. */
    const killWaiting = (what: string): Promise<void> =>
      project.withDatabase(async ({ driver }) => {
        const waiting =
          "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND state LIKE 'Waiting for table metadata lock'";
        for (;;) {
          const [row] = await driver.query(waiting);
          if (row) return void (await driver.execute(`KILL ${what} ${row["id"]}`));
          await Bun.sleep(20);
        }
      });

    test("is known by its statement, and goes on with it where it had no effect", async () => {
      project.write("0002_more", `${add("bio")}, ${add("nick")}`, after);
      const release = await block();
      const [error] = await Promise.all([failureOf(up(project)), killWaiting("CONNECTION")]);
      await release();
      expect(error).toMatchObject({ code: "connect", data: { failed: "0002_more" } });
      expect(await stopped()).toMatchObject({
        done: 0,
        statement: { number: 1, sql: expect.stringContaining("ADD COLUMN `bio`") },
      });
      expect(await up(project)).toMatchObject({ applied: ["0002_more"] });
      expect(await columns()).toEqual(["id", "bio", "nick"]);
    });

    test("does not do again what had its effect before the end could be noted", async () => {
      project.write("0002_more", `${add("bio")}, ${add("nick")}`, after);
      const release = await block();
      await Promise.all([failureOf(up(project)), killWaiting("CONNECTION")]);
      await release();
      // As if the server had finished the statement while its client was gone.
      await project.withDatabase(({ driver }) => driver.execute("ALTER TABLE users ADD COLUMN bio TEXT"));
      expect(await up(project)).toMatchObject({ applied: ["0002_more"] });
      expect(await columns()).toEqual(["id", "bio", "nick"]);
    });

    const many =
      server === "mariadb"
        ? "SELECT seq FROM seq_1_to_1000000000"
        : "WITH a AS (SELECT ROW_NUMBER() OVER () AS n FROM information_schema.collations LIMIT 200) SELECT w.n + 200 * x.n + 40000 * y.n + 8000000 * z.n FROM a AS w, a AS x, a AS y, a AS z";

    test("because it was told to stop, cancels the statement", async () => {
      project.write("0002_slow", `runSQL({ forward: ${JSON.stringify(`INSERT INTO users ${many}`)} })`, after);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 300);
      const start = performance.now();
      expect((await failureOf(up(project, { signal: stop.signal }))).code).toBe("cancelled");
      expect(performance.now() - start).toBeLessThan(10_000);
      expect(await status(project)).toMatchObject({ applied: 1, pending: 1 });
    });
  });

  test("rows go back with a migration that only changes rows", async () => {
    project.write(
      "0002_rows",
      'runSQL({ forward: "INSERT INTO users VALUES (1); INSERT INTO nowhere VALUES (1)" })',
      after,
    );
    expect((await failureOf(up(project))).code).toBe("database");
    expect(await project.query("SELECT id FROM users")).toEqual([]);
    expect(await status(project)).toMatchObject({ applied: 1, pending: 1, failed: 0 });
  });

  test("rows that another unique key refuses change no row but their own", async () => {
    project.write(
      "0002_codes",
      `createTable({ name: "codes", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "code", type: "varchar", length: 9 }, { name: "n", type: "integer" }], indexes: [{ name: "u", fields: ["code"], unique: true }] }),
     runSQL({ forward: "INSERT INTO codes VALUES (1, 'taken', 1)", backward: "" })`,
      after,
    );
    const upsert = 'upsertData({ table: "codes", keys: ["id"], rows: [{ id: 2, code: "taken", n: 7 }] })';
    project.write("0003_upsert", upsert, { dependencies: ["0002_codes"] });
    const error = await failureOf(up(project));
    expect(error.data["code"]).toBe("1062");
    expect(await project.query("SELECT id, code, n FROM codes")).toEqual([{ id: 1, code: "taken", n: 1 }]);
  });
});
