import { describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, TableImage } from "../../src/core/ddl/statement.ts";
import redshift from "../../src/dialects/redshift/dialect.ts";
import openDriver from "../../src/dialects/redshift/driver.ts";
import { parseUrl } from "../../src/runtime/url.ts";
import { goldens } from "../helpers/golden.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { unreadBySqlfluff } from "../helpers/sqlfluff.ts";
import { errorOf } from "../helpers/tool-error.ts";
import { refusal } from "../library/program.ts";

const column = (name: string, type: string, more: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...more,
});
const hits: TableImage = {
  name: "hits",
  columns: [
    column("site", "INTEGER", { nullable: false, options: { encode: "az64" } }),
    column("at", "TIMESTAMP", { nullable: false, default: "GETDATE()" }),
  ],
  primaryKey: ["site"],
  indexes: [],
  foreignKeys: [],
  options: { distkey: "site", sortkey: "at, site", backup: "no" },
};
const sqlOf = (statement: Parameters<typeof renderStatement>[0]): readonly string[] =>
  renderStatement(statement, redshift).flatMap((command) => (command.kind === "execute" ? [command.sql] : []));

describe("how rows are kept", () => {
  test("is said with the table", () => {
    expect(sqlOf({ kind: "createTable", table: hits })).toEqual([
      `CREATE TABLE "hits" (
  "site" INTEGER ENCODE AZ64 NOT NULL,
  "at" TIMESTAMP DEFAULT GETDATE() NOT NULL,
  PRIMARY KEY ("site")
)
BACKUP NO
DISTKEY ("site")
COMPOUND SORTKEY ("at", "site")`,
    ]);
  });

  test.each([
    [{ diststyle: "all" }, ["DISTSTYLE ALL", "SORTKEY NONE"]],
    [{ distkey: "at", sortkey: "auto" }, ['DISTSTYLE KEY DISTKEY "at"', "SORTKEY AUTO"]],
    [{ distkey: "site", sortkey: "site" }, ['COMPOUND SORTKEY ("site")']],
    [{ distkey: "site", sortkey: "at, site", encode: "auto" }, ["ENCODE AUTO"]],
  ])("changes in place to %j", (options, changes) => {
    const after = { ...hits, options: { ...options, backup: "no" } as Readonly<Record<string, string>> };
    expect(sqlOf({ kind: "alterOptions", before: hits, after })).toEqual(
      changes.map((change) => `ALTER TABLE "hits" ALTER ${change}`),
    );
  });

  test("is refused where it says nothing, or was settled with the table", () => {
    const to = (options: Readonly<Record<string, string>>) => () =>
      sqlOf({ kind: "alterOptions", before: hits, after: { ...hits, options } });
    expect(errorOf(to({ ...hits.options, backup: "yes" })).message).toContain("settled when a table is made");
    expect(errorOf(to({ ...hits.options, sortstyle: "interleaved" })).message).toContain("comes with its table");
    expect(errorOf(to({ diststyle: "round" })).message).toBe(
      'option "diststyle" of table "hits" is "round"; Redshift takes auto, even, key or all',
    );
    expect(errorOf(to({ diststyle: "key" })).message).toContain("together with distkey");
    const encoded = column("site", "INTEGER", { options: { encode: "zip" } });
    expect(errorOf(() => sqlOf({ kind: "addColumn", table: "hits", column: encoded })).message).toContain(
      '"encode" of table "hits" is "zip"',
    );
  });

  test("is changed by itself, and the catalog tells what became of it", () => {
    const { standsAlone, recoveryOf } = redshift.bookkeeping;
    for (const sql of [
      'ALTER TABLE "hits" ALTER DISTSTYLE ALL',
      'ALTER TABLE "a"."hits" ALTER COLUMN "x" TYPE VARCHAR(20)',
    ]) {
      expect(standsAlone(sql)).toBe("always");
      expect(recoveryOf(sql).kind).toBe("compare");
    }
    expect(standsAlone("TRUNCATE hits")).toBe("always");
    expect(standsAlone('ALTER TABLE "hits" ADD COLUMN "x" INTEGER')).toBe("never");
    expect(standsAlone("INSERT INTO hits SELECT 'ALTER TABLE x ALTER COLUMN y'")).toBe("never");
  });
});

