import { describe, expect, test } from "bun:test";
import type { LiveSchema, Row } from "../../src/core/ddl/dialect.ts";
import { diffLive } from "../../src/core/ddl/live.ts";
import { queriesIn } from "../../src/dialects/sqlserver/catalog.ts";
import dialect from "../../src/dialects/sqlserver/dialect.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";

// The rows are written after the documentation of the catalog views
// (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/object-catalog-views-transact-sql), in the words that SQL Server keeps
// expressions in. They were not recorded on a server: none could be had.

const column = (name: string, type: string, more: Row = {}): Row => ({
  table: "users",
  name,
  type,
  own_type: false,
  size: 4,
  precision: 10,
  scale: 0,
  nullable: false,
  collation: null,
  usual_collation: "SQL_Latin1_General_CP1_CI_AS",
  default: null,
  computed: null,
  stored: null,
  seed: null,
  increment: null,
  sparse: false,
  period: "NOT_APPLICABLE",
  row_guid: false,
  comment: null,
  ...more,
});

const text = (name: string, size: number, more: Row = {}): Row =>
  column(name, "nvarchar", { size: size < 0 ? size : size * 2, collation: "SQL_Latin1_General_CP1_CI_AS", ...more });

const index = (name: string, of: string, more: Row = {}): Row => ({
  table: "users",
  name,
  kind: "NONCLUSTERED",
  unique: false,
  primary: false,
  disabled: false,
  predicate: null,
  fill_factor: 0,
  padded: false,
  ignores: false,
  compression: "NONE",
  column: of,
  included: false,
  descending: false,
  comment: null,
  ...more,
});

const rows: Readonly<Record<string, readonly Row[]>> = {
  tables: [
    {
      table: "users",
      temporal: "NON_TEMPORAL_TABLE",
      in_memory: false,
      compression: "PAGE",
      partitions: 1,
      comment: "who",
    },
  ],
  columns: [
    column("id", "int", { seed: "1", increment: "1" }),
    text("email", 255, { nullable: true }),
    text("state", 20, { default: "(N'new')" }),
    column("views", "int", { default: "((0))" }),
    column("ratio", "decimal", { size: 9, precision: 12, scale: 4, nullable: true }),
    column("twice", "int", { nullable: true, computed: "(CONVERT([int],[views]*(2)))", stored: true }),
    column("changed_at", "datetime2", { size: 8, precision: 27, scale: 7, default: "(sysutcdatetime())" }),
    text("note", -1, { nullable: true, collation: "Latin1_General_100_BIN2" }),
  ],
  indexes: [
    index("pk_users", "id", { kind: "CLUSTERED", unique: true, primary: true }),
    index("users_email", "email", { unique: true, predicate: "([email] IS NOT NULL)" }),
    index("users_new", "views", { predicate: "([state]=N'new' AND [views]>(0))", descending: true, fill_factor: 70 }),
    index("users_new", "email", { predicate: "([state]=N'new' AND [views]>(0))", included: true }),
  ],
  foreignKeys: [],
  checks: [
    {
      table: "users",
      name: "known",
      clause: "([state]=N'old' OR [state]=N'new')",
      disabled: false,
      unchecked: false,
      comment: null,
    },
    {
      table: "users",
      name: "some",
      clause: "([views]>=(0) AND [views]<=(100))",
      disabled: false,
      unchecked: true,
      comment: null,
    },
  ],
  sequences: [
    {
      name: "invoices",
      type: "bigint",
      start: "1",
      increment: "1",
      least: "1",
      greatest: "9223372036854775807",
      cycle: false,
      cached: true,
      cache: null,
      comment: null,
    },
  ],
  modules: [
    {
      name: "live",
      type: "V ",
      definition:
        "CREATE   VIEW [live] ([number]) WITH SCHEMABINDING AS\nSELECT id FROM dbo.users WHERE state = N'AS'\nWITH CHECK OPTION",
      table: null,
      comment: null,
    },
    {
      name: "godwit_auto_update_users_changed_at",
      type: "TR",
      definition:
        "CREATE TRIGGER [godwit_auto_update_users_changed_at] ON [users] AFTER UPDATE AS\nBEGIN\n  SET NOCOUNT ON;\n  UPDATE t SET [changed_at] = SYSUTCDATETIME() FROM [users] AS t JOIN inserted AS i ON t.[id] = i.[id];\nEND",
      table: "users",
      comment: null,
    },
    {
      name: "half",
      type: "FN",
      definition: "CREATE   FUNCTION half(@n INT) RETURNS INT AS BEGIN RETURN @n / 2 END",
      table: null,
      comment: null,
    },
    { name: "hidden", type: "P ", definition: null, table: null, comment: null },
  ],
};

