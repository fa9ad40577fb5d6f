import * as v from "valibot";
import { keyIndexes } from "../ddl/key-indexes.ts";
import { ToolError } from "../errors.ts";
import { describeKey, keysTo, refuse } from "../schema/dependents.ts";
import { withTable } from "../schema/edit.ts";
import { refuseIfOption } from "../schema/index-options.ts";
import type { Index, Schema, Table } from "../schema/model.ts";
import { getTable, referencedFields } from "../schema/resolve.ts";
import { isUnique } from "../schema/soundness.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, odd, oddRows } from "./example-schema.ts";
import { paramsFromIndex } from "./field.ts";
import {
  concurrently,
  concurrentlyOf,
  described,
  flagsOf,
  ignoreErrors,
  name,
  schemaOnly,
  tableName,
} from "./params.ts";

export default defineOperation({
  kind: "dropIndex",
  summary: "Drops an index. Refused while a foreign key needs it to be unique.",
  params: v.strictObject({
    table: tableName,
    name: described(name, "Name of the index."),
    concurrently,
    schemaOnly,
    ignoreErrors,
  }),
  risk: (p) => (p.concurrently ? "safe" : "blocking"),
  destructive: true,
  title: (p) => `drop index "${p.name}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const table = getTable(schema, p.table);
    getIndex(table, p.name);
    refuseIfOption(table, p.name);
    const rest = { ...table, indexes: table.indexes.filter((i) => i.name !== p.name) };
    refuse(`index "${p.name}" of table "${p.table}"`, keysWithoutIndex(schema, rest), {
      table: p.table,
      index: p.name,
    });
    return withTable(schema, p.table, () => rest);
  },
  lower: (p, { before, after, dialect }) => [
    ...keyIndexes(before, after, p.table, dialect).first,
    {
      kind: "dropIndex",
      table: p.table,
      index: getIndex(getTable(before, p.table), p.name),
      ...concurrentlyOf(p),
    },
  ],
  invert: (p, before) => {
    const index = getIndex(getTable(before, p.table), p.name);
    return [{ kind: "addIndex", table: p.table, index: paramsFromIndex(index), ...concurrentlyOf(p), ...flagsOf(p) }];
  },
  examples: [
    { title: "an index", before: blog, rows: blogRows, params: { table: "posts", name: "idx_posts_title" } },
    {
      title: "a unique partial index",
      before: blog,
      rows: blogRows,
      params: { table: "posts", name: "idx_posts_live" },
    },
    {
      title: "concurrently",
      before: blog,
      rows: blogRows,
      params: { table: "posts", name: "idx_posts_title", concurrently: true },
    },
    { title: "odd names", before: odd, rows: oddRows, params: { table: "o'brien", name: "x; drop table y" } },
  ],
});

function getIndex(table: Table, name: string): Index {
  const index = table.indexes.find((i) => i.name === name);
  if (!index) {
    const what = `table "${table.name}" has no index "${name}" at this point`;
    throw new ToolError("state", what, { table: table.name, index: name });
  }
  return index;
}

const keysWithoutIndex = (schema: Schema, table: Table): readonly string[] =>
  keysTo(schema, table.name)
    .filter(({ key }) => !isUnique(table, referencedFields(schema, key.references)))
    .map(describeKey);
