import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { withTable } from "../schema/edit.ts";
import { withIndexRenamed } from "../schema/index-options.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, odd, oddRows } from "./example-schema.ts";
import { described, name, tableName } from "./params.ts";

export default defineOperation({
  kind: "renameIndex",
  summary: "Renames an index.",
  params: v.strictObject({
    table: tableName,
    from: described(name, "Its present name."),
    to: described(name, "Its new name."),
  }),
  risk: "safe",
  title: (p) => `rename index "${p.from}" of "${p.table}" to "${p.to}"`,
  table: (p) => p.table,
  apply: (schema, { table: owner, from, to }) => {
    const names = getTable(schema, owner).indexes.map((index) => index.name);
    const complaint = names.includes(to)
      ? `an index "${to}" already`
      : names.includes(from)
        ? undefined
        : `no index "${from}"`;
    if (complaint)
      throw new ToolError("state", `table "${owner}" has ${complaint} at this point`, { table: owner, from, to });
    return withTable(schema, owner, (t) => ({
      ...withIndexRenamed(t, from, to),
      indexes: t.indexes.map((index) => (index.name === from ? { ...index, name: to } : index)),
    }));
  },
  lower: (p, { before }) =>
    getTable(before, p.table)
      .indexes.filter((index) => index.name === p.from)
      .map((index) => ({ kind: "renameIndex", table: p.table, from: index, to: p.to })),
  invert: (p) => [{ kind: "renameIndex", table: p.table, from: p.to, to: p.from }],
  examples: [
    {
      title: "an index",
      before: blog,
      rows: blogRows,
      params: { table: "posts", from: "idx_posts_title", to: "posts_by_title" },
    },
    {
      title: "a unique partial index",
      before: blog,
      rows: blogRows,
      params: { table: "posts", from: "idx_posts_live", to: "live" },
    },
    {
      title: "from an odd name",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", from: "x; drop table y", to: "select" },
    },
  ],
});
