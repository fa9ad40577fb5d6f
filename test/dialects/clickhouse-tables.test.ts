import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { diffLive, schemaOfLive } from "../../src/core/ddl/live.ts";
import { ToolError } from "../../src/core/errors.ts";
import clickhouse from "../../src/dialects/clickhouse/dialect.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { makeSchema, storyOf } from "../conformance/story.ts";
import { type ClickhouseDatabase, clickhouseServer } from "../helpers/clickhouse-server.ts";

let home: ClickhouseDatabase;
let database: Database;

beforeAll(async () => {
  home = await (await clickhouseServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});
afterAll(() => home.drop());
beforeEach(async () => {
  for (const { name } of await database.driver.query(
    "SELECT name FROM system.tables WHERE database = currentDatabase()",
  ))
    await database.driver.execute(`DROP TABLE ${clickhouse.quote(String(name))} SYNC`);
});

const hits = (options: Readonly<Record<string, string>>, key: readonly string[] = []) => ({
  kind: "createTable",
  name: "hits",
  fields: [
    { name: "site", type: "integer" },
    { name: "at", type: "DateTime('UTC')" },
    { name: "version", type: "UInt64", default: 0 },
  ],
  ...(key.length > 0 && { primaryKey: key }),
  options: { clickhouse: options },
});

const definition = async (): Promise<string> =>
  String((await database.driver.query("SELECT engine_full AS d FROM system.tables WHERE name = 'hits'"))[0]?.["d"]);

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof ToolError ? `${error.code}: ${error.message}` : Promise.reject(error)),
  );

describe("options of a table", () => {
  const full = {
    engine: "ReplacingMergeTree(version)",
    order_by: "(site, toDate(at), at)",
    partition_by: "toYYYYMM( at )",
    ttl: "at + INTERVAL 90 DAY",
    settings: "index_granularity = 1024, min_bytes_for_wide_part=0",
  };

  test("are in CREATE TABLE, are read back, and leave no drift however they are spelled", async () => {
    const story = storyOf(database);
    await story.up("1", [hits(full, ["site"])]);
    expect(await definition()).toBe(
      "ReplacingMergeTree(version) PARTITION BY toYYYYMM(at) PRIMARY KEY (site) ORDER BY (site, toDate(at), at) TTL at + toIntervalDay(90) SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 0",
    );
    await story.agrees();
    await story.down();
    await story.agrees();
  });

  test("an import says them, and what it says makes the same table", async () => {
    await storyOf(database).up("1", [hits(full, ["site"])]);
    const imported = schemaOfLive(await introspect(database), clickhouse);
    expect(imported.tables[0]?.primaryKey).toEqual(["site"]);
    await database.driver.execute("DROP TABLE hits SYNC");
    await storyOf(database).up("2", makeSchema(imported));
    expect(diffLive(imported, await introspect(database), clickhouse)).toEqual([]);
  });

  test("a sorting key of columns and a primary key of the same are one thing", async () => {
    const story = storyOf(database);
    await story.up("1", [hits({ order_by: "site, at" })]);
    await story.agrees();
    const [table] = (await introspect(database)).tables;
    expect([table?.primaryKey, table?.options]).toEqual([["site", "at"], undefined]);
  });

  test("TTL and settings change in place and back", async () => {
    const story = storyOf(database);
    const { ttl: _, settings: __, ...rest } = full;
    await story.up("1", [hits(full, ["site"])]);
    const next = {
      ...rest,
      settings: "min_bytes_for_wide_part = 0, merge_with_ttl_timeout = 60, index_granularity = 1024",
    };
    await story.up("2", [{ kind: "setTableOptions", table: "hits", options: { clickhouse: next } }]);
    expect(await definition()).not.toContain("TTL");
    await story.agrees();
    await story.down();
    expect(await definition()).toContain("TTL at + toIntervalDay(90)");
    await story.agrees();
  });

  test("what a table cannot change is refused before anything runs", async () => {
    const story = storyOf(database);
    await story.up("1", [hits(full, ["site"])]);
    for (const change of [{ engine: "MergeTree" }, { order_by: "(site, at)" }, { partition_by: "tuple()" }]) {
      const options = { clickhouse: { ...full, ...change } };
      const said = await codeOf(story.up("2", [{ kind: "setTableOptions", table: "hits", options }]));
      expect(said).toContain(`table "hits" cannot change its ${Object.keys(change)[0]} from`);
    }
    expect(await codeOf(story.up("2", [{ kind: "renameField", table: "hits", from: "at", to: "moment" }]))).toContain(
      "unsupported",
    );
    await story.agrees();
  });

  test("an option that there is not, an engine that is not altered and a key out of order are refused", async () => {
    const make = (options: Readonly<Record<string, string>>) =>
      codeOf(storyOf(database).up("1", [hits(options, ["site"])]));
    expect(await make({ orderBy: "site" })).toContain(
      'table "hits" has the option "orderBy", which tables of ClickHouse do not have; it has engine, primary_key',
    );
    expect(await make({ engine: "Memory" })).toContain("MergeTree family only");
    expect(await make({ order_by: "(at, site)" })).toContain("has to begin with the primary key");
    expect((await introspect(database)).tables).toEqual([]);
  });
});

