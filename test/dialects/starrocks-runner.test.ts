import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import type { Project } from "../../src/runtime/project.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { type StarrocksDouble, starrocksDouble } from "../helpers/starrocks-double.ts";

process.env["XDG_CACHE_HOME"] ??= join(tmpdir(), "godwit-test-cache");

let double: StarrocksDouble;
let project: Project;

beforeEach(async () => {
  double = await starrocksDouble();
  const root = mkdtempSync(join(tmpdir(), "godwit-project-"));
  const migrationsDir = join(root, "migrations");
  mkdirSync(migrationsDir);
  const write = (name: string, text: string): void => writeFileSync(join(migrationsDir, `${name}.ts`), text);
  write(
    "0001_hits",
    `import { createTable, migration } from "godwit";
export default migration({ operations: [createTable({ name: "hits", fields: [{ name: "id", type: "integer", primaryKey: true }] })] });`,
  );
  write(
    "0002_page",
    `import { addField, migration, runSQL } from "godwit";
export default migration({ dependencies: ["0001_hits"], operations: [
  addField({ table: "hits", field: { name: "page", type: "text", nullable: true } }),
  runSQL({ forward: "INSERT INTO hits (id, page) VALUES (1, 'it''s')", backward: "DELETE FROM hits WHERE id = 1" }),
] });`,
  );
  const schemaPaths = [join(root, "schema")];
  project = { root, migrationsDir, schemaPaths, database: { url: double.url }, historyTable: "godwit_history" };
});

afterEach(async () => {
  await double.stop();
  rmSync(project.root, { recursive: true, force: true });
});

const stateOf = async (): Promise<readonly (readonly string[])[]> =>
  (await status(project)).tracks.flatMap(({ migrations }) => migrations.map(({ name, state }) => [name, state]));

const told = async (): Promise<readonly string[]> =>
  (await log(project)).entries.map(({ event, name }) => `${event} ${name}`);

test("migrations are applied, noted and taken back, each change waited for, and nothing is asked of a transaction", async () => {
  expect((await up(project)).applied).toEqual(["0001_hits", "0002_page"]);
  expect(await stateOf()).toEqual([
    ["0001_hits", "applied"],
    ["0002_page", "applied"],
  ]);
  const added = double.sent.indexOf("ALTER TABLE `hits` ADD COLUMN `page` STRING NULL");
  const inserted = double.sent.indexOf("INSERT INTO hits (id, page) VALUES (1, 'it''s')");
  const between = double.sent.slice(added + 1, inserted).filter((sql) => sql.startsWith("SHOW ALTER TABLE COLUMN"));
  expect(between.length).toBeGreaterThan(2);
  expect(double.sent.filter((sql) => /\b(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK|PREPARE)\b/.test(sql))).toEqual([]);
  expect((await down(project, { to: "zero" })).rolled_back).toEqual(["0002_page", "0001_hits"]);
  expect((await stateOf()).map(([, state]) => state)).toEqual(["pending", "pending"]);
  expect(await told()).toEqual([
    ...["rolled_back 0001_hits", "rolled_back 0002_page", "applied 0002_page", "applied 0001_hits"],
  ]);
  const { changes } = await drift(project, { all: true });
  expect(changes.map(({ kind }) => kind)).toEqual(["missing_table"]);
});

test("what was made is read back, and what somebody else has changed is told", async () => {
  await up(project);
  expect((await drift(project)).changes).toEqual([]);
  const other = await openDatabase({ url: double.url });
  await other.driver.execute("ALTER TABLE `hits` ADD COLUMN `late` INT NULL");
  await other.close();
  expect((await drift(project)).changes).toMatchObject([{ kind: "extra_field", table: "hits", object: "late" }]);
});

test("a run that was cut short goes on with the statement that had no effect", async () => {
  double.interrupt(/^ALTER TABLE `hits` ADD COLUMN/);
  await up(project).then(
    () => expect.unreachable("it should have been cut short"),
    (error: unknown) => expect(String(error)).toContain("lost"),
  );
  expect((await up(project)).applied).toEqual(["0002_page"]);
  expect(double.sent.filter((sql) => sql.startsWith("ALTER TABLE `hits` ADD COLUMN"))).toHaveLength(2);
});

test("a rollback that was cut short between its two books is told once, and only when it is true", async () => {
  await up(project, { to: "0001_hits" });
  double.interrupt(/^DELETE FROM `godwit_history` /);
  await down(project).then(
    () => expect.unreachable("it should have been cut short"),
    (error: unknown) => expect(String(error)).toContain("lost"),
  );
  expect(await told()).toEqual(["rollback_failed 0001_hits", "applied 0001_hits"]);
  expect((await down(project)).rolled_back).toEqual(["0001_hits"]);
  expect(await told()).toEqual(["rolled_back 0001_hits", "applied 0001_hits"]);
});

test("five who want the lock have it one after the other", async () => {
  let inside = 0;
  let most = 0;
  const turn = async (): Promise<void> => {
    const database = await openDatabase({ url: double.url });
    await withLock(database, { table: "godwit_history", timeoutMs: 20_000 }, async () => {
      most = Math.max(most, ++inside);
      await Bun.sleep(3);
      inside--;
    });
    await database.close();
  };
  await Promise.all(Array.from({ length: 5 }, turn));
  expect(most).toBe(1);
});