const yaml = `
tables:
  - name: users
    comment: who
    fields:
      - { name: id, type: serial, primary_key: true }
      - { name: email, type: varchar, length: 255, unique: false }
      - { name: state, type: varchar, length: 20, nullable: false, default: new }
      - { name: views, type: integer, nullable: false, default: 0 }
      - { name: ratio, type: decimal, precision: 12, scale: 4 }
      - { name: twice, type: integer, generated: { as: views * 2, stored: true } }
      - { name: changed_at, type: timestamp, nullable: false, auto_create: true, auto_update: true }
      - { name: note, type: text, collation: Latin1_General_100_BIN2 }
    indexes:
      - { name: users_email, fields: [email], unique: true }
      - { name: users_new, fields: [{ field: views, order: desc }], include: [email], where: "state = 'new' AND views > 0", with: { fillfactor: "70" } }
    constraints:
      - { name: known, check: "state IN ('new', 'old')" }
      - { name: some, check: views BETWEEN 0 AND 100, not_valid: true }
    options:
      sqlserver: { data_compression: page }
sequences:
  - { name: invoices }
views:
  - name: live
    columns: [number]
    query: SELECT id FROM dbo.users WHERE state = N'AS'
    options: { schemabinding: "true", check_option: cascaded }
objects:
  - kind: function
    name: half
    definition: CREATE FUNCTION half(@n INT) RETURNS INT AS BEGIN RETURN @n / 2 END
`.replace(", unique: false", "");

const found = (more: Readonly<Record<string, readonly Row[]>> = {}): LiveSchema =>
  dialect.introspect.read({ ...rows, ...more });

describe("the catalog of SQL Server", () => {
  test("a database that was made from a schema is no different from it", () => {
    const { unsupported, ...live } = found();
    expect(diffLive(parseSchema(yaml).schema, { ...live, unsupported }, dialect)).toEqual([]);
    expect(unsupported).toEqual([
      { kind: "procedure", object: "hidden", reason: "its text is hidden from the user of the connection" },
    ]);
  });

  test("what differs is told", () => {
    const changed = parseSchema(
      yaml.replace("state IN ('new', 'old')", "state IN ('new')").replace("length: 255", "length: 100"),
    ).schema;
    expect(diffLive(changed, found(), dialect).length).toBe(2);
  });

  test("what is imported reads as somebody would write it", () => {
    const [table] = found().tables;
    expect(table?.columns.find(({ name }) => name === "twice")?.generated).toEqual({ as: "views * 2", stored: true });
    expect(table?.constraints).toEqual([
      { name: "known", check: "state = N'old' OR state = N'new'" },
      { name: "some", check: "views >= 0 AND views <= 100", notValid: true },
    ]);
    expect(table?.indexes.map(({ where }) => where)).toEqual([undefined, "state = N'new' AND views > 0"]);
  });

  test("a unique index that takes one NULL only says so, and one over a field without NULLs need not", () => {
    const indexes = [
      index("one_null", "email", { unique: true }),
      index("none", "views", { unique: true }),
      index("off", "views", { disabled: true }),
      index("spatial", "note", { kind: "SPATIAL" }),
    ];
    const live = found({ indexes });
    expect(live.tables[0]?.indexes).toEqual([
      { name: "one_null", fields: ["email"], unique: true, nullsNotDistinct: true },
      { name: "none", fields: ["views"], unique: true },
    ]);
    expect(live.unsupported.filter(({ kind }) => kind === "index").map(({ reason }) => reason)).toEqual([
      "it is disabled",
      "it is spatial",
    ]);
  });

  test("foreign keys, in both directions of trust", () => {
    const key = (name: string, more: Row): Row => ({
      table: "users",
      name,
      target: "audit.events",
      column: "views",
      target_column: "id",
      on_delete: "SET_NULL",
      on_update: "NO_ACTION",
      disabled: false,
      unchecked: false,
      comment: null,
      ...more,
    });
    const live = found({ foreignKeys: [key("a", { unchecked: true }), key("b", { disabled: true })] });
    expect(live.tables[0]?.foreignKeys).toEqual([
      {
        name: "a",
        columns: ["views"],
        table: "audit.events",
        referencedColumns: ["id"],
        onDelete: "SET NULL",
        onUpdate: "NO ACTION",
        notValid: true,
      },
    ]);
    expect(live.unsupported.map(({ object }) => object)).toContain("b");
  });

  test("what a schema cannot say is listed", () => {
    const live = found({
      tables: [
        { table: "users", temporal: "SYSTEM_VERSIONED_TEMPORAL_TABLE", in_memory: true, partitions: 3, comment: null },
      ],
      columns: [column("a", "geography", { size: -1, sparse: true }), column("b", "flag", { own_type: true })],
      indexes: [],
      checks: [],
      others: [{ object: "list", kind: "table type" }],
    });
    expect(live.unsupported.map(({ kind }) => kind)).toEqual([
      "temporal table",
      "memory-optimized table",
      "partitioned table",
      "column",
      "column",
      "procedure",
      "table type",
    ]);
  });

  test("other schemas are asked for by name, and nothing in a name is SQL", () => {
    expect(queriesIn(["o'brien"])["tables"]).toContain("(s.schema_id = SCHEMA_ID() OR s.name IN (N'o''brien'))");
    expect(Object.values(queriesIn(["a"])).join("\n")).not.toMatch(/IN_SCOPE|NAME_OF/);
  });
});
