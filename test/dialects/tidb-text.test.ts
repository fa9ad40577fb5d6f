import { describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, Statement, TableImage } from "../../src/core/ddl/statement.ts";
import { ToolError } from "../../src/core/errors.ts";
import tidb from "../../src/dialects/tidb/dialect.ts";
import open from "../../src/dialects/tidb/driver.ts";

const column = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: false,
  ...rest,
});

const table = (rest: Partial<TableImage> = {}): TableImage => ({
  name: "hits",
  columns: [column("id", "BIGINT"), column("at", "TIMESTAMP")],
  primaryKey: ["id"],
  indexes: [],
  foreignKeys: [],
  ...rest,
});

const sqlOf = (statement: Statement): readonly string[] =>
  renderStatement(statement, tidb).flatMap((command) => ("sql" in command ? [command.sql] : []));

const refusalOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
  return expect.unreachable("it should have been refused");
};

describe("what only TiDB reads stands in comments", () => {
  test("of a table", () => {
    const options = { clustered: "false", shard_row_id_bits: "4", pre_split_regions: "2", ttl: "at + INTERVAL 90 DAY" };
    expect(sqlOf({ kind: "createTable", table: table({ options: { ...options, ttl_enable: "off" } }) })).toEqual([
      [
        "CREATE TABLE `hits` (",
        "  `id` BIGINT NOT NULL,",
        "  `at` TIMESTAMP NOT NULL,",
        "  PRIMARY KEY (`id`) /*T![clustered_index] NONCLUSTERED */",
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci /*T! SHARD_ROW_ID_BITS=4 */ /*T! PRE_SPLIT_REGIONS=2 */ /*T![ttl] TTL=at + INTERVAL 90 DAY */ /*T![ttl] TTL_ENABLE='OFF' */",
      ].join("\n"),
    ]);
  });

  test("of a column whose numbers are spread", () => {
    const spread = column("id", "BIGINT", { options: { auto_random: "5" } });
    expect(sqlOf({ kind: "createTable", table: table({ columns: [spread] }) })[0]).toContain(
      "  `id` BIGINT /*T![auto_rand] AUTO_RANDOM(5) */ NOT NULL,\n",
    );
    const wrong = table({ columns: [{ ...spread, type: "INT" }] });
    expect(refusalOf(() => sqlOf({ kind: "createTable", table: wrong }))).toContain('has the option auto_random: "5"');
  });

  test("a value that would end the comment is none", () => {
    const options = { ttl: "at + INTERVAL 1 DAY */ ; DROP TABLE users" };
    expect(refusalOf(() => sqlOf({ kind: "createTable", table: table({ options }) }))).toContain('option "ttl"');
  });
});

describe("options that change", () => {
  const change = (before: TableImage["options"], after: TableImage["options"]): readonly string[] =>
    sqlOf({
      kind: "alterOptions",
      before: table(before && { options: before }),
      after: table(after && { options: after }),
    });

  test("those that can are told one by one, and taken back", () => {
    expect(change({ shard_row_id_bits: "4" }, { ttl: "at + INTERVAL 1 DAY" })).toEqual([
      "ALTER TABLE `hits` SHARD_ROW_ID_BITS=0",
      "ALTER TABLE `hits` TTL=at + INTERVAL 1 DAY",
    ]);
    expect(change({ ttl: "at + INTERVAL 1 DAY", auto_id_cache: "1" }, { auto_id_cache: "1" })).toEqual([
      "ALTER TABLE `hits` REMOVE TTL",
    ]);
  });

  test("how the rows are stored is settled", () => {
    expect(refusalOf(() => change({}, { clustered: "false" }))).toContain('cannot change the option "clustered"');
  });

  test("a primary key goes only where the rows are not stored by it", () => {
    const drop = { kind: "dropPrimaryKey", table: "hits", columns: ["id"] } as const;
    expect(refusalOf(() => sqlOf(drop))).toContain("by its primary key");
    expect(sqlOf({ ...drop, options: { clustered: "false" } })).toEqual(["ALTER TABLE `hits` DROP PRIMARY KEY"]);
  });
});

describe("defaults", () => {
  const made = (type: string, sql: string): string =>
    sqlOf({
      kind: "createTable",
      table: table({ columns: [column("a", type, { default: sql })], primaryKey: [] }),
    }).join();

  test.each([
    ["JSON", "JSON_ARRAY()", "DEFAULT (JSON_ARRAY())"],
    ["CHAR(36)", "UUID()", "DEFAULT (UUID())"],
    ["DATE", "CURRENT_DATE", "DEFAULT (CURRENT_DATE)"],
    ["TIMESTAMP(6)", "now()", "DEFAULT CURRENT_TIMESTAMP(6)"],
    ["VARCHAR(9)", "'x'", "DEFAULT 'x'"],
  ])("%s takes %s", (type, sql, clause) => expect(made(type, sql)).toContain(clause));

  test.each([
    ["TEXT", "'x'", "TEXT takes no literal"],
    ["JSON", "'[]'", "JSON takes no literal"],
    ["TIME", "CURRENT_TIME", "is none that it takes"],
    ["INT", "1 + 1", "is none that it takes"],
  ])("%s does not take %s", (type, sql, why) => expect(refusalOf(() => made(type, sql))).toContain(why));
});

