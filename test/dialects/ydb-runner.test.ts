import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import type { Project } from "../../src/runtime/project.ts";
import { doctor } from "../../src/runtime/tasks/doctor.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { type Answer, type YdbDouble, ydbDouble } from "../helpers/ydb-double.ts";
import { ydbStore } from "../helpers/ydb-store.ts";

process.env["XDG_CACHE_HOME"] ??= join(tmpdir(), "godwit-test-cache");

let double: YdbDouble;
let project: Project;
/** What is lost on the way, before anything is done or afterwards. */
let lost: { readonly statement: RegExp; readonly when: "before" | "after" } | undefined;

beforeEach(async () => {
  const { answers, objects } = ydbStore();
  lost = undefined;
  double = await ydbDouble((sql, parameters): Answer => {
    if (!lost?.statement.test(sql)) return answers(sql, parameters);
    if (lost.when === "after") answers(sql, parameters);
    lost = undefined;
    return "lost";
  }, objects);
  const root = mkdtempSync(join(tmpdir(), "godwit-project-"));
  const migrationsDir = join(root, "migrations");
  mkdirSync(migrationsDir);
  const write = (name: string, text: string): void => writeFileSync(join(migrationsDir, `${name}.ts`), text);
  write(
    "0001_hits",
    `import { createTable, migration } from "godwit";
export default migration({ operations: [createTable({ name: "hits", fields: [
  { name: "id", type: "bigint", primaryKey: true }, { name: "site", type: "text" }], indexes: [{ name: "by_site", fields: ["site"], unique: true }] })] });`,
  );
  write(
    "0002_page",
    `import { addField, migration, runSQL } from "godwit";
export default migration({ dependencies: ["0001_hits"], operations: [
  addField({ table: "hits", field: { name: "page", type: "text", nullable: true } }),
  runSQL({ forward: "UPSERT INTO hits (id, site, page) VALUES (1, 'a'u, 'it\\\\'s'u)", backward: "DELETE FROM hits WHERE id = 1" }),
] });`,
  );
  const schemaPaths = [join(root, "schema")];
  const url = `ydb://ann:secret@127.0.0.1:${double.port}/Root/shop`;
  project = { root, migrationsDir, schemaPaths, database: { url }, historyTable: "godwit_history" };
});

afterEach(async () => {
  await double.stop();
  rmSync(project.root, { recursive: true, force: true });
});

const stateOf = async (): Promise<readonly (readonly string[])[]> =>
  (await status(project)).tracks.flatMap(({ migrations }) => migrations.map(({ name, state }) => [name, state]));

const told = async (): Promise<readonly string[]> =>
  (await log(project)).entries.map(({ event, name }) => `${event} ${name}`);

test("migrations are applied, noted and taken back; what changes the scheme is no part of a transaction, and rows are", async () => {
  expect((await up(project)).applied).toEqual(["0001_hits", "0002_page"]);
  expect(await stateOf()).toEqual([
    ["0001_hits", "applied"],
    ["0002_page", "applied"],
  ]);
  expect(double.sent).toContain("ALTER TABLE `hits` ADD COLUMN `page` Utf8");
  expect(double.sent).toContain("UPSERT INTO hits (id, site, page) VALUES (1, 'a'u, 'it\\'s'u) [tx]");
  expect(double.sent.filter((sql) => /^(?:CREATE|ALTER|DROP) .*\[tx\]$/s.test(sql))).toEqual([]);
  expect((await down(project, { to: "zero" })).rolled_back).toEqual(["0002_page", "0001_hits"]);
  expect((await stateOf()).map(([, state]) => state)).toEqual(["pending", "pending"]);
  expect(await told()).toEqual([
    ...["rolled_back 0001_hits", "rolled_back 0002_page", "applied 0002_page", "applied 0001_hits"],
  ]);
  const { changes } = await drift(project, { all: true });
  expect(changes.map(({ kind }) => kind)).toEqual(["missing_table"]);
});

test("functions and data of migrations read and change rows in their transaction", async () => {
  await up(project);
  writeFileSync(
    join(project.migrationsDir, "0003_code.ts"),
    `import { deleteData, migration, runCode } from "godwit";
export default migration({ dependencies: ["0002_page"], operations: [
  runCode({
    forward: async (db) => {
      const [row] = await db.query("SELECT id, page FROM hits WHERE site = ?", ["a"]);
      await db.execute("UPDATE hits SET page = ? WHERE id = ?", [\`\${row.page} ?\`, row.id]);
    },
    backward: async () => {},
  }),
  deleteData({ table: "hits", keys: ["id"], rows: [{ id: 2 }] }),
] });`,
  );
  await up(project);
  expect(double.sent).toContain("UPDATE hits SET page = $p1 WHERE id = 1 [tx]");
  expect(double.sent).toContain("DELETE FROM `hits` WHERE `id` IN (2l) [tx]");
  const other = await openDatabase(project.database);
  expect(await other.driver.query("SELECT id, page FROM hits")).toEqual([{ id: 1, page: "it's ?" }]);
  await other.close();
});

test("doctor sees the server, the lock and the history", async () => {
  await up(project);
  const terminal = { interactive: false, colours: false };
  const { checks } = await doctor({ value: project }, { env: {}, terminal });
  const found = Object.fromEntries(checks.map((check) => [check.name, `${check.state} ${check.found}`]));
  expect(found).toMatchObject({
    server: "ok YDB 25.1.4",
    lock: "ok free",
    history: "ok 2 migrations applied",
    journal: "ok empty",
  });
  expect(found["connection"]).not.toContain("secret");
});

test("what was made is read back, and what somebody else has changed is told", async () => {
  await up(project);
  expect((await drift(project)).changes).toEqual([]);
  const other = await openDatabase(project.database);
  await other.driver.execute("ALTER TABLE `hits` ADD COLUMN `late` Int32");
  await other.driver.execute("ALTER TABLE `hits` DROP INDEX `by_site`");
  await other.close();
  expect((await drift(project)).changes.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
    ...["extra_field late", "missing_index by_site"],
  ]);
});

test.each(["before", "after"] as const)(
  "a run that lost its connection %s a statement had an effect goes on where that is right",
  async (when) => {
    const added = "ALTER TABLE `hits` ADD COLUMN `page` Utf8";
    lost = { statement: /^ALTER TABLE `hits` ADD COLUMN/, when };
    await up(project).then(
      () => expect.unreachable("it should have been cut short"),
      (error: unknown) => expect(String(error)).toContain("lost"),
    );
    expect((await up(project)).applied).toEqual(["0002_page"]);
    expect(double.sent.filter((sql) => sql === added)).toHaveLength(when === "before" ? 2 : 1);
    expect((await drift(project)).changes).toEqual([]);
  },
);

test("five who want the lock have it one after the other", async () => {
  let inside = 0;
  let most = 0;
  const turn = async (): Promise<void> => {
    const database = await openDatabase(project.database);
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