describe("drift", () => {
  test("another engine, another sorting key, and a TTL that somebody added have names", async () => {
    const story = storyOf(database);
    await story.up("1", [hits({}, ["site"])]);
    await database.driver.execute("ALTER TABLE hits MODIFY TTL at + INTERVAL 1 YEAR");
    const live = await introspect(database);
    expect(diffLive(story.state(), live, clickhouse).map(({ kind, detail }) => [kind, detail])).toEqual([
      ["changed_option", 'option "ttl" of table "hits": at+toIntervalYear(1) in the database, none expected'],
    ]);
  });

  test("what is no table, and what the model has no place for, is listed and left alone", async () => {
    await database.driver.execute(
      "CREATE VIEW v AS SELECT 1 AS one; CREATE TABLE m (id Int32) ENGINE = Memory; " +
        "CREATE TABLE e (id Int32, twice Int32 MATERIALIZED id * 2, small Int32 CODEC(ZSTD(1)), INDEX x id * 2 TYPE minmax) ENGINE = MergeTree ORDER BY id % 10",
    );
    const { tables, unsupported } = await introspect(database);
    expect(tables.map(({ name, options }) => [name, options])).toEqual([["e", { order_by: "id % 10" }]]);
    expect(unsupported.map(({ kind, object }) => `${kind} ${object}`).toSorted()).toEqual([
      "index x",
      "materialized column twice",
      "table of engine Memory m",
      "view v",
    ]);
  });
});

describe("rows", () => {
  const people = {
    kind: "createTable",
    name: "people",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "name", type: "text", nullable: true },
      { name: "age", type: "integer", nullable: true },
    ],
  };

  test("a value that does not fit the new type, or a NULL, stops the change before the table is touched", async () => {
    const story = storyOf(database);
    await story.up("1", [people]);
    await database.driver.execute("INSERT INTO people VALUES (1, '7', 1), (2, 'seven', NULL)");
    const alter = (field: object) => codeOf(story.up("2", [{ kind: "alterField", table: "people", field }]));
    expect(await alter({ name: "name", type: "integer", nullable: true })).toContain(
      '"name" has no value of type Int32',
    );
    expect(await alter({ name: "age", type: "integer" })).toContain('"age" is NULL');
    await story.agrees();
    await database.driver.execute("DELETE FROM people WHERE id = 2");
    expect(await alter({ name: "name", type: "integer", nullable: true })).toBeUndefined();
    await story.agrees();
    expect(await database.driver.query("SELECT name FROM people")).toEqual([{ name: 7 }]);
  });

  test("an expression converts the old values, and the column keeps its place", async () => {
    const story = storyOf(database);
    await story.up("1", [people]);
    await database.driver.execute("INSERT INTO people VALUES (1, 'seven', 1)");
    await story.up("2", [
      { kind: "alterField", table: "people", field: { name: "name", type: "integer" }, using: "length(name)" },
    ]);
    await story.agrees();
    expect(await database.driver.query("SELECT * FROM people")).toEqual([{ id: 1, name: 5, age: 1 }]);
  });

  test("rows that are read for a migration are written as they were", async () => {
    const story = storyOf(database);
    const types = [
      "Map(String, Array(String))",
      "Array(Nullable(Int64))",
      "Tuple(Int32, String)",
      "Float32",
      "UInt64",
      "Date",
    ];
    const fields = types.map((type, i) => ({ name: `f${i}`, type }));
    await story.up("1", [
      { kind: "createTable", name: "odd", fields: [{ name: "id", type: "integer", primaryKey: true }, ...fields] },
    ]);
    await database.driver.execute(
      "INSERT INTO odd VALUES (1, {'k''': ['x', 'y\\\\']}, [1, NULL], (7, 'a''b'), 0.1, 18446744073709551615, '2024-02-29'), (2, {}, [], (0, ''), 0, 0, '1970-01-01')",
    );
    const columns = (await introspect(database)).tables[0]?.columns ?? [];
    const { expression, value } = clickhouse.rows;
    const before = await database.driver.query("SELECT * FROM odd ORDER BY id");
    const list = columns.map((column) => `${expression(column)} AS ${clickhouse.quote(column.name)}`).join(", ");
    const read = await database.driver.query(`SELECT ${list} FROM odd ORDER BY id`);
    const keep = (found: unknown, column: (typeof columns)[number]): unknown => {
      const kept = value(found, column);
      return typeof kept === "object" && kept !== null && "sql" in kept ? { defaultRef: kept.sql } : kept;
    };
    const rows = read.map((row) =>
      Object.fromEntries(columns.map((column) => [column.name, keep(row[column.name], column)])),
    );
    await database.driver.execute("TRUNCATE TABLE odd");
    await story.up("2", [{ kind: "upsertData", table: "odd", keys: ["id"], rows }]);
    expect(await database.driver.query("SELECT * FROM odd ORDER BY id")).toEqual(before);
  });

  test("LowCardinality keeps its NULLs inside when the column is altered", async () => {
    const story = storyOf(database);
    const field = { name: "kind", type: "LowCardinality(String)", nullable: true };
    await story.up("1", [{ ...people, fields: [...people.fields, field] }]);
    await story.up("2", [{ kind: "alterField", table: "people", field: { ...field, default: "x" } }]);
    await story.agrees();
    const columns = await database.driver.query(
      "SELECT type FROM system.columns WHERE table = 'people' AND name = 'kind'",
    );
    expect(columns).toEqual([{ type: "LowCardinality(Nullable(String))" }]);
  });
});
