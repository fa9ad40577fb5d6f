import { describe, expect, test } from "bun:test";
import type { Row } from "../../src/core/ddl/dialect.ts";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, TableImage } from "../../src/core/ddl/statement.ts";
import ydb from "../../src/dialects/ydb/dialect.ts";
import { errorOf } from "../helpers/tool-error.ts";

const column = (name: string, type: string, more: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...more,
});
const hits: TableImage = {
  name: "hits",
  columns: [
    column("site", "Int64", { nullable: false }),
    column("at", "Timestamp64", { nullable: false }),
    column("page", "Utf8", { default: "'it''s'" }),
  ],
  primaryKey: ["site", "at"],
  indexes: [{ name: "by_page", fields: ["page"], method: "async", include: ["at"] }],
  foreignKeys: [],
  options: {
    auto_partitioning_by_load: "enabled",
    auto_partitioning_min_partitions_count: "4",
    read_replicas_settings: "per_az:1",
    ttl: 'Interval("P30D") ON at',
  },
};
const sqlOf = (statement: Parameters<typeof renderStatement>[0]): readonly string[] =>
  renderStatement(statement, ydb).map((command) => (command.kind === "replay" ? command.name : command.sql));
const refusalOf = (statement: Parameters<typeof renderStatement>[0]): string => errorOf(() => sqlOf(statement)).message;

describe("a table", () => {
  test("comes with its indexes, partitions and TTL", () => {
    expect(sqlOf({ kind: "createTable", table: hits })).toEqual([
      `CREATE TABLE \`hits\` (
  \`site\` Int64 NOT NULL,
  \`at\` Timestamp64 NOT NULL,
  \`page\` Utf8 DEFAULT 'it\\'s'u,
  INDEX \`by_page\` GLOBAL ASYNC ON (\`page\`) COVER (\`at\`),
  PRIMARY KEY (\`site\`, \`at\`)
)
WITH (
  AUTO_PARTITIONING_BY_LOAD = ENABLED,
  AUTO_PARTITIONING_MIN_PARTITIONS_COUNT = 4,
  READ_REPLICAS_SETTINGS = "PER_AZ:1",
  TTL = Interval("P30D") ON at
)`,
    ]);
  });

  test("has a primary key, of types that can be sorted by", () => {
    const { primaryKey: _, ...bare } = hits;
    expect(refusalOf({ kind: "createTable", table: bare })).toContain("every table there has a primary key");
    const wrong = { ...hits, columns: [column("site", "Json")], primaryKey: ["site"], indexes: [] };
    expect(refusalOf({ kind: "createTable", table: wrong })).toContain("a Json cannot be part of a key there");
  });

  test("changes its options in place, and goes back to what is usual", () => {
    const to = (options: Readonly<Record<string, string>>) =>
      sqlOf({ kind: "alterOptions", before: hits, after: { ...hits, options } });
    expect(to({ ...hits.options, ttl: 'Interval("PT720H") ON `at`' })).toEqual([]);
    expect(to({ auto_partitioning_min_partitions_count: "4" })).toEqual([
      'ALTER TABLE `hits` SET (AUTO_PARTITIONING_BY_LOAD = DISABLED, READ_REPLICAS_SETTINGS = "PER_AZ:0")',
      "ALTER TABLE `hits` RESET (TTL)",
    ]);
    expect(errorOf(() => to({ uniform_partitions: "4" })).message).toContain(
      "gets its first partitions when it is made",
    );
    expect(errorOf(() => to({ ttl: "30 days" })).message).toBe(
      'option "ttl" of table "hits" is "30 days"; YDB takes Interval("P30D") ON column',
    );
    expect(errorOf(() => to({ key_bloom_filter: "yes" })).message).toContain("ENABLED or DISABLED");
  });
});

