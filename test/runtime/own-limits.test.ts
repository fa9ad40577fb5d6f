import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { loadProject } from "../../src/runtime/config.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { type Limits, mergeLimits } from "../../src/runtime/limits.ts";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

const write = (file: string, text: string): void => writeFileSync(join(project.migrationsDir, file), text);

const typed = (keys: string, operations: string): string =>
  `import { migration, runSQL } from "godwit";\nexport default migration({ ${keys}, operations: [${operations}] });\n`;

const problem = async (work: Promise<unknown>): Promise<ToolError> => {
  const error: unknown = await work.catch((e: unknown) => e);
  if (error instanceof ToolError) return error;
  throw new Error("expected a ToolError");
};

describe("on PostgreSQL", () => {
  beforeEach(async () => {
    project = await createProject("postgresql");
  });

  /** SQL that keeps what holds while it runs, once as DDL and once as data. */
  const noting = (table: string): string =>
    `CREATE TABLE ${table} AS SELECT 'ddl' AS kind, current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement;` +
    `INSERT INTO ${table} VALUES ('data', current_setting('lock_timeout'), current_setting('statement_timeout'));`;

  const noted = async (table: string): Promise<readonly unknown[]> =>
    (await project.query(`SELECT * FROM ${table}`)).map(({ kind, lock, statement }) => [kind, lock, statement]);

  const configured = { limits: { lockMs: 6000, statementMs: { ddl: 60_000, data: 3_600_000 } } };

  for (const singleTransaction of [false, true]) {
    test(`a migration's own limits go before the configured ones and are its own${singleTransaction ? ", in one transaction" : ""}`, async () => {
      write("0001_a.up.sql", noting("a"));
      write(
        "0002_b.ts",
        typed('lockTimeout: "2s", statementTimeout: "10m"', `runSQL({ forward: \`${noting("b")}\` })`),
      );
      write("0003_c.up.sql", `-- dependencies: 0002_b\n-- statement_timeout: 0\n${noting("c")}`);
      write("0004_d.up.sql", noting("d"));
      await up({ ...project, ...configured }, { singleTransaction, allowConflicts: true });
      expect([await noted("a"), await noted("b"), await noted("c"), await noted("d")]).toEqual([
        [
          ["ddl", "6s", "1min"],
          ["data", "6s", "1h"],
        ],
        [
          ["ddl", "2s", "10min"],
          ["data", "2s", "10min"],
        ],
        [
          ["ddl", "6s", "0"],
          ["data", "6s", "0"],
        ],
        [
          ["ddl", "6s", "1min"],
          ["data", "6s", "1h"],
        ],
      ]);
    });
  }

  test("what is not said afterwards is as the connection has it, and flags go before all", async () => {
    write("0001_a.up.sql", `-- statement_timeout: 10m\n-- lock_timeout: 2s\n${noting("a")}`);
    write("0002_b.up.sql", noting("b"));
    const url = new URL(project.database.url ?? "");
    url.searchParams.set("statement_timeout", "77s");
    await up({ ...project, database: { url: url.href } }, { singleTransaction: true });
    expect(await noted("a")).toEqual([
      ["ddl", "2s", "10min"],
      ["data", "2s", "10min"],
    ]);
    expect(await noted("b")).toEqual([
      ["ddl", "5s", "77s"],
      ["data", "5s", "77s"],
    ]);
    write("0003_c.up.sql", `-- statement_timeout: 10m\n-- lock_timeout: 2s\n${noting("c")}`);
    await up({ ...project, ...configured }, { limits: { lockMs: 7000, statementMs: 8000 } });
    expect(await noted("c")).toEqual([
      ["ddl", "7s", "8s"],
      ["data", "7s", "8s"],
    ]);
  });

  test("outside of a transaction, and after what was ignored, they hold too", async () => {
    const broken = `runSQL({ forward: "DROP TABLE nowhere", ignoreErrors: true }), runSQL({ forward: \`${noting("b")}\` })`;
    write("0001_a.up.sql", `-- transaction: false\n-- lock_timeout: 2s\n${noting("a")}`);
    write("0002_b.ts", typed('dependencies: ["0001_a"], lockTimeout: "3s"', broken));
    await up({ ...project, ...configured });
    expect([await noted("a"), await noted("b")]).toEqual([
      [
        ["ddl", "2s", "1min"],
        ["data", "2s", "1h"],
      ],
      [
        ["ddl", "3s", "1min"],
        ["data", "3s", "1h"],
      ],
    ]);
  });

  test("what the SQL itself sets goes before them", async () => {
    write("0001_a.up.sql", `-- lock_timeout: 2s\nSET LOCAL lock_timeout = '9s';\n${noting("a")}`);
    await up({ ...project, ...configured });
    expect(await noted("a")).toEqual([
      ["ddl", "9s", "1min"],
      ["data", "9s", "1h"],
    ]);
  });

  test("each file of a pair speaks for its own direction", async () => {
    await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE d (s text)"));
    write("0001_a.up.sql", `-- statement_timeout: 3s\n${noting("a")}`);
    write("0001_a.down.sql", "-- statement_timeout: 4s\nINSERT INTO d VALUES (current_setting('statement_timeout'));");
    await up(project);
    await down(project);
    expect([await noted("a"), await project.query("SELECT s FROM d")]).toMatchObject([
      [["ddl", "5s", "3s"], {}],
      [{ s: "4s" }],
    ]);
  });

  test("a migration that says so waits for a lock no longer than it may", async () => {
    await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE t (id int)"));
    write("0001_a.up.sql", "-- lock_timeout: 50ms\nALTER TABLE t ADD x int;");
    const retries: RunEvent[] = [];
    const onEvent = (event: RunEvent): unknown => event.type === "retry" && retries.push(event);
    await project.withDatabase(async ({ driver }) => {
      await driver.begin("BEGIN");
      await driver.query("SELECT * FROM t");
      const error = await problem(up(project, { onEvent, limits: { retries: 1 } }));
      expect(error).toMatchObject({ code: "database", data: { code: "55P03", attempts: 2 } });
      await driver.rollback();
    });
    expect(retries).toHaveLength(1);
  });

  test("an index that is built concurrently has a limit only where it was given one, and what is cut short is made good", async () => {
    await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE t (id int)"));
    write("0001_a.up.sql", "-- statement_timeout: 100ms\nCREATE INDEX CONCURRENTLY i ON t (id);");
    const limited = { limits: { statementMs: { concurrent: 60_000 } } };
    await project.withDatabase(async ({ driver }) => {
      await driver.begin("BEGIN");
      await driver.execute("INSERT INTO t VALUES (1)");
      const error = await problem(up({ ...project, ...limited }));
      expect(error.message).toContain("statement timeout");
      const unlimited = up(project);
      await Bun.sleep(400);
      await driver.rollback();
      expect((await unlimited).applied).toEqual(["0001_a"]);
    });
    const index = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass";
    expect(await project.query(index)).toEqual([{ indisvalid: true }]);
  });
});

