import { describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Statement } from "../../src/core/ddl/statement.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import { standsAlone } from "../../src/dialects/sqlserver/alone.ts";
import dialect from "../../src/dialects/sqlserver/dialect.ts";
import { canonicalExpression, readableExpression } from "../../src/dialects/sqlserver/expression.ts";
import { canonicalType } from "../../src/dialects/sqlserver/types.ts";
import { migrationOf } from "../conformance/story.ts";

const sqlOf = (statement: Statement, namespaces: readonly string[] = []): readonly string[] =>
  renderStatement(statement, dialect, namespaces).map((command) => (command.kind === "execute" ? command.sql : ""));

const planOf = (...operations: readonly object[]): readonly string[] =>
  planUp({
    pending: [migrationOf("text", operations)],
    before: { tables: [], defaults: {}, typeMappings: {} },
    dialect,
  }).steps.flatMap(({ actions }) =>
    actions.flatMap(({ commands }) => commands.flatMap((c) => (c.kind === "execute" ? [c.sql] : []))),
  );

const users = (fields: readonly object[] = [], more: object = {}): object => ({
  kind: "createTable",
  name: "users",
  fields: [{ name: "id", type: "serial", primaryKey: true }, ...fields],
  ...more,
});

describe("names and literals", () => {
  test("B26: names are in brackets and texts are N'…', whatever is in them", () => {
    expect(dialect.quote("a]b; drop table [c]")).toBe("[a]]b; drop table [c]]]");
    expect(dialect.literal("it's 😀")).toBe("N'it''s 😀'");
    expect([dialect.literal(true), dialect.literal(false), dialect.literal(null)]).toEqual(["1", "0", "NULL"]);
    expect(dialect.literal(new Uint8Array([0, 255]))).toBe("0x00ff");
    expect(() => dialect.quote("x".repeat(129))).toThrow(/129 characters; SQL Server allows 128/);
    expect(() => dialect.literal(Number.NaN)).toThrow(/NaN is not a number/);
  });

  test("a backslash at the end of a line stays, which SQL Server would take away", () => {
    expect(dialect.literal("a\\\nb")).toBe("(N'a\\' + N'\nb')");
    expect(dialect.literal(`${"x".repeat(4000)}\\\r\nb`)).toStartWith("(CAST(N'' AS NVARCHAR(MAX)) + N'");
  });

  test("sp_rename takes the old name as SQL and the new one as it is", () => {
    const rename = { kind: "renameColumn", table: "audit.a]b.c", from: "x'y.z", to: "n[ew]" } as const;
    expect(sqlOf(rename, ["audit"])[0]).toBe("EXEC sys.sp_rename N'[audit].[a]]b.c].[x''y.z]', N'n[ew]', N'COLUMN'");
  });
});

describe("defaults", () => {
  test("B26: a column with a default is dropped after whatever constraint holds it", () => {
    const [, drop = "", column] = planOf(users([{ name: "state", type: "text", default: "new" }]), {
      kind: "dropField",
      table: "users",
      name: "state",
    });
    expect(drop).toContain("FROM sys.default_constraints");
    expect(drop).toContain("COLUMNPROPERTY(OBJECT_ID(N'[users]'), N'state', 'ColumnId')");
    expect(column).toBe("ALTER TABLE [users] DROP COLUMN [state]");
  });

  test("rows that are there get the default of a new column, even where it may be NULL", () => {
    const field = { name: "state", type: "varchar", length: 9, nullable: true, default: "new" };
    expect(planOf(users(), { kind: "addField", table: "users", field }).at(-1)).toEndWith("DEFAULT N'new' WITH VALUES");
  });

  const same: readonly (readonly [string, string, string])[] = [
    ["0", "((0))", "INT"],
    ["0.10", "((0.10))", "DECIMAL(5,2)"],
    ["N'it''s'", "(N'it''s')", "NVARCHAR(20)"],
    ["'x'", "('x')", "NVARCHAR(20)"],
    ["SYSUTCDATETIME()", "(sysutcdatetime())", "DATETIME2"],
    ["CAST(SYSUTCDATETIME() AS DATE)", "(CONVERT([date],sysutcdatetime()))", "DATE"],
    ["CURRENT_TIMESTAMP", "(getdate())", "DATETIME2"],
    ["-1", "((-1))", "INT"],
    ["1 + 2", "((1)+(2))", "INT"],
    ["NEWID()", "(newid())", "UNIQUEIDENTIFIER"],
  ];
  test.each(same)("%s is %s", (declared, kept, type) => {
    expect(dialect.canonicalDefault(kept, type)).toBe(dialect.canonicalDefault(declared, type));
  });
});