test("backslashes, capital letters and names of temporary tables are what they are to an old server", () => {
  expect(redshift.literal("a\\'b")).toBe("'a\\\\''b'");
  expect(redshift.literal('{"a":"\\n"}', "SUPER")).toBe(`JSON_PARSE('{"a":"\\\\n"}')`);
  expect(redshift.literal(new Uint8Array([0, 255]))).toBe("FROM_HEX('00ff')");
  for (const name of ["Users", "#x", "", "x".repeat(128)])
    expect(errorOf(() => redshift.quote(name)).code).toBe("params");
});

test("what meets another transaction is to be done again", () => {
  const { classify } = redshift.bookkeeping;
  expect(classify({ message: "1023", code: "XX000" })).toBe("busy");
  expect(
    classify({ message: "Serializable isolation violation on table - 100, transactions forming the cycle are: 1, 2" }),
  ).toBe("busy");
  expect(classify({ message: "relation exists", code: "42P07" })).toBe("already-exists");
});

/** As Redshift answers, by its documentation and the views of awslabs/amazon-redshift-utils; from no cluster. */
const rows = {
  tables: [
    { table: "hits", diststyle: 1, comment: "who came" },
    { table: "shops", diststyle: 9, comment: null },
  ],
  columns: [
    {
      table: "hits",
      name: "id",
      type: "bigint",
      required: true,
      default: "\"identity\"(105874, 0, '1,1'::text)",
      distkey: false,
      sortkey: 0,
      comment: null,
    },
    {
      table: "hits",
      name: "no",
      type: "integer",
      required: true,
      default: "default_identity(105874, 1, '10,5'::text)",
      distkey: false,
      sortkey: 0,
      comment: null,
    },
    {
      table: "hits",
      name: "shop",
      type: "integer",
      required: false,
      default: null,
      distkey: true,
      sortkey: 2,
      comment: "where",
    },
    {
      table: "hits",
      name: "at",
      type: "timestamp without time zone",
      required: true,
      default: "getdate()",
      distkey: false,
      sortkey: 1,
      comment: null,
    },
    {
      table: "hits",
      name: "note",
      type: "character varying(20)",
      required: false,
      default: "'it''s'::character varying",
      distkey: false,
      sortkey: 0,
      comment: null,
    },
    {
      table: "shops",
      name: "id",
      type: "integer",
      required: true,
      default: "default_identity(1, 0, '1,1'::text)",
      distkey: false,
      sortkey: 0,
      comment: null,
    },
    {
      table: "shops",
      name: 'odd "name',
      type: "super",
      required: false,
      default: null,
      distkey: false,
      sortkey: 0,
      comment: null,
    },
  ],
  constraints: [
    { table: "hits", name: "hits_pkey", kind: "p", definition: "PRIMARY KEY (id, shop)", comment: null },
    { table: "hits", name: "by_shop", kind: "f", definition: "FOREIGN KEY (shop) REFERENCES shops(id)", comment: null },
    { table: "shops", name: "one", kind: "u", definition: 'UNIQUE ("odd ""name")', comment: "told" },
  ],
  views: [
    { name: "live", query: " SELECT hits.id FROM hits;", comment: "on" },
    { name: "late", query: "create view late as select id from gone with no schema binding;", comment: null },
    { name: "kept", query: "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS x", comment: null },
  ],
  materialized: [{ namespace: "public", name: "kept", here: true }],
  namespaces: [{ name: "audit", named: false }],
};

test("the catalog is read", () => {
  const live = redshift.introspect.read(rows);
  const [first, second] = live.tables;
  expect(first?.columns).toEqual([
    { name: "id", type: "bigint", nullable: false, identity: { always: true } },
    { name: "no", type: "integer", nullable: false, identity: { start: 10, increment: 5 } },
    { name: "shop", type: "integer", nullable: true, comment: "where" },
    { name: "at", type: "timestamp without time zone", nullable: false, default: "getdate()" },
    { name: "note", type: "character varying(20)", nullable: true, default: "'it''s'::character varying" },
  ]);
  expect(first).toMatchObject({
    primaryKey: ["id", "shop"],
    comment: "who came",
    options: { diststyle: "key", distkey: "shop", sortkey: "at, shop" },
  });
  expect(first?.foreignKeys).toEqual([
    {
      name: "by_shop",
      columns: ["shop"],
      table: "shops",
      referencedColumns: ["id"],
      onDelete: "NO ACTION",
      onUpdate: "NO ACTION",
    },
  ]);
  expect(second?.columns[0]).toEqual({ name: "id", type: "integer", nullable: false, autoIncrement: true });
  expect(second?.constraints).toEqual([{ name: "one", unique: ['odd "name'], comment: "told" }]);
  expect(live.views).toEqual([
    { name: "live", query: "SELECT hits.id FROM hits", comment: "on" },
    { name: "late", query: "select id from gone with no schema binding" },
    { name: "kept", query: "SELECT 1 AS x", materialized: true },
  ]);
  expect(live.unsupported).toEqual([
    { kind: "namespace", object: "audit", reason: "it was not asked for, and nothing in it was looked at" },
  ]);
});

