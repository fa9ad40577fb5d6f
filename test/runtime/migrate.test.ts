import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PartialError, ToolError } from "../../src/core/errors.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { dag } from "../../src/runtime/tasks/dag.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { redo } from "../../src/runtime/tasks/redo.ts";
import { repair } from "../../src/runtime/tasks/repair.ts";
import { showSql } from "../../src/runtime/tasks/showsql.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { whoAmI } from "../../src/runtime/who-am-i.ts";
import { version } from "../../src/version.ts";
import {
  canStopHalfWay,
  createProject,
  databases,
  standingAlone,
  type TestProject,
} from "../helpers/migration-project.ts";

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "title", type: "text", nullable: true }] })`;

const failureOf = async (run: Promise<unknown>): Promise<ToolError> => {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ToolError) return error;
  throw error ?? new Error("nothing was thrown");
};

for (const database of databases) {
  describe(`migrating ${database}`, () => {
    let project: TestProject;
    beforeEach(async () => {
      project = await createProject(database);
    });
    afterEach(() => project.dispose());

    const tables = () => project.tables();
    const states = async (): Promise<Readonly<Record<string, string>>> =>
      Object.fromEntries((await status(project)).tracks.flatMap((t) => t.migrations.map((m) => [m.name, m.state])));
    const chain = (...names: readonly string[]): void => {
      for (const [i, name] of names.entries()) {
        const before = names[i - 1];
        project.write(name, table(`t${i + 1}`), before ? { dependencies: [before] } : {});
      }
    };

    test("case 18: a failure in the second operation leaves nothing, and no row in the history, where tables roll back", async () => {
      chain("0001_a");
      project.write("0002_b", `${table("t2")}, runSQL({ forward: "INSERT INTO nowhere VALUES (1)", backward: "" })`, {
        dependencies: ["0001_a"],
      });
      project.write("0003_c", table("t3"), { dependencies: ["0002_b"] });
      const error = await failureOf(up(project));
      expect(error).toBeInstanceOf(PartialError);
      expect(error).toMatchObject({
        code: "database",
        applied: ["0001_a"],
        failed: "0002_b",
        remaining: ["0003_c"],
        data: { migration: "0002_b", operation: 1, sql: "INSERT INTO nowhere VALUES (1)" },
      });
      expect(error.message).toContain('migration "0002_b", operation 2');
      expect(error.message).toContain("INSERT INTO nowhere VALUES (1)");
      const halfWay = canStopHalfWay(database);
      expect(await tables()).toEqual(halfWay ? ["t1", "t2"] : ["t1"]);
      expect(await states()).toEqual({
        "0001_a": "applied",
        "0002_b": halfWay ? "failed" : "pending",
        "0003_c": "pending",
      });
      if (!halfWay) return;
      await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE nowhere (id INTEGER)"));
      expect(await up(project)).toEqual({ applied: ["0002_b", "0003_c"] });
    });

    test("case 18: a rollback that fails keeps its row and its tables", async () => {
      project.write("0001_a", `runSQL({ forward: "SELECT 1", backward: "SELECT * FROM nowhere" }), ${table("t1")}`);
      await up(project);
      const error = await failureOf(down(project));
      expect(error).toMatchObject({ code: "database", failed: "0001_a" });
      expect(await tables()).toEqual(canStopHalfWay(database) ? [] : ["t1"]);
      expect(await states()).toEqual({ "0001_a": canStopHalfWay(database) ? "failed" : "applied" });
    });

    test("case 19: up twice does nothing the second time; down goes back one by one, newest first", async () => {
      chain("0001_a", "0002_b", "0003_c");
      expect(await up(project)).toEqual({ applied: ["0001_a", "0002_b", "0003_c"] });
      expect(await up(project)).toEqual({ applied: [] });
      expect(await down(project)).toEqual({ rolled_back: ["0003_c"] });
      expect(await down(project, { steps: 2 })).toEqual({ rolled_back: ["0002_b", "0001_a"] });
      expect(await tables()).toEqual([]);
      expect(await down(project)).toEqual({ rolled_back: [] });
    });

    test("B7: up --to runs the target and its ancestors only, and nothing for an applied or unknown name", async () => {
      project.write("0001_a", table("t1"));
      project.write("0002_b", table("t2"), { dependencies: ["0001_a"] });
      project.write("0002_x", table("other"), { dependencies: ["0001_a"] });
      project.write("0003_c", table("t3"), { dependencies: ["0002_x"] });
      expect(await failureOf(up(project, { to: "0003_d" }))).toMatchObject({
        code: "unknown-migration",
        data: { nearest: "0003_c" },
      });
      expect(await up(project, { to: "0003_c" })).toEqual({ applied: ["0001_a", "0002_x", "0003_c"] });
      const events: RunEvent[] = [];
      const onEvent = (event: RunEvent): unknown => events.push(event);
      expect(await up(project, { to: "0001_a", onEvent })).toEqual({ applied: [], already_applied: "0001_a" });
      expect(events).toContainEqual({ type: "note", message: '"0001_a" is applied already; nothing was run' });
      expect(await tables()).toEqual(["other", "t1", "t3"]);
    });

    test("B7: down --to goes all the way to its target, keeps it, and leaves other branches alone", async () => {
      chain("0001_a", "0002_b", "0003_c", "0004_d");
      project.write("0005_x", table("other"), { dependencies: ["0001_a"] });
      await up(project);
      expect((await failureOf(down(project, { to: "0002_typo" }))).code).toBe("unknown-migration");
      expect((await failureOf(down(project, { to: "0002_b", steps: 2 }))).code).toBe("usage");
      expect(await down(project, { to: "0002_b" })).toEqual({ rolled_back: ["0004_d", "0003_c"] });
      expect(await tables()).toEqual(["other", "t1", "t2"]);
      expect((await failureOf(down(project, { to: "0003_c" }))).code).toBe("history");
      expect((await down(project, { to: "zero" })).rolled_back).toHaveLength(3);
      expect(await tables()).toEqual([]);
    });

    test("B8: each inverse sees the schema just before its own operation", async () => {
      project.write(
        "0001_a",
        `createTable({ name: "t", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "a", type: "text" }],
          indexes: [{ name: "idx_t_a", fields: ["a"] }] }),
         dropIndex({ table: "t", name: "idx_t_a" }),
         addField({ table: "t", field: { name: "b", type: "varchar", length: 10, nullable: true } }),
         alterField({ table: "t", field: { name: "b", type: "varchar", length: 20, nullable: true } }),
         renameField({ table: "t", from: "b", to: "c" }),
         renameTable({ from: "t", to: "u" })`,
      );
      await up(project);
      expect(await tables()).toEqual(["u"]);
      expect(await down(project)).toEqual({ rolled_back: ["0001_a"] });
      expect(await tables()).toEqual([]);
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
    });

    test("B6: a failed operation fails the run; only with ignoreErrors it is a warning", async () => {
      project.write("0001_a", 'runSQL({ forward: "INSERT INTO nowhere VALUES (1)" })');
      expect((await failureOf(up(project))).code).toBe("database");
      project.write("0001_a", 'runSQL({ forward: "INSERT INTO nowhere VALUES (1)", ignoreErrors: true })');
      const events: RunEvent[] = [];
      expect(await up(project, { onEvent: (event) => events.push(event) })).toEqual({ applied: ["0001_a"] });
      expect(events.find((e) => e.type === "warning")).toMatchObject({ migration: "0001_a", operation: 0 });
    });

    test("B28: an operation that was ignored still counts for the state, in this run and the next", async () => {
      await project.withDatabase(({ driver }) =>
        driver.execute("CREATE TABLE t1 (id INTEGER PRIMARY KEY, title TEXT)"),
      );
      const ignoring = table("t1").replace("] })", "], ignoreErrors: true })");
      project.write(
        "0001_a",
        `${ignoring}, addField({ table: "t1", field: { name: "b", type: "text", nullable: true } }),
         runSQL({ forward: "UPDATE t1 SET b = 'x'", backward: "" })`,
      );
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
      project.write("0002_b", 'addIndex({ table: "t1", index: { name: "idx_b", fields: ["b"] } })', {
        dependencies: ["0001_a"],
      });
      expect(await up(project)).toEqual({ applied: ["0002_b"] });
    });

    test("a reformatted migration is the same; a changed one stops up and down until it is accepted", async () => {
      chain("0001_a", "0002_b");
      await up(project);
      const file = join(project.migrationsDir, "0001_a.ts");
      const text = readFileSync(file, "utf8");
      writeFileSync(file, `\uFEFF// a comment\n${text.replaceAll("\n", "\r\n").replaceAll(" ", "  ")}`);
      expect(await states()).toEqual({ "0001_a": "applied", "0002_b": "applied" });
      writeFileSync(file, text.replace('name: "title"', 'name: "headline"'));
      expect(await states()).toEqual({ "0001_a": "changed", "0002_b": "applied" });
      expect(await failureOf(up(project))).toMatchObject({ code: "history", data: { changed: ["0001_a"] } });
      expect((await failureOf(down(project))).code).toBe("history");
      expect(await fake(project, { name: "0001_a" })).toEqual({ faked: ["0001_a"], forgotten: [] });
      expect(await up(project)).toEqual({ applied: [] });
    });

    test("a migration whose file is gone is shown, does not stop up, and cannot be gone behind", async () => {
      chain("0001_a", "0002_b");
      await up(project);
      rmSync(join(project.migrationsDir, "0002_b.ts"));
      project.write("0003_c", table("t9"), { dependencies: ["0001_a"] });
      const events: RunEvent[] = [];
      expect(await up(project, { onEvent: (event) => events.push(event) })).toEqual({ applied: ["0003_c"] });
      expect(events).toContainEqual(expect.objectContaining({ type: "warning", migration: "0002_b" }));
      expect(await states()).toEqual({ "0001_a": "applied", "0003_c": "applied", "0002_b": "missing" });
      expect(await down(project)).toEqual({ rolled_back: ["0003_c"] });
      expect((await failureOf(down(project))).message).toContain("godwit migrate fake --undo 0002_b");
      await fake(project, { name: "0002_b", undo: true });
      expect(await down(project)).toEqual({ rolled_back: ["0001_a"] });
    });

    test("case 21: fake takes whole names, is idempotent, keeps the order, and can be taken back", async () => {
      chain("0001_a", "0002_b", "0003_c");
      expect((await failureOf(fake(project, { name: "0001" }))).code).toBe("unknown-migration");
      expect((await failureOf(fake(project, { name: "0002_b" }))).code).toBe("history");
      expect(await fake(project, { name: "0002_b", all: true })).toEqual({
        faked: ["0001_a", "0002_b"],
        forgotten: [],
      });
      expect(await fake(project, { name: "0002_b" })).toEqual({ faked: [], forgotten: [] });
      expect(await up(project)).toEqual({ applied: ["0003_c"] });
      expect(await tables()).toEqual(["t3"]);
      expect((await failureOf(fake(project, { name: "0001_a", undo: true }))).code).toBe("history");
      expect(await fake(project, { name: "0003_c", undo: true })).toEqual({ faked: [], forgotten: ["0003_c"] });
      expect(await states()).toEqual({ "0001_a": "applied", "0002_b": "applied", "0003_c": "pending" });
    });

    test("redo rolls back and applies the file as it is now", async () => {
      chain("0001_a", "0002_b");
      await up(project);
      expect(await redo(project)).toEqual({ rolled_back: ["0002_b"], applied: ["0002_b"] });
      expect(await tables()).toEqual(["t1", "t2"]);
    });

    test("outside a transaction, what is done stays recorded and the next run goes on from there", async () => {
      const second = "INSERT INTO t1 (id) SELECT id FROM later";
      project.write(
        "0001_a",
        `${table("t1")}, runSQL({ forward: "INSERT INTO t1 (id) VALUES (1)", backward: "" }), runSQL({ forward: "${second}", backward: "" })`,
        { transaction: false },
      );
      expect((await failureOf(up(project))).code).toBe("database");
      expect(await states()).toEqual({ "0001_a": "failed" });
      expect((await failureOf(down(project))).message).toContain("finish it with `godwit migrate up`");
      await project.withDatabase(async ({ driver }) => {
        await driver.execute("CREATE TABLE later (id INTEGER)");
        await driver.execute("INSERT INTO later VALUES (7)");
      });
      expect(await up(project)).toEqual({ applied: ["0001_a"] });
      expect((await project.query("SELECT id FROM t1 ORDER BY id")).map((r) => Number(r["id"]))).toEqual([1, 7]);
      expect(await states()).toEqual({ "0001_a": "applied" });
    });

    test("outside a transaction, a rollback that stopped is finished by down and by nothing else", async () => {
      project.write(
        "0001_a",
        `${table("t1")}, runSQL({ forward: "SELECT 1", backward: "SELECT * FROM later" }), ${table("t2")}`,
        { transaction: false },
      );
      await up(project);
      expect((await failureOf(down(project))).code).toBe("database");
      expect(await tables()).toEqual(["t1"]);
      expect(await states()).toEqual({ "0001_a": "failed" });
      expect((await failureOf(up(project))).message).toContain("`godwit migrate down`");
      await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE later (id INTEGER)"));
      expect(await down(project)).toEqual({ rolled_back: ["0001_a"] });
      expect(await tables()).toEqual(["later"]);
      expect(await states()).toEqual({ "0001_a": "pending" });
    });

    test("tasks that read create nothing", async () => {
      chain("0001_a");
      expect(await status(project)).toMatchObject({ applied: 0, pending: 1, failed: 0 });
      expect((await showSql(project)).migrations.map((m) => m.name)).toEqual(["0001_a"]);
      const dry = await up(project, { dryRun: true });
      expect(dry.applied).toEqual([]);
      expect(dry.planned?.[0]?.statements[0]).toMatchObject({
        transaction: !canStopHalfWay(database),
        sql: expect.stringContaining("CREATE TABLE"),
      });
      if (database === "sqlite") expect(existsSync(join(project.root, "app.db"))).toBe(false);
      else expect(await project.tables("own")).toEqual([]);
    });

    test.if(database === "sqlite")("what cannot be planned leaves no file behind", async () => {
      project.write("0001_a", 'createTable({ name: "t", fields: [{ name: "a", type: "integer", identity: {} }] })');
      expect((await failureOf(up(project))).message).toContain("SQLite has no identity columns");
      expect(existsSync(join(project.root, "app.db"))).toBe(false);
    });

    test("the log has what was applied and what was rolled back, newest first; status shows a part", async () => {
      expect(await log(project)).toMatchObject({ entries: [], more: 0 });
      chain("0001_a", "0002_b", "0003_c");
      await up(project);
      expect(await project.tables("own")).not.toContain("godwit_history_past");
      await down(project);
      const { entries, more } = await log(project, { limit: 2 });
      expect({ events: entries.map(({ name, event }) => `${event} ${name}`), more }).toEqual({
        events: ["rolled_back 0003_c", "applied 0003_c"],
        more: 2,
      });
      const [gone, was] = entries;
      const about = { track: "default", by: whoAmI(), tool_version: version, checksum: was?.checksum };
      expect(gone).toMatchObject(about);
      expect(was).toMatchObject(about);
      for (const { at, duration_ms } of entries) {
        expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(600_000);
        expect(duration_ms).toBeWithin(0, 60_000);
      }
      const since = async (text: string) => (await log(project, { since: text })).entries.map((entry) => entry.name);
      expect(await since(gone?.at ?? "")).toEqual(["0003_c"]);
      expect(await since("2999-01-01")).toEqual([]);
      expect(await since("0002")).toContain("0003_c");
      expect(await since("0001")).toEqual(["0003_c", "0003_c", "0002_b", "0001_a"]);
      const [track] = (await status(project, { since: "0002", limit: 1 })).tracks;
      expect(track).toMatchObject({ omitted: 2, migrations: [{ name: "0003_c", state: "pending" }] });
    });

    test("the log keeps why a row went: done again, forgotten, recorded anew, accepted; and what goes in pieces is told once", async () => {
      chain("0001_a");
      const pieces = `${table("t2")}, runSQL({ forward: ${JSON.stringify(standingAlone[database])}, backward: "" })`;
      project.write("0002_b", pieces, { dependencies: ["0001_a"], transaction: false });
      await up(project);
      await redo(project);
      await down(project);
      await fake(project, { name: "0002_b" });
      await fake(project, { name: "0002_b", undo: true });
      chain("0001_a");
      project.write("0001_a", table("other"));
      await repair(project, { name: "0001_a", repair: "accept", confirm: () => Promise.resolve(true) });
      project.write("0001_a", table("another"));
      await fake(project, { name: "0001_a" });
      const { entries } = await log(project);
      expect(entries.toReversed().map(({ name, event }) => `${event} ${name}`)).toEqual([
        "applied 0001_a",
        "applied 0002_b",
        "redone 0002_b",
        "applied 0002_b",
        "rolled_back 0002_b",
        "fake 0002_b",
        "forgotten 0002_b",
        "accepted 0001_a",
        "replaced 0001_a",
        "fake 0001_a",
      ]);
      expect((await log(project, { name: "0001" })).entries).toHaveLength(4);
      expect((await drift(project, { all: true })).changes.map(({ object }) => object)).not.toContain(
        "godwit_history_past",
      );
    });

    test("nothing pending: up makes no history table", async () => {
      expect(await up(project)).toEqual({ applied: [] });
      expect(await project.tables("own")).toEqual([]);
    });

    test("what cannot be taken back is said before anything is rolled back", async () => {
      chain("0001_a");
      project.write("0002_b", 'runSQL({ forward: "SELECT 1" })', { dependencies: ["0001_a"] });
      project.write("0003_c", table("t3"), { dependencies: ["0002_b"] });
      await up(project);
      expect(await failureOf(down(project, { to: "0001_a" }))).toMatchObject({ code: "irreversible" });
      expect(await states()).toEqual({ "0001_a": "applied", "0002_b": "applied", "0003_c": "applied" });
    });

    test("a run that is stopped rolls its migration back and says what it did", async () => {
      chain("0001_a");
      // SQL of an author is never sent with other migrations, so that it is told of before it runs.
      const operations = `${table("t2")}, runSQL({ forward: "SELECT 1", backward: "" })`;
      project.write("0002_b", operations, { dependencies: ["0001_a"] });
      const stop = new AbortController();
      const onEvent = (event: RunEvent): void => {
        if (event.type === "migration-start" && event.migration === "0002_b") stop.abort();
      };
      expect(await failureOf(up(project, { onEvent, signal: stop.signal }))).toMatchObject({
        code: "cancelled",
        applied: ["0001_a"],
        failed: "0002_b",
      });
      expect(await tables()).toEqual(["t1"]);
    });
  });
}

