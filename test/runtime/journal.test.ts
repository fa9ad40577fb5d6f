import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ToolError } from "../../src/core/errors.ts";
import postgres from "../../src/dialects/postgres/dialect.ts";
import { createHistory, writeApplied } from "../../src/runtime/history.ts";
import { createJournal, hashOf, noteStart, traceOf } from "../../src/runtime/journal.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { repair } from "../../src/runtime/tasks/repair.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, standingAlone, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => {
      throw new Error("expected an error, and nothing was thrown");
    },
    (error: unknown) => error as ToolError,
  );
const table = (name: string) => `createTable({ name: "${name}", fields: [{ name: "id", type: "integer" }] })`;
const sql = (text: string) => `runSQL({ forward: ${JSON.stringify(text)}, backward: "" })`;
const execute = (text: string) => project.withDatabase(({ driver }) => driver.execute(text));
const journal = async () =>
  (await project.query("SELECT position, finished_at, error FROM godwit_history_journal ORDER BY position")).map(
    ({ position, finished_at, error }) => ({ position: Number(position), done: finished_at !== null, error }),
  );
const migrationStatus = async (name: string) =>
  (await status(project)).tracks[0]?.migrations.find((m) => m.name === name);

/** Leaves a migration as a run that was killed leaves it: `statement`, at `position`, was begun and nobody has seen it end. */
const interrupt = (name: string, position: number, statement: string): Promise<void> =>
  project.withDatabase(async (database) => {
    const { dialect } = database;
    const place = { table: project.historyTable, track: "default" };
    await createHistory(database, place);
    await createJournal(database, place);
    const recovery = dialect.bookkeeping.recoveryOf(statement);
    const trace = recovery.kind === "compare" ? { trace: await traceOf(database, recovery.query) } : {};
    const { checksum = "" } = (await migrationStatus(name)) ?? {};
    await writeApplied(database, place, {
      track: "default",
      name,
      checksum,
      state: "failed",
      stepsDone: position,
      appliedAt: "2026-01-31T08:00:00.000Z",
      durationMs: 1,
      toolVersion: "0",
      appliedBy: "nobody",
    });
    const startedAt = "2026-01-31T08:00:00.000Z";
    await noteStart(database, place, {
      migration: name,
      position,
      sqlHash: hashOf(statement),
      statement,
      startedAt,
      ...trace,
    });
  });

