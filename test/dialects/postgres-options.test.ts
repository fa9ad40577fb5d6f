import { describe, expect, test } from "bun:test";
import { tableImage } from "../../src/core/ddl/image.ts";
import type { Column, TableImage } from "../../src/core/ddl/statement.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { alterColumnOptions, canonicalColumns } from "../../src/dialects/postgres/column-options.ts";
import dialect from "../../src/dialects/postgres/dialect.ts";
import { alterOptions, canonicalTable, withOptions } from "../../src/dialects/postgres/options.ts";

const table = (options?: Readonly<Record<string, string>>): TableImage => ({
  name: "t",
  columns: [],
  indexes: [],
  foreignKeys: [],
  ...(options && { options }),
});
const changes = (before?: Readonly<Record<string, string>>, after?: Readonly<Record<string, string>>) =>
  alterOptions(dialect.quote, { kind: "alterOptions", before: table(before), after: table(after) }).map((c) =>
    "sql" in c ? c.sql : c.kind,
  );

test("a table is made with its options", () => {
  const options = { unlogged: "true", with: "fillfactor=70, autovacuum_enabled = off" };
  expect(withOptions(dialect.quote, 'CREATE TABLE "t" ()', table(options))).toBe(
    'CREATE UNLOGGED TABLE "t" () WITH (fillfactor = 70, autovacuum_enabled = off)',
  );
  expect(withOptions(dialect.quote, 'CREATE TABLE "t" ()', table())).toBe('CREATE TABLE "t" ()');
});

test("only what is different is changed", () => {
  expect(changes({ with: "fillfactor=70, a=1" }, { unlogged: "true", with: "FILLFACTOR = 70, b=2" })).toEqual([
    'ALTER TABLE "t" SET UNLOGGED',
    'ALTER TABLE "t" SET (b = 2)',
    'ALTER TABLE "t" RESET (a)',
  ]);
  expect(changes({ unlogged: "true" })).toEqual(['ALTER TABLE "t" SET LOGGED']);
});

test("order, blanks and case of parameters do not count", () => {
  const [a, b] = ["b = 2,a=1", "a=1, B=2"].map((text) => canonicalTable(table({ with: text })).options);
  expect(a).toEqual(b);
  expect(canonicalTable(table({ unlogged: "false" })).options).toEqual({});
});

test("an index that a table is clustered by and what is replicated of it", () => {
  expect(changes({ replica_identity: "Full" }, { cluster_on: "By name", replica_identity: "index i" })).toEqual([
    'ALTER TABLE "t" CLUSTER ON "By name"',
    'ALTER TABLE "t" REPLICA IDENTITY USING INDEX "i"',
  ]);
  expect(changes({ cluster_on: "i", replica_identity: "NOTHING" }, { replica_identity: "nothing" })).toEqual([
    'ALTER TABLE "t" SET WITHOUT CLUSTER',
  ]);
  expect(() => changes({}, { replica_identity: "some" })).toThrow(
    "PostgreSQL takes full, nothing, or index and the name of one",
  );
});

describe("a column", () => {
  const column = (options?: Readonly<Record<string, string>>): Column => ({
    name: "c",
    type: "TEXT",
    nullable: true,
    ...(options && { options }),
  });
  const told = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>, retyped = false) =>
    alterColumnOptions(dialect.quote, "t", { before: column(before), after: column(after), retyped }).map((c) =>
      "sql" in c ? c.sql.replace(/\s+/g, " ") : c.kind,
    );

  test("is told only what is different", () => {
    expect(told({ statistics: "10", storage: "main" }, { statistics: "010", storage: "EXTERNAL" })).toEqual([
      'ALTER TABLE "t" ALTER COLUMN "c" SET STORAGE EXTERNAL',
    ]);
    expect(told({ statistics: "3" }, {})).toEqual(['ALTER TABLE "t" ALTER COLUMN "c" SET STATISTICS -1']);
  });

  test("is told together with those that tables have from it, where the server does not pass it on", () => {
    const [sql, ...more] = told({ n_distinct: "1", compression: "lz4" }, { n_distinct: "-0.50" });
    expect(sql).toContain(`' ALTER COLUMN "c" SET COMPRESSION default, ALTER COLUMN "c" SET (n_distinct = -0.5)'`);
    expect(told({ n_distinct: "1" }, {})[0]).toContain(`' ALTER COLUMN "c" RESET (n_distinct)'`);
    expect(more).toEqual([]);
  });

  test("of another type is told again how it is stored, which it forgot", () => {
    const same = { storage: "MAIN", compression: "pglz", statistics: "3" };
    expect(told(same, same)).toEqual([]);
    const [storage, compression] = told(same, same, true);
    expect(storage).toBe('ALTER TABLE "t" ALTER COLUMN "c" SET STORAGE MAIN');
    expect(compression).toContain(`' ALTER COLUMN "c" SET COMPRESSION pglz'`);
    expect(told({ storage: "main" }, {}, true)).toEqual([]);
  });

  test.each([
    ["storage", "external; DROP TABLE t", "plain, external, extended or main"],
    ["compression", "zip", "pglz or lz4"],
    ["statistics", "-1", "a number up to 10000"],
    ["n_distinct", "half", "a share of the rows"],
  ])("%s %s is refused", (key, value, words) => {
    expect(() => told({}, { [key]: value })).toThrow(words);
    expect(() => canonicalColumns({ ...table(), columns: [column({ [key]: value })] })).toThrow(words);
  });

  test("has no options that nobody knows", () => {
    const schema = {
      ...emptySchema,
      tables: [
        {
          name: "t",
          fields: [{ name: "c", type: "text", nullable: true, options: { pg: { colour: "red" } } }],
          indexes: [],
          foreignKeys: [],
        },
      ],
    };
    expect(() => tableImage(schema, "t", dialect)).toThrow(
      'field "c" of table "t" has the option "colour", which columns of PostgreSQL do not have; it has storage,',
    );
  });
});

test("a collation of an index that its column has anyway is no difference, as the server does not tell it", () => {
  const columns: readonly Column[] = [
    { name: "a", type: "TEXT", nullable: true, collation: "C" },
    { name: "b", type: "TEXT", nullable: true },
  ];
  const image = (fields: TableImage["indexes"][number]["fields"]) =>
    dialect.canonicalTable?.({ ...table(), columns, indexes: [{ name: "i", fields }] });
  expect(
    image([
      { field: "a", collation: "C" },
      { field: "b", collation: "default" },
    ]),
  ).toEqual(image(["a", "b"]));
  expect(image([{ field: "b", collation: "C" }])).not.toEqual(image(["b"]));
});
