import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { diffLive } from "../../src/core/ddl/live.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { namespacesThat } from "../../src/runtime/namespaces.ts";
import { imported } from "../../src/runtime/tasks/schema-import.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

let home: TestDatabase;
let database: Database;
beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});
beforeEach(() => emptyPostgres(database.driver));
afterAll(async () => {
  await database.close();
  await home.drop();
});

const run = (sql: string) => database.driver.execute(sql);
const listed = async (...namespaces: readonly string[]): Promise<readonly string[]> =>
  (await introspect(database, namespaces)).unsupported.map(({ kind, object }) => `${kind} ${object}`);

describe("introspection of namespaces", () => {
  test("names what is in those that are asked for, and lists the others", async () => {
    await run(`CREATE SCHEMA audit; COMMENT ON SCHEMA audit IS 'kept'; CREATE SCHEMA "a.b"; CREATE SCHEMA billing;
      CREATE TABLE users (id INT PRIMARY KEY); CREATE TABLE audit.events (id INT PRIMARY KEY, of INT REFERENCES users);
      CREATE TABLE billing.bills (id INT PRIMARY KEY, event INT REFERENCES audit.events); CREATE INDEX events_of ON audit.events (of);`);
    const live = await introspect(database, ["audit"]);
    expect(live.namespaces).toEqual([{ name: "audit", comment: "kept" }]);
    expect(live.tables.map(({ name }) => name)).toEqual(["audit.events", "users"]);
    expect(live.tables[0]?.foreignKeys.map(({ table }) => table)).toEqual(["users"]);
    expect(live.tables[0]?.indexes.map(({ name }) => name)).toEqual(["events_of"]);
    expect(await listed("audit")).toEqual(["namespace a.b", "namespace billing"]);
    expect(await listed()).toEqual(["namespace a.b", "namespace audit", "namespace billing"]);
    expect(imported(live, database.dialect, {}).yaml).toContain(
      [
        "  - name: audit.events",
        "    fields:",
        "      - name: id",
        "        type: integer",
        "        primary_key: true",
      ].join("\n"),
    );
  });

  test("types, views, functions and what belongs to tables", async () => {
    await run(`CREATE SCHEMA a; CREATE TYPE a.mood AS ENUM ('ok'); CREATE TYPE a."Odd" AS ENUM ('x'); CREATE TYPE "a.mood" AS ENUM ('no');
      CREATE TABLE a.t (id INT PRIMARY KEY, m a.mood DEFAULT 'ok', o a."Odd"[]); CREATE VIEW a.v AS SELECT m FROM a.t; CREATE VIEW v AS SELECT m FROM a.v;
      CREATE FUNCTION a.f(a.mood) RETURNS a.mood LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION a.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER g BEFORE INSERT ON a.t FOR EACH ROW EXECUTE FUNCTION a.g(); CREATE POLICY p ON a.t USING (id > 0);`);
    const live = await introspect(database, ["a"]);
    expect(live.enums?.map(({ name }) => name)).toEqual(["a.Odd", "a.mood"]);
    expect(
      live.tables[0]?.columns.map(({ type }) => database.dialect.fieldOf({ name: "c", nullable: true, type }).type),
    ).toEqual(["integer", "a.mood", "a.Odd[]"]);
    expect(live.views?.map(({ name, query }) => [name, query])).toEqual([
      ["a.v", "SELECT m\n  FROM a.t"],
      ["v", "SELECT m\n  FROM a.v"],
    ]);
    expect(live.objects?.map(({ kind, name, table }) => [kind, name, table])).toEqual([
      ["function", "a.f(a.mood)", undefined],
      ["function", "a.g()", undefined],
      ["trigger", "g", "a.t"],
      ["policy", "p", "a.t"],
    ]);
    expect(live.objects?.map(({ definition }) => definition.split("\n")[0])).toEqual([
      "CREATE FUNCTION a.f(a.mood)",
      "CREATE FUNCTION a.g()",
      "CREATE TRIGGER g BEFORE INSERT ON a.t FOR EACH ROW EXECUTE FUNCTION a.g()",
      "CREATE POLICY p ON a.t USING (id > 0)",
    ]);
    expect(live.unsupported.map(({ kind, object }) => `${kind} ${object}`)).toEqual(["enum a.mood"]);
  });

  test("a table that is called as if it were in one is not taken for one that is", async () => {
    await run(`CREATE SCHEMA a; CREATE TABLE a.t (id INT); CREATE TABLE "a.t" (other INT); CREATE VIEW "a.v" AS SELECT 1 AS one;
      CREATE TABLE b (id INT); CREATE TABLE "c.d" (id INT)`);
    const live = await introspect(database, ["a"]);
    expect(live.tables.map(({ name, columns }) => [name, columns[0]?.name])).toEqual([
      ["a.t", "id"],
      ["b", "id"],
      ["c.d", "id"],
    ]);
    expect(live.unsupported.map(({ kind, object }) => `${kind} ${object}`)).toEqual(["table a.t", "view a.v"]);
    expect((await introspect(database)).tables.map(({ name }) => name)).toEqual(["a.t", "b", "c.d"]);
  });

  test("where a connection begins in another one, public counts once something is in it", async () => {
    await run("CREATE SCHEMA app; CREATE EXTENSION IF NOT EXISTS plpgsql; CREATE TABLE godwit_history (id INT)");
    await run("SET search_path = app");
    expect(await listed()).toEqual([]);
    await run("CREATE TABLE public.t (id INT PRIMARY KEY)");
    expect(await listed()).toEqual(["namespace public"]);
    expect((await introspect(database, ["public"])).tables.map(({ name }) => name)).toEqual(["public.t"]);
    // One that is named is qualified, even where names lead to it anyway.
    await run("SET search_path = public");
    expect((await introspect(database, ["public"])).tables.map(({ name }) => name)).toEqual(["public.t"]);
    await run("RESET search_path");
  });
});

test("drift says of a namespace that it is gone, or is described in other words", async () => {
  await run("CREATE SCHEMA b; COMMENT ON SCHEMA b IS 'other'");
  const expected = { ...emptySchema, namespaces: [{ name: "a" }, { name: "b", comment: "it's b" }] };
  const changes = diffLive(expected, await introspect(database, ["a", "b"]), database.dialect);
  expect(changes.map(({ kind, object, detail }) => [kind, object, detail])).toEqual([
    ["missing_namespace", "a", `namespace "a" is not in the database`],
    ["changed_namespace", "b", `namespace "b": comment "other" in the database, "it's b" expected`],
  ]);
});

test("patterns choose namespaces; what none matches, or none can be named in, is refused", async () => {
  await run(`CREATE SCHEMA audit; CREATE SCHEMA aux; CREATE SCHEMA "a.b"; CREATE SCHEMA other`);
  expect(await namespacesThat(database, [])).toEqual([]);
  expect(await namespacesThat(database, ["*"])).toEqual(["audit", "aux", "other"]);
  expect(await namespacesThat(database, ["au*", "other"])).toEqual(["audit", "aux", "other"]);
  await expect(namespacesThat(database, ["audits"])).rejects.toThrow(
    `no namespace matches "audits"; did you mean "audit"?`,
  );
  await expect(namespacesThat(database, ["a.b"])).rejects.toThrow(
    `the name of the namespace "a.b" has a dot, so that what is in it cannot be named; leave it out`,
  );
  const sqlite = await openDatabase({ url: "sqlite::memory:" });
  await expect(namespacesThat(sqlite, ["*"])).rejects.toThrow("SQLite has no namespaces; leave out --namespace");
  await sqlite.close();
});