describe("columns", () => {
  const alter = (before: Column, after: Column, more: { using?: string; held?: true } = {}) =>
    sqlOf({ kind: "alterColumn", table: "hits", before, after, ...more });

  test("lose NOT NULL and change their default in place", () => {
    expect(
      alter(column("a", "Int32", { nullable: false, default: "1" }), column("a", "Int32", { default: "2" })),
    ).toEqual([
      "ALTER TABLE `hits` ALTER COLUMN `a` DROP NOT NULL",
      "ALTER TABLE `hits` ALTER COLUMN `a` SET DEFAULT 2",
    ]);
  });

  test("are made anew where they cannot change, with their values beside them meanwhile", () => {
    expect(alter(column("a", "Utf8"), column("a", "Int64", { nullable: false }))).toEqual([
      "SELECT 1 AS `found` FROM `hits` WHERE `a` IS NOT NULL AND CAST(`a` AS Int64) IS NULL LIMIT 1",
      "SELECT 1 AS `found` FROM `hits` WHERE `a` IS NULL LIMIT 1",
      "ALTER TABLE `hits` ADD COLUMN `godwit_of_a` Int64",
      "UPDATE `hits` SET `godwit_of_a` = CAST(`a` AS Int64)",
      "ALTER TABLE `hits` DROP COLUMN `a`",
      "ALTER TABLE `hits` ADD COLUMN `a` Int64 NOT NULL DEFAULT 0l",
      "ALTER TABLE `hits` ALTER COLUMN `a` DROP DEFAULT",
      "UPDATE `hits` SET `a` = Unwrap(`godwit_of_a`)",
      "ALTER TABLE `hits` DROP COLUMN `godwit_of_a`",
    ]);
    expect(ydb.capabilities.dependentsHold?.(column("a", "Utf8"), column("a", "Int64"), false)).toBe(true);
    expect(ydb.capabilities.dependentsHold?.(column("a", "Text"), column("a", "Utf8"), false)).toBe(false);
  });

  test("of the key, and those that number themselves, stay what they are", () => {
    const key = column("a", "Int32", { nullable: false });
    expect(errorOf(() => alter(key, { ...key, type: "Int64" }, { held: true })).message).toContain(
      "part of the primary key",
    );
    const numbered = { ...key, autoIncrement: true };
    expect(errorOf(() => alter(numbered, key)).message).toContain("settled with its table");
    expect(refusalOf({ kind: "addColumn", table: "hits", column: numbered })).toContain("comes with its table");
    const decimal = { ...numbered, type: "Decimal(22,9)" };
    expect(refusalOf({ kind: "createTable", table: { ...hits, columns: [decimal] } })).toContain(
      "no column of type Decimal",
    );
  });

  test("that come NOT NULL need a default where there are rows", () => {
    expect(sqlOf({ kind: "addColumn", table: "hits", column: column("a", "Uuid", { nullable: false }) })).toEqual([
      "SELECT 1 AS `found` FROM `hits` LIMIT 1",
      "ALTER TABLE `hits` ADD COLUMN `a` Uuid NOT NULL DEFAULT Uuid('00000000-0000-0000-0000-000000000000')",
      "ALTER TABLE `hits` ALTER COLUMN `a` DROP DEFAULT",
    ]);
  });

  test.each([["a.b"], ["__ydb_a"], ["größe"]])("are not called %s", (name) => {
    expect(errorOf(() => sqlOf({ kind: "addColumn", table: "hits", column: column(name, "Utf8") })).message).toContain(
      "is none that YDB allows",
    );
  });

  test("a default is a literal", () => {
    const random = column("a", "Uuid", { default: "RandomUuid(1)" });
    expect(refusalOf({ kind: "addColumn", table: "hits", column: random })).toEndWith(
      'the default new_uuid of column "a" of table "hits": a default there is a literal; have the program say the value, and leave the default out, for this database alone with defaults: { ydb: { new_uuid: "" } } in the schema',
    );
  });

  test.each([
    ["Text", "utf8"],
    ["Optional<Utf8>", "utf8"],
    ["Int64?", "int64"],
    ["bytes", "string"],
    ["Decimal(22, 9)", "decimal(22,9)"],
  ])("%s is compared as %s", (type, canonical) => {
    expect(ydb.canonicalType(type)).toBe(canonical);
  });

  test.each([
    ["'a''b'", "Utf8", "'a\\'b'u"],
    ['"a"u', "Utf8", "'a'u"],
    ["5", "Int64", "5l"],
    ["5l", "Int64", "5l"],
    ["-5", "Int16", "-5s"],
    ["-9223372036854775808", "Int64", "(-9223372036854775807l - 1l)"],
    ["0.10", "Decimal(5,2)", "Decimal('0.1', 5, 2)"],
    ['Decimal("0.1", 5, 2)', "Decimal(5,2)", "Decimal('0.1', 5, 2)"],
    ["1", "Double", "1.0"],
    ["1e21", "Double", "1.0e21"],
    ["0.5", "Float", "0.5f"],
    ["TRUE", "Bool", "true"],
    ["'2026-01-31 10:00:00+02'", "Timestamp64", "Timestamp64('2026-01-31T08:00:00Z')"],
    ["Timestamp64('2026-01-31T08:00:00.500Z')", "Timestamp64", "Timestamp64('2026-01-31T08:00:00.5Z')"],
    ["'{}'", "JsonDocument", "JsonDocument('{}')"],
    ["NULL", "Utf8", "null"],
  ])("the default %s of %s is compared as %s", (sql, type, canonical) => {
    expect(ydb.canonicalDefault(sql, type)).toBe(canonical);
  });
});

