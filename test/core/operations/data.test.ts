import { describe, expect, test } from "bun:test";
import type { Dialect } from "../../../src/core/ddl/dialect.ts";
import { renderStatement } from "../../../src/core/ddl/render.ts";
import { blog, schemaOf } from "../../../src/core/operations/example-schema.ts";
import { apply, invert, lower, type Operation, parseOperation, titleOf } from "../../../src/core/operations/index.ts";
import type { Schema } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { errorOf } from "../../helpers/tool-error.ts";

type UpsertData = Extract<Operation, { kind: "upsertData" }>;

const statements = (before: Schema, operation: Operation, dialect: Dialect) =>
  lower(operation, { before, after: apply(before, operation), dialect });

const sqlOf = (before: Schema, operation: Operation, dialect: Dialect): readonly string[] =>
  statements(before, operation, dialect)
    .flatMap((s) => renderStatement(s, dialect))
    .map((command) => ("sql" in command ? command.sql : command.kind));

const users = (rows: UpsertData["rows"], keys: string[] = ["id"]): UpsertData => ({
  kind: "upsertData",
  table: "users",
  keys,
  rows,
});

describe("upsertData", () => {
  test("escapes every literal and keeps what strings hold", () => {
    for (const dialect of [postgres, sqlite]) {
      const [sql = ""] = sqlOf(
        blog,
        users([{ id: 1, email: "o'brien'; --", updated_at: "2024-01-02 03:04:05.678901" }]),
        dialect,
      );
      expect(sql).toContain("'o''brien''; --'");
      expect(sql).toContain("03:04:05.678901");
    }
  });

  test("leaves a field alone that a row does not name", () => {
    const groups = statements(
      blog,
      users([
        { id: 1, email: "a" },
        { email: "b", id: 2 },
        { id: 3, email: "c", bio: null },
        { id: 4, email: "d" },
      ]),
      sqlite,
    );
    expect(groups).toMatchObject([
      { columns: ["email", "id"], rows: [{ id: "1" }, { id: "2" }] },
      { columns: ["bio", "email", "id"], rows: [{ bio: "NULL" }] },
      { columns: ["email", "id"], rows: [{ id: "4" }] },
    ]);
  });

  test("resolves named defaults, and takes another text as SQL", () => {
    const schema: Schema = { ...blog, defaults: { postgresql: { nobody: "'o''nobody'" } } };
    const [statement] = statements(
      schema,
      users([{ id: 1, email: { defaultRef: "nobody" }, bio: { defaultRef: "upper('x')" } }]),
      postgres,
    );
    expect(statement).toMatchObject({ rows: [{ email: "'o''nobody'", bio: "upper('x')" }] });
  });

  test("B29: its inverse deletes by key, named defaults resolved", () => {
    const schema: Schema = {
      ...schemaOf({
        name: "settings",
        fields: [
          { name: "name", type: "text", primaryKey: true },
          { name: "value", type: "text" },
        ],
      }),
      defaults: { sqlite: { main: "'o''main'" } },
    };
    const operation: Operation = {
      kind: "upsertData",
      table: "settings",
      keys: ["name"],
      rows: [
        { name: { defaultRef: "main" }, value: "x" },
        { name: "b", value: "y" },
      ],
    };
    const [inverse] = invert(operation, schema) ?? [];
    if (!inverse) throw new Error("upsertData has no inverse");
    const sql = sqlOf(schema, inverse, sqlite).join("\n");
    expect(sql).toContain("DELETE");
    expect(sql).toContain("'o''main'");
    expect(sql).not.toContain("'x'");
  });

  test("says nothing without rows", () => {
    expect(statements(blog, users([]), postgres)).toEqual([]);
    expect(invert(users([]), blog)?.flatMap((part) => statements(blog, part, postgres))).toEqual([]);
  });

  test("refuses rows that their keys cannot find", () => {
    expect(errorOf(() => apply(blog, users([{ id: 1 }, { email: "x" }]))).message).toContain(
      'row 2 for table "users" has no value for its key field "id"',
    );
    expect(errorOf(() => apply(blog, users([{ id: null }]))).code).toBe("state");
    expect(errorOf(() => parseOperation(users([], []))).message).toContain("identifies a row");
  });
});

