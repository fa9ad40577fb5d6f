import { describe, expect, test } from "bun:test";
import type { Row } from "../../src/core/ddl/dialect.ts";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, TableImage } from "../../src/core/ddl/statement.ts";
import vertica from "../../src/dialects/vertica/dialect.ts";
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
    column("site", "INTEGER", { nullable: false, options: { encoding: "RLE" } }),
    column("at", "TIMESTAMP", { nullable: false, default: "NOW()" }),
  ],
  primaryKey: ["site"],
  indexes: [],
  foreignKeys: [],
  options: {
    order_by: "at",
    segmented_by: "HASH(site) ALL NODES",
    ksafe: "1",
    partition_by: "at::DATE",
    constraints: "disabled",
  },
};
const sqlOf = (statement: Parameters<typeof renderStatement>[0]): readonly string[] =>
  renderStatement(statement, vertica).map((command) => (command.kind === "replay" ? command.name : command.sql));

describe("how rows are kept", () => {
  test("is said with the table", () => {
    expect(sqlOf({ kind: "createTable", table: hits })).toEqual([
      `CREATE TABLE "hits" (
  "site" INTEGER NOT NULL ENCODING RLE,
  "at" TIMESTAMP DEFAULT NOW() NOT NULL,
  PRIMARY KEY ("site") DISABLED
)
ORDER BY at
SEGMENTED BY HASH(site) ALL NODES
KSAFE 1
PARTITION BY at::DATE`,
    ]);
    const everywhere = { ...hits, options: { segmented_by: "UNSEGMENTED ALL NODES" } };
    expect(sqlOf({ kind: "createTable", table: everywhere })[0]).toEndWith("ENABLED\n)\nUNSEGMENTED ALL NODES");
  });

  test("changes in place where it is not a matter of projections", () => {
    const to = (change: Readonly<Record<string, string>>) =>
      sqlOf({ kind: "alterOptions", before: hits, after: { ...hits, options: { ...hits.options, ...change } } });
    expect(to({ partition_by: "site" })).toEqual(['ALTER TABLE "hits" PARTITION BY site REORGANIZE']);
    const [captured, replayed] = to({ constraints: "enabled" });
    expect(captured).toContain(`'ALTER TABLE "hits" ALTER CONSTRAINT ' || QUOTE_IDENT(constraint_name) || ' ENABLED'`);
    expect(replayed).toBe("constraints");
    expect(errorOf(() => to({ ksafe: "2" })).message).toContain("make another projection with runSQL");
    expect(errorOf(() => to({ ksafe: "many" })).message).toBe(
      'option "ksafe" of table "hits" is "many"; Vertica takes 0, 1 or 2',
    );
  });

  test("is not told by the catalog in the same words, and not compared", () => {
    expect(vertica.canonicalTable?.(hits)).not.toHaveProperty("options");
  });
});