describe("literals", () => {
  test.each([
    ["it's\n\\", "Utf8", "'it\\'s\\n\\\\'u"],
    ["a\0b", "Utf8", "'a\\x00b'u"],
    [Uint8Array.of(97, 0, 39, 92, 255), "String", "'a\\x00\\x27\\x5c\\xff'"],
    [18446744073709551615n, "Uint64", "18446744073709551615ul"],
    [18446744073709551615n, "", "18446744073709551615ul"],
    [9007199254740993n, "", "9007199254740993"],
    [Number.POSITIVE_INFINITY, "Double", "Double('inf')"],
    [1e-7, "Double", "1.0e-7"],
    [true, "Bool", "true"],
    [null, "Utf8", "NULL"],
    ["1969-07-20T20:17:40.123456Z", "Timestamp64", "Timestamp64('1969-07-20T20:17:40.123456Z')"],
    ["2026-01-31", "Date32", "Date32('2026-01-31')"],
    ["10000000000000000000.5", "Decimal(35,9)", "Decimal('10000000000000000000.5', 35, 9)"],
  ])("%p of %s is %s", (value, type, sql) => {
    expect(ydb.literal(value, type)).toBe(sql);
  });
});

describe("indexes", () => {
  const make = (index: TableImage["indexes"][number]) =>
    sqlOf({ kind: "createIndex", table: "hits", index, columns: [column("page", "Utf8"), column("size", "Double")] });

  test("that are unique say SYNC, and are looked at when they come to a table that is there", () => {
    expect(make({ name: "one_page", fields: ["page"], unique: true })).toEqual([
      "ALTER TABLE `hits` ADD INDEX `one_page` GLOBAL UNIQUE SYNC ON (`page`)",
      "DESCRIBE INDEX `one_page` ON `hits` NOT UNIQUE",
    ]);
  });

  test.each([
    [{ name: "i", fields: ["page"], unique: true, method: "async" }, "always in step with its table"],
    [{ name: "i", fields: ["page"], where: "page = 'a'" }, "covers all rows"],
    [{ name: "i", fields: [{ field: "page", order: "desc" }] }, "no order"],
    [{ name: "i", fields: [{ expression: "lower(page)" }] }, "no expressions"],
    [{ name: "i", fields: ["size"] }, "which no index can hold"],
    [{ name: "i", fields: ["page"], method: "gin" }, 'no index method "gin"'],
  ] as const)("%j is refused", (index, why) => {
    expect(errorOf(() => make(index as TableImage["indexes"][number])).message).toContain(why);
  });
});

test("what changes the scheme stands alone, and the scheme tells what became of it", () => {
  const { standsAlone, recoveryOf } = ydb.bookkeeping;
  for (const sql of ["ALTER TABLE `hits` ADD COLUMN a Int32", "BATCH UPDATE a SET b = 1", "PRAGMA a; DROP TABLE b"])
    expect(standsAlone(sql)).toBe("always");
  for (const sql of ["UPSERT INTO a (b) VALUES (1)", "$a = (SELECT 1); UPDATE a SET b = $a", "SELECT `DROP` FROM a"])
    expect(standsAlone(sql)).toBe("never");
  expect(recoveryOf("CREATE TABLE IF NOT EXISTS `a` (b Int32, PRIMARY KEY (b))").kind).toBe("repeat");
  expect(recoveryOf("ALTER TABLE `a` SET (TTL = Interval('PT1H') ON b)").kind).toBe("repeat");
  expect(recoveryOf("DROP TABLE `a/b`")).toEqual({ kind: "compare", query: "DESCRIBE TABLE `a/b`" });
  expect(recoveryOf("ALTER TABLE a ADD INDEX `i` GLOBAL SYNC ON (`b`)")).toEqual({
    kind: "compare",
    query: "DESCRIBE TABLE `a`",
    settle: ["AWAIT INDEXES OF `a`"],
  });
  expect(recoveryOf("DROP VIEW a").kind).toBe("ask");
});

