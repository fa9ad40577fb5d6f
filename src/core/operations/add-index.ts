import * as v from "valibot";
import { indexComment } from "../ddl/comments.ts";
import { createIndex } from "../ddl/image.ts";
import { keyIndexes } from "../ddl/key-indexes.ts";
import { ToolError } from "../errors.ts";
import { withTable } from "../schema/edit.ts";
import type { Index, Table } from "../schema/model.ts";
import { checkIndex } from "../schema/soundness.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, odd, oddRows, orderRows, orders } from "./example-schema.ts";
import { indexFromParams } from "./field.ts";
import {
  concurrently,
  concurrentlyOf,
  described,
  flagsOf,
  ignoreErrors,
  indexParams,
  schemaOnly,
  tableName,
} from "./params.ts";

export default defineOperation({
  kind: "addIndex",
  summary: "Creates an index.",
  params: v.strictObject({
    table: tableName,
    index: described(indexParams, "The new index."),
    concurrently,
    schemaOnly,
    ignoreErrors,
  }),
  risk: (p) => (p.concurrently ? "safe" : "blocking"),
  title: (p) => `add index "${p.index.name}" to "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => withTable(schema, p.table, (table) => withIndex(table, indexFromParams(p.index))),
  lower: (p, { before, after, dialect }) => [
    { ...createIndex(after, p.table, indexFromParams(p.index), dialect), ...concurrentlyOf(p) },
    ...indexComment(p.table, indexFromParams(p.index), dialect),
    ...keyIndexes(before, after, p.table, dialect).last,
  ],
  invert: (p) => [{ kind: "dropIndex", table: p.table, name: p.index.name, ...concurrentlyOf(p), ...flagsOf(p) }],
  examples: [
    {
      title: "one field",
      before: blog,
      rows: blogRows,
      params: { table: "posts", index: { name: "idx_posts_views", fields: ["views"] } },
    },
    {
      title: "on the field of a foreign key, by the name the predecessor kept for itself",
      before: blog,
      rows: blogRows,
      params: { table: "posts", index: { name: "idx_posts_user_id", fields: ["user_id"] } },
    },
    {
      title: "unique, over several fields",
      before: orders,
      rows: orderRows,
      params: { table: "order_lines", index: { name: "uq_lines", fields: ["article", "order_no"], unique: true } },
    },
    {
      title: "partial",
      before: blog,
      rows: blogRows,
      params: {
        table: "posts",
        index: { name: "idx_posts_drafts", fields: ["title"], where: "status = 'draft' AND views IS NULL" },
      },
    },
    {
      title: "by the method that goes without saying",
      before: blog,
      rows: blogRows,
      params: { table: "posts", index: { name: "idx_posts_views", fields: ["views"], method: "btree" } },
    },
    {
      title: "by a method",
      before: blog,
      rows: blogRows,
      params: { table: "users", index: { name: "idx_users_bio", fields: ["bio"], method: "hash" } },
    },
    {
      title: "concurrently",
      before: blog,
      rows: blogRows,
      params: { table: "posts", index: { name: "idx_posts_views", fields: ["views"] }, concurrently: true },
    },
    {
      title: "odd names",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", index: { name: "select", fields: ["😀", "select"] } },
    },
  ],
});

function withIndex(table: Table, index: Index): Table {
  if (table.indexes.some((i) => i.name === index.name)) {
    const what = `table "${table.name}" has an index "${index.name}" already at this point`;
    throw new ToolError("state", what, { table: table.name, index: index.name });
  }
  checkIndex(table, index);
  return { ...table, indexes: [...table.indexes, index] };
}
