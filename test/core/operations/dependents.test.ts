import { expect, test } from "bun:test";
import { blog, catalog, linkedOrders } from "../../../src/core/operations/example-schema.ts";
import { apply, type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import type { Schema } from "../../../src/core/schema/model.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const refusal = (schema: Schema, operation: Operation) => errorOf(() => apply(schema, operation)).message;

test("B3: a field goes only after the foreign key and the indexes on it, and the error names them", () => {
  const message = refusal(blog, { kind: "dropField", table: "posts", name: "user_id" });
  expect(message).toBe(
    'field "user_id" of table "posts" is used by index "idx_posts_live", foreign key "fk_posts_user_id"; drop or change that first',
  );
  const ready = [
    { kind: "dropForeignKey", table: "posts", name: "fk_posts_user_id" },
    { kind: "dropIndex", table: "posts", name: "idx_posts_live" },
    { kind: "dropField", table: "posts", name: "user_id" },
  ] as const;
  expect(ready.reduce<Schema>(apply, blog).tables[1]?.fields.map((f) => f.name)).not.toContain("user_id");
});

test("a field that only the predicate of an index mentions is in use", () => {
  expect(refusal(blog, { kind: "dropField", table: "posts", name: "status" })).toContain('index "idx_posts_live"');
});

test("B4: a referenced table goes only after what refers to it", () => {
  expect(refusal(blog, { kind: "dropTable", name: "users" })).toBe(
    'table "users" is used by foreign key "fk_posts_user_id" of table "posts"; drop or change that first',
  );
  const alone = apply(blog, { kind: "dropForeignKey", table: "posts", name: "fk_posts_user_id" });
  const dropped = apply(alone, { kind: "dropTable", name: "users" });
  expect(dropped.tables[0]?.fields.find((f) => f.name === "user_id")).toEqual({
    name: "user_id",
    type: "integer",
    nullable: false,
  });
});

test("a key that foreign keys refer to is neither dropped nor exchanged", () => {
  expect(refusal(blog, { kind: "alterPrimaryKey", table: "users", fields: ["email"] })).toContain("fk_posts_user_id");
  expect(refusal(blog, { kind: "dropField", table: "users", name: "id" })).toContain("the primary key");
  expect(refusal(catalog, { kind: "alterPrimaryKey", table: "categories", fields: [] })).toContain(
    'foreign key "fk_categories_parent"',
  );
});

test("a unique index stays while a foreign key needs it", () => {
  const held = apply(linkedOrders, {
    kind: "addField",
    table: "shipments",
    field: { name: "article", type: "varchar", length: 30, nullable: true },
  });
  const schema = apply(held, {
    kind: "addForeignKey",
    table: "shipments",
    name: "by_article",
    fields: ["order_no", "article"],
    references: { table: "order_lines", fields: ["order_no", "article"] },
  });
  const drop: Operation = { kind: "dropIndex", table: "order_lines", name: "uq_order_lines_article" };
  expect(refusal(schema, drop)).toContain('foreign key "by_article" of table "shipments"');
  expect(() => apply(linkedOrders, drop)).not.toThrow();
});

test("a foreign key needs fields of its own, a table, and something unique to refer to", () => {
  const add = (fields: string[], references: { table: string; fields?: string[] }) =>
    refusal(blog, { kind: "addForeignKey", table: "posts", fields, references });
  expect(add(["nobody"], { table: "users" })).toContain('names field "nobody"');
  expect(add(["views"], { table: "nowhere" })).toContain('table "nowhere", which does not exist');
  expect(add(["views", "title"], { table: "users" })).toContain("ties 2 field(s) to 1");
  expect(add(["title"], { table: "users", fields: ["bio"] })).toContain(
    "neither its primary key nor under a unique index",
  );
});

test("a partial unique index is not something to refer to", () => {
  const message = refusal(blog, {
    kind: "addForeignKey",
    table: "posts",
    fields: ["user_id", "title"],
    references: { table: "posts", fields: ["user_id", "title"] },
  });
  expect(message).toContain("under a unique index");
});

test.each<[string, Operation]>([
  ["a taken table", { kind: "createTable", name: "users", fields: [{ name: "id", type: "integer" }] }],
  [
    "the same field twice",
    {
      kind: "createTable",
      name: "t",
      fields: [
        { name: "a", type: "text" },
        { name: "a", type: "text" },
      ],
    },
  ],
  [
    "a key of an absent field",
    { kind: "createTable", name: "t", fields: [{ name: "a", type: "text" }], primaryKey: ["b"] },
  ],
  [
    "an index on an absent field",
    { kind: "createTable", name: "t", fields: [{ name: "a", type: "text" }], indexes: [{ name: "i", fields: ["b"] }] },
  ],
  ["a taken field", { kind: "addField", table: "users", field: { name: "bio", type: "text" } }],
  [
    "a second primary key",
    { kind: "addField", table: "users", field: { name: "n", type: "integer", primaryKey: true } },
  ],
  ["a taken index", { kind: "addIndex", table: "users", index: { name: "idx_users_email", fields: ["bio"] } }],
  ["an absent table", { kind: "addField", table: "nobody", field: { name: "n", type: "text" } }],
  ["an absent field", { kind: "alterField", table: "users", field: { name: "nobody", type: "text" } }],
  ["an absent index", { kind: "dropIndex", table: "users", name: "nobody" }],
  ["an absent foreign key", { kind: "dropForeignKey", table: "users", name: "nobody" }],
  ["renaming to a taken table", { kind: "renameTable", from: "users", to: "posts" }],
  ["renaming an absent table", { kind: "renameTable", from: "nobody", to: "posts" }],
  ["renaming to a taken field", { kind: "renameField", table: "users", from: "bio", to: "email" }],
  ["renaming an absent field", { kind: "renameField", table: "users", from: "nobody", to: "x" }],
  ["a foreign_key without a target", { kind: "addField", table: "users", field: { name: "x", type: "foreign_key" } }],
  ["rows of an absent field", { kind: "upsertData", table: "users", keys: ["id"], rows: [{ id: 1, nobody: 1 }] }],
])("is an error, never a silent no-op: %s", (_, operation) => {
  expect(errorOf(() => apply(blog, parseOperation(operation))).code).toBe("state");
});

test("the last field of a table cannot go", () => {
  const schema = apply(blog, { kind: "createTable", name: "t", fields: [{ name: "a", type: "text" }] });
  expect(refusal(schema, { kind: "dropField", table: "t", name: "a" })).toContain("drop the table instead");
});

test("B10, B11: the state has no index of its own making beside a foreign key", () => {
  const add = apply(blog, {
    kind: "addIndex",
    table: "posts",
    index: { name: "idx_posts_user_id", fields: ["user_id"] },
  });
  expect(add.tables[1]?.indexes.map((i) => i.name)).toEqual(["idx_posts_title", "idx_posts_live", "idx_posts_user_id"]);
  const without = apply(add, { kind: "dropForeignKey", table: "posts", name: "fk_posts_user_id" });
  expect(without.tables[1]?.indexes.map((i) => i.name)).toContain("idx_posts_user_id");
});
