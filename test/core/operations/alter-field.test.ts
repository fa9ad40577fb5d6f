import { describe, expect, test } from "bun:test";
import type { Dialect } from "../../../src/core/ddl/dialect.ts";
import type { Statement } from "../../../src/core/ddl/statement.ts";
import { blog, catalog, company, linkedOrders } from "../../../src/core/operations/example-schema.ts";
import { apply, invert, isDestructive, lower, type Operation } from "../../../src/core/operations/index.ts";
import type { Schema } from "../../../src/core/schema/model.ts";
import { getField, getTable, resolveType } from "../../../src/core/schema/resolve.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";

type AlterField = Extract<Operation, { kind: "alterField" }>;

const alter = (table: string, field: AlterField["field"], more: Partial<AlterField> = {}): AlterField => ({
  kind: "alterField",
  table,
  field,
  ...more,
});

const lowered = (before: Schema, operation: Operation, dialect: Dialect = postgres): readonly Statement[] =>
  lower(operation, { before, after: apply(before, operation), dialect });

const typeAt = (schema: Schema, table: string, field: string) =>
  resolveType(schema, getField(getTable(schema, table), field));

describe("fields that foreign keys tie together", () => {
  test("change their type together, borrowed or their own", () => {
    const wide = apply(catalog, alter("categories", { name: "code", type: "varchar", length: 40 }));
    expect(typeAt(wide, "categories", "parent")).toEqual({ type: "varchar", length: 40 });
    expect(typeAt(wide, "products", "category")).toEqual({ type: "varchar", length: 40 });
    const big = apply(company, alter("employees", { name: "id", type: "bigint" }));
    expect(typeAt(big, "departments", "head_id")).toEqual({ type: "bigint" });
    expect(getField(getTable(big, "departments"), "head_id").nullable).toBe(true);
  });

  test("do so over composite keys, by position", () => {
    const wide = apply(linkedOrders, alter("order_lines", { name: "line_no", type: "integer" }));
    expect(typeAt(wide, "shipments", "line_no")).toEqual({ type: "integer" });
    expect(typeAt(wide, "shipments", "order_no")).toEqual({ type: "integer" });
  });

  test("take the plain type of a key that becomes numbered", () => {
    const numbered = apply(company, alter("employees", { name: "id", type: "bigserial" }));
    expect(typeAt(numbered, "departments", "head_id")).toEqual({ type: "bigint" });
  });

  test("lose their foreign keys while they change, and get them back", () => {
    const statements = lowered(catalog, alter("categories", { name: "code", type: "varchar", length: 40 }));
    expect(statements.map((s) => `${s.kind} ${"table" in s ? s.table : ""}`)).toEqual([
      "dropForeignKey categories",
      "dropForeignKey products",
      "alterColumn categories",
      "alterColumn categories",
      "alterColumn products",
      "addForeignKey categories",
      "addForeignKey products",
    ]);
  });

  test("go back to the types they had, also where those were apart", () => {
    const apart = apply(company, alter("departments", { name: "head_id", type: "bigint", nullable: true }));
    const operation = alter("employees", { name: "id", type: "uuid" });
    const back = (invert(operation, apart) ?? []).reduce(apply, apply(apart, operation));
    expect(typeAt(back, "departments", "head_id")).toEqual({ type: "bigint" });
    expect(typeAt(back, "employees", "id")).toEqual({ type: "integer" });
  });

  test("a field goes on borrowing its type while the new definition says the same type", () => {
    const open = apply(blog, alter("posts", { name: "user_id", type: "integer", nullable: true }));
    expect(getField(getTable(open, "posts"), "user_id")).toEqual({
      name: "user_id",
      type: "foreign_key",
      references: "users",
      nullable: true,
    });
  });
});