describe("columns", () => {
  const alter = (before: Column, after: Column) => sqlOf({ kind: "alterColumn", table: "hits", before, after });

  test.each([
    ["VARCHAR(20)", "LONG VARCHAR(1000)", true],
    ["NUMERIC(10,2)", "NUMERIC(18,2)", true],
    ["NUMERIC(18,2)", "NUMERIC(19,2)", false],
    ["NUMERIC(10,2)", "NUMERIC(10,3)", false],
    ["INTEGER", "BIGINT", true],
    ["INTEGER", "FLOAT", false],
    ["VARBINARY(10)", "LONG VARBINARY(10)", false],
  ])("%s as %s in place: %p", (from, to, expected) => {
    expect(vertica.capabilities.changesInPlace?.(column("a", from), column("a", to))).toBe(expected);
  });

  test("change by one statement for each thing, a type by itself", () => {
    const after = column("a", "VARCHAR(20)", { default: "'x'", nullable: false });
    expect(alter(column("a", "VARCHAR(10)", { default: "'y'" }), after)).toEqual([
      'ALTER TABLE "hits" ALTER COLUMN "a" DROP DEFAULT',
      'ALTER TABLE "hits" ALTER COLUMN "a" SET DATA TYPE VARCHAR(20)',
      `ALTER TABLE "hits" ALTER COLUMN "a" SET DEFAULT 'x'`,
      'ALTER TABLE "hits" ALTER COLUMN "a" SET NOT NULL',
    ]);
  });

  test("that take the place of others may not be empty where there are rows", () => {
    const replacing = column("godwit_converted", "FLOAT", { nullable: false });
    expect(errorOf(() => sqlOf({ kind: "addColumn", table: "hits", column: replacing })).message).toContain(
      "NOT NULL there needs a default",
    );
  });

  test("number themselves with their table only, and say no type", () => {
    const id = column("id", "INTEGER", { nullable: false, identity: { start: 100, increment: 5 } });
    const table = { ...hits, columns: [id], primaryKey: ["id"], options: {} };
    expect(sqlOf({ kind: "createTable", table })[0]).toContain('"id" IDENTITY(100,5) NOT NULL');
    expect(errorOf(() => sqlOf({ kind: "addColumn", table: "hits", column: id })).message).toContain(
      "comes with its table",
    );
    const least = { ...table, columns: [{ ...id, identity: { min: 3 } }] };
    expect(errorOf(() => sqlOf({ kind: "createTable", table: least })).message).toContain("nothing called min");
  });

  test.each([
    ["bigint", "int"],
    ["Varchar(20)", "varchar(20)"],
    ["varchar", "varchar(80)"],
    ["timestamp(3) with time zone", "timestamptz(3)"],
    ["TimestampTz", "timestamptz"],
    ["decimal( 10, 2 )", "numeric(10,2)"],
    ["NUMERIC", "numeric(37,15)"],
    ["double precision", "float"],
    ["Long Varchar", "long varchar(1048576)"],
  ])("%s is compared as %s", (type, canonical) => {
    expect(vertica.canonicalType(type)).toBe(canonical);
  });

  test.each([
    ["'a'::varchar(20)", "VARCHAR(20)", "'a'"],
    ['"now"()', "TIMESTAMP", "now()"],
    ["CURRENT_TIMESTAMP", "TIMESTAMPTZ", "now()"],
    ["(now())::date", "DATE", "now()::date"],
    ["NOW()::DATE", "DATE", "now()::date"],
    ["'t'", "BOOLEAN", "true"],
    ["0.50", "NUMERIC(5,2)", "0.5"],
    ["10", "INTEGER", "10"],
    ["uuid_generate()", "UUID", "uuid_generate()"],
  ])("the default %s of %s is compared as %s", (sql, type, canonical) => {
    expect(vertica.canonicalDefault(sql, type)).toBe(canonical);
  });
});

test("statements that commit stand alone, and the catalog tells what became of them", () => {
  const { standsAlone, recoveryOf } = vertica.bookkeeping;
  for (const sql of ['ALTER TABLE "hits" ADD COLUMN a INT', "COMMENT ON TABLE a IS 'b'", "COPY a FROM STDIN"])
    expect(standsAlone(sql)).toBe("always");
  for (const sql of ["UPDATE a SET b = 1", "INSERT INTO a VALUES (1)", "SELECT 1"])
    expect(standsAlone(sql)).toBe("never");
  expect(recoveryOf("COMMENT ON TABLE a IS 'b'").kind).toBe("repeat");
  expect(recoveryOf("CREATE TABLE IF NOT EXISTS a (b INT)").kind).toBe("repeat");
  expect(recoveryOf('DROP TABLE "hits" CASCADE')).toMatchObject({
    kind: "compare",
    query: expect.stringContaining("ILIKE 'hits'"),
  });
  expect(recoveryOf('ALTER TABLE "a"."hits" DROP COLUMN "b"')).toMatchObject({
    kind: "compare",
    query: expect.stringContaining("table_schema = 'a' AND table_name ILIKE 'hits'"),
  });
  expect(recoveryOf("COPY a FROM STDIN").kind).toBe("ask");
});