test("a connection that is cut ends the run with the migration's name, and leaves nothing half-done", async () => {
  const project = await createProject("postgresql");
  project.write("0001_a", table("t1"));
  const cut = "SELECT pg_terminate_backend(pg_backend_pid())";
  project.write("0002_b", `${table("t2")}, runSQL({ forward: "${cut}", backward: "", ignoreErrors: true })`, {
    dependencies: ["0001_a"],
  });
  const error = await failureOf(up(project));
  expect(error).toMatchObject({ applied: ["0001_a"], failed: "0002_b" });
  expect(error.message).toContain('migration "0002_b", operation 2');
  expect(await status(project)).toMatchObject({ applied: 1, pending: 1, failed: 0 });
  await project.dispose();
});

test("dag: the predecessor's shape, with its names of operations", async () => {
  const project = await createProject("sqlite");
  project.write("0001_a", `${table("t1")}, runSQL({ forward: "SELECT 1", backward: "" })`);
  project.write("0002_b", "", { dependencies: ["0001_a"] });
  project.write("0002_c", "", { dependencies: ["0001_a"] });
  const { json, text, unresolved } = await dag(project);
  expect(await json()).toMatchObject({
    migrations: [
      {
        name: "0001_a",
        dependencies: [],
        operations: [{ type: "create_table", table: "t1", description: 'create table "t1"' }, { type: "run_sql" }],
      },
      { name: "0002_b", dependencies: ["0001_a"], operations: [] },
      { name: "0002_c" },
    ],
    roots: ["0001_a"],
    leaves: ["0002_b", "0002_c"],
    has_branches: true,
    has_unresolved_branches: true,
    schema_state: {
      tables: { t1: { name: "t1", fields: [{ name: "id", primary_key: true }, { nullable: true }], indexes: [] } },
    },
  });
  expect(unresolved).toEqual(["0002_b", "0002_c"]);
  expect((await text()).split("\n")).toEqual([
    "0001_a  2 operations",
    "├─ 0002_b  0 operations",
    "└─ 0002_c  0 operations",
  ]);
  await project.dispose();
});