describe("statements", () => {
  test("B16: several changed properties are one statement", () => {
    const statements = lowered(
      blog,
      alter("posts", { name: "title", type: "varchar", length: 300, nullable: true, default: "x" }),
    );
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({
      kind: "alterColumn",
      before: { type: "VARCHAR(200)", nullable: false },
      after: { type: "VARCHAR(300)", nullable: true, default: "'x'" },
    });
  });

  test("B31: rows are filled after the change of type and before NOT NULL", () => {
    const operation = alter("posts", { name: "views", type: "bigint" }, { fill: "0", using: "views * 2" });
    expect(lowered(blog, operation)).toMatchObject([
      { kind: "alterColumn", after: { type: "BIGINT", nullable: true }, using: "views * 2" },
      { kind: "fillColumn", column: "views", value: "0", onlyNull: true },
      { kind: "alterColumn", before: { type: "BIGINT", nullable: true }, after: { type: "BIGINT", nullable: false } },
    ]);
  });

  test("nothing changed, nothing to do", () => {
    expect(lowered(blog, alter("users", { name: "bio", type: "text", nullable: true }))).toEqual([]);
  });

  test("B23: what the database keeps up to date is created and dropped", () => {
    const off = lowered(blog, alter("users", { name: "updated_at", type: "timestamp", autoCreate: true }));
    expect(off.map((s) => s.kind)).toEqual(["dropAutoUpdate"]);
    const field = { name: "at", type: "timestamp", nullable: true };
    const before = apply(blog, { kind: "addField", table: "users", field });
    expect(lowered(before, alter("users", { ...field, autoUpdate: true })).map((s) => s.kind)).toEqual([
      "createAutoUpdate",
    ]);
  });

  test("B23: a changed primary key is more than a change of state", () => {
    const table: Operation = { kind: "createTable", name: "t", fields: [{ name: "a", type: "text", nullable: true }] };
    const statements = lowered(apply(blog, table), { kind: "alterPrimaryKey", table: "t", fields: ["a"] });
    expect(statements.map((s) => s.kind)).toEqual(["alterColumn", "addPrimaryKey"]);
  });

  test("B32: a numbered field is an integer column that is numbered", () => {
    expect(lowered(company, alter("employees", { name: "id", type: "serial" }))).toMatchObject([
      { kind: "alterColumn", before: { type: "INTEGER" }, after: { type: "INTEGER", autoIncrement: true } },
    ]);
  });
});

test.each<[string, AlterField, boolean]>([
  ["a longer varchar", alter("posts", { name: "title", type: "varchar", length: 300 }), false],
  ["a shorter varchar", alter("posts", { name: "title", type: "varchar", length: 100 }), true],
  ["integer to bigint", alter("posts", { name: "views", type: "bigint", nullable: true }), false],
  ["integer to varchar", alter("posts", { name: "views", type: "varchar", length: 20, nullable: true }), true],
  ["NOT NULL without a value", alter("posts", { name: "views", type: "integer" }), true],
  ["NOT NULL with a value", alter("posts", { name: "views", type: "integer" }, { fill: "0" }), false],
  ["longer and NOT NULL", alter("users", { name: "bio", type: "text" }), true],
  ["another default", alter("posts", { name: "status", type: "varchar", length: 20, default: "new" }), false],
])("asks only where something can be lost: %s", (_, operation, destructive) => {
  expect(isDestructive(operation, blog)).toBe(destructive);
});

test("the other operations ask where rows, values, indexes or counts go", () => {
  const asked = (operation: Operation) => isDestructive(operation, blog);
  expect(asked({ kind: "dropTable", name: "posts" })).toBe(true);
  expect(asked({ kind: "dropField", table: "users", name: "bio" })).toBe(true);
  expect(asked({ kind: "dropIndex", table: "posts", name: "idx_posts_title" })).toBe(true);
  expect(asked({ kind: "dropSequence", name: "numbers" })).toBe(true);
  expect(asked({ kind: "dropForeignKey", table: "posts", name: "fk_posts_user_id" })).toBe(false);
  expect(asked({ kind: "renameTable", from: "users", to: "people" })).toBe(false);
  expect(asked({ kind: "renameField", table: "users", from: "bio", to: "about" })).toBe(false);
});
