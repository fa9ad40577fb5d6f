import { afterEach, beforeEach, expect, test } from "bun:test";
import type { PartialError } from "../../src/core/errors.ts";
import dialect from "../../src/dialects/sqlite/dialect.ts";
import openDriver from "../../src/dialects/sqlite/driver.ts";
import type { ConnectOptions, Driver } from "../../src/runtime/driver.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { type UpOptions, up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
beforeEach(async () => {
  project = await createProject("sqlite");
});
afterEach(() => project.dispose());

const table = (name: string, more = ""): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }${more}] })`;
const tables = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => table(`t${i + 1}`));

/** Writes migrations in a row, called `0001_m`, `0002_m`…; returns their names. */
function writeAll(operations: readonly string[]): readonly string[] {
  const names = operations.map((_, i) => `${String(i + 1).padStart(4, "0")}_m`);
  for (const [i, text] of operations.entries())
    project.write(names[i] ?? "", text, { dependencies: names.slice(Math.max(0, i - 1), i) });
  return names;
}

/** Does `up` over a connection of which `said` says when transactions began and ended, and which tables were made in them. */
async function listenedUp(options: UpOptions = {}, onTable: (name: string) => unknown = () => undefined) {
  const said: string[] = [];
  const open = async (asked?: ConnectOptions): Promise<Driver> => {
    const driver = await openDriver(project.database.url, asked);
    return {
      ...driver,
      begin: (sql) => {
        said.push("begin");
        return driver.begin(sql);
      },
      commit: () => {
        said.push("commit");
        return driver.commit();
      },
      rollback: () => {
        said.push("rollback");
        return driver.rollback();
      },
      execute: async (sql, parameters) => {
        const name = /^CREATE TABLE "(t\d+)"/.exec(sql)?.[1];
        if (name) said.push(name);
        const result = await driver.execute(sql, parameters);
        if (name) await onTable(name);
        return result;
      },
    };
  };
  const listened = { ...project, database: { ...project.database, door: { dialect, open } } } as TestProject;
  const events: RunEvent[] = [];
  const failed = await up(listened, { ...options, onEvent: (event) => events.push(event) }).then(
    () => undefined,
    (error: unknown) => error as PartialError,
  );
  return { said, events, failed };
}

/** In which transaction each table was made for good, counted from 1. */
function transactionsOf(said: readonly string[]): Readonly<Record<string, number>> {
  let count = 0;
  const all: Record<string, number> = {};
  let made: string[] = [];
  for (const word of said) {
    if (word === "begin") [made, count] = [[], count + 1];
    else if (word === "commit") for (const name of made) all[name] = count;
    else made.push(word);
  }
  return all;
}

const history = () =>
  project.query(
    "SELECT name, state, steps_done, duration_ms BETWEEN 0 AND 60000 AS took, applied_at LIKE '20%Z' AS at FROM godwit_history ORDER BY name",
  );
const appliedNames = async () => (await history()).map(({ name }) => name);

test("migrations on new tables share transactions, each with its own row, time and events", async () => {
  const names = writeAll(tables(20));
  const { said, events } = await listenedUp();
  expect(said.filter((word) => word === "commit").length).toBeLessThan(20);
  expect(await history()).toEqual(names.map((name) => ({ name, state: "applied", steps_done: 1, took: 1, at: 1 })));
  const about = events.filter((event) => "migration" in event && event.migration === "0018_m");
  expect(about.map(({ type }) => type)).toEqual(["migration-start", "statement", "operation", "migration-end"]);
  for (const event of about.slice(1)) expect(event).toMatchObject({ durationMs: expect.any(Number) });
  expect(about.at(-1)).toMatchObject({ index: 17, total: 20 });
});

test("nothing is told of a migration before it is committed", async () => {
  writeAll(tables(3));
  const told: string[] = [];
  const open = async (asked?: ConnectOptions): Promise<Driver> => {
    const driver = await openDriver(project.database.url, asked);
    return { ...driver, commit: () => driver.commit().then(() => void told.push("commit")) };
  };
  const onEvent = ({ type }: RunEvent): unknown => type.startsWith("migration-") && told.push(type);
  await up({ ...project, database: { ...project.database, door: { dialect, open } } } as TestProject, { onEvent });
  const [first, ...others] = told;
  expect(first).toBe("commit");
  expect(others.filter((word) => word === "migration-end").length).toBe(3);
});

test("when one of them fails, those before it are applied, and the failure is told of as ever", async () => {
  const names = writeAll(tables(6));
  await project.query("CREATE TABLE t4 (other integer)");
  const { said, events, failed } = await listenedUp();
  expect(said).toContain("rollback");
  expect(failed).toMatchObject({ applied: names.slice(0, 3), failed: "0004_m", remaining: names.slice(4) });
  expect(failed?.data).toMatchObject({ migration: "0004_m", operation: 0, code: "SQLITE_ERROR" });
  expect(await appliedNames()).toEqual([...names.slice(0, 3)]);
  expect(await project.tables()).toEqual(["t1", "t2", "t3", "t4"]);
  const told = events.flatMap((event) => (/^migration/.test(event.type) ? [event] : []));
  expect(told.map((event) => `${event.type} ${"migration" in event ? event.migration : ""}`)).toEqual([
    ...names.slice(0, 3).flatMap((name) => [`migration-start ${name}`, `migration-end ${name}`]),
    "migration-start 0004_m",
    "migration-failed 0004_m",
  ]);
  await project.query("DROP TABLE t4");
  expect((await up(project)).applied).toEqual(names.slice(3));
});

test("SQL of authors, and what needs foreign keys off, has a transaction of its own", async () => {
  writeAll([
    table("t1"),
    table("t2"),
    `runSQL({ forward: "PRAGMA user_version = 7; CREATE TABLE side (id integer)", backward: "" })`,
    `runSQL({ forward: "VACUUM", backward: "" })`,
    table("t3"),
    table("t4", `, { name: "x", type: "text", default: { sql: "('a;b')" } }`),
    table("t5", `, { name: "x", type: "text", default: { sql: "(1 /* ) */)" } }`),
    `dropTable({ name: "t5" })`,
    table("t6"),
  ]);
  const { said, failed } = await listenedUp();
  expect(failed).toBeUndefined();
  const made = transactionsOf(said);
  const apart = ["t2", "t4", "t5", "t6"];
  expect(new Set(apart.map((name) => made[name])).size).toBe(apart.length);
  expect(await project.query("PRAGMA user_version")).toEqual([{ user_version: 7 }]);
  expect((await history()).length).toBe(9);
});

test("what changes a table of the same run goes with it, but for what needs foreign keys off", async () => {
  const names = writeAll([
    table("t1", `, { name: "x", type: "text", nullable: true }, { name: "y", type: "text", nullable: true }`),
    `renameField({ table: "t1", from: "x", to: "z" })`,
    `dropField({ table: "t1", name: "y" })`,
    `alterField({ table: "t1", field: { name: "z", type: "integer", nullable: true } })`,
    table("t2"),
  ]);
  const { said, failed } = await listenedUp();
  expect(failed).toBeUndefined();
  const made = transactionsOf(said);
  expect(made["t2"]).not.toBe(made["t1"]);
  expect(said.filter((word) => word === "commit").length).toBeLessThan(names.length);
  expect(await project.query("SELECT name, type FROM pragma_table_info('t1')")).toEqual([
    { name: "id", type: "INTEGER" },
    { name: "z", type: "INTEGER" },
  ]);
});

test("a statement that fails takes nothing back that SQL of authors before it has done", async () => {
  writeAll([
    table("t1"),
    `runSQL({ forward: "INSERT INTO t1 VALUES (1)", backward: "" })`,
    table("t2"),
    table("t3"),
    `runSQL({ forward: "INSERT INTO t1 VALUES (2); INSERT INTO nowhere VALUES (1)", backward: "" })`,
  ]);
  const { failed } = await listenedUp();
  expect(failed).toMatchObject({ failed: "0005_m", applied: ["0001_m", "0002_m", "0003_m", "0004_m"] });
  expect(await project.query("SELECT id FROM t1")).toEqual([{ id: 1 }]);
});

test("a transaction that has been open for long is not made longer", async () => {
  writeAll(tables(5));
  const { said } = await listenedUp({}, (name) => name === "t3" && Bun.sleep(120));
  const made = transactionsOf(said);
  expect(made["t4"]).toBe((made["t3"] ?? 0) + 1);
  expect((await history()).length).toBe(5);
});

test("told to stop, it finishes the migration that it is at", async () => {
  const names = writeAll(tables(5));
  const stop = new AbortController();
  const { failed } = await listenedUp({ signal: stop.signal }, (name) => name === "t3" && stop.abort());
  expect(failed).toMatchObject({ code: "cancelled", applied: names.slice(0, 3), failed: "0004_m" });
  expect(failed?.message).toContain('stopped on request before "0004_m"');
  expect(await appliedNames()).toEqual([...names.slice(0, 3)]);
});

test("a run that has lost its lock commits none of them", async () => {
  writeAll(tables(5));
  const thief = await openDriver(project.database.url);
  const failed = await up(project, {
    onEvent: ({ type }) => {
      if (type === "run-start") void thief.execute("UPDATE godwit_lock SET owner = 'thief'");
    },
  }).catch((error: unknown) => error);
  await thief.close();
  expect(failed).toMatchObject({ code: "lock", applied: [], failed: "0001_m" });
  expect(await project.tables()).toEqual([]);
});

test("a migration that wants no transaction shares none", async () => {
  project.write("0001_m", table("t1"));
  project.write("0002_m", table("t2"), { dependencies: ["0001_m"], transaction: false });
  project.write("0003_m", table("t3"), { dependencies: ["0002_m"] });
  const made = transactionsOf((await listenedUp()).said);
  expect(made).toEqual({ t1: 1, t2: 2, t3: 3 });
});

test("where hooks stand between migrations, each has its own transaction", async () => {
  writeAll(tables(3));
  project = { ...project, hooks: { before_migration: [{ sql: "SELECT 1" }] } } as TestProject;
  const made = transactionsOf((await listenedUp()).said);
  expect(new Set(Object.values(made)).size).toBe(3);
});

test("while somebody else writes, it waits and tries again as one migration does", async () => {
  const names = writeAll(tables(3));
  project = { ...project, database: { url: `${project.database.url}?busy_timeout=1` } };
  const other = await openDriver(project.database.url);
  const told: string[] = [];
  const { applied } = await up(project, {
    onEvent: ({ type }) => {
      told.push(type);
      if (type === "run-start") void other.begin("BEGIN IMMEDIATE");
      if (type === "retry") void other.rollback();
    },
  });
  await other.close();
  expect(applied).toEqual(names);
  expect(told).toContain("retry");
});
