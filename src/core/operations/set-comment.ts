import * as v from "valibot";
import { createIndex, indexImage } from "../ddl/image.ts";
import { keyIndexes } from "../ddl/key-indexes.ts";
import type { Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { constraintsOf, primaryKeyName, withConstraints } from "../schema/constraints.ts";
import { withTable } from "../schema/edit.ts";
import type { Schema, Table } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation, type LowerContext } from "./define.ts";
import { clinic, clinicRows } from "./example-schema.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName, text } from "./params.ts";

export default defineOperation({
  kind: "setComment",
  summary:
    "Describes a table, one of its indexes or one of its constraints in the database. A field's comment is part of the field.",
  params: v.strictObject({
    table: tableName,
    index: v.exactOptional(described(name, "The index that is described. Absent: the table.")),
    constraint: v.exactOptional(
      described(name, "The constraint that is described: a check, a key or the like. Absent: the table."),
    ),
    comment: v.exactOptional(described(text, "The description. Absent: none.")),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) =>
    `${p.comment === undefined ? "remove" : "set"} comment of ${p.index !== undefined ? `index "${p.index}" of ` : p.constraint !== undefined ? `constraint "${p.constraint}" of ` : ""}"${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    commentOf(schema, p);
    return withTable(schema, p.table, (table) => describedTable(table, p));
  },
  lower: (p, context) => {
    const { table, index, constraint, comment } = p;
    const { comments, commentsAreInline, indexesHaveNoComments } = context.dialect.capabilities;
    if (commentsAreInline && constraint !== undefined) return [];
    if (indexesHaveNoComments && index !== undefined) return [];
    if (commentsAreInline && index !== undefined) return indexAnew(table, index, context);
    return comments
      ? [
          {
            kind: "setComment",
            table,
            ...(index !== undefined && { index }),
            ...(constraint !== undefined && { constraint }),
            ...(comment !== undefined && { comment }),
          },
        ]
      : [];
  },
  invert: (p, before) => {
    const comment = commentOf(before, p);
    const of = {
      table: p.table,
      ...(p.index !== undefined && { index: p.index }),
      ...(p.constraint !== undefined && { constraint: p.constraint }),
    };
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
    {
      title: "a constraint",
      before: clinic,
      rows: clinicRows,
      params: { table: "visits", constraint: "paid_or_free", comment: "nobody owes" },
    },
  ],
});

/** Made anew with its description. */
function indexAnew(table: string, name: string, { before, after, dialect }: LowerContext): readonly Statement[] {
  const find = (schema: Schema) => getTable(schema, table).indexes.find((index) => index.name === name);
  const [old, now] = [find(before), find(after)];
  if (!old || !now) return [];
  const between = withTable(before, table, (all) => ({
    ...all,
    indexes: all.indexes.filter((index) => index !== old),
  }));
  return [
    ...keyIndexes(before, between, table, dialect).first,
    { kind: "dropIndex", table, index: indexImage(old, dialect) },
    createIndex(after, table, now, dialect),
    ...keyIndexes(between, after, table, dialect).last,
  ];
}

interface Described {
  readonly table: string;
  readonly index?: string;
  readonly constraint?: string;
  readonly comment?: string;
}

function describedTable({ primaryKeyComment, ...table }: Table, p: Described): Table {
  const all = { ...table, ...(primaryKeyComment !== undefined && { primaryKeyComment }) };
  const described = <T extends { readonly comment?: string }>({ comment: _, ...rest }: T) => ({
    ...rest,
    ...(p.comment !== undefined && { comment: p.comment }),
  });
  const named = <T extends { readonly name: string; readonly comment?: string }>(things: readonly T[], name: string) =>
    things.map((thing) => (thing.name === name ? (described(thing) as T) : thing));
  if (p.index !== undefined) return { ...all, indexes: named(table.indexes, p.index) };
  if (p.constraint === undefined) return described(all) as Table;
  if (table.primaryKey && primaryKeyName(table) === p.constraint)
    return { ...table, ...(p.comment !== undefined && { primaryKeyComment: p.comment }) };
  const keys = { ...all, foreignKeys: named(table.foreignKeys, p.constraint) };
  return withConstraints(keys, named(constraintsOf(table), p.constraint));
}

/** Throws ToolError `state` when there is no such table, index or constraint, or when both are named. */
function commentOf(schema: Schema, p: Described): string | undefined {
  const table = getTable(schema, p.table);
  if (p.index !== undefined && p.constraint !== undefined) {
    const what = `setComment of table "${p.table}" names an index and a constraint; name one of them`;
    throw new ToolError("params", what, { table: p.table });
  }
  if (p.constraint !== undefined) return constraintComment(table, p.constraint);
  if (p.index === undefined) return table.comment;
  const index = table.indexes.find((i) => i.name === p.index);
  if (index) return index.comment;
  const what = `table "${p.table}" has no index "${p.index}" at this point`;
  throw new ToolError("state", what, { table: p.table, index: p.index });
}

function constraintComment(table: Table, name: string): string | undefined {
  if (table.primaryKey && primaryKeyName(table) === name) return table.primaryKeyComment;
  const found = [...constraintsOf(table), ...table.foreignKeys].find((constraint) => constraint.name === name);
  if (found) return found.comment;
  const what = `table "${table.name}" has no constraint "${name}" at this point`;
  throw new ToolError("state", what, { table: table.name, constraint: name });
}
