import { describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, Statement, TableImage } from "../../src/core/ddl/statement.ts";
import { ToolError } from "../../src/core/errors.ts";
import { readDefinition } from "../../src/dialects/starrocks/definition.ts";
import starrocks from "../../src/dialects/starrocks/dialect.ts";

const column = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: false,
  ...rest,
});

const table = (rest: Partial<TableImage> = {}): TableImage => ({
  name: "hits",
  columns: [column("page", "STRING"), column("id", "INT"), column("at", "DATETIME")],
  primaryKey: ["id"],
  indexes: [],
  foreignKeys: [],
  ...rest,
});

const sqlOf = (statement: Statement): readonly string[] =>
  renderStatement(statement, starrocks).flatMap((command) => ("sql" in command ? [command.sql] : []));

const made = (rest: Partial<TableImage>): string => sqlOf({ kind: "createTable", table: table(rest) }).join("\n");

const refusalOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
  return expect.unreachable("it should have been refused");
};

describe("a table", () => {
  test("with a primary key: the key comes first, and the rows are spread by it", () => {
    const columns = [
      column("page", "STRING", { nullable: true, default: "'it''s'" }),
      column("id", "INT", { autoIncrement: true, comment: 'a "number"' }),
      column("flag", "BOOLEAN", { default: "true" }),
      column("at", "DATETIME", { default: "now()" }),
      column("token", "VARCHAR(36)", { default: "uuid()" }),
      column("price", "DECIMAL(10,2)", { default: "1.50" }),
      column("day", "DATE", { nullable: true, generated: { as: "DATE(at)", stored: true } }),
    ];
    expect(made({ columns, comment: "seen" })).toBe(
      [
        "CREATE TABLE `hits` (",
        "  `id` BIGINT NOT NULL AUTO_INCREMENT COMMENT 'a \"number\"',",
        "  `page` STRING NULL DEFAULT 'it''s',",
        "  `flag` BOOLEAN NOT NULL DEFAULT '1',",
        "  `at` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,",
        "  `token` VARCHAR(36) NOT NULL DEFAULT (uuid()),",
        "  `price` DECIMAL(10,2) NOT NULL DEFAULT '1.5',",
        "  `day` DATE NULL AS DATE(at)",
        ")",
        "PRIMARY KEY (`id`)",
        "COMMENT 'seen'",
        "DISTRIBUTED BY HASH(`id`)",
      ].join("\n"),
    );
  });

  test("without one: sorted by the first column that can be, spread at random", () => {
    const columns = [column("data", "JSON"), column("id", "INT"), column("ratio", "DOUBLE")];
    expect(made({ columns, primaryKey: [] })).toContain("  `id` INT NOT NULL,\n  `data` JSON NOT NULL,");
    expect(made({ columns, primaryKey: [] })).toEndWith("DUPLICATE KEY (`id`)\nDISTRIBUTED BY RANDOM");
    expect(refusalOf(() => made({ columns: [column("data", "JSON")], primaryKey: [] }))).toContain(
      "sorted by a column",
    );
  });

  test("of aggregates says how values become one", () => {
    const columns = [column("day", "DATE"), column("n", "BIGINT", { options: { aggregate: "sum" } })];
    const options = {
      aggregate_key: "day",
      partition_by: "date_trunc('month', day)",
      distributed_by: "HASH(day) BUCKETS 4",
      properties: '"replication_num" = "1"',
    };
    expect(made({ columns, primaryKey: [], options })).toEndWith(
      [
        "  `n` BIGINT SUM NOT NULL",
        ")",
        "AGGREGATE KEY (`day`)",
        "PARTITION BY date_trunc('month', day)",
        "DISTRIBUTED BY HASH(day) BUCKETS 4",
        'PROPERTIES ("replication_num" = "1")',
      ].join("\n"),
    );
    const bare = [column("day", "DATE"), column("n", "BIGINT")];
    expect(refusalOf(() => made({ columns: bare, primaryKey: [], options }))).toContain("the option aggregate");
  });

  test.each<[string, Partial<TableImage>, string]>([
    ["two models", { options: { duplicate_key: "page" } }, "a primary key and duplicate_key"],
    [
      "a key of a type that is none",
      { primaryKey: ["page"], columns: [column("page", "DOUBLE")] },
      "cannot be of a key",
    ],
    ["rows with a key, spread at random", { options: { distributed_by: "RANDOM" } }, "distributed by HASH"],
    ["a column that is none", { primaryKey: [], options: { unique_key: "nothing" } }, '"nothing" is none'],
    ["a time", { columns: [column("id", "INT"), column("t", "TIME")] }, "times without a day"],
    [
      "a default that is computed",
      { columns: [column("id", "INT", { default: "1 + 1" })] },
      "a default there is a literal",
    ],
    ["an index over two columns", { indexes: [{ name: "i", fields: ["id", "at"] }] }, "covers one column"],
    ["a unique index", { indexes: [{ name: "i", fields: ["id"], unique: true }] }, "only the primary key"],
    ["a check", { constraints: [{ name: "c", check: "id > 0" }] }, "no checks"],
  ])("is refused with %s", (_, rest, why) => expect(refusalOf(() => made(rest))).toContain(why));
});

