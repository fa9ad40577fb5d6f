import { afterEach, beforeEach, expect, test } from "bun:test";
import { type PartialError, ToolError } from "../../src/core/errors.ts";
import dialect from "../../src/dialects/postgres/dialect.ts";
import openDriver from "../../src/dialects/postgres/driver.ts";
import type { ConnectOptions, Driver } from "../../src/runtime/driver.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const table = (name: string, more = ""): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }${more}], indexes: [{ name: "idx_${name}", fields: ["id"] }] })`;

let project: TestProject;
beforeEach(async () => {
  project = await createProject("postgresql");
});
afterEach(() => project.dispose());

/** Writes migrations in a row, called `0001_m`, `0002_m`…; returns their names. */
function writeAll(operations: readonly string[]): readonly string[] {
  const names = operations.map((_, i) => `${String(i + 1).padStart(4, "0")}_m`);
  for (const [i, text] of operations.entries())
    project.write(names[i] ?? "", text, { dependencies: names.slice(Math.max(0, i - 1), i) });
  return names;
}

const tables = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => table(`t${i + 1}`));

/** The project with a connection of which `sent` says how many migrations each text had. */
function listening(also: (driver: Driver) => Partial<Driver> = () => ({})) {
  const sent: number[] = [];
  const open = async (options?: ConnectOptions): Promise<Driver> => {
    const driver = await openDriver(project.database.url, options);
    return {
      ...driver,
      transactions: (list) => {
        sent.push(list.length);
        return driver.transactions?.(list) ?? Promise.reject(new Error("it sends one at a time"));
      },
      ...also(driver),
    };
  };
  return { listened: { ...project, database: { ...project.database, door: { dialect, open } } } as TestProject, sent };
}

const history = () =>
  project.query(
    "SELECT name, state, steps_done, duration_ms BETWEEN 0 AND 60000 AS took, abs(extract(epoch FROM now() - applied_at)) < 600 AS recent FROM godwit_history ORDER BY name",
  );

test("migrations on new tables go out together, each with its own row, time and events", async () => {
  const names = writeAll(tables(20));
  const { listened, sent } = listening();
  const events: RunEvent[] = [];
  expect((await up(listened, { onEvent: (event) => events.push(event) })).applied).toEqual(names);
  expect(sent).toEqual([16, 4]);
  expect(await history()).toEqual(
    names.map((name) => ({ name, state: "applied", steps_done: 2, took: true, recent: true })),
  );
  const [sum] = await project.query("SELECT sum(duration_ms) < 60000 AS bounded FROM godwit_history");
  expect(sum).toEqual({ bounded: true });
  const about = events.flatMap((event) => ("migration" in event && event.migration === "0018_m" ? [event] : []));
  expect(about.map(({ type }) => type)).toEqual([
    "migration-start",
    "statement",
    "statement",
    "operation",
    "migration-end",
  ]);
  expect(about.at(-1)).toMatchObject({ index: 17, total: 20, durationMs: expect.any(Number) });
});

test("each is its own transaction, and its time is its own", async () => {
  await project.query("CREATE FUNCTION slow() RETURNS integer LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(0.2)'");
  writeAll([
    table("a"),
    table("b", `, { name: "x", type: "integer", default: { sql: "1" } }`),
    `addField({ table: "b", field: { name: "y", type: "integer", nullable: true } })`,
    table("d"),
  ]);
  // Called once for each row that is written, before the row's own time is.
  await up(project, { to: "0001_m" });
  await project.query(
    "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.name = '0003_m' THEN PERFORM slow(); END IF; RETURN NEW; END $$",
  );
  await project.query("CREATE TRIGGER wait BEFORE INSERT ON godwit_history FOR EACH ROW EXECUTE FUNCTION wait()");
  const { listened, sent } = listening();
  await up(listened);
  expect(sent).toEqual([3]);
  const rows = await project.query(
    "SELECT name, duration_ms, xmin::text AS transaction FROM godwit_history WHERE name > '0001_m' ORDER BY name",
  );
  expect(new Set(rows.map(({ transaction }) => transaction)).size).toBe(3);
  // The trigger waited after the time of 0003 was taken, so that it is the next one that took long.
  expect(rows.map(({ duration_ms: ms }) => Number(ms) >= 150)).toEqual([false, false, true]);
});

