import { expect, test } from "bun:test";
import { blog, catalog, linkedOrders, odd } from "../../../src/core/operations/example-schema.ts";
import { apply } from "../../../src/core/operations/index.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import { getTable } from "../../../src/core/schema/resolve.ts";
import { errorOf } from "../../helpers/tool-error.ts";

test("B12: a renamed table takes the foreign keys of others and the types borrowed from it along", () => {
  const posts = getTable(apply(blog, { kind: "renameTable", from: "users", to: "people" }), "posts");
  expect(posts.foreignKeys[0]).toMatchObject({ name: "fk_posts_user_id", references: { table: "people" } });
  expect(posts.fields.find((f) => f.name === "user_id")?.references).toBe("people");
});

test("B12: a renamed field takes indexes, their predicates and keys along", () => {
  const state = getTable(apply(blog, { kind: "renameField", table: "posts", from: "status", to: "state" }), "posts");
  expect(state.indexes.find((i) => i.name === "idx_posts_live")?.where).toBe("state = 'live'");
  const author = getTable(apply(blog, { kind: "renameField", table: "posts", from: "user_id", to: "author" }), "posts");
  expect(author.indexes.find((i) => i.name === "idx_posts_live")?.fields).toEqual(["author", "title"]);
  expect(author.foreignKeys[0]?.fields).toEqual(["author"]);
  expect(apply(blog, { kind: "renameField", table: "users", from: "id", to: "no" }).tables[0]?.primaryKey).toEqual([
    "no",
  ]);
});

test("B12: a foreign key of another table follows the field that it names", () => {
  const named = {
    ...linkedOrders,
    tables: linkedOrders.tables.map((t) => ({
      ...t,
      foreignKeys: t.foreignKeys.map((k) => ({
        ...k,
        references: { ...k.references, fields: ["order_no", "line_no"] },
      })),
    })),
  };
  const renamed = apply(named, { kind: "renameField", table: "order_lines", from: "line_no", to: "line" });
  expect(getTable(renamed, "shipments").foreignKeys[0]).toMatchObject({
    fields: ["order_no", "line_no"],
    references: { fields: ["order_no", "line"] },
  });
});

test("a table that refers to itself goes on doing so", () => {
  const renamed = apply(catalog, { kind: "renameTable", from: "categories", to: "groups" });
  expect(getTable(renamed, "groups").foreignKeys[0]?.references.table).toBe("groups");
});

test("a predicate with quoted names follows a rename to a reserved word", () => {
  const renamed = apply(odd, { kind: "renameField", table: "o'brien", from: 'a"b', to: "group" });
  expect(renamed.tables[0]?.indexes[0]?.where).toBe('"group" IS NOT NULL');
});

test("a namespace keeps a plain name as long as types are in it", () => {
  const schema = { ...emptySchema, namespaces: [{ name: "a" }], enums: [{ name: "a.mood", values: ["ok"] }] };
  const rename = (to: string) => apply(schema, { kind: "renameNamespace", from: "a", to });
  expect(rename("b").enums?.[0]?.name).toBe("b.mood");
  expect(errorOf(() => rename("not plain"))).toMatchObject({
    code: "state",
    message:
      'namespace "a" cannot be renamed to "not plain": it holds the type "a.mood", and the names of types are plain words',
  });
});