test("the lock is taken by whoever still finds the token that it saw", () => {
  const { lock } = vertica.bookkeeping;
  if (lock.kind !== "lease") return expect.unreachable("it is a lease");
  expect(lock.lease.take("godwit_lease")).toEndWith(
    "WHERE token = ? AND (owner IS NULL OR ends <= STATEMENT_TIMESTAMP())",
  );
  expect(lock.lease.take("godwit_lease").split("?").length - 1).toBe(6);
});

test.each([
  ["42710", 'Object "a" already exists', "already-exists"],
  ["42V01", 'Relation "a" does not exist', "not-found"],
  ["55V03", "Unavailable: X lock table - timeout error", "busy"],
  ["23505", "Duplicate key values", "constraint"],
  ["42601", "Syntax error", "syntax"],
  ["42501", "Permission denied for relation a", "permission"],
] as const)("%s is %s, %s", (code, message, kind) => {
  expect(vertica.bookkeeping.classify({ code, message })).toBe(kind);
});

// Rows as https://docs.vertica.com/24.1.x/en/sql-reference/system-tables/v-catalog-schema/ describes them.
test("the catalog is read", () => {
  const key = (name: string, kind: string, at: string, more: Row = {}): Row => ({
    table: "books",
    name,
    kind,
    column: at,
    ...more,
  });
  const found = vertica.introspect.read({
    tables: [{ table: "books", comment: "what is read" }],
    columns: [
      { table: "books", name: "id", type: "int", nullable: false, numbered: true, step: 1, first: 1, cache: 250_000 },
      {
        table: "books",
        name: "title",
        type: "varchar(200)",
        nullable: false,
        numbered: false,
        default: "'none'",
        comment: "its name",
      },
      { table: "books", name: "shop", type: "int", nullable: true, numbered: false, default: "" },
      { table: "books", name: "copied", type: "int", nullable: true, numbered: false, computed: "(SELECT 1)" },
    ],
    constraints: [
      key("C_PRIMARY", "p", "id"),
      key("one_title", "u", "shop"),
      key("one_title", "u", "title"),
      key("named", "c", "title", { predicate: "(books.title <> '')" }),
      key("of_shop", "f", "shop", { references: "shops", referenced: "id" }),
    ],
    views: [{ name: "titles", query: "SELECT title FROM books;" }],
    sequences: [{ name: "counter" }],
    namespaces: [{ name: "audit", named: false }],
  });
  expect(found.tables).toEqual([
    {
      name: "books",
      columns: [
        column("id", "int", { nullable: false, autoIncrement: true }),
        column("title", "varchar(200)", { nullable: false, default: "'none'", comment: "its name" }),
        column("shop", "int"),
        column("copied", "int"),
      ],
      primaryKey: ["id"],
      indexes: [],
      foreignKeys: [
        {
          name: "of_shop",
          columns: ["shop"],
          table: "shops",
          referencedColumns: ["id"],
          onDelete: "NO ACTION",
          onUpdate: "NO ACTION",
        },
      ],
      constraints: [
        { name: "one_title", unique: ["shop", "title"] },
        { name: "named", check: "(books.title <> '')" },
      ],
      comment: "what is read",
    },
  ]);
  expect(found.views).toEqual([{ name: "titles", query: "SELECT title FROM books" }]);
  expect(found.unsupported.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
    "column that is set using a query copied",
    "sequence counter",
    "namespace audit",
  ]);
});

test("other namespaces are read under their names, each query in one statement", () => {
  const queries = vertica.introspect.queriesIn?.(["audit", "it's"]) ?? {};
  expect(queries["tables"]).toContain(
    "CASE WHEN t.table_schema IN ('audit', 'it''s') THEN t.table_schema || '.' || t.table_name ELSE t.table_name END",
  );
  expect(Object.values(queries).every((sql) => !sql.includes(";"))).toBe(true);
});
