import { describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { nativeTypePattern } from "../../src/core/schema/types.ts";
import { recoveryOf } from "../../src/dialects/clickhouse/alone.ts";
import { sameOptions } from "../../src/dialects/clickhouse/column-options.ts";
import { canonicalDefault } from "../../src/dialects/clickhouse/defaults.ts";
import { storageIn } from "../../src/dialects/clickhouse/options.ts";
import { bind } from "../../src/dialects/clickhouse/parameters.ts";
import { literal, stringLiteral, stringOf } from "../../src/dialects/clickhouse/quote.ts";
import { canonicalText, columnsIn } from "../../src/dialects/clickhouse/text.ts";
import { canonicalType, nullableType } from "../../src/dialects/clickhouse/types.ts";
import { parseClickhouseUrl } from "../../src/dialects/clickhouse/url.ts";
import { rowsOf } from "../../src/dialects/clickhouse/values.ts";
import { errorOf } from "../helpers/tool-error.ts";

describe("a URL", () => {
  test.each([
    ["clickhouse://", "http://localhost:8123 default  default"],
    ["clickhouse://db/shop", "http://db:8123 default  shop"],
    ["clickhouse://ann:p%40ss@db:1234/shop", "http://db:1234 ann p@ss shop"],
    ["clickhouse://db/shop?secure=1", "https://db:8443 default  shop"],
    ["clickhouse://db:8443/shop", "https://db:8443 default  shop"],
    ["clickhouses://db", "https://db:8443 default  default"],
    ["clickhouse+http://[::1]:99/x?user=u&password=p", "http://[::1]:99 u p x"],
    ["https://db.cloud:8443/x", "https://db.cloud:8443 default  x"],
  ])("%s is %s", (url, said) => {
    const { origin, user, password, database } = parseClickhouseUrl(url);
    expect([origin, user, password, database].join(" ")).toBe(said);
  });

  test.each([
    ["clickhouse://u:geheim@db:9000/x", "port 9000 speaks ClickHouse's native protocol"],
    ["clickhouse://u:geheim@db:70000/x", '"70000" is not a port'],
    ["clickhouse://u:geheim@db/x?scure=1", 'the parameter "scure", which is not known'],
    ["clickhouse://u:geheim@db/x?connect-timeout=soon", "give a number of seconds"],
    ["clickhouse://u:ge%zzheim@db/x", "its password holds a %"],
  ])("%s is refused: %s", (url, why) => {
    const error = errorOf(() => parseClickhouseUrl(url));
    expect([error.code, error.message.includes(why), error.message.includes("geheim")]).toEqual(["url", true, false]);
  });
});

describe("what becomes of a statement that was cut short", () => {
  test.each([
    ["CREATE TABLE a (id Int32) ORDER BY id", "compare"],
    ["ALTER TABLE a ADD COLUMN x Int32", "compare"],
    ["RENAME TABLE a TO b, c TO d", "compare"],
    ["EXCHANGE TABLES a AND b", "compare"],
    ["DROP VIEW v", "compare"],
    ["CREATE TABLE IF NOT EXISTS a (id Int32) ORDER BY id", "repeat"],
    ["DROP TABLE IF EXISTS a", "repeat"],
    ["CREATE OR REPLACE VIEW v AS SELECT 1", "repeat"],
    ["ALTER TABLE a DELETE WHERE id = 1", "repeat"],
    ["DELETE FROM a WHERE id = 1", "repeat"],
    ["INSERT INTO a (id)\nSELECT 1\nWHERE NOT EXISTS (SELECT 1 FROM a WHERE id = 1)", "repeat"],
    ["INSERT INTO a VALUES (1)", "ask"],
    ["ALTER TABLE a DROP PARTITION 202601", "ask"],
    ["CREATE USER ann", "ask"],
  ])("%s: %s", (sql, kind) => {
    expect(recoveryOf(sql).kind).toBe(kind as "ask");
  });

  test("the names that the catalog is asked about are those of the statement", () => {
    const query = (sql: string): string => {
      const recovery = recoveryOf(sql);
      return recovery.kind === "compare" ? recovery.query : "";
    };
    expect(query("RENAME TABLE `a b` TO other.`c'd`")).toContain(
      "database = currentDatabase() AND name = 'a b' OR database = 'other' AND name = 'c''d'",
    );
    expect(recoveryOf("ALTER TABLE shop.a UPDATE x = 1 WHERE true")).toMatchObject({
      settle: ["ALTER TABLE `shop`.`a` DELETE WHERE false SETTINGS mutations_sync = 1"],
    });
  });
});

describe("spellings that mean the same", () => {
  test.each([
    ["( a+b )", "a+b"],
    ["toYYYYMM( `at` )", "toYYYYMM(at)"],
    ["at + INTERVAL 90 DAY", "at+toIntervalDay(90)"],
    ["(a) + (b)", "(a)+(b)"],
    ["'a  b'", "'a  b'"],
    ["a AND  b", "a AND b"],
  ])("%s", (sql, same) => expect(canonicalText(sql)).toBe(same));

  test.each([
    ["VARCHAR(20)", "String"],
    ["decimal(10)", "Decimal(10, 0)"],
    ["Decimal(10,2)", "Decimal(10, 2)"],
    ["Nullable(DateTime64(6,'UTC'))", "DateTime64(6, 'UTC')"],
    ["LowCardinality(Nullable(String))", "LowCardinality(String)"],
    ["Enum8('a'=1, 'b, c' = 2)", "Enum8('a' = 1, 'b, c' = 2)"],
    ["double precision", "Float64"],
  ])("the type %s", (type, same) => expect(canonicalType(type)).toBe(same));

  test.each([
    ["0.10", "Decimal(5, 2)", "0.1"],
    ["'0.10'", "Decimal(5, 2)", "0.1"],
    ["1e3", "Float64", "1000"],
    ["TRUE", "Bool", "true"],
    ["'10:30'", "Time64(6)", "'10:30:00'"],
    ["'3F25'", "UUID", "'3f25'"],
    ["'{a,\"b c\"}'", "Array(String)", "'[''a'',''b c'']'"],
  ])("the default %s of a %s", (sql, type, same) => expect(canonicalDefault(sql, type)).toBe(same));
});

test("texts survive their quotes, whatever is in them", () => {
  for (const text of ["", "'", "\\", "\\'", "''\\\\'", "a\nb\tc", "\\n", "😀", "\0"])
    expect(stringOf(stringLiteral(text))).toBe(text);
  expect(stringOf("'a' || 'b'")).toBeUndefined();
});

test("a number for a Decimal keeps its digits, and a moment with a zone is told in UTC", () => {
  expect(literal(1.15, "Nullable(Decimal(5, 2))")).toBe("'1.15'");
  expect(literal("2026-01-31T10:09:10+02:00", "DateTime64(6, 'UTC')")).toBe("'2026-01-31 08:09:10'");
  expect(() => literal(Number.NaN)).toThrow(ToolError);
});

test("NULLs stand inside of LowCardinality", () => {
  expect([nullableType("String"), nullableType("LowCardinality(String)"), nullableType("Nullable(String)")]).toEqual([
    "Nullable(String)",
    "LowCardinality(Nullable(String))",
    "Nullable(String)",
  ]);
});

test("columns are told from expressions", () => {
  expect(columnsIn("(a, `b c`, `d\\`e`)")).toEqual(["a", "b c", "d`e"]);
  expect(columnsIn("a, toDate(b)")).toBeUndefined();
  expect(columnsIn("")).toEqual([]);
});

test("what a table is kept by is read from its definition, without what replication adds", () => {
  expect(
    storageIn(
      "ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', v) PARTITION BY toYYYYMM(at) PRIMARY KEY (a) ORDER BY (a, `order by`) SETTINGS index_granularity = 8192",
    ),
  ).toEqual({
    primaryKey: ["a"],
    options: { engine: "ReplacingMergeTree(v)", order_by: "(a, `order by`)", partition_by: "toYYYYMM(at)" },
  });
  expect(storageIn("SharedMergeTree('/x', '{replica}') ORDER BY id SETTINGS index_granularity = 8192")).toEqual({
    primaryKey: ["id"],
  });
});

test.each([
  ["MergeTree ORDER BY (site, toDate(at)) SETTINGS index_granularity = 8192", { order_by: "(site, toDate(at))" }],
  [
    "MergeTree PARTITION BY (toYYYYMM(at)) PRIMARY KEY (site, intHash32(site)) ORDER BY (site, intHash32(site), at)",
    { primary_key: "(site, intHash32(site))", order_by: "(site, intHash32(site), at)", partition_by: "toYYYYMM(at)" },
  ],
  ["SummingMergeTree((n, m)) ORDER BY tuple()", { engine: "SummingMergeTree((n, m))" }],
])("%s is kept by no columns alone", (definition, options) => {
  expect(storageIn(definition)).toEqual({ options });
});

test("codecs are compared without what the server adds by itself", () => {
  const column = (type: string, codec: string) => ({ name: "a", nullable: false, type, options: { codec } });
  const same = (type: string, a: string, b: string) => sameOptions(column(type, a), column(type, b));
  expect(same("Int32", "Delta, ZSTD", "Delta(4), ZSTD(1)")).toBe(true);
  expect(same("DateTime64(3)", "DoubleDelta,LZ4", "DoubleDelta(8), LZ4")).toBe(true);
  expect(same("Int64", "Delta", "Delta(4)")).toBe(false);
  expect(same("String", "ZSTD(3)", "ZSTD(1)")).toBe(false);
});

test("a type with names that need quotes is one, and nothing that such a name does not close", () => {
  expect("JSON(max_dynamic_paths = 8, `b.c` Array(UInt32))").toMatch(nativeTypePattern);
  expect("Tuple(`a b` String); DROP TABLE t; --` Int8)").not.toMatch(nativeTypePattern);
});

test("parameters get the type of their value; what is quoted is no parameter", () => {
  const values = [1n << 63n, 0.5, null, new Uint8Array([1]), "x"];
  expect(bind("SELECT {p1}, { p2 }, {p3}, {p4}, {p5:UInt8}, '{p1}', `{p2}` -- {p1}\n, {p9}", values)).toEqual({
    sql: "SELECT {p1:UInt64}, {p2:Float64}, NULL, unhex('01'), {p5:UInt8}, '{p1}', `{p2}` -- {p1}\n, {p9}",
    parameters: { p1: 1n << 63n, p2: 0.5, p5: "x" },
  });
});

test("a result is read as what it is", () => {
  const body = new TextEncoder().encode(
    "a\tb\tc\nNullable(Int64)\tString\tBool\n\\N\tx\\ty\\\\\ttrue\n9007199254740993\t\\N!\tfalse\n",
  );
  expect(rowsOf(body)).toEqual([
    { a: null, b: "x\ty\\", c: true },
    { a: 9007199254740993n, b: "N!", c: false },
  ]);
  expect(rowsOf(new Uint8Array())).toEqual([]);
});