test("SQLite: a migration's own limit for locks holds while it runs, and the connection's afterwards", async () => {
  project = await createProject("sqlite");
  const noting = (table: string): string => `CREATE TABLE ${table} AS SELECT timeout AS ms FROM pragma_busy_timeout;`;
  write("0001_a.up.sql", `-- lock_timeout: 2s\n${noting("a")}`);
  write("0002_b.up.sql", noting("b"));
  const database = { url: `${project.database.url}?busy_timeout=1234` };
  await up({ ...project, database });
  expect([await project.query("SELECT ms FROM a"), await project.query("SELECT ms FROM b")]).toEqual([
    [{ ms: 2000 }],
    [{ ms: 1234 }],
  ]);
});

test("MariaDB: a migration's own limits hold while it runs, and the server's afterwards", async () => {
  project = await createProject("mariadb");
  const noting = (table: string): string =>
    `CREATE TABLE ${table} (kind text, locks int, statement double);
     INSERT INTO ${table} VALUES ('data', @@lock_wait_timeout, @@max_statement_time);`;
  write("0001_a.up.sql", `-- lock_timeout: 1500ms\n-- statement_timeout: 250s\n${noting("a")}`);
  write("0002_b.up.sql", noting("b"));
  await up({ ...project, limits: { lockMs: 7000, statementMs: { ddl: 60_000 } } });
  expect([await project.query("SELECT * FROM a"), await project.query("SELECT * FROM b")]).toEqual([
    [{ kind: "data", locks: 2, statement: 250 }],
    [{ kind: "data", locks: 7, statement: 0 }],
  ]);
}, 60_000);