describe("expressions", () => {
  const same: readonly (readonly [string, string])[] = [
    ["state IN ('a', 'b')", "([state]='b' OR [state]='a')"],
    ["views BETWEEN 1 AND 5", "([views]>=(1) AND [views]<=(5))"],
    ["NOT (a = 1 AND b = 2) OR c <> 3", "(NOT ([a]=(1) AND [b]=(2)) OR [c]<>(3))"],
    ["(a + b) * 2 > -1", "(([a]+[b])*(2)>(-1))"],
    ["name LIKE 'x%' AND name NOT LIKE '%y'", "([name] like 'x%' AND NOT [name] like '%y')"],
    ["CAST(a AS INTEGER) != 1", "(CONVERT([int],[a])<>(1))"],
    ["lower([odd name]) = N'x' AND a IS NOT NULL", "(lower([odd name])=N'x' AND [a] IS NOT NULL)"],
    ["CASE WHEN a > 1 THEN 'x' ELSE 'y' END = 'x'", "(case when [a]>(1) then 'x' else 'y' end='x')"],
  ];
  test.each(same)("%s is kept as %s", (declared, kept) => {
    expect(canonicalExpression(kept)).toBe(canonicalExpression(declared));
  });

  const different: readonly (readonly [string, string])[] = [
    ["a - (b - c) > 0", "([a]-[b]-[c]>(0))"],
    ["a = 1 AND (b = 2 OR c = 3)", "([a]=(1) AND [b]=(2) OR [c]=(3))"],
    ["a = 'x'", "([a]='X')"],
    ["NOT (a = 1) OR b = 1", "(NOT ([a]=(1) OR [b]=(1)))"],
  ];
  test.each(different)("%s is not %s", (a, b) => {
    expect(canonicalExpression(a)).not.toBe(canonicalExpression(b));
  });

  test("people read few brackets and parentheses", () => {
    expect(readableExpression("(([views]+(1))*(2)>(0) OR [Odd Name] IS NULL)")).toBe(
      "(views + 1) * 2 > 0 OR [Odd Name] IS NULL",
    );
    expect(readableExpression("([a].[value]('x')=(1) OVER ())")).toBe("([a].[value]('x')=(1) OVER ())");
  });
});

describe("types", () => {
  const same: readonly (readonly [string, string])[] = [
    ["INTEGER", "int"],
    ["NUMERIC(10)", "decimal(10,0)"],
    ["DECIMAL", "decimal(18,0)"],
    ["DATETIME2(7)", "datetime2"],
    ["national character varying(20)", "nvarchar(20)"],
    ["FLOAT(24)", "real"],
    ["timestamp", "rowversion"],
    ["VARCHAR", "varchar(1)"],
  ];
  test.each(same)("%s is %s", (a, b) => expect(canonicalType(a)).toBe(b));
});

describe("keys and indexes", () => {
  test("B17: a key of two fields is one constraint", () => {
    const [table] = planOf({
      kind: "createTable",
      name: "lines",
      fields: [
        { name: "no", type: "integer", primaryKey: true },
        { name: "line", type: "integer", primaryKey: true },
      ],
    });
    expect(table).toContain("CONSTRAINT [pk_lines] PRIMARY KEY ([no], [line])");
    expect(table?.match(/PRIMARY KEY/g)).toHaveLength(1);
  });

  test("two NULLs are never the same to a unique index, unless it says so", () => {
    const fields = [{ name: "email", type: "varchar", length: 99, nullable: true }];
    const unique = { name: "u", fields: ["email"], unique: true };
    expect(planOf(users(fields, { indexes: [unique] }))[1]).toEndWith("([email]) WHERE [email] IS NOT NULL");
    expect(planOf(users(fields, { indexes: [{ ...unique, nullsNotDistinct: true }] }))[1]).toEndWith("([email])");
  });

  test("what stands on a column goes while it changes, and comes back", () => {
    const fields = [{ name: "code", type: "integer" }];
    const table = users(fields, {
      indexes: [{ name: "by_code", fields: ["code"] }],
      constraints: [{ name: "some", check: "code > 0" }],
    });
    const change = { kind: "alterField", table: "users", field: { name: "code", type: "bigint" } };
    const heads = planOf(table, change)
      .slice(2)
      .map((sql) => sql.replace(/\n[\s\S]*/, ""));
    expect(heads).toEqual([
      "ALTER TABLE [users] DROP CONSTRAINT [some]",
      "DROP INDEX [by_code] ON [users]",
      "ALTER TABLE [users] ALTER COLUMN [code] BIGINT NOT NULL",
      "CREATE INDEX [by_code] ON [users] ([code])",
      "ALTER TABLE [users] ADD CONSTRAINT [some] CHECK (code > 0)",
    ]);
  });

  test("what names a field in an expression goes while it gets another name", () => {
    const fields = [
      { name: "code", type: "integer" },
      { name: "twice", type: "integer", nullable: true, generated: { as: "code * 2", stored: true } },
    ];
    const table = users(fields, { constraints: [{ name: "some", check: "code > 0" }] });
    const sql = planOf(table, { kind: "renameField", table: "users", from: "code", to: "number" }).slice(1);
    expect(sql[0]).toBe("ALTER TABLE [users] DROP CONSTRAINT [some]");
    expect(sql[1]).toBe("ALTER TABLE [users] DROP COLUMN [twice]");
    expect(sql.slice(-2)).toEqual([
      "ALTER TABLE [users] ADD [twice] AS CAST((number * 2) AS INT) PERSISTED",
      "ALTER TABLE [users] ADD CONSTRAINT [some] CHECK (number > 0)",
    ]);
  });

  test("a table by itself again, and two ways to a table, are refused before anything runs", () => {
    const parent = { name: "parent", type: "foreign_key", nullable: true };
    const to = (table: string, onDelete: string) => ({ foreignKey: { table, onDelete } });
    expect(() => planOf(users([{ ...parent, ...to("users", "CASCADE") }]))).toThrow(
      /would reach that table itself again/,
    );
    const twice = [
      { ...parent, ...to("users", "CASCADE") },
      { ...parent, name: "other", ...to("users", "SET NULL") },
    ];
    const child = (fields: readonly object[]) => ({ kind: "createTable", name: "child", fields });
    expect(() => planOf(users(), child(twice))).toThrow(/1785.*a second time/);
    expect(planOf(users(), child([twice[0] ?? {}, { ...twice[1], ...to("users", "NO ACTION") }]))).toHaveLength(2);
    expect(planOf(users([{ ...parent, ...to("users", "RESTRICT") }]))[0]).toContain("REFERENCES [users] ([id])");
  });
});