describe("a column that changes", () => {
  const alter = (before: Column, after: Column, rest: { held?: true; using?: string } = {}): readonly string[] =>
    sqlOf({ kind: "alterColumn", table: "hits", before, after, ...rest });

  test.each([
    ["INT", "BIGINT"],
    ["VARCHAR(10)", "VARCHAR(20)"],
    ["VARCHAR(10)", "STRING"],
    ["DECIMAL(10,2)", "DECIMAL(12,3)"],
    ["STRING", "DATE"],
    ["BIGINT", "STRING"],
  ])("from %s to %s is changed in place", (from, to) =>
    expect(alter(column("a", from), column("a", to))).toEqual([
      `ALTER TABLE \`hits\` MODIFY COLUMN \`a\` ${to} NOT NULL`,
    ]),
  );

  test.each<[string, { before: Column; after: Column; held?: true; using?: string; why: string }]>([
    [
      "a smaller number",
      { before: column("a", "BIGINT"), after: column("a", "INT"), why: "does not make INT of BIGINT" },
    ],
    ["a shorter text", { before: column("a", "STRING"), after: column("a", "CHAR(9)"), why: "does not make CHAR(9)" }],
    ["fewer digits", { before: column("a", "DECIMAL(9,2)"), after: column("a", "DECIMAL(9,4)"), why: "does not make" }],
    ["no NULLs", { before: column("a", "INT", { nullable: true }), after: column("a", "INT"), why: "stays so there" }],
    [
      "a default",
      { before: column("a", "INT"), after: column("a", "INT", { default: "1" }), why: "default of a column" },
    ],
    ["a key", { before: column("a", "INT"), after: column("a", "BIGINT"), held: true, why: "holds on to it" }],
    [
      "a conversion",
      { before: column("a", "STRING"), after: column("a", "INT"), using: "1", why: "only as the database" },
    ],
  ])("is refused: %s", (_, { before, after, why, ...rest }) =>
    expect(refusalOf(() => alter(before, after, rest))).toContain(why),
  );

  test("a default in another spelling is the same one", () => {
    const [before, after] = [column("a", "INT", { default: '"1"' }), column("a", "BIGINT", { default: "1" })];
    expect(alter(before, after)).toEqual(["ALTER TABLE `hits` MODIFY COLUMN `a` BIGINT NOT NULL DEFAULT '1'"]);
  });

  test("a name in another case is the same one", () =>
    expect(refusalOf(() => sqlOf({ kind: "renameColumn", table: "hits", from: "id", to: "ID" }))).toContain(
      "case only",
    ));
});

test("options that can change do so in statements of their own, and others are refused", () => {
  const change = (before: TableImage["options"], after: TableImage["options"]): readonly string[] =>
    sqlOf({
      kind: "alterOptions",
      before: table(before && { options: before }),
      after: table(after && { options: after }),
    });
  expect(
    change(
      { distributed_by: "HASH(id) BUCKETS 4", properties: '"replication_num" = "1"' },
      { order_by: "at", properties: '"replication_num" = "3", "bloom_filter_columns" = "page"' },
    ),
  ).toEqual([
    "ALTER TABLE `hits` DISTRIBUTED BY HASH(`id`)",
    "ALTER TABLE `hits` ORDER BY (at)",
    'ALTER TABLE `hits` SET ("replication_num" = "3")',
    'ALTER TABLE `hits` SET ("bloom_filter_columns" = "page")',
  ]);
  expect(refusalOf(() => change({}, { partition_by: "date_trunc('day', at)" }))).toContain(
    "settled when a table is made",
  );
  expect(refusalOf(() => change({ properties: '"a" = "1"' }, {}))).toContain('without its property "a"');
});