test("limits are no part of the checksum", async () => {
  project = await createProject("sqlite");
  const checksums = async (): Promise<readonly string[]> =>
    (await loadMigrations(project.migrationsDir, { root: project.root, cache: "bypass" })).map(
      ({ checksum }) => checksum,
    );
  write("0001_a.ts", typed("dependencies: []", 'runSQL({ forward: "SELECT 1" })'));
  write("0002_b.up.sql", "SELECT 1;");
  const before = await checksums();
  write("0001_a.ts", typed('lockTimeout: "2s"', 'runSQL({ forward: "SELECT 1" })'));
  write("0002_b.up.sql", "-- statement_timeout: 1h\nSELECT 1;");
  expect(await checksums()).toEqual(before);
});

test("what is no time is an error at its place", async () => {
  project = await createProject("sqlite");
  const wrong = async (file: string, text: string): Promise<string> => {
    write(file, text);
    return (await problem(loadMigrations(project.migrationsDir, { root: project.root, cache: "bypass" }))).message;
  };
  expect(await wrong("0001_a.ts", typed("statementTimeout: 5", ""))).toBe(
    'migrations/0001_a.ts:2:16: statementTimeout: is not a time; write a text such as "500ms", "2s" or "10m"',
  );
  write("0001_a.ts", typed("dependencies: []", ""));
  expect(await wrong("0002_b.up.sql", "--\n-- lock_timeout: soon\nSELECT 1;")).toBe(
    'migrations/0002_b.up.sql:2:1: "lock_timeout:" takes a time such as 500ms, 2s or 10m, not "soon"; if this is no setting, word it differently',
  );
  expect(await wrong("0002_b.up.sql", "-- Lock timeout: 5s\nSELECT 1;")).toBe(
    'migrations/0002_b.up.sql:1:1: an SQL file has no "Lock timeout:"; did you mean "lock_timeout:"?',
  );
});

test("the configuration gives each kind a time, and the variable one to all", async () => {
  project = await createProject("sqlite");
  const limitsOf = (yaml: string, env: Readonly<Record<string, string>> = {}) => {
    writeFileSync(join(project.root, "godwit.yaml"), yaml);
    return loadProject({}, env, project.root).limits;
  };
  const kinds = "statement_timeout: { ddl: 1m, concurrent: 0 }\n";
  expect(limitsOf(kinds)).toEqual({ statementMs: { ddl: 60_000, concurrent: 0 } });
  expect(limitsOf("statement_timeout: 90")).toEqual({ statementMs: 90_000 });
  expect(limitsOf(kinds, { GODWIT_STATEMENT_TIMEOUT: "5s" })).toEqual({
    statementMs: { ddl: 5000, data: 5000, concurrent: 5000 },
  });
  expect(limitsOf("")).toBeUndefined();
});

test("a time for all kinds of statements is for those that stand in nobody's way only where they have one", () => {
  const merged = (...times: readonly Limits[]) => mergeLimits(...times).statementMs;
  expect(merged({ statementMs: { ddl: 1, concurrent: 2 } }, { statementMs: 3 })).toEqual({
    ddl: 3,
    data: 3,
    concurrent: 3,
  });
  expect(merged({ statementMs: { ddl: 1 } }, { statementMs: 3 })).toEqual({ ddl: 3, data: 3 });
  expect(merged({ statementMs: 1 }, { statementMs: { data: 2 } })).toEqual({ ddl: 1, data: 2 });
  expect(merged({ statementMs: 1 }, { statementMs: undefined }, { lockMs: 4 })).toBe(1);
});