test("of those that go out together, what comes before a failure is applied, and the failure is told of as ever", async () => {
  const names = writeAll(tables(6));
  await project.query("CREATE TABLE t4 (other integer)");
  const { listened, sent } = listening();
  const events: RunEvent[] = [];
  const failed = (await up(listened, { onEvent: (event) => events.push(event) }).catch(
    (e: unknown) => e,
  )) as PartialError;
  expect(failed).toMatchObject({ applied: names.slice(0, 3), failed: "0004_m", remaining: names.slice(4) });
  expect(failed.data).toMatchObject({ migration: "0004_m", operation: 0, code: "42P07" });
  expect(sent).toEqual([6]);
  expect((await history()).map(({ name }) => name)).toEqual([...names.slice(0, 3)]);
  expect(await project.tables()).toEqual(["t1", "t2", "t3", "t4"]);
  const ends = events.flatMap((event) =>
    event.type === "migration-end" || event.type === "migration-failed" ? [`${event.type} ${event.migration}`] : [],
  );
  expect(ends).toEqual([...names.slice(0, 3).map((name) => `migration-end ${name}`), "migration-failed 0004_m"]);
  await project.query("DROP TABLE t4");
  expect((await up(project)).applied).toEqual(names.slice(3));
});

test("SQL that cannot be parsed keeps nothing before it from being applied", async () => {
  writeAll([table("a"), table("b", `, { name: "x", type: "integer", default: { sql: "1 +" } }`), table("c")]);
  const failed = (await up(project).catch((e: unknown) => e)) as PartialError;
  expect(failed).toMatchObject({ applied: ["0001_m"], failed: "0002_m" });
  expect(failed.data).toMatchObject({ code: "42601" });
  expect(await project.tables()).toEqual(["a"]);
});

test("what passes at the second attempt is applied", async () => {
  const names = writeAll(tables(3));
  const { listened } = listening((driver) => ({
    transactions: async (list) => {
      await driver.transactions?.(list.slice(0, 1));
      throw new ToolError("database", "canceling statement due to lock timeout", { code: "55P03" });
    },
  }));
  expect((await up(listened)).applied).toEqual(names);
  expect((await history()).map(({ name }) => name)).toEqual([...names]);
});

test("what has to stand between two migrations, or may take long, keeps them apart", async () => {
  writeAll([
    table("a"),
    `runSQL({ forward: "INSERT INTO a VALUES (1)", backward: "" })`,
    `addField({ table: "a", field: { name: "b", type: "integer", default: 1 } })`,
    table("c", `, { name: "x", type: "text", default: { sql: "'a' || $$;$$" } }`),
    table("d"),
    table("e"),
  ]);
  const { listened, sent } = listening();
  await up(listened);
  expect(sent).toEqual([2]);
  expect((await history()).length).toBe(6);
});

test("with hooks, or a lock that has to be confirmed, they go out one at a time", async () => {
  writeAll(tables(4));
  const { listened, sent } = listening();
  const hooked = { ...listened, hooks: { before_migration: [{ sql: "SELECT 1" }] } };
  await up(hooked as TestProject, { to: "0002_m" });
  await up(listened, { lock: "table" });
  expect(sent).toEqual([]);
  expect((await history()).length).toBe(4);
});

test("told to stop, it stops behind those that are on their way", async () => {
  const names = writeAll(tables(20));
  const stop = new AbortController();
  const { listened } = listening((driver) => ({
    transactions: (list) => {
      stop.abort();
      return driver.transactions?.(list) ?? Promise.reject(new Error("it sends one at a time"));
    },
  }));
  const failed = (await up(listened, { signal: stop.signal }).catch((e: unknown) => e)) as PartialError;
  expect(failed).toMatchObject({ code: "cancelled", applied: names.slice(0, 16), failed: "0017_m" });
  expect((await history()).length).toBe(16);
});

test("when the connection is lost, it says that nobody knows which of them are applied", async () => {
  const names = writeAll(tables(5));
  const { listened } = listening((driver) => ({
    transactions: async (list) => {
      await driver.transactions?.(list.slice(0, 2));
      await project.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
      return driver.transactions?.(list.slice(2)) ?? [];
    },
  }));
  const failed = (await up(listened).catch((e: unknown) => e)) as PartialError;
  expect(failed).toMatchObject({ code: "connect", applied: [], failed: "0001_m" });
  expect(failed.message).toContain('the migrations from "0001_m" to "0005_m" were sent at once');
  const [track] = (await status(project)).tracks;
  expect(track?.migrations.map(({ state }) => state)).toEqual(["applied", "applied", "pending", "pending", "pending"]);
  expect((await up(project)).applied).toEqual(names.slice(2));
});