describe("identity", () => {
  test("rows with numbers of their own are inserted where the session says so", () => {
    const [, insert] = planOf(users([{ name: "email", type: "varchar", length: 9 }]), {
      kind: "upsertData",
      table: "users",
      keys: ["id"],
      rows: [{ id: 1, email: "a" }],
    });
    expect(insert?.split("\n")).toEqual([
      "SET IDENTITY_INSERT [users] ON;",
      "UPDATE [users] WITH (UPDLOCK, HOLDLOCK) SET [email] = N'a' WHERE [id] = 1",
      "IF @@ROWCOUNT = 0",
      "  INSERT INTO [users] ([email], [id]) VALUES (N'a', 1);",
      "SET IDENTITY_INSERT [users] OFF",
    ]);
  });

  test("a column that is there cannot begin to count", () => {
    const plain = { kind: "createTable", name: "t", fields: [{ name: "id", type: "integer", primaryKey: true }] };
    expect(() => planOf(plain, { kind: "alterField", table: "t", field: { name: "id", type: "serial" } })).toThrow(
      /cannot begin to count/,
    );
  });
});

describe("places", () => {
  test("a table moves to another schema, and back to the one in which a connection begins", () => {
    const move = (from: string, to: string) => sqlOf({ kind: "renameTable", from, to }, ["audit"]);
    expect(move("t", "audit.t")[0]).toBe("ALTER SCHEMA [audit] TRANSFER [t]");
    expect(move("audit.t", "t")[0]).toContain("N'ALTER SCHEMA ' + QUOTENAME(SCHEMA_NAME()) + N' TRANSFER [audit].[t]'");
    expect(move("t", "audit.u").slice(0, 3)).toEqual([
      "EXEC sys.sp_rename N'[t]', N'godwit_moving', N'OBJECT'",
      "ALTER SCHEMA [audit] TRANSFER [godwit_moving]",
      "EXEC sys.sp_rename N'[audit].[godwit_moving]', N'u', N'OBJECT'",
    ]);
  });

  test("what cannot be part of a transaction stands alone", () => {
    expect(standsAlone("ALTER DATABASE shop SET RECOVERY SIMPLE")).toBe("always");
    expect(standsAlone("create fulltext index on t (a) key index pk_t")).toBe("always");
    expect(standsAlone("CREATE INDEX i ON t (a) WITH (ONLINE = ON, RESUMABLE = ON)")).toBe("always");
    expect(standsAlone("CREATE TABLE t (a INT) -- BACKUP")).toBe("never");
    expect(standsAlone("ALTER DATABASE SCOPED CONFIGURATION SET MAXDOP = 1")).toBe("never");
  });
});

test.each([
  ["1205", "busy"],
  ["1222", "busy"],
  ["2627", "constraint"],
  ["2601", "constraint"],
  ["547", "constraint"],
  ["208", "not-found"],
  ["2714", "already-exists"],
  ["18456", "permission"],
  ["4060", "permission"],
  ["102", "syntax"],
  ["ECLOSE", "connection"],
  ["8134", "other"],
])("error %s is of the class %s", (code, kind) => {
  expect(dialect.bookkeeping.classify({ message: "", code })).toBe(
    kind as ReturnType<typeof dialect.bookkeeping.classify>,
  );
});