describe("an index that is built concurrently, on PostgreSQL", () => {
  const create = "CREATE UNIQUE INDEX CONCURRENTLY i ON t (id)";
  const validity = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('i')";
  beforeEach(async () => {
    project = await createProject("postgresql");
    project.write("0001_a", `${table("t")}, ${sql(create)}, ${table("u")}`);
  });

  test("is a step of its own, and nothing is left in the journal when all is done", async () => {
    expect(await up(project)).toEqual({ applied: ["0001_a"] });
    expect(await project.query(validity)).toEqual([{ indisvalid: true }]);
    expect(await journal()).toEqual([]);
  });

  test("refused by the data, it leaves an invalid one; the next run drops it and builds it anew", async () => {
    project.write("0001_a", `${table("t")}, ${sql("INSERT INTO t VALUES (1), (1)")}, ${sql(create)}, ${table("u")}`);
    expect((await failureOf(up(project))).message).toContain("could not create unique index");
    expect(await project.query(validity)).toEqual([{ indisvalid: false }]);
    expect(await journal()).toEqual([
      { position: 1, done: true, error: null },
      { position: 2, done: false, error: expect.stringContaining("could not create unique index") },
    ]);
    expect(await migrationStatus("0001_a")).toMatchObject({
      state: "failed",
      stopped: { done: 2, statement: { number: 3, sql: create, error: expect.stringContaining("could not create") } },
    });
    expect((await failureOf(up(project))).message).toContain("could not create unique index");
    await execute("UPDATE t SET id = 2 WHERE ctid = (SELECT min(ctid) FROM t)");
    expect(await up(project)).toEqual({ applied: ["0001_a"] });
    expect(await project.query(validity)).toEqual([{ indisvalid: true }]);
    expect(await project.query("SELECT count(*)::int AS n FROM t")).toEqual([{ n: 2 }]);
    expect(await journal()).toEqual([]);
  });

  test("cut short with its connection, it is dropped and built anew", async () => {
    const reading = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const reader = project.withDatabase(async ({ driver }) => {
      await driver.begin("BEGIN ISOLATION LEVEL REPEATABLE READ");
      await driver.query("SELECT count(*) FROM pg_class");
      reading.resolve();
      await ended.promise;
      await driver.rollback();
    });
    await reading.promise;
    const killer = project.withDatabase(async ({ driver }) => {
      const other = "FROM pg_stat_activity WHERE query = $1 AND wait_event_type = 'Lock'";
      while ((await driver.query(`SELECT 1 ${other}`, [create])).length === 0) await Bun.sleep(20);
      await driver.query(`SELECT pg_terminate_backend(pid) ${other}`, [create]);
    });
    const error = await failureOf(up(project));
    ended.resolve();
    await Promise.all([reader, killer]);
    expect(error.code).toBe("connect");
    expect(await project.query(validity)).toEqual([{ indisvalid: false }]);
    expect(await migrationStatus("0001_a")).toMatchObject({
      stopped: { done: 1, statement: { number: 2, sql: create } },
    });
    expect(await up(project)).toEqual({ applied: ["0001_a"] });
    expect(await project.query(validity)).toEqual([{ indisvalid: true }]);
  });

  test("ended just before the end could be noted, it is not built again", async () => {
    await execute(`CREATE TABLE t (id INTEGER); ${create.replace(" CONCURRENTLY", "")}`);
    const before = await project.query("SELECT 'i'::regclass::oid::text AS oid");
    await interrupt("0001_a", 1, create);
    expect(await up(project)).toEqual({ applied: ["0001_a"] });
    expect(await project.query("SELECT 'i'::regclass::oid::text AS oid")).toEqual(before);
  });

  test("ended just before the end could be noted, it may not be another one now", async () => {
    await execute(`CREATE TABLE t (id INTEGER); ${create.replace(" CONCURRENTLY", "")}`);
    await interrupt("0001_a", 1, create);
    project.write("0001_a", `${table("t")}, ${sql(create.replace("UNIQUE ", ""))}, ${table("u")}`);
    expect((await failureOf(up(project))).message).toContain(`statement 2 was:\n  ${create}`);
  });

  test("in another schema, of odd names and without a name", () => {
    const { recoveryOf } = postgres.bookkeeping;
    expect(recoveryOf('CREATE INDEX CONCURRENTLY IF NOT EXISTS "a\'b" ON ONLY app."T" USING gin (x)')).toMatchObject({
      kind: "inspect",
      query: expect.stringContaining("to_regclass('app.\"a''b\"')"),
      cleanup: ['DROP INDEX CONCURRENTLY IF EXISTS app."a\'b"'],
    });
    expect(recoveryOf("CREATE INDEX CONCURRENTLY ON t (id)")).toEqual({ kind: "ask" });
    expect(recoveryOf("DROP INDEX CONCURRENTLY IF EXISTS app.i")).toMatchObject({
      query: "SELECT 'done' AS state WHERE to_regclass('app.i') IS NULL",
    });
  });

  test("what REINDEX was building is removed", async () => {
    await execute(`CREATE TABLE t (id INTEGER); CREATE INDEX i ON t (id); INSERT INTO t VALUES (1), (1)`);
    await execute("CREATE UNIQUE INDEX CONCURRENTLY i_ccnew ON t (id)").catch(() => undefined);
    const reindex = "REINDEX INDEX CONCURRENTLY i";
    project.write("0001_a", sql(reindex), { transaction: false });
    await interrupt("0001_a", 0, reindex);
    expect(await up(project)).toEqual({ applied: ["0001_a"] });
    expect(await project.query("SELECT relname FROM pg_class WHERE relkind = 'i' AND relname LIKE 'i%'")).toEqual([
      { relname: "i" },
    ]);
  });

  test("a procedure that was cut short: only a person can tell", async () => {
    const call = "CALL p()";
    await execute("CREATE PROCEDURE p() LANGUAGE SQL AS 'SELECT 1'");
    project.write("0001_a", `${sql(call)}, ${table("u")}`, { transaction: false });
    await interrupt("0001_a", 0, call);
    const { message, code } = await failureOf(up(project));
    expect(code).toBe("history");
    expect(message).toContain('statement 1 of "0001_a" was begun at 2026-01-31T08:00:00.000Z and never seen to end');
    expect(message).toContain("godwit migrate repair 0001_a --done");
  });

  test("names lead home again behind a migration that led them elsewhere, and stay there within it", async () => {
    await execute("CREATE SCHEMA app");
    const away = `SELECT pg_catalog.set_config('search_path', 'app', false)`;
    project.write("0001_a", `${sql(away)}, ${table("t")}, ${sql("VACUUM app.t")}, ${table("u")}, ${sql("VACUUM u")}`);
    project.write("0002_b", `${sql("SET search_path = ''")}, ${sql("CREATE TABLE app.v (id INTEGER)")}`, {
      dependencies: ["0001_a"],
    });
    project.write("0003_c", table("w"), { dependencies: ["0002_b"] });
    expect((await up(project)).applied).toEqual(["0001_a", "0002_b", "0003_c"]);
    const where = "SELECT schemaname || '.' || tablename AS t FROM pg_tables WHERE tablename ~ '^.$' ORDER BY 1";
    expect((await project.query(where)).map(({ t }) => t)).toEqual(["app.t", "app.u", "app.v", "public.w"]);
  });

  test("what the session was told before is told again to the next one", async () => {
    await execute("CREATE TABLE t (id INTEGER)");
    const insert = sql("INSERT INTO t VALUES (current_setting('app.n')::INTEGER)");
    project.write("0001_a", `${sql("SET app.n = '7'")}, ${sql("VACUUM")}, ${insert}`, { transaction: false });
    await interrupt("0001_a", 1, "VACUUM");
    await up(project);
    expect(await project.query("SELECT id FROM t")).toEqual([{ id: 7 }]);
  });
});