describe("runSQL", () => {
  const run = (forward: string | Record<string, string>, backward?: string | Record<string, string>): Operation => ({
    kind: "runSQL",
    forward,
    ...(backward !== undefined && { backward }),
  });

  test("without backward there is no way back, with an empty one there is nothing to do", () => {
    expect(invert(run("SELECT 1"), blog)).toBeUndefined();
    expect(invert(run("SELECT 1", ""), blog)).toEqual([]);
    expect(invert(run("SELECT 1", "SELECT 2"), blog)).toEqual([run("SELECT 2", "SELECT 1")]);
  });

  test("takes the text of the dialect at hand, under any of its names", () => {
    const operation = run({ postgres: "SELECT 1", sqlite: "" });
    expect(statements(blog, operation, postgres)).toEqual([{ kind: "sql", text: "SELECT 1" }]);
    expect(statements(blog, operation, sqlite)).toEqual([]);
    const error = errorOf(() => statements(blog, run({ sqlite: "SELECT 1" }), postgres));
    expect(error.code).toBe("unsupported");
    expect(error.message).toContain('none for "postgresql"');
  });

  test("is summed up by its first line", () => {
    expect(titleOf(run("SELECT 1"))).toBe("run SQL: SELECT 1");
    expect(titleOf(run("\n  SELECT 1;\n  SELECT 2"))).toBe("run SQL: SELECT 1; …");
    expect(titleOf(run(`SELECT '${"😀".repeat(80)}'`))).toEndWith("😀…");
  });
});

test("schemaOnly changes the state and asks nothing of the database", () => {
  for (const operation of [
    { kind: "createTable", name: "t", fields: [{ name: "a", type: "text" }], schemaOnly: true },
    { kind: "dropTable", name: "posts", schemaOnly: true },
    { kind: "addField", table: "users", field: { name: "a", type: "text" }, schemaOnly: true },
    { kind: "dropField", table: "users", name: "bio", schemaOnly: true },
  ] satisfies Operation[]) {
    expect(statements(blog, operation, postgres)).toEqual([]);
    expect(apply(blog, operation)).not.toEqual(blog);
    const [inverse] = invert(operation, blog) ?? [];
    expect(inverse).toMatchObject({ schemaOnly: true });
  }
});

describe("B24: maps change the columns that use them", () => {
  test("a named default", () => {
    const set = (sql: string): Operation => ({ kind: "setDefaults", defaults: { postgresql: { draft: sql } } });
    const first = statements(blog, set("'new'"), postgres);
    expect(first).toMatchObject([
      { kind: "alterColumn", table: "posts", before: { default: "'draft'" }, after: { default: "'new'" } },
    ]);
    const gone = statements(apply(blog, set("'new'")), { kind: "setDefaults", defaults: {} }, postgres);
    expect(gone).toMatchObject([{ kind: "alterColumn", before: { default: "'new'" }, after: { default: "'draft'" } }]);
    expect(statements(blog, set("'new'"), sqlite)).toEqual([]);
  });

  test("a type mapping, with the keys and all that borrow their type", () => {
    const operation: Operation = {
      kind: "setTypeMappings",
      typeMappings: { postgresql: { serial: "BIGINT", integer: "BIGINT" } },
    };
    const changed = statements(blog, operation, postgres);
    expect(changed.map((s) => s.kind)).toEqual([
      "dropForeignKey",
      "alterColumn",
      "alterColumn",
      "alterColumn",
      "addForeignKey",
    ]);
    expect(changed.flatMap((s) => (s.kind === "alterColumn" ? [s.after.name] : []))).toEqual([
      "id",
      "user_id",
      "views",
    ]);
  });
});
