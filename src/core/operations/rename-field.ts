import * as v from "valibot";
import { createAutoUpdates, dropAutoUpdates } from "../ddl/alter.ts";
import { expressionsAround } from "../ddl/held-columns.ts";
import { columnImage, isHeld, tableImage } from "../ddl/image.ts";
import { namedNotNull } from "../ddl/not-null-names.ts";
import { renamePartIndexes } from "../ddl/part-indexes.ts";
import type { Column, Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { renameInConstraint } from "../schema/constraints.ts";
import { descendantsOf } from "../schema/heritage.ts";
import { elementOf, indexField, renameInElement, renameInIndex } from "../schema/index-fields.ts";
import { indexOptions, mapEntries } from "../schema/index-options.ts";
import type { Field, ForeignKey, Schema, Table } from "../schema/model.ts";
import { refuseIfInherited } from "../schema/pass-on.ts";
import { findField, getField, getTable, isNumbered } from "../schema/resolve.ts";
import { withOwnersRenamed } from "../schema/sequences.ts";
import { renameInSql } from "../schema/sql-names.ts";
import type { LowerContext } from "./define.ts";
import { defineOperation } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { blog, blogRows, catalog, catalogRows, linkedOrders, odd, oddRows, orderRows } from "./example-schema.ts";
import { described, name, tableName } from "./params.ts";

export default defineOperation({
  kind: "renameField",
  summary: "Renames a field. Keys, indexes with their predicates, and foreign keys of this and other tables follow.",
  params: v.strictObject({
    table: tableName,
    from: described(name, "Its present name."),
    to: described(name, "Its new name."),
  }),
  risk: "safe",
  title: (p) => `rename field "${p.from}" of "${p.table}" to "${p.to}"`,
  table: (p) => p.table,
  apply: (schema, { table: owner, from, to }) => {
    const table = getTable(schema, owner);
    getField(table, from);
    if (findField(table, to)) {
      throw new ToolError("state", `table "${owner}" has a field "${to}" already at this point`, {
        table: owner,
        field: to,
      });
    }
    refuseIfInherited(schema, owner, from);
    return [owner, ...descendantsOf(schema, owner)].reduce((now, name) => renamed(now, name, { from, to }), schema);
  },
  lower: ({ table, from, to }, { before, after, dialect }) => {
    const around = expressionsAround({ before, after, dialect }, table, { from, to });
    return [
      ...dropAutoUpdates(table, [columnOf(before, { table, name: from }, dialect)]),
      ...around.drop,
      ...checkApart(table, columnOf(before, { table, name: from }, dialect)),
      {
        kind: "renameColumn",
        table,
        from,
        to,
        ...(isHeld(getTable(before, table), from, dialect) && { held: true }),
        ...(isNumbered(getField(getTable(before, table), from)) && { numbered: true }),
        ...(namedNotNull(before, table, dialect).notNull?.includes(from) && { notNull: true }),
      },
      ...around.make,
      ...createAutoUpdates(tableImage(after, table, dialect), [columnOf(after, { table, name: to }, dialect)]),
      ...renamePartIndexes(before, after, { table }),
    ];
  },
  invert: (p) => [{ kind: "renameField", table: p.table, from: p.to, to: p.from }],
  examples: [
    {
      title: "a field that an index and its predicate use",
      before: blog,
      rows: blogRows,
      params: { table: "posts", from: "status", to: "state" },
    },
    {
      title: "a key that another table refers to",
      before: blog,
      rows: blogRows,
      params: { table: "users", from: "id", to: "user" },
    },
    {
      title: "a field that refers to another table",
      before: blog,
      rows: blogRows,
      params: { table: "posts", from: "user_id", to: "author_id" },
    },
    {
      title: "a key that its own table refers to",
      before: catalog,
      rows: catalogRows,
      params: { table: "categories", from: "code", to: "Code" },
    },
    {
      title: "part of a composite key",
      before: linkedOrders,
      rows: orderRows,
      params: { table: "order_lines", from: "line_no", to: "line" },
    },
    {
      title: "part of a composite foreign key",
      before: linkedOrders,
      rows: orderRows,
      params: { table: "shipments", from: "order_no", to: "order" },
    },
    {
      title: "a field that the database updates",
      before: blog,
      rows: blogRows,
      params: { table: "users", from: "updated_at", to: "changed_at" },
    },
    {
      title: "part of a partition key",
      before: readings,
      rows: readingsRows,
      params: { table: "readings", from: "at", to: "day" },
    },
    {
      title: "to and from odd names",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", from: 'a"b', to: "group" },
    },
  ],
});

function renamed(schema: Schema, owner: string, { from, to }: { readonly from: string; readonly to: string }): Schema {
  const rename = (field: string): string => (field === from ? to : field);
  const key = (holder: string, k: ForeignKey): ForeignKey => ({
    ...k,
    fields: holder === owner ? k.fields.map(rename) : k.fields,
    ...(holder === owner && k.onDeleteFields && { onDeleteFields: k.onDeleteFields.map(rename) }),
    references:
      k.references.table === owner && k.references.fields
        ? { ...k.references, fields: k.references.fields.map(rename) }
        : k.references,
  });
  const field = (f: Field): Field => ({
    ...f,
    name: rename(f.name),
    ...(f.generated && { generated: { ...f.generated, as: renameInSql(f.generated.as, from, to) } }),
  });
  const table = (t: Table): Table => ({
    ...t,
    fields: t.fields.map(field),
    ...(t.primaryKey && { primaryKey: t.primaryKey.map(rename) }),
    ...(t.primaryKeyInclude && { primaryKeyInclude: t.primaryKeyInclude.map(rename) }),
    indexes: t.indexes.map((index) => renameInIndex(index, from, to)),
    ...(t.constraints && { constraints: t.constraints.map((c) => renameInConstraint(c, from, to)) }),
    ...(t.partitionBy && {
      partitionBy: {
        ...t.partitionBy,
        by: t.partitionBy.by.map((element) => indexField(renameInElement(elementOf(element), from, to))),
      },
    }),
    ...(t.options && {
      options: mapEntries(t.options, (key, sql) => (indexOptions.includes(key) ? sql : renameInSql(sql, from, to))),
    }),
  });
  const tables = schema.tables.map((t) => ({
    ...(t.name === owner ? table(t) : t),
    foreignKeys: t.foreignKeys.map((k) => key(t.name, k)),
  }));
  return withOwnersRenamed({ ...schema, tables }, (own) =>
    own.table === owner ? { ...own, field: rename(own.field) } : own,
  );
}

function columnOf(
  schema: Schema,
  field: { readonly table: string; readonly name: string },
  dialect: LowerContext["dialect"],
): Column {
  const table = getTable(schema, field.table);
  return columnImage(schema, table, getField(table, field.name), dialect);
}

/** A check that is part of the column, and would keep a name by which nothing drops it, becomes one of the table: saying all of the column again does that. */
const checkApart = (table: string, column: Column): readonly Statement[] =>
  column.check === undefined ? [] : [{ kind: "alterColumn", table, before: column, after: column }];