for (const database of databases) {
  describe(database, () => {
    const vacuum = standingAlone[database];
    beforeEach(async () => {
      project = await createProject(database);
    });

    test("a migration that fails in its first step was never begun, so its file may be corrected", async () => {
      for (const options of [{}, { transaction: false } as const]) {
        project.write("0001_a", `${sql("SELECT * FROM nowhere")}, ${sql(vacuum)}`, options);
        expect((await failureOf(up(project))).code).toBe("database");
        expect((await migrationStatus("0001_a"))?.state).toBe("pending");
      }
      project.write("0001_a", `${sql(vacuum)}, ${table("t")}`);
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
    });

    test("what is in a transaction and what stands alone are done once, whatever comes between", async () => {
      const insert = (n: number) => sql(`INSERT INTO t VALUES (${n})`);
      const parts = [
        table("t"),
        insert(1),
        sql(vacuum),
        insert(2),
        sql("INSERT INTO later VALUES (0)"),
        sql(vacuum),
        insert(3),
      ];
      project.write("0001_a", parts.join(", "));
      expect((await failureOf(up(project))).code).toBe("database");
      expect(await migrationStatus("0001_a")).toMatchObject({ state: "failed", stopped: { done: 3 } });
      await execute("CREATE TABLE later (id INTEGER)");
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
      const rows = await project.query("SELECT id FROM t ORDER BY id");
      expect(rows.map((row) => Number(row["id"]))).toEqual([1, 2, 3]);
    });

    test("what runs nothing leaves no note that would pass for what comes after it", async () => {
      const state = (name: string) => table(name).replace(" })", ", schemaOnly: true })");
      const parts = [state("x"), table("t"), state("y"), state("z"), sql("INSERT INTO later VALUES (1)"), state("w")];
      project.write("0001_a", parts.join(", "), { transaction: false });
      expect((await failureOf(up(project))).message).toMatch(/later/);
      expect(await migrationStatus("0001_a")).toMatchObject({ state: "failed", stopped: { done: 1 } });
      await execute("CREATE TABLE later (id INTEGER)");
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
      expect(await project.query("SELECT id FROM later")).toHaveLength(1);
      expect(await journal()).toEqual([]);
    });

    const refused = {
      sqlite: "ATTACH '/nowhere/at/all.db' AS other",
      postgresql: "CREATE INDEX CONCURRENTLY i ON t (nope)",
      mariadb: "CREATE INDEX i ON t (nope)",
      turso: "PRAGMA journal_mode = delete",
    }[database];

    test("what is still to do of it may be corrected, the statement that was refused among it", async () => {
      project.write("0001_a", `${table("t")}, ${sql(vacuum)}, ${sql(refused)}, ${sql("INSERT INTO t VALUES (1)")}`);
      expect((await failureOf(up(project))).code).toBe("database");
      expect(await migrationStatus("0001_a")).toMatchObject({ state: "failed", stopped: { done: 2 } });
      const right = refused
        .replace("nope", "id")
        .replace("'/nowhere/at/all.db'", "':memory:'")
        .replace(" = delete", "");
      project.write("0001_a", `${table("t")}, ${sql(vacuum)}, ${sql(right)}, ${sql("INSERT INTO t VALUES (2)")}`);
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
      expect((await project.query("SELECT id FROM t")).map(({ id }) => Number(id))).toEqual([2]);
      expect(await migrationStatus("0001_a")).toMatchObject({ state: "applied" });
    });

    test("what is done of it may not", async () => {
      project.write("0001_a", `${table("t")}, ${sql(vacuum)}, ${sql(refused)}`);
      await failureOf(up(project));
      project.write("0001_a", `${table("other")}, ${sql(vacuum)}, ${table("t")}`);
      const { code, message } = await failureOf(up(project));
      expect(code).toBe("history");
      const { problems } = await repair(project, { dryRun: true, confirm: () => Promise.resolve(false) });
      expect(problems).toMatchObject([{ migration: "0001_a", state: "failed", remedy: message }]);
      expect(message).toContain('"0001_a" was changed after it stopped half-way, and not only in what is still to do');
      expect(message).toContain("statement 1 was:\n  CREATE TABLE");
    });

    test("one that nobody has seen end may be corrected only if nothing of it is there", async () => {
      project.write("0001_a", `${sql(vacuum)}, ${table("t")}`);
      await interrupt("0001_a", 0, `${vacuum} -- with words`);
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
    });

    test("the journal is no table of the project", async () => {
      project.write("0001_a", `${sql(vacuum)}, ${table("t")}`);
      await up(project);
      expect((await drift(project)).changes).toEqual([]);
    });
  });
}
