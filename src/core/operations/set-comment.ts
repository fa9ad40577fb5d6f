import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { withTable } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { clinic, clinicRows } from "./example-schema.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName, text } from "./params.ts";

export default defineOperation({
  kind: "setComment",
  summary: "Describes a table or one of its indexes in the database. A field's comment is part of the field.",
  params: v.strictObject({
    table: tableName,
    index: v.exactOptional(described(name, "The index that is described. Absent: the table.")),
    comment: v.exactOptional(described(text, "The description. Absent: none.")),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) =>
    `${p.comment === undefined ? "remove" : "set"} comment of ${p.index === undefined ? "" : `index "${p.index}" of `}"${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    commentOf(schema, p);
    const described = <T extends { readonly comment?: string }>({ comment: _, ...rest }: T) => ({
      ...rest,
      ...(p.comment !== undefined && { comment: p.comment }),
    });
    return withTable(schema, p.table, (table) =>
      p.index === undefined
        ? described(table)
        : { ...table, indexes: table.indexes.map((index) => (index.name === p.index ? described(index) : index)) },
    );
  },
  lower: ({ table, index, comment }, { dialect }) =>
    dialect.capabilities.comments
      ? [
          {
            kind: "setComment",
            table,
            ...(index !== undefined && { index }),
            ...(comment !== undefined && { comment }),
          },
        ]
      : [],
  invert: (p, before) => {
    const comment = commentOf(before, p);
    const of = { table: p.table, ...(p.index !== undefined && { index: p.index }) };
    return [{ kind: "setComment", ...of, ...(comment !== undefined && { comment }), ...flagsOf(p) }];
  },
  examples: [
    {
      title: "a table",
      before: clinic,
      rows: clinicRows,
      params: { table: "visits", comment: 'Who came; it\'s "theirs"' },
    },
    { title: "no longer", before: clinic, rows: clinicRows, params: { table: "patients" } },
    {
      title: "an index",
      before: clinic,
      rows: clinicRows,
      params: { table: "visits", index: "visits_by_day", comment: "for the diary" },
    },
  ],
});

/** Throws ToolError `state` when there is no such table or index. */
function commentOf(schema: Schema, p: { readonly table: string; readonly index?: string }): string | undefined {
  const table = getTable(schema, p.table);
  if (p.index === undefined) return table.comment;
  const index = table.indexes.find((i) => i.name === p.index);
  if (index) return index.comment;
  const what = `table "${p.table}" has no index "${p.index}" at this point`;
  throw new ToolError("state", what, { table: p.table, index: p.index });
}
