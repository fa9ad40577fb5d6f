import * as v from "valibot";
import type { Statement } from "../ddl/statement.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, orderRows, orders } from "./example-schema.ts";
import { described, elidable, ignoreErrors, rowKeys, rows, schemaOnly, tableName } from "./params.ts";
import { checkRows, keysOfRows, sqlRows } from "./rows.ts";

export default defineOperation({
  kind: "deleteData",
  summary: "Deletes the rows with the given keys. It is what takes `upsertData` back, and has no way back itself.",
  params: v.strictObject({
    table: tableName,
    keys: rowKeys,
    rows: described(rows, "The keys of each row; other fields do not count."),
    elidable,
    schemaOnly,
    ignoreErrors,
  }),
  risk: "lossy",
  title: (p) => `delete ${p.rows.length} ${p.rows.length === 1 ? "row" : "rows"} of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    checkRows(schema, p);
    return schema;
  },
  lower: (p, { before, dialect }) => {
    const { foreignKeys } = getTable(before, p.table);
    // Where rows refer to rows of their own table, only the order given keeps RESTRICT from refusing some of them.
    const oneByOne = foreignKeys.some((key) => key.references.table === p.table);
    return sqlRows(before, { ...p, rows: keysOfRows(p) }, dialect).flatMap(({ rows }) =>
      (oneByOne ? rows.map((row) => [row]) : [rows]).map(
        (part): Statement => ({ kind: "deleteRows", table: p.table, keys: p.keys, rows: part }),
      ),
    );
  },
  invert: () => undefined,
  beyond: (p) => ({ rows: [p.table] }),
  examples: [
    {
      title: "rows by their key",
      before: blog,
      rows: blogRows,
      params: { table: "posts", keys: ["title"], rows: [{ title: "First" }, { title: "o'brien" }] },
    },
    {
      title: "a row by a composite key",
      before: orders,
      rows: orderRows,
      params: { table: "order_lines", keys: ["order_no", "line_no"], rows: [{ order_no: 1, line_no: 1 }] },
    },
  ],
});
