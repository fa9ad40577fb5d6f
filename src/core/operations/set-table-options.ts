import * as v from "valibot";
import { tableImage } from "../ddl/image.ts";
import { withTable } from "../schema/edit.ts";
import { checkIndexOptions } from "../schema/index-options.ts";
import type { PerDialect, Table } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows } from "./example-schema.ts";
import { structuredOptions } from "./field.ts";
import { described, flagsOf, perDialect, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "setTableOptions",
  summary:
    "Sets how databases are to keep a table, for all of them and in place of what was said before. What a database cannot change is refused.",
  params: v.strictObject({
    table: tableName,
    options: described(perDialect, "Dialect → option → SQL text."),
    schemaOnly,
  }),
  risk: "blocking",
  title: (p) => `set options of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const table = withOptions(getTable(schema, p.table), p.options);
    checkIndexOptions(table);
    return withTable(schema, p.table, () => table);
  },
  lower: (p, { before, after, dialect }) => {
    const [old, next] = [tableImage(before, p.table, dialect), tableImage(after, p.table, dialect)];
    const same = JSON.stringify(sorted(old.options ?? {})) === JSON.stringify(sorted(next.options ?? {}));
    return same ? [] : [{ kind: "alterOptions", before: old, after: next }];
  },
  invert: (p, before) => [
    {
      kind: "setTableOptions",
      table: p.table,
      options: structuredOptions(getTable(before, p.table).options ?? {}),
      ...flagsOf(p),
    },
  ],
  examples: [
    {
      title: "how often parts are looked through",
      before: blog,
      rows: blogRows,
      params: { table: "users", options: { clickhouse: { settings: "merge_with_ttl_timeout = 3600" } } },
    },
    {
      title: "pages that are not full",
      before: blog,
      rows: blogRows,
      params: { table: "posts", options: { postgresql: { unlogged: "true", with: "fillfactor=70" } } },
    },
    {
      title: "nothing is said any more",
      before: withTable(blog, "users", (table) => ({
        ...table,
        options: {
          clickhouse: { settings: "merge_with_ttl_timeout = 3600, index_granularity = 8192" },
          postgresql: { with: "fillfactor=70, autovacuum_enabled=false" },
        },
      })),
      rows: blogRows,
      params: { table: "users", options: {} },
    },
  ],
});

function withOptions({ options: _, ...table }: Table, options: PerDialect): Table {
  return Object.keys(options).length > 0 ? { ...table, options } : table;
}

const sorted = (entries: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1));
