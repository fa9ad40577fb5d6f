import * as v from "valibot";
import { alterColumns } from "../ddl/alter.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, schemaOf } from "./example-schema.ts";
import { described, perDialect } from "./params.ts";

export default defineOperation({
  kind: "setDefaults",
  summary:
    "Sets the named defaults of all dialects, in place of those before. Columns that use one get its new value as their default.",
  params: v.strictObject({ defaults: described(perDialect, "Dialect → key → SQL.") }),
  risk: "safe",
  title: () => "set named defaults",
  table: () => undefined,
  apply: (schema, p) => ({ ...schema, defaults: p.defaults }),
  lower: (_, { before, after, dialect }) =>
    alterColumns(
      { before, after, dialect },
      after.tables.map((t) => t.name),
    ),
  invert: (_, before) => [{ kind: "setDefaults", defaults: before.defaults }],
  examples: [
    {
      title: "a first default, which a field names already",
      before: blog,
      rows: blogRows,
      params: { defaults: { postgresql: { draft: "'in ' || 'progress'" }, sqlite: { draft: "'in progress'" } } },
    },
    {
      title: "another value, and one that goes",
      before: {
        ...schemaOf({
          name: "accounts",
          fields: [
            { name: "id", type: "integer", primaryKey: true },
            { name: "tier", type: "text", default: "tier" },
            { name: "note", type: "text", default: "note" },
          ],
        }),
        defaults: {
          postgresql: { tier: "'gold'", note: "'o''brien'" },
          sqlite: { tier: "'gold'", note: "'o''brien'" },
        },
      },
      rows: { accounts: [{ id: 1, tier: "gold", note: "x" }] },
      params: { defaults: { postgresql: { tier: "'silver'" }, sqlite: { tier: "'silver'" } } },
    },
  ],
});
