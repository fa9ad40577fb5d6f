import { expect, test } from "bun:test";
import { tableImage } from "../../../src/core/ddl/image.ts";
import { blog, catalog, company } from "../../../src/core/operations/example-schema.ts";
import { apply, lower, type Operation } from "../../../src/core/operations/index.ts";
import type { Schema } from "../../../src/core/schema/model.ts";
import { foreignKeyName, utf8 } from "../../../src/core/schema/names.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const typesOf = (schema: Schema, table: string) =>
  Object.fromEntries(tableImage(schema, table, postgres).columns.map((c) => [c.name, c.type]));

test("B2: a foreign key column has the type of its key, whatever that is", () => {
  expect(typesOf(blog, "posts")["user_id"]).toBe("INTEGER");
  expect(typesOf(catalog, "products")["category"]).toBe("VARCHAR(8)");
  expect(typesOf(catalog, "categories")["parent"]).toBe("VARCHAR(8)");
  expect(typesOf(company, "employees")["department_id"]).toBe("INTEGER");
});

test("B2: also in ADD COLUMN", () => {
  const operation: Operation = {
    kind: "addField",
    table: "users",
    field: { name: "pinned", type: "foreign_key", nullable: true, foreignKey: { table: "posts" } },
  };
  const [add] = lower(operation, { before: blog, after: apply(blog, operation), dialect: postgres });
  expect(add).toMatchObject({ kind: "addColumn", column: { type: "UUID", nullable: true } });
});

test("a key that borrows its type from another key has the type at the end of the chain", () => {
  const profiles = apply(blog, {
    kind: "createTable",
    name: "profiles",
    fields: [{ name: "user_id", type: "foreign_key", primaryKey: true, foreignKey: { table: "users" } }],
  });
  const avatars = apply(profiles, {
    kind: "createTable",
    name: "avatars",
    fields: [{ name: "profile_id", type: "foreign_key", foreignKey: { table: "profiles" } }],
  });
  expect(typesOf(avatars, "avatars")).toEqual({ profile_id: "INTEGER" });
  const wide = apply(avatars, { kind: "alterField", table: "users", field: { name: "id", type: "bigserial" } });
  expect(typesOf(wide, "avatars")).toEqual({ profile_id: "BIGINT" });
});

test("a key that borrows its type from itself is an error", () => {
  const circular: Operation = {
    kind: "createTable",
    name: "loop",
    fields: [{ name: "id", type: "foreign_key", primaryKey: true, foreignKey: { table: "loop" } }],
  };
  expect(errorOf(() => apply(blog, circular)).message).toContain("never ends");
});

test("a type mapping that gives anything but a type name is refused", () => {
  const schema = { ...blog, typeMappings: { postgresql: { text: "TEXT; DROP TABLE users" } } };
  expect(errorOf(() => tableImage(schema, "users", postgres)).code).toBe("schema");
  const needs = { ...blog, typeMappings: { postgresql: { text: "VARCHAR({{.Length}})" } } };
  expect(errorOf(() => tableImage(needs, "users", postgres)).message).toContain('needs "Length"');
});

test("B9: a long name of a foreign key is the same in the state and in the database, and fits", () => {
  const names = ["a", "b"].map((end) => foreignKeyName("t".repeat(60), [`field_${end}`]));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(utf8(name).length).toBe(63);
  const operation: Operation = {
    kind: "createTable",
    name: "t".repeat(60),
    fields: [{ name: "field_a", type: "foreign_key", foreignKey: { table: "users" } }],
  };
  const schema = apply(blog, operation);
  const drop: Operation = { kind: "dropForeignKey", table: "t".repeat(60), name: names[0] ?? "" };
  expect(apply(schema, drop).tables.at(-1)?.foreignKeys).toEqual([]);
});

test("a primary key that waits for the end of a transaction is refused where there is none", () => {
  const operation: Operation = { kind: "alterPrimaryKey", table: "users", fields: ["id"], deferrable: "deferred" };
  const before = { ...blog, tables: blog.tables.map((table) => ({ ...table, foreignKeys: [] })) };
  const context = { before, after: apply(before, operation) };
  expect(lower(operation, { ...context, dialect: postgres }).at(-1)).toMatchObject({
    kind: "addPrimaryKey",
    deferrable: "deferred",
  });
  const error = errorOf(() => lower(operation, { ...context, dialect: sqlite }));
  expect(error.message).toContain('that of table "users" is deferrable');
});
