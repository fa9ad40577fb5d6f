import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { withTable } from "../schema/edit.ts";
import { databasesOf, losesDatabases, sameDatabases } from "../schema/for-databases.ts";
import type { ForDatabases } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { databasesEntries } from "./basic-params.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows } from "./example-schema.ts";
import { databasesParams } from "./field.ts";
import { flagsOf, ignoreErrors, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "setDatabases",
  summary:
    "Says which databases have a table. Where it comes to be, it is created without rows; where it is no longer, it is dropped. Without `only` and `except` all have it.",
  params: v.strictObject({ table: tableName, ...databasesEntries, schemaOnly, ignoreErrors }),
  risk: (p, before) => (losesDatabases(getTable(before, p.table), p) ? "lossy" : "safe"),
  title: (p) => `keep "${p.table}" on ${databasesText(p)}`,
  table: (p) => p.table,
  apply: (schema, p) => {
    if (sameDatabases(getTable(schema, p.table), p)) {
      const what = `table "${p.table}" is kept on ${databasesText(p)} already at this point`;
      throw new ToolError("state", what, { table: p.table });
    }
    return withTable(schema, p.table, ({ only: _, except: __, ...table }) => ({ ...table, ...databasesOf(p) }));
  },
  // What happens depends on the database: the plan asks whether it has the table before and after (`core/plan/on-database.ts`).
  lower: () => [],
  invert: (p, before) => [
    { kind: "setDatabases", table: p.table, ...databasesParams(getTable(before, p.table)), ...flagsOf(p) },
  ],
  examples: [
    { title: "on one alone", before: blog, rows: blogRows, params: { table: "posts", only: ["postgresql"] } },
    { title: "on all but one", before: blog, rows: blogRows, params: { table: "posts", except: ["clickhouse"] } },
    {
      title: "on all",
      before: withTable(blog, "posts", (table) => ({ ...table, only: ["postgresql"] })),
      params: { table: "posts" },
    },
  ],
});

function databasesText({ only, except }: ForDatabases): string {
  if (!only && !except) return "all databases";
  return [only ? only.join(", ") : "all databases", except && `but not on ${except.join(", ")}`]
    .filter(Boolean)
    .join(", ");
}
