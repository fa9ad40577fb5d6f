import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { introspection } from "../../src/dialects/postgres/introspect.ts";
import { inventory } from "../../src/dialects/postgres/inventory.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

let home: TestDatabase;
let database: Database;
beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});
afterAll(async () => {
  await database.driver.execute("DROP SUBSCRIPTION IF EXISTS sub");
  await database.close();
  await home.drop();
});

const answer = async () => (await database.driver.query(inventory))[0];

test("of an empty database, nothing is asked that it has none of", async () => {
  const asked = Object.keys(introspection.queriesIn?.([], await answer()) ?? {});
  expect(asked.sort()).toEqual(["columns", "constraints", "extensions", "indexes", "namespaces", "unread"]);
});

/** A table with one thing that most tables have not. */
const rare: readonly string[] = [
  "COMMENT ON TABLE t IS 'said'",
  "COMMENT ON COLUMN t.a IS 'said'",
  "CREATE UNLOGGED TABLE u (id INT)",
  "ALTER TABLE t SET (fillfactor = 70)",
  "ALTER TABLE t SET (toast.autovacuum_enabled = off)",
  "ALTER TABLE t REPLICA IDENTITY FULL",
  "ALTER TABLE t CLUSTER ON t_pkey",
  "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
  "ALTER TABLE t FORCE ROW LEVEL SECURITY",
  "CREATE TABLE u (id INT) PARTITION BY RANGE (id)",
  "CREATE TABLE u () INHERITS (t)",
  'CREATE TABLE u (a TEXT COLLATE "C"); CREATE INDEX i ON u (a COLLATE "default")',
  'CREATE INDEX i ON t (a COLLATE "C")',
  "CREATE INDEX i ON t (a text_pattern_ops)",
];
for (const statement of rare)
  test(`it is not overlooked in a database that has nothing else: ${statement}`, async () => {
    const { driver } = database;
    await driver.begin("BEGIN");
    try {
      await driver.execute("CREATE TABLE t (id INT PRIMARY KEY, a TEXT)");
      const before = await introspect(database);
      await driver.execute(statement);
      const rows = await Promise.all(
        Object.entries(introspection.queries).map(async ([name, sql]) => [name, await driver.query(sql)] as const),
      );
      const found = await introspect(database);
      expect(found).toEqual(introspection.read(Object.fromEntries(rows)));
      expect(found).not.toEqual(before);
    } finally {
      await driver.rollback();
    }
  });

test("what is not asked about gives no rows, whatever there is", async () => {
  const script = readFileSync(join(import.meta.dir, "../fixtures/postgres-everything.sql"), "utf8");
  const [empty, full] = [await answer(), await database.driver.execute(script).then(answer)];
  const items = Object.keys(empty ?? {});
  expect(items.filter((item) => full?.[item] === true).length).toBeGreaterThan(30);
  const everything = introspection.queriesIn?.([]) ?? {};
  const asked = introspection.queriesIn?.([], full) ?? {};
  for (const [name, sql] of Object.entries(everything)) {
    const rows = await database.driver.query(sql);
    const less = asked[name] === undefined ? [] : await database.driver.query(asked[name]);
    expect(less, name).toEqual(rows);
  }
});
