import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, Statement } from "../../src/core/ddl/statement.ts";
import { ToolError } from "../../src/core/errors.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

let home: TestDatabase;
let database: Database;
beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});
beforeEach(() => run("DROP SCHEMA IF EXISTS other CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
afterAll(async () => {
  await database.close();
  await home.drop();
});

const run = (sql: string) => database.driver.execute(sql);
const rows = (sql: string) => database.driver.query(sql);

async function carryOut(statement: Statement): Promise<void> {
  for (const command of renderStatement(statement, database.dialect)) {
    if (command.kind === "execute") await run(command.sql);
  }
}

const alter = (before: Omit<Column, "name">, after: Omit<Column, "name">): Promise<void> =>
  carryOut({ kind: "alterColumn", table: "t", before: { name: "c", ...before }, after: { name: "c", ...after } });

const columnC = async (): Promise<Column | undefined> =>
  (await introspect(database)).tables.find((t) => t.name === "t")?.columns.find((c) => c.name === "c");

describe("a column changes its type", () => {
  test("B32: text to integer, with a default that only the new type can have, and back", async () => {
    await run("CREATE TABLE t (c VARCHAR(9) NOT NULL DEFAULT 'none'); INSERT INTO t VALUES ('12')");
    await alter(
      { type: "VARCHAR(9)", nullable: false, default: "'none'" },
      { type: "INTEGER", nullable: true, default: "7" },
    );
    await run("INSERT INTO t DEFAULT VALUES");
    expect(await rows("SELECT c FROM t ORDER BY c")).toEqual([{ c: 7 }, { c: 12 }]);
    await alter(
      { type: "INTEGER", nullable: true, default: "7" },
      { type: "VARCHAR(9)", nullable: false, default: "'none'" },
    );
    expect(await rows("SELECT c FROM t ORDER BY c")).toEqual([{ c: "12" }, { c: "7" }]);
    expect(await columnC()).toEqual({
      name: "c",
      type: "character varying(9)",
      nullable: false,
      default: "'none'::character varying",
    });
  });

  test("a shorter text is refused where it would cut values off", async () => {
    await run("CREATE TABLE t (c TEXT); INSERT INTO t VALUES ('abcdef')");
    const error = await alter({ type: "TEXT", nullable: true }, { type: "VARCHAR(3)", nullable: true }).catch(
      (e: unknown) => e,
    );
    expect(error instanceof ToolError && error.data["code"]).toBe("22001");
    expect(await rows("SELECT c FROM t")).toEqual([{ c: "abcdef" }]);
  });

  const conversions: readonly (readonly [string, string, string, unknown])[] = [
    ["BOOLEAN", "TRUE", "BIGINT", 1],
    ["BIGINT", "5000000000", "BOOLEAN", true],
    ["DECIMAL(5,2)", "0.5", "BOOLEAN", true],
    ["TEXT", "'yes'", "BOOLEAN", true],
    ["TEXT", "'{a,b}'", "TEXT[]", "{a,b}"],
    ["TEXT[]", "'{a}'", "TEXT", "{a}"],
    ["JSON", `'{"a":1}'`, "JSONB", '{"a": 1}'],
    ["TEXT", `'{"a":1}'`, "JSONB", '{"a": 1}'],
    ["TIMESTAMP", "'2024-02-29 10:00'", "DATE", "2024-02-29"],
    ["UUID", "'3f2504e0-4f89-41d3-9a0c-0305e82c3301'", "VARCHAR(36)", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"],
    ["BYTEA", "'a\\\\é'", "VARCHAR(3)", "a\\é"],
    ["BYTEA", "'12'", "INTEGER", 12],
    ["VARCHAR(36)", "'3f2504e0-4f89-41d3-9a0c-0305e82c3301'", "UUID", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"],
  ];
  test.each(conversions)("%s %s to %s", async (from, value, to, expected) => {
    await run(`CREATE TABLE t (c ${from}); INSERT INTO t VALUES (${value}), (NULL)`);
    await alter({ type: from, nullable: true }, { type: to, nullable: true });
    expect(await rows("SELECT c FROM t ORDER BY c NULLS LAST")).toEqual([{ c: expected }, { c: null }]);
  });
});

describe("a column that numbers itself", () => {
  const plain = { type: "INTEGER", nullable: false };
  const numbered = { ...plain, autoIncrement: true };
  const sequences = async () =>
    (await rows("SELECT relname FROM pg_class WHERE relkind = 'S' ORDER BY 1")).map((row) => row["relname"]);

  test("B32: begins to, after the largest number there is, and stops, leaving no sequence behind", async () => {
    await run("CREATE TABLE t (c INTEGER NOT NULL); INSERT INTO t VALUES (41)");
    await alter(plain, numbered);
    await run("INSERT INTO t DEFAULT VALUES");
    expect(await rows("SELECT max(c) AS c FROM t")).toEqual([{ c: 42 }]);
    expect((await columnC())?.autoIncrement).toBe(true);
    await alter(numbered, { ...plain, default: "0" });
    expect(await columnC()).toEqual({ name: "c", type: "integer", nullable: false, default: "0" });
    expect(await sequences()).toEqual([]);
  });

  test("begins to in an empty table, and where its sequence's name is taken by that of a table that was renamed", async () => {
    await run("CREATE TABLE t (c SERIAL); ALTER TABLE t RENAME TO old; CREATE TABLE t (c INTEGER NOT NULL)");
    await alter(plain, numbered);
    await run("INSERT INTO t DEFAULT VALUES");
    expect(await rows("SELECT c FROM t")).toEqual([{ c: 1 }]);
    expect(await sequences()).toEqual(["t_c_seq", "t_c_seq1"]);
  });

  test("goes on beyond the end of its old type when it gets a wider one", async () => {
    await run(
      "CREATE TABLE t (c SERIAL PRIMARY KEY); INSERT INTO t VALUES (2147483647); SELECT setval('t_c_seq', 2147483647)",
    );
    await alter(numbered, { type: "BIGINT", nullable: false, autoIncrement: true });
    await run("INSERT INTO t DEFAULT VALUES");
    expect(await rows("SELECT max(c) AS c FROM t")).toEqual([{ c: 2147483648 }]);
  });

  test("stops although somebody made it an identity column", async () => {
    await run("CREATE TABLE t (c INTEGER GENERATED BY DEFAULT AS IDENTITY)");
    await alter(numbered, plain);
    expect(await columnC()).toEqual({ name: "c", ...plain, type: "integer" });
  });

  test("may be nullable", async () => {
    const column = { name: "c", type: "INTEGER", nullable: true, autoIncrement: true };
    await carryOut({
      kind: "createTable",
      table: { name: "t", columns: [{ name: "x", type: "TEXT", nullable: true }], indexes: [], foreignKeys: [] },
    });
    await carryOut({ kind: "addColumn", table: "t", column });
    await run("INSERT INTO t (c) VALUES (NULL)");
    expect(await columnC()).toEqual({ ...column, type: "integer" });
  });
});

describe("a time that is set at every update", () => {
  const column: Column = { name: "c", type: "TIMESTAMP", nullable: true, autoUpdate: true };
  const of = { columns: [column], indexes: [], foreignKeys: [] };
  const functions = async () =>
    (await rows("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")).length;

  test("is set in the updated row only, leaves other values exact, and takes its function with it when the last one goes", async () => {
    await run("CREATE TABLE t (id INTEGER, c TIMESTAMP, n NUMERIC, j JSON, b BYTEA); CREATE TABLE u (c TIMESTAMPTZ)");
    await carryOut({ kind: "createAutoUpdate", table: "t", of: { ...of, name: "t" }, column });
    await carryOut({ kind: "createAutoUpdate", table: "u", of: { ...of, name: "u" }, column });
    await run(`INSERT INTO t VALUES (1, NULL, 1.500, '{"b" : 1}', '\\x00ff'), (2, NULL, NULL, NULL, NULL)`);
    await run("UPDATE t SET id = 3 WHERE id = 1");
    expect(
      await rows(
        "SELECT id, c IS NULL AS unset, c > now()::timestamp - interval '1 minute' AS recent, n, j, b FROM t ORDER BY id",
      ),
    ).toEqual([
      { id: 2, unset: true, recent: null, n: null, j: null, b: null },
      { id: 3, unset: false, recent: true, n: "1.500", j: '{"b" : 1}', b: new Uint8Array([0, 255]) },
    ]);
    await carryOut({ kind: "dropAutoUpdate", table: "t", column });
    expect(await functions()).toBe(1);
    await carryOut({ kind: "dropAutoUpdate", table: "u", column });
    expect(await functions()).toBe(0);
  });
});

test("a primary key is dropped under whatever name it has", async () => {
  await run("CREATE TABLE old (c INTEGER, CONSTRAINT \"odd 'name'\" PRIMARY KEY (c)); ALTER TABLE old RENAME TO t");
  await carryOut({ kind: "dropPrimaryKey", table: "t", columns: ["c"] });
  expect((await introspect(database)).tables[0]?.primaryKey).toBeUndefined();
});

test("rows are upserted in pieces, and without a unique key", async () => {
  await run("CREATE TABLE t (c INTEGER PRIMARY KEY, v TEXT DEFAULT 'd'); CREATE TABLE u (c INTEGER, v JSONB)");
  const many = Array.from({ length: 1200 }, (_, i) => ({ c: String(i), ...(i % 2 && { v: "'x'" }) }));
  const statement = { kind: "upsertRows", table: "t", columns: ["c", "v"], keys: ["c"], rows: many } as const;
  await carryOut(statement);
  await carryOut(statement);
  expect(await rows("SELECT count(*) AS n, count(*) FILTER (WHERE v = 'd') AS d FROM t")).toEqual([
    { n: 1200, d: 600 },
  ]);
  const loose = { kind: "upsertRows", table: "u", columns: ["c", "v"], keys: ["c"], uniqueKeys: false } as const;
  await carryOut({ ...loose, rows: [{ c: "1", v: "'[1]'" }] });
  await carryOut({
    ...loose,
    rows: [
      { c: "1", v: "'[2]'" },
      { c: "2", v: "NULL" },
    ],
  });
  expect(await rows("SELECT c, v FROM u ORDER BY c")).toEqual([
    { c: 1, v: "[2]" },
    { c: 2, v: null },
  ]);
});

describe("a unique index is dropped", () => {
  const drop = (name: string) =>
    carryOut({ kind: "dropIndex", table: 't"s', index: { name, fields: ["c"], unique: true } });
  const indexes = async () =>
    (await rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")).map((r) => r["indexname"]);

  test("with the UNIQUE constraint that it belongs to, and alone where it belongs to none", async () => {
    await run(
      `CREATE TABLE "t""s" (c INTEGER, CONSTRAINT "o'brien" UNIQUE (c)); CREATE UNIQUE INDEX plain ON "t""s" (c)`,
    );
    await drop("o'brien");
    expect(await indexes()).toEqual(["plain"]);
    await drop("plain");
    expect(await indexes()).toEqual([]);
  });

  test("and missed where it is not there", async () => {
    await run('CREATE TABLE "t""s" (c INTEGER)');
    const error = await drop("absent").catch((e: unknown) => e);
    expect(error instanceof ToolError && error.data["code"]).toBe("42704");
  });
});