describe("the catalog", () => {
  // As https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/SHOW_CREATE_TABLE/ shows them.
  const aggregate = `CREATE TABLE \`example_table\` (
  \`k1\` tinyint(4) NULL COMMENT "",
  \`k2\` decimal64(10, 2) NULL DEFAULT "10.5" COMMENT "",
  \`v1\` char(10) REPLACE NULL COMMENT "",
  \`v2\` int(11) SUM NULL COMMENT ""
) ENGINE=OLAP 
AGGREGATE KEY(\`k1\`, \`k2\`)
COMMENT "my first starrocks table"
DISTRIBUTED BY HASH(\`k1\`) BUCKETS 10 
PROPERTIES (
"replication_num" = "1",
"in_memory" = "false",
"compression" = "LZ4"
);`;
  const primary = `CREATE TABLE \`hits\` (
  \`id\` bigint(20) NOT NULL AUTO_INCREMENT COMMENT "the \\"number\\", or so",
  \`tags\` array<varchar(65533)> NULL COMMENT "",
  \`at\` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT "",
  \`token\` varchar(36) NOT NULL DEFAULT (uuid()) COMMENT "",
  \`late\` boolean NULL AS \`id\` > 5 COMMENT "",
  INDEX by_at (\`at\`) USING BITMAP COMMENT 'when, exactly',
  INDEX grams (\`token\`) USING NGRAMBF("gram_num" = "4") COMMENT ''
) ENGINE=OLAP 
PRIMARY KEY(\`id\`)
PARTITION BY date_trunc('day', at)
DISTRIBUTED BY HASH(\`id\`)
ORDER BY(\`at\`)
PROPERTIES (
"replication_num" = "3",
"enable_persistent_index" = "true"
);`;

  test("tells a table of aggregates", () =>
    expect(readDefinition("example_table", aggregate)?.table).toEqual({
      name: "example_table",
      columns: [
        { name: "k1", type: "tinyint(4)", nullable: true },
        { name: "k2", type: "decimal64(10, 2)", nullable: true, default: '"10.5"' },
        { name: "v1", type: "char(10)", nullable: true, options: { aggregate: "REPLACE" } },
        { name: "v2", type: "int(11)", nullable: true, options: { aggregate: "SUM" } },
      ],
      indexes: [],
      foreignKeys: [],
      comment: "my first starrocks table",
      options: {
        aggregate_key: "k1, k2",
        distributed_by: "HASH(k1) BUCKETS 10",
        properties: '"replication_num" = "1"',
      },
    }));

  test("tells a table with a primary key and indexes", () =>
    expect(readDefinition("hits", primary)?.table).toEqual({
      name: "hits",
      columns: [
        {
          name: "id",
          type: "bigint(20)",
          nullable: false,
          autoIncrement: true,
          comment: 'the "number", or so',
        },
        { name: "tags", type: "array<varchar(65533)>", nullable: true },
        { name: "at", type: "datetime", nullable: false, default: "CURRENT_TIMESTAMP" },
        { name: "token", type: "varchar(36)", nullable: false, default: "(uuid())" },
        { name: "late", type: "boolean", nullable: true, generated: { as: "`id` > 5", stored: true } },
      ],
      primaryKey: ["id"],
      indexes: [
        { name: "by_at", fields: ["at"], comment: "when, exactly" },
        { name: "grams", fields: ["token"], method: "ngrambf", with: { gram_num: "4" } },
      ],
      foreignKeys: [],
      options: { partition_by: "date_trunc('day', at)", distributed_by: "HASH(id)", order_by: "at" },
    }));

  test("what was made is what is read", () => {
    const written = table({
      columns: [
        column("page", "STRING", { nullable: true }),
        column("id", "INT", { autoIncrement: true }),
        column("flag", "BOOLEAN", { default: "true" }),
        column("price", "DECIMAL(10,2)", { default: "0" }),
      ],
    });
    const shown = `CREATE TABLE \`hits\` (
  \`id\` bigint(20) NOT NULL AUTO_INCREMENT COMMENT "",
  \`page\` varchar(65533) NULL COMMENT "",
  \`flag\` boolean NOT NULL DEFAULT "1" COMMENT "",
  \`price\` decimal(10, 2) NOT NULL DEFAULT "0" COMMENT ""
) ENGINE=OLAP 
PRIMARY KEY(\`id\`)
DISTRIBUTED BY HASH(\`id\`)
PROPERTIES ("replication_num" = "1");`;
    const compared = (image: TableImage): unknown => {
      const { columns, ...rest } = starrocks.canonicalTable?.(image) ?? image;
      const plain = columns.map(({ default: sql, ...c }) => ({
        ...c,
        type: starrocks.canonicalType(c.type),
        ...(sql !== undefined && { default: starrocks.canonicalDefault(sql, c.type) }),
      }));
      return { ...rest, columns: plain.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    };
    expect(compared(readDefinition("hits", shown)?.table ?? table())).toEqual(compared(written));
  });

  test("is asked for each table by itself", () => {
    const asked = starrocks.introspect.queriesIn?.([], { tables: "hits,pages" }) ?? {};
    expect(Object.values(asked).slice(1)).toEqual(["SHOW CREATE TABLE `hits`", "SHOW CREATE TABLE `pages`"]);
    const live = starrocks.introspect.read({
      others: [{ kind: "view", object: "v" }],
      "table hits": [{ Table: "hits", "Create Table": primary }],
      "table kept": [{ View: "kept", "Create Table": "CREATE MATERIALIZED VIEW `kept` AS SELECT 1" }],
    });
    expect(live.tables.map(({ name }) => name)).toEqual(["hits"]);
    expect(live.unsupported.map(({ object }) => object)).toEqual(["kept", "v"]);
  });

  test.each([
    ["varchar(65533)", { type: "text" }],
    ["array<varchar(65533)>", { type: "text[]" }],
    ["decimal128(38, 10)", { type: "decimal", precision: 38, scale: 10 }],
    ["bigint(20)", { type: "bigint" }],
    ["largeint(40)", { type: "largeint" }],
    ["varchar(36)", { type: "uuid" }],
  ])("%s is a field", (native, field) => expect(starrocks.fieldOf(column("a", native))).toMatchObject(field));
});

test("what became of a statement is read from the catalog, once all that it has begun has ended", () => {
  const { recoveryOf } = starrocks.bookkeeping;
  const altered = recoveryOf("ALTER TABLE `hits` ADD COLUMN `a` INT NULL");
  expect(altered.kind === "compare" && altered.query).toContain("/* after all changes of `hits` */");
  const indexed = recoveryOf("CREATE INDEX `i` ON `hits` (`a`) USING BITMAP");
  expect(indexed.kind === "compare" && indexed.query).toBe("SHOW INDEX /* after all changes of `hits` */ FROM `hits`");
  expect(recoveryOf("UPDATE hits SET a = a + 1 WHERE true").kind).toBe("ask");
  expect(
    recoveryOf("INSERT INTO `h` (`a`) SELECT 1 FROM (SELECT 1) AS `one` WHERE NOT EXISTS (SELECT 1 FROM `h`)").kind,
  ).toBe("repeat");
});

test("refusals are told apart by their words", () => {
  const classOf = (message: string, code = "1064") => starrocks.bookkeeping.classify({ message, code });
  expect(classOf("Getting analyzing error. Detail message: Table 'hits' already exists")).toBe("already-exists");
  expect(classOf("Unknown table 'shop.hits'", "5502")).toBe("not-found");
  expect(classOf("Unknown column 's_66' in 'godwit_lock'", "5509")).toBe("not-found");
  expect(classOf("Table[hits]'s state(SCHEMA_CHANGE) is not NORMAL. Do not allow doing ALTER ops")).toBe("busy");
  expect(classOf("Getting syntax error at line 1, column 0. Detail message: Unexpected input 'SELEC'")).toBe("syntax");
  expect(classOf("Access denied for user 'ann'", "1045")).toBe("permission");
});