test.each([
  [
    "SCHEME_ERROR",
    "Cannot find table 'db.[/Root/shop/a]' because it does not exist or you do not have access permissions.",
    "not-found",
  ],
  ["GENERIC_ERROR", "Check failed: path: '/Root/shop/a', error: path exist, request accepts it", "already-exists"],
  ["ABORTED", "Transaction locks invalidated. Table: /Root/shop/a", "busy"],
  ["PRECONDITION_FAILED", "Conflict with existing key.", "constraint"],
  ["GENERIC_ERROR", "mismatched input 'SELEC' expecting {';', '('", "syntax"],
  ["OVERLOADED", "Tablet is overloaded", "busy"],
  ["BAD_SESSION", "Session not found", "connection"],
  ["UNAUTHORIZED", "Access denied", "permission"],
  ["INTERNAL_ERROR", "Something else", "other"],
] as const)("%s: %s is %s", (code, message, kind) => {
  expect(ydb.bookkeeping.classify({ code, message })).toBe(kind);
});

// What DescribeTable answers, written after the definitions of the protocol: https://github.com/ydb-platform/ydb/blob/main/ydb/public/api/protos/ydb_table.proto
const described: readonly Row[] = [
  {
    kind: "table",
    name: "shop/members",
    description: JSON.stringify({
      columns: [
        { name: "id", type: { typeId: "INT64" }, notNull: true, fromSequence: { name: "_serial_column_id" } },
        { name: "email", type: { typeId: "UTF8" }, notNull: true },
        { name: "doc", type: { optionalType: { item: { typeId: "JSON_DOCUMENT" } } }, notNull: false },
        { name: "sum", type: { optionalType: { item: { decimalType: { precision: 22, scale: 9 } } } } },
        { name: "gone", type: { optionalType: { item: { typeId: "TIMESTAMP64" } } } },
        { name: "number", type: { optionalType: { item: { typeId: "DYNUMBER" } } } },
      ],
      primaryKey: ["id"],
      indexes: [
        { name: "by_email", indexColumns: ["email"], globalUniqueIndex: {}, status: "STATUS_READY" },
        { name: "by_gone", indexColumns: ["gone"], dataColumns: ["sum"], globalAsyncIndex: {}, status: "STATUS_READY" },
        { name: "by_meaning", indexColumns: ["email"], status: "STATUS_READY" },
      ],
      ttlSettings: { dateTypeColumn: { columnName: "gone", expireAfterSeconds: 3600 }, runIntervalSeconds: 3600 },
      partitioningSettings: {
        partitioningBySize: "ENABLED",
        partitionSizeMb: "2048",
        partitioningByLoad: "ENABLED",
        minPartitionsCount: "1",
      },
      readReplicasSettings: { perAzReadReplicasCount: "2" },
      keyBloomFilter: "DISABLED",
      changefeeds: [{ name: "updates" }],
      storeType: "STORE_TYPE_ROW",
    }),
    defaults: JSON.stringify({ email: "'none'u" }),
  },
  { kind: "table", name: "wide", description: JSON.stringify({ storeType: "STORE_TYPE_COLUMN" }), defaults: "{}" },
  { kind: "table", name: "godwit_history", description: "{}", defaults: "{}" },
  {
    kind: "table",
    name: "our_lock",
    description: JSON.stringify({
      columns: ["id", "token", "owner", "host", "pid", "user", "since", "seen", "ends"].map((name) => ({ name })),
    }),
  },
  { kind: "topic", name: "orders" },
];

test("the scheme is read as tables, and what is no part of a schema is listed", () => {
  const { tables, unsupported } = ydb.introspect.read({ scheme: described });
  expect(tables.map((table) => ydb.canonicalTable?.(table))).toEqual([
    {
      name: "shop/members",
      columns: [
        column("id", "Int64", { nullable: false, autoIncrement: true }),
        column("email", "Utf8", { nullable: false, default: "'none'u" }),
        column("doc", "JsonDocument"),
        column("sum", "Decimal(22,9)"),
        column("gone", "Timestamp64"),
        column("number", "DyNumber"),
      ],
      primaryKey: ["id"],
      indexes: [
        { name: "by_email", fields: ["email"], unique: true },
        { name: "by_gone", fields: ["gone"], method: "async", include: ["sum"] },
      ],
      foreignKeys: [],
      options: {
        auto_partitioning_by_load: "ENABLED",
        read_replicas_settings: "PER_AZ:2",
        ttl: 'Interval("PT3600S") ON gone',
      },
    },
  ]);
  expect(unsupported.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
    ...["index by_meaning", "changefeed updates", "column-oriented table wide", "topic orders"],
  ]);
  expect(tables[0]?.columns.map((each) => ydb.fieldOf(each).type)).toEqual([
    ...["bigserial", "text", "jsonb", "decimal", "timestamp", "DyNumber"],
  ]);
});