test("what was declared is what is read, in the form in which the two are compared", () => {
  const same = (declared: Column, found: Column): void => {
    const compared = ({ type, default: value = "" }: Column) => [
      redshift.canonicalType(type),
      value && redshift.canonicalDefault(value, type),
    ];
    expect(compared(found)).toEqual(compared(declared));
  };
  same(
    column("a", "TIMESTAMP", { default: "GETDATE()" }),
    column("a", "timestamp without time zone", { default: "getdate()" }),
  );
  same(column("a", "DATE", { default: "TRUNC(GETDATE())" }), column("a", "date", { default: "trunc(getdate())" }));
  same(
    column("a", "VARCHAR(20)", { default: "'it''s'" }),
    column("a", "character varying(20)", { default: "'it''s'::character varying" }),
  );
  same(column("a", "DECIMAL(38,10)", { default: "0.5" }), column("a", "numeric(38,10)", { default: "0.5" }));
  same(column("a", "VARBYTE(1024000)"), column("a", "binary varying(1024000)"));
  same(column("a", "CHAR(2)"), column("a", "character(2)"));
});

describe("a connection", () => {
  test("is called by the scheme, at its own port, encrypted unless the URL says otherwise", async () => {
    expect(parseUrl("redshift://u:p@h/db").dialect.title).toBe("Redshift");
    expect((await refusal(openDriver("redshift://u:p@127.0.0.1/db?connect_timeout=5"))).message).toContain(
      "127.0.0.1:5439",
    );
    expect((await refusal(openDriver("redshift://u:p@h:0/db"))).message).toMatch(/^the Redshift URL cannot be used/);
    const url = (await postgresServer()).url().replace(/^postgres(?:ql)?:/, "redshift:");
    expect((await refusal(openDriver(url))).message).toContain("TLS");
    const driver = await openDriver(`${url}?sslmode=disable`, { readOnly: true });
    expect(await driver.query("SELECT 9007199254740993 AS big")).toEqual([{ big: 9007199254740993n }]);
    expect((await refusal(driver.execute("CREATE TABLE never (b int)"))).data["code"]).toBe("25006");
    await driver.close();
  });
});

// The only parser of Redshift's SQL to be had: https://docs.sqlfluff.com/en/stable/reference/dialects.html
describe("an independent parser of Redshift", () => {
  const sent = goldens(redshift).flatMap(({ sql }) => (/^(?!--)/m.test(sql) ? [sql] : []));
  // Version 1.4.5, which is Debian 12's, takes a doubled quote for the end of a name.
  const readable = sent.join("\n").replace(/"(?:[^"]|"")+"/g, (name) => `"${name.slice(1, -1).replaceAll('""', "_")}"`);
  const wrong: Readonly<Record<string, string>> = {
    renamed: 'ALTER TABLE "t" RENAM TO "u";',
    unfinished: 'CREATE TABLE "t" ("a" INTEGER',
    keyless: 'CREATE TABLE "t" ("a" INTEGER) DISTKEY;',
    unsorted: 'SELECT "a" FROM "t" ORDER "a";',
  };

  test("reads all that is sent for the examples of operations, and refuses what is wrong", async () => {
    expect(sent.length).toBeGreaterThan(50);
    const unread = await unreadBySqlfluff("redshift", { sent: readable, ...wrong });
    expect(unread["sent"]).toBeUndefined();
    expect(Object.keys(unread).sort()).toEqual(Object.keys(wrong).sort());
  }, 120_000);
});
