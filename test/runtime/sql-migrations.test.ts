import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { buildGraph } from "../../src/core/plan/graph.ts";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import { dag } from "../../src/runtime/tasks/dag.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { showSql } from "../../src/runtime/tasks/showsql.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, standingAlone, type TestProject } from "../helpers/migration-project.ts";

const failureOf = async (run: Promise<unknown>): Promise<ToolError> => {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ToolError) return error;
  throw error ?? new Error("nothing was thrown");
};

const table = `createTable({ name: "t", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;

let project: TestProject;
const write = (file: string, text: string): void => writeFileSync(join(project.migrationsDir, file), text);
const load = () => loadMigrations(project.migrationsDir, { root: project.root, cache: "bypass" });

describe("loading SQL files", () => {
  beforeEach(async () => {
    project = await createProject("sqlite");
  });
  afterEach(() => project.dispose());

  test("pairs, goose and dbmate files stand in one graph with TypeScript, each after the one before it by number", async () => {
    project.write("1_a", table);
    write("2_b.up.sql", "SELECT 1;");
    write("2_b.down.sql", "");
    write("9_c.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n");
    write("10_d.sql", "-- dependencies: 2_b\n-- migrate:up\nSELECT 1;\n");
    write("20240101120000_e.up.sql", "-- dependencies:\nSELECT 1;");
    const migrations = await load();
    expect(Object.fromEntries(migrations.map((m) => [m.name, m.dependencies]))).toEqual({
      "1_a": [],
      "2_b": ["1_a"],
      "9_c": ["2_b"],
      "10_d": ["2_b"],
      "20240101120000_e": [],
    });
  });

  test("comments, line ends, layout and the way back do not change the checksum; statements and the transaction do", async () => {
    const checksumOf = async (text: string, back?: string): Promise<string> => {
      write("0001_a.up.sql", text);
      if (back !== undefined) write("0001_a.down.sql", back);
      return (await load())[0]?.checksum ?? "";
    };
    const first = await checksumOf("SELECT 1;\n");
    expect(await checksumOf("-- why\r\nSELECT   1; -- it's one\r\n", "SELECT 2;")).toBe(first);
    expect(await checksumOf("SELECT 2;\n")).not.toBe(first);
    expect(await checksumOf("-- transaction: false\nSELECT 1;\n")).not.toBe(first);
  });

  test.each([
    [["seed.sql"], 'migrations/seed.sql is not named like a migration, such as "0001_initial.up.sql"'],
    [["V1__x.SQL"], "migrations/V1__x.SQL is not named like a migration"],
    [["0001_a.down.sql"], 'migrations/0001_a.down.sql: there is no "0001_a.up.sql" that this takes back'],
    [["0001_a.sql"], 'migrations/0001_a.sql: it has neither "-- +goose Up" nor "-- migrate:up"'],
  ])("%p is refused", async (files, message) => {
    for (const file of files) write(file, "SELECT 1;");
    expect((await failureOf(load())).message).toContain(message);
  });

  test("what a file says that it touches is what branches are told apart by, and no part of the checksum", async () => {
    project.write("0001_a", table);
    project.write("0002_field", `addField({ table: "t", field: { name: "a", type: "text", nullable: true } })`, {
      dependencies: ["0001_a"],
    });
    const conflictsWith = async (head: string) => {
      write("0002_fill.up.sql", `${head}\n-- dependencies: 0001_a\nUPDATE t SET id = id;`);
      const { conflictsOf } = await import("../../src/core/plan/conflicts.ts");
      const migrations = await load();
      const { checksum } = migrations.find(({ name }) => name === "0002_fill") ?? {};
      return { checksum, opaque: conflictsOf(buildGraph(migrations)).map((conflict) => conflict.opaque) };
    };
    const silent = await conflictsWith("-- says nothing");
    expect(silent.opaque).toEqual([["0002_fill"]]);
    expect(await conflictsWith("-- touches: t.id")).toEqual({ checksum: silent.checksum, opaque: [] });
    expect((await conflictsWith("-- touches: t")).opaque).toEqual([[]]);
    write("0002_fill.down.sql", "-- touches: t\n");
    expect((await failureOf(load())).message).toContain('"touches:" belongs into "0002_fill.up.sql"');
  });

  test("annotations in a pair and dependencies of a way back are refused", async () => {
    write("0001_a.up.sql", "-- +goose Up\nSELECT 1;");
    expect((await failureOf(load())).message).toContain(
      "migrations/0001_a.up.sql: it is annotated for both directions",
    );
    write("0001_a.up.sql", "SELECT 1;");
    write("0001_a.down.sql", "-- dependencies: 0000_x\nSELECT 1;");
    expect((await failureOf(load())).message).toContain('"dependencies:" belongs into "0001_a.up.sql"');
  });

  test("two files of one name are refused, whatever their kinds", async () => {
    project.write("0001_a", table);
    write("0001_a.up.sql", "SELECT 1;");
    expect((await failureOf(status(project))).message).toBe(
      'two migrations are called "0001_a": migrations/0001_a.ts and migrations/0001_a.up.sql; rename one',
    );
  });

  test("what is generated counts on from them and depends on them", async () => {
    project.write("0001_a", table);
    write("0007_b.up.sql", "SELECT 1;");
    const { created, name } = await generate(project, { empty: true, name: "next" });
    expect(name).toBe("0008_next");
    expect(created).toContain("0008_next.ts");
    expect((await load()).find((m) => m.name === "0008_next")?.dependencies).toEqual(["0007_b"]);
  });
});

for (const database of databases) {
  describe(`SQL files on ${database}`, () => {
    beforeEach(async () => {
      project = await createProject(database);
    });
    afterEach(() => project.dispose());
    const rows = async (sql: string): Promise<readonly unknown[]> => (await project.query(sql)).map((row) => row["id"]);
    const stateOf = async (name: string): Promise<string | undefined> =>
      (await status(project)).tracks.flatMap((t) => t.migrations).find((m) => m.name === name)?.state;

    test("up, status, showsql, dag, fake and down", async () => {
      project.write("0001_a", table);
      write(
        "0002_b.up.sql",
        "BEGIN;\n-- two rows; really\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\nCOMMIT;\n",
      );
      write("0002_b.down.sql", "DELETE FROM t WHERE id = 1;\nDELETE FROM t WHERE id = 2;\n");
      write("0003_c.sql", "-- +goose Up\nINSERT INTO t VALUES (3);\n-- +goose Down\n");
      const shown = (await showSql(project)).migrations.find((m) => m.name === "0002_b");
      expect(shown?.statements).toEqual([
        { sql: "INSERT INTO t VALUES (1)", step: 1, transaction: true },
        { sql: "INSERT INTO t VALUES (2)", step: 1, transaction: true },
      ]);
      expect((await up(project)).applied).toEqual(["0001_a", "0002_b", "0003_c"]);
      expect(await rows("SELECT id FROM t ORDER BY id")).toEqual([1, 2, 3]);
      expect(await (await dag(project)).text()).toContain("0002_b  1 operation");
      expect((await down(project, { steps: 2 })).rolled_back).toEqual(["0003_c", "0002_b"]);
      expect(await rows("SELECT id FROM t")).toEqual([3]);
      await fake(project, { name: "0002_b" });
      expect(await stateOf("0002_b")).toBe("applied");
      write("0002_b.up.sql", "INSERT INTO t VALUES (9);\n");
      expect(await stateOf("0002_b")).toBe("changed");
    });

    test("a missing way back is said before anything runs, and writing it raises no alarm", async () => {
      project.write("0001_a", table);
      write("0002_b.up.sql", "INSERT INTO t VALUES (1);");
      write("0003_c.up.sql", "INSERT INTO t VALUES (2);");
      write("0003_c.down.sql", "DELETE FROM t WHERE id = 2;");
      await up(project);
      const failure = await failureOf(down(project, { steps: 2 }));
      expect(failure.code).toBe("irreversible");
      expect(failure.message).toContain('"0002_b"');
      expect(failure.message).toContain('a file "0002_b.down.sql"');
      expect(await rows("SELECT id FROM t ORDER BY id")).toEqual([1, 2]);
      write("0002_b.down.sql", "DELETE FROM t;");
      expect((await down(project, { steps: 2 })).rolled_back).toEqual(["0003_c", "0002_b"]);
      expect(await rows("SELECT id FROM t")).toEqual([]);
    });

    test("a statement that fails is shown at its place in the file, and nothing of the file is left", async () => {
      project.write("0001_a", table);
      write(
        "0002_b.sql",
        "-- +goose Up\n-- first\nINSERT INTO t VALUES (1); INSERT INTO t\n  VALUES (nothing);\n-- +goose Down\n",
      );
      const failure = await failureOf(up(project));
      expect(failure.code).toBe("database");
      const column = failure.data["column"];
      const line = failure.data["line"];
      expect(failure.data).toMatchObject({ file: "migrations/0002_b.sql", migration: "0002_b", failed: "0002_b" });
      expect(failure.message).toStartWith(`migrations/0002_b.sql:${line}:${column}: migration "0002_b": `);
      // MariaDB says where it stumbles over syntax only, so that the statement's first word has to do.
      expect([line, column]).toEqual(database === "mariadb" ? [3, 27] : [4, 11]);
      if (database !== "mariadb")
        expect(failure.message).toContain("  4 |   VALUES (nothing)\n    |           ^ column 11");
      expect(await rows("SELECT id FROM t")).toEqual([]);
      expect(await stateOf("0002_b")).toBe("pending");
    });

    test("outside a transaction each statement counts by itself, and the next run goes on with the one that failed", async () => {
      project.write("0001_a", table);
      const text = (last: string): string =>
        `-- transaction: false\nINSERT INTO t VALUES (1);\nBEGIN; INSERT INTO t VALUES (2); INSERT INTO ${last} VALUES (3); COMMIT;\n${standingAlone[database]};\n`;
      write("0002_b.up.sql", text("later"));
      await failureOf(up(project));
      expect(await stateOf("0002_b")).toBe("failed");
      expect(await rows("SELECT id FROM t")).toEqual([1]);
      await project.query("CREATE TABLE later (id INTEGER)");
      expect((await up(project)).applied).toEqual(["0002_b"]);
      expect(await rows("SELECT id FROM t ORDER BY id")).toEqual([1, 2]);
      expect(await rows("SELECT id FROM later")).toEqual([3]);
    });

    test("a statement in the way of the migration's transaction is refused with its place before anything runs", async () => {
      write("0001_a.up.sql", "CREATE TABLE u (id INTEGER);\nCOMMIT;\nCREATE TABLE v (id INTEGER);\n");
      const failure = await failureOf(up(project));
      expect(failure.message).toStartWith('migrations/0001_a.up.sql:2:1: "COMMIT" would interfere');
      expect(await stateOf("0001_a")).toBe("pending");
    });

    test("each direction says for itself whether it runs in a transaction", async () => {
      project.write("0001_a", table);
      write(
        "0002_b.sql",
        `-- migrate:up\nINSERT INTO t VALUES (1);\n-- migrate:down transaction:false\nDELETE FROM t;\n${standingAlone[database]};\n`,
      );
      await up(project);
      expect((await down(project)).rolled_back).toEqual(["0002_b"]);
      expect(await rows("SELECT id FROM t")).toEqual([]);
    });

    test("a file that is gone is missing, and one that is there again is not", async () => {
      write("0001_a.up.sql", "CREATE TABLE u (id INTEGER);");
      await up(project);
      rmSync(join(project.migrationsDir, "0001_a.up.sql"));
      expect(await stateOf("0001_a")).toBe("missing");
    });
  });
}

describe("bodies with semicolons", () => {
  afterEach(() => project.dispose());

  test("a trigger of SQLite", async () => {
    project = await createProject("sqlite");
    write(
      "0001_a.up.sql",
      "CREATE TABLE t (id INTEGER);\nCREATE TRIGGER x AFTER INSERT ON t BEGIN\n  DELETE FROM t WHERE id = CASE WHEN 1 THEN 7 END;\n  DELETE FROM t WHERE id = 8;\nEND;\nINSERT INTO t VALUES (7);\nINSERT INTO t VALUES (9);\n",
    );
    await up(project);
    expect((await project.query("SELECT id FROM t")).map((row) => row["id"])).toEqual([9]);
  });

  test("functions of PostgreSQL, and an index that is built concurrently", async () => {
    project = await createProject("postgresql");
    write(
      "0001_a.up.sql",
      "CREATE TABLE t (id INTEGER);\nCREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\nCREATE FUNCTION g() RETURNS int AS $x$ BEGIN RETURN 3; END $x$ LANGUAGE plpgsql;\nINSERT INTO t VALUES (f() + g());\n",
    );
    write(
      "0002_b.up.sql",
      "-- transaction: false\nCREATE INDEX CONCURRENTLY i ON t (id);\nCREATE INDEX CONCURRENTLY j ON t (id);\n",
    );
    await up(project);
    expect((await project.query("SELECT id FROM t")).map((row) => row["id"])).toEqual([5]);
    expect(await project.query("SELECT 1 FROM pg_indexes WHERE tablename = 't'")).toHaveLength(2);
  });
});
