import { afterEach, beforeEach, expect, test } from "bun:test";
import type { PartialError } from "../../src/core/errors.ts";
import dialect from "../../src/dialects/postgres/dialect.ts";
import openDriver from "../../src/dialects/postgres/driver.ts";
import type { ConnectOptions } from "../../src/runtime/driver.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }], indexes: [{ name: "idx_${name}", fields: ["id"] }] })`;

let project: TestProject;
beforeEach(async () => {
  project = await createProject("postgresql");
  project.write("0001_a", table("a"));
});
afterEach(() => project.dispose());

/** The project with a connection that notes what it is asked for, in order, as `ahead` or `wait` and the first two words. */
function listening(): { readonly listened: TestProject; readonly sent: string[] } {
  const sent: string[] = [];
  const note = (how: string, sql: string): unknown => sent.push(`${how} ${sql.split(/\s+/, 2).join(" ")}`);
  const open = async (options?: ConnectOptions) => {
    const driver = await openDriver(project.database.url, options);
    return {
      ...driver,
      execute: (sql: string, parameters?: Parameters<typeof driver.execute>[1]) => {
        note("wait", sql);
        return driver.execute(sql, parameters);
      },
      executeAhead: (sql: string) => {
        note("ahead", sql);
        return driver.executeAhead?.(sql) ?? Promise.reject(new Error("it waits for every answer"));
      },
      commitAhead: () => {
        note("ahead", "COMMIT");
        driver.commitAhead?.();
      },
      commit: () => {
        note("wait", "COMMIT");
        return driver.commit();
      },
    };
  };
  return { listened: { ...project, database: { ...project.database, door: { dialect, open } } }, sent };
}

const ofMigrations = (sent: readonly string[]): readonly string[] => sent.slice(sent.indexOf("ahead SET LOCAL"));

const history = () =>
  project.query(
    "SELECT name, state, duration_ms BETWEEN 0 AND 600000 AS took, abs(extract(epoch FROM now() - applied_at)) < 600 AS recent FROM godwit_history ORDER BY applied_at",
  );

test("a migration goes out at once, with its row and its commit", async () => {
  const { listened, sent } = listening();
  const events: RunEvent[] = [];
  await up(listened, { onEvent: (event) => events.push(event) });
  expect(ofMigrations(sent).slice(0, 6)).toEqual([
    "ahead SET LOCAL",
    "ahead CREATE TABLE",
    "ahead CREATE INDEX",
    "ahead INSERT INTO",
    "ahead COMMIT",
    "wait COMMIT",
  ]);
  expect(await history()).toEqual([{ name: "0001_a", state: "applied", took: true, recent: true }]);
  expect(events.map(({ type }) => type).filter((type) => /statement|operation|migration/.test(type))).toEqual([
    "migration-start",
    "statement",
    "statement",
    "operation",
    "migration-end",
  ]);
  await down(listened, { steps: 1 });
  expect(sent.slice(-4)).toContain("ahead DELETE FROM");
  expect(await project.tables()).toEqual([]);
  expect(await history()).toEqual([]);
});

test("a statement that fails is the one that is told of, and nothing of its migration is left", async () => {
  project.write("0002_b", `${table("b")}, ${table("c")}, ${table("d")}`, { dependencies: ["0001_a"] });
  project.write("0003_e", table("e"), { dependencies: ["0002_b"] });
  await project.query("CREATE TABLE c (other INTEGER)");
  const events: RunEvent[] = [];
  const failed = (await up(project, { onEvent: (event) => events.push(event) }).catch(
    (e: unknown) => e,
  )) as PartialError;
  expect(failed).toMatchObject({ applied: ["0001_a"], failed: "0002_b", remaining: ["0003_e"] });
  expect(failed.data).toMatchObject({ migration: "0002_b", operation: 1, code: "42P07" });
  expect(failed.message).toContain("operation 2 (");
  const told = events.flatMap((event) => (event.type === "statement" ? [[event.target, event.error]] : []));
  expect(told.slice(2)).toEqual([
    ["b", undefined],
    ["idx_b", undefined],
    ["c", "42P07"],
  ]);
  expect(await project.tables()).toEqual(["a", "c"]);
  expect((await history()).map(({ name }) => name)).toEqual(["0001_a"]);
  await project.query("DROP TABLE c");
  expect((await up(project)).applied).toEqual(["0002_b", "0003_e"]);
});

test("SQL of an author waits for the answer before it, and so does what comes after", async () => {
  project.write("0001_a", `${table("a")}, runSQL({ forward: "UPDATE a SET id = 1", backward: "" })`);
  const { listened, sent } = listening();
  await up(listened);
  expect(ofMigrations(sent).slice(0, 6)).toEqual([
    "ahead SET LOCAL",
    "wait CREATE TABLE",
    "wait CREATE INDEX",
    "wait UPDATE a",
    "ahead INSERT INTO",
    "wait COMMIT",
  ]);
});

test("a lock that has to be confirmed is confirmed before the commit goes out", async () => {
  const { listened, sent } = listening();
  await up(listened, { lock: "table" });
  expect(sent).toContain("ahead CREATE TABLE");
  expect(sent).not.toContain("ahead COMMIT");
  expect((await history()).map(({ name }) => name)).toEqual(["0001_a"]);
});

test("a row that is refused takes the migration back", async () => {
  await up(project);
  project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
  await project.query("ALTER TABLE godwit_history ADD CONSTRAINT closed CHECK (name = '0001_a')");
  const failed = (await up(project).catch((e: unknown) => e)) as PartialError;
  expect(failed.data).toMatchObject({ code: "23514" });
  expect(await project.tables()).toEqual(["a"]);
});
