import * as v from "valibot";
import { createAutoUpdates } from "../ddl/alter.ts";
import { columnComment } from "../ddl/comments.ts";
import { enumCheckChange } from "../ddl/enums.ts";
import { columnImage, tableImage } from "../ddl/image.ts";
import { addForeignKey } from "../ddl/key-indexes.ts";
import type { Column, Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { withPrimaryKey, withTable } from "../schema/edit.ts";
import { enumOf } from "../schema/enums.ts";
import { descendantsOf } from "../schema/heritage.ts";
import type { Table } from "../schema/model.ts";
import { passOnField, refuseForPartition } from "../schema/pass-on.ts";
import { findField, getField, getTable, resolveType } from "../schema/resolve.ts";
import { checkForeignKey } from "../schema/soundness.ts";
import { integerBase, isSerial } from "../schema/types.ts";
import { defineOperation, type LowerContext, type OperationData } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { blog, blogRows, catalog, catalogRows, odd, oddRows, schemaOf } from "./example-schema.ts";
import { fieldFromParams, foreignKeyFromParams } from "./field.ts";
import { described, type FieldParams, fieldParams, flagsOf, ignoreErrors, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "addField",
  summary: "Adds a field at the end of a table, with its foreign key if it is one.",
  params: v.strictObject({
    table: tableName,
    field: described(fieldParams, "The new field."),
    fill: v.exactOptional(
      described(v.pipe(v.string(), v.nonEmpty()), "SQL expression for the rows that are there already."),
    ),
    schemaOnly,
    ignoreErrors,
  }),
  risk: (p) => (p.fill === undefined ? "safe" : "blocking"),
  title: (p) => `add field "${p.field.name}" to "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, { table: name, field }) => {
    refuseForPartition(schema, name, field.name);
    const extended = withTable(schema, name, (table) => extend(table, field));
    const table = getTable(extended, name);
    resolveType(extended, getField(table, field.name));
    const key = foreignKeyFromParams(name, field);
    if (key) checkForeignKey(extended, table, key);
    return passOnField(extended, name, field.name);
  },
  lower: ({ table, field, fill }, context) => {
    const { after, dialect } = context;
    const owner = getTable(after, table);
    const column = columnImage(after, owner, getField(owner, field.name), dialect);
    const key = foreignKeyFromParams(table, field);
    const atOnce = field.primaryKey && column.autoIncrement && dialect.capabilities.numbersKeysOnly;
    return [
      ...(atOnce
        ? [{ kind: "addColumn", table, column, primaryKey: true } as const]
        : (restored({ table, field, fill }, column, context) ??
          numberedBelow(table, column, context) ??
          addColumn(table, column, fill))),
      ...(field.primaryKey && !atOnce ? [{ kind: "addPrimaryKey", table, columns: [field.name] } as const] : []),
      ...(key ? [addForeignKey(after, table, key, dialect)] : []),
      ...createAutoUpdates(tableImage(after, table, dialect), [column]),
      ...enumCheckChange("addConstraint", { table, field: field.name, schema: after }, dialect),
      ...columnComment(table, column, dialect),
    ];
  },
  invert: (p) => {
    const key = foreignKeyFromParams(p.table, p.field);
    const path = { table: p.table, name: p.field.name, ...flagsOf(p) };
    return [
      ...(key ? [{ kind: "dropForeignKey", ...path, name: key.name }] : []),
      ...(p.field.primaryKey ? dropKey(p.table, p.field, flagsOf(p)) : []),
      { kind: "dropField", ...path },
    ];
  },
  examples: [
    {
      title: "a nullable field",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "phone", type: "varchar", length: 30, nullable: true } },
    },
    {
      title: "a field with a default",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "plan", type: "text", default: "it's free" } },
    },
    {
      title: "a field that existing rows are filled in",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "nick", type: "varchar", length: 255 }, fill: "lower(email)" },
    },
    {
      title: "a filled field that also has a default",
      before: blog,
      rows: blogRows,
      params: {
        table: "posts",
        field: { name: "score", type: "decimal", precision: 6, scale: 2, default: "0.50" },
        fill: "1.25",
      },
    },
    {
      title: "times that the database keeps",
      before: catalog,
      rows: catalogRows,
      params: {
        table: "products",
        field: { name: "changed_at", type: "timestamp", autoCreate: true, autoUpdate: true },
      },
    },
    {
      title: "a foreign key to a uuid key",
      before: blog,
      rows: blogRows,
      params: {
        table: "users",
        field: {
          name: "pinned_post",
          type: "foreign_key",
          nullable: true,
          foreignKey: { table: "posts", onDelete: "SET NULL" },
        },
      },
    },
    {
      title: "a foreign key to its own table, by a varchar key",
      before: catalog,
      rows: catalogRows,
      params: {
        table: "categories",
        field: {
          name: "see_also",
          type: "foreign_key",
          nullable: true,
          foreignKey: { table: "categories", name: "see also" },
        },
      },
    },
    {
      title: "a field of a concrete type with a foreign key",
      before: catalog,
      rows: catalogRows,
      params: {
        table: "products",
        field: {
          name: "fallback",
          type: "varchar",
          length: 8,
          nullable: true,
          foreignKey: { table: "categories", onUpdate: "CASCADE" },
        },
      },
    },
    {
      title: "a primary key, numbered by the database",
      before: schemaOf({ name: "log", fields: [{ name: "line", type: "text" }] }),
      rows: { log: [{ line: "one" }, { line: "two" }] },
      params: { table: "log", field: { name: "id", type: "serial", primaryKey: true } },
    },
    {
      title: "a field that partitions have too",
      before: readings,
      rows: readingsRows,
      params: { table: "readings", field: { name: "unit", type: "text", default: "K" } },
    },
    {
      title: "an odd name",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", field: { name: "x; drop table y", type: "boolean", default: true } },
    },
    {
      title: "only in the state",
      before: blog,
      params: { table: "users", field: { name: "legacy", type: "text" }, schemaOnly: true },
    },
  ],
});

function extend(table: Table, p: FieldParams): Table {
  if (findField(table, p.name)) {
    throw new ToolError("state", `table "${table.name}" has a field "${p.name}" already at this point`, {
      table: table.name,
      field: p.name,
    });
  }
  if (p.primaryKey && table.primaryKey) {
    const what = `table "${table.name}" has a primary key already (${table.primaryKey.map((f) => `"${f}"`).join(", ")})`;
    throw new ToolError("state", `${what}; add the field without primaryKey and change the key with alterPrimaryKey`, {
      table: table.name,
      field: p.name,
    });
  }
  const key = foreignKeyFromParams(table.name, p);
  if (key && table.foreignKeys.some((k) => k.name === key.name)) {
    throw new ToolError("state", `table "${table.name}" has a foreign key "${key.name}" already at this point`, {
      table: table.name,
      foreignKey: key.name,
    });
  }
  return {
    ...(p.primaryKey ? withPrimaryKey(table, [p.name]) : table),
    fields: [...table.fields, fieldFromParams(p)],
    foreignKeys: key ? [...table.foreignKeys, key] : table.foreignKeys,
  };
}

/** A column that may not be NULL and has no default is open until its rows are filled. */
function addColumn(table: string, column: Column, fill: string | undefined): readonly Statement[] {
  if (fill === undefined) return [{ kind: "addColumn", table, column }];
  const value: Statement = { kind: "fillColumn", table, column: column.name, value: fill };
  if (column.nullable || column.default !== undefined || column.autoIncrement)
    return [{ kind: "addColumn", table, column }, value];
  const open = { ...column, nullable: true };
  return [
    { kind: "addColumn", table, column: open },
    value,
    { kind: "alterColumn", table, before: open, after: column },
  ];
}

/** A field that comes back and must not be NULL gets something in the rows that are there, where that is not said. */
function restored(
  { table, field, fill }: { readonly table: string; readonly field: FieldParams; readonly fill: string | undefined },
  column: Column,
  { after, dialect, restores }: LowerContext,
): readonly Statement[] | undefined {
  const isFilled = column.nullable || column.default !== undefined || column.autoIncrement;
  if (!restores || fill !== undefined || isFilled || column.identity || column.generated) return undefined;
  if (restores.refersTo !== undefined) return [{ kind: "addColumn", table, column, lost: restores.refersTo }];
  const values = enumOf(after, field.type)?.name === field.type ? enumOf(after, field.type)?.values : undefined;
  const refill = dialect.refill?.({
    column,
    of: tableImage(after, table, dialect),
    ...restores,
    ...(values && { values }),
  });
  if (!refill) return undefined;
  if ("fill" in refill) return addColumn(table, column, refill.fill);
  return [
    { kind: "addColumn", table, column: refill.first },
    { kind: "alterColumn", table, before: refill.first, after: column },
  ];
}

/**
 * PostgreSQL adds no identity column to a table that others inherit from, and an identity numbers rows of its own table only; so all rows are numbered as
 * by a serial field first.
 * https://www.postgresql.org/docs/current/ddl-inherit.html
 */
function numberedBelow(table: string, column: Column, { after }: LowerContext): readonly Statement[] | undefined {
  const { identity, ...plain } = column;
  if (!identity || descendantsOf(after, table).length === 0) return undefined;
  const first: Column = { ...plain, autoIncrement: true };
  return [
    { kind: "addColumn", table, column: first },
    { kind: "alterColumn", table, before: first, after: column },
  ];
}

/** Some databases number nothing but keys, so a field must stop being numbered before it stops being the key. */
function dropKey(table: string, field: FieldParams, flags: ReturnType<typeof flagsOf>): readonly OperationData[] {
  const plain = { name: field.name, type: integerBase(field.type) };
  return [
    ...(isSerial(field.type) ? [{ kind: "alterField", table, field: plain, ...flags }] : []),
    { kind: "alterPrimaryKey", table, fields: [], ...flags },
  ];
}
