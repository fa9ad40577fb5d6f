import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { introspection } from "../../src/dialects/postgres/introspect.ts";
import { inventory } from "../../src/dialects/postgres/inventory.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
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
  expect(asked.sort()).toEqual(["columns", "constraints", "extensions", "indexes", "namespaces", "tables", "unread"]);
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