test("what TiDB cannot do to a column is refused before anything runs", () => {
  const alter = (before: Column, after: Column, held?: true) => () =>
    sqlOf({ kind: "alterColumn", table: "hits", before, after, ...(held && { held }) });
  const [int, numbered] = [column("id", "INT"), column("id", "INT", { autoIncrement: true })];
  expect(refusalOf(alter(int, numbered))).toContain("cannot start to number itself");
  expect(alter(numbered, int)()).toEqual(["ALTER TABLE `hits` MODIFY COLUMN `id` INT NOT NULL"]);
  expect(refusalOf(alter(int, column("id", "CHAR(9)"), true))).toContain("no mere widening");
  expect(alter(int, column("id", "BIGINT"), true)()).toHaveLength(1);
  const stored = column("sum", "INT", { generated: { as: "id + 1", stored: true } });
  expect(refusalOf(() => sqlOf({ kind: "addColumn", table: "hits", column: stored }))).toContain("virtual");
});

describe("the catalog", () => {
  // As https://docs.pingcap.com/tidb/stable/information-schema-tables/ and its neighbours have it, under the names that the queries give.
  const rows = {
    tables: [
      {
        table: "hits",
        engine: "InnoDB",
        kind: "BASE TABLE",
        options: "",
        collation: "utf8mb4_unicode_ci",
        comment: "",
      },
      {
        table: "logs",
        engine: "InnoDB",
        kind: "BASE TABLE",
        options: "partitioned",
        collation: "utf8mb4_bin",
        comment: "",
      },
    ].map((row, i) => ({
      ...row,
      clustering: i === 0 ? "CLUSTERED" : "NONCLUSTERED",
      sharding: i === 0 ? "PK_AUTO_RANDOM_BITS=5" : "SHARD_BITS=4",
      placement: i === 0 ? null : "near",
    })),
    columns: [
      { table: "hits", name: "id", type: "bigint", extra: "" },
      { table: "hits", name: "at", type: "timestamp(6)", default: "CURRENT_TIMESTAMP(6)", extra: "" },
      { table: "hits", name: "data", type: "json", default: "json_array()", extra: "DEFAULT_GENERATED" },
      { table: "hits", name: "sum", type: "bigint", extra: "VIRTUAL GENERATED", generation: "`id` + 1" },
      { table: "logs", name: "id", type: "varchar(9)", extra: "" },
    ].map((row) => ({ nullable: 0, default: null, escaped: 0, generation: "", collation: null, comment: "", ...row })),
    indexes: [
      { table: "hits", name: "PRIMARY", unique: 1, column: "id" },
      { table: "hits", name: "by_at", unique: 0, column: "at", hidden: 1 },
      { table: "logs", name: "PRIMARY", unique: 1, column: "id" },
    ].map((row) => ({
      prefix: null,
      descending: 0,
      method: "BTREE",
      comment: "",
      hidden: 0,
      expression: null,
      ...row,
    })),
    checks: [{ table: "hits", name: "later", clause: "(`id` > 0)", escaped: 0 }],
    views: [
      { name: "v", home: "shop", query: "SELECT `shop`.`hits`.`id` AS `id` FROM `shop`.`hits`", check_option: "NONE" },
    ],
    others: [{ kind: "sequence", object: "numbers" }],
  };

  test("is read with what only TiDB has", () => {
    const { tables, views, unsupported } = tidb.introspect.read(rows);
    const [hits, logs] = tables;
    expect(hits).toEqual({
      name: "hits",
      columns: [
        { name: "id", type: "bigint", nullable: false, options: { auto_random: "5" } },
        { name: "at", type: "timestamp(6)", nullable: false, default: "CURRENT_TIMESTAMP(6)" },
        { name: "data", type: "json", nullable: false, default: "json_array()" },
        { name: "sum", type: "bigint", nullable: false, generated: { as: "id +1" } },
      ],
      primaryKey: ["id"],
      indexes: [{ name: "by_at", fields: ["at"], with: { hidden: "true" } }],
      foreignKeys: [],
      constraints: [{ name: "later", check: "id > 0" }],
    });
    expect(logs?.options).toEqual({
      collate: "utf8mb4_bin",
      clustered: "false",
      shard_row_id_bits: "4",
      placement_policy: "near",
    });
    expect(views?.map(({ name, options }) => [name, options])).toEqual([["v", undefined]]);
    expect(unsupported.map(({ kind, object }) => [kind, object])).toEqual([
      ["partitioned table", "logs"],
      ["sequence", "numbers"],
    ]);
  });

  test("gives the fields that would be declared", () => {
    const data = column("data", "json", { default: "json_array()" });
    expect(tidb.fieldOf(data)).toMatchObject({ type: "json", default: "array" });
    expect(tidb.canonicalDefault("JSON_ARRAY()", "JSON")).toBe(tidb.canonicalDefault("(json_array())", "json"));
    expect(tidb.canonicalDefault("UPPER('Ab')", "text")).not.toBe(tidb.canonicalDefault("UPPER('AB')", "text"));
  });

  test("what is always so, and what nobody tells, is no difference", () => {
    const told = table({ options: { engine: "InnoDB", clustered: "true", ttl: "at + INTERVAL 1 DAY" } });
    expect(tidb.canonicalTable?.(told)).toEqual(tidb.canonicalTable?.(table()) ?? table());
  });
});

test("its URLs lead to port 4000, and the error names the place and not the password", async () => {
  const failure = await open("tidb://ann:s3cret@127.0.0.1:1/shop").catch((error: unknown) => error);
  expect(String(failure)).toContain("no server answers at 127.0.0.1:1");
  expect(JSON.stringify(failure)).not.toContain("s3cret");
  const usual = await open("tidb://ann@nowhere.invalid/shop").catch((error: unknown) => error);
  expect(usual).toMatchObject({ code: "connect", data: { port: 4000 } });
});
