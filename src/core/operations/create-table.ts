import * as v from "valibot";
import { createAutoUpdates } from "../ddl/alter.ts";
import { tableComments } from "../ddl/comments.ts";
import { createImageIndex, tableImage } from "../ddl/image.ts";
import type { TableImage } from "../ddl/statement.ts";
import { addTable } from "../schema/edit.ts";
import { isInTree } from "../schema/heritage.ts";
import { indexOptions } from "../schema/index-options.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { animals, animalsRows, readings, readingsRows } from "./example-partitions.ts";
import { blog, blogRows } from "./example-schema.ts";
import { tableFromParams } from "./field.ts";
import { flagsOf, ignoreErrors, schemaOnly, tableEntries } from "./params.ts";

export default defineOperation({
  kind: "createTable",
  summary: "Creates a table with its fields, primary key, indexes and the foreign keys of its fields.",
  params: v.strictObject({ ...tableEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `create table "${p.name}"`,
  table: (p) => p.name,
  apply: (schema, p) => addTable(schema, tableFromParams(p)),
  lower: (p, { after, dialect }) => {
    const whole = tableImage(after, p.name, dialect);
    const table = withoutNamed(whole);
    return [
      { kind: isInTree(table) ? "createTreeTable" : "createTable", table },
      ...(dialect.capabilities.indexesInTable ? [] : table.indexes).map((index) => createImageIndex(whole, index)),
      ...(table === whole ? [] : [{ kind: "alterOptions", before: table, after: whole } as const]),
      ...createAutoUpdates(table),
      ...tableComments(table, dialect),
      ...(table.rowSecurity ? [{ kind: "setRowSecurity", table: p.name, security: table.rowSecurity } as const] : []),
    ];
  },
  invert: (p) => [{ kind: "dropTable", name: p.name, ...flagsOf(p) }],
  examples: [
    {
      title: "a table with a key and an index",
      before: emptySchema,
      params: {
        name: "users",
        fields: [
          { name: "id", type: "serial", primaryKey: true },
          { name: "email", type: "varchar", length: 255 },
          { name: "bio", type: "text", nullable: true },
        ],
        indexes: [{ name: "idx_users_email", fields: ["email"], unique: true }],
      },
    },
    {
      title: "every field type",
      before: emptySchema,
      params: {
        name: "everything",
        fields: [
          { name: "id", type: "bigserial", primaryKey: true },
          { name: "a_varchar", type: "varchar", length: 40 },
          { name: "a_char", type: "char", length: 2 },
          { name: "a_text", type: "text" },
          { name: "a_smallint", type: "smallint" },
          { name: "an_integer", type: "integer" },
          { name: "a_bigint", type: "bigint" },
          { name: "a_float", type: "float" },
          { name: "a_double", type: "double" },
          { name: "a_decimal", type: "decimal", precision: 12, scale: 4 },
          { name: "a_boolean", type: "boolean" },
          { name: "a_date", type: "date" },
          { name: "a_time", type: "time" },
          { name: "a_timestamp", type: "timestamp" },
          { name: "a_timestamptz", type: "timestamptz" },
          { name: "a_uuid", type: "uuid" },
          { name: "a_json", type: "json" },
          { name: "a_jsonb", type: "jsonb" },
          { name: "some_bytes", type: "bytes" },
          { name: "a_list", type: "text[]", nullable: true },
        ],
      },
    },
    {
      title: "defaults of every kind",
      before: { ...emptySchema, defaults: { postgresql: { tier: "'gold'" }, sqlite: { tier: "'gold'" } } },
      params: {
        name: "accounts",
        fields: [
          { name: "id", type: "integer", primaryKey: true },
          { name: "tier", type: "varchar", length: 10, default: "tier" },
          { name: "word", type: "text", default: "it's ACTIVE (or not)" },
          { name: "literal", type: "text", default: { value: "now()" } },
          { name: "expression", type: "integer", default: { sql: "1 + 2" } },
          { name: "digits", type: "decimal", precision: 5, scale: 2, default: "0.10" },
          { name: "zero_padded", type: "varchar", length: 3, default: "007" },
          { name: "count", type: "integer", default: 0 },
          { name: "open", type: "boolean", default: false },
          { name: "quoted", type: "text", default: "'a''b'" },
          { name: "created_at", type: "timestamp", autoCreate: true },
          { name: "updated_at", type: "timestamp", autoCreate: true, autoUpdate: true },
        ],
      },
    },
    {
      title: "a composite key in an order of its own",
      before: emptySchema,
      params: {
        name: "prices",
        fields: [
          { name: "valid_from", type: "date" },
          { name: "product", type: "varchar", length: 20 },
          { name: "amount", type: "decimal", precision: 10, scale: 2 },
        ],
        primaryKey: ["product", "valid_from"],
      },
    },
    {
      title: "a table that refers to others and to itself",
      before: blog,
      rows: blogRows,
      params: {
        name: "comments",
        fields: [
          { name: "id", type: "serial", primaryKey: true },
          { name: "post_id", type: "foreign_key", foreignKey: { table: "posts", onDelete: "CASCADE" } },
          {
            name: "author_id",
            type: "foreign_key",
            nullable: true,
            foreignKey: { table: "users", onDelete: "SET NULL", onUpdate: "CASCADE" },
          },
          {
            name: "parent_id",
            type: "foreign_key",
            nullable: true,
            foreignKey: { table: "comments", name: "comment_thread" },
          },
        ],
        indexes: [{ name: "idx_comments_recent", fields: ["post_id", "id"], where: "parent_id IS NULL" }],
      },
    },
    {
      title: "a partition with something of its own",
      before: readings,
      rows: readingsRows,
      params: {
        name: "readings_1999",
        fields: [{ name: "value", type: "double", default: 99 }],
        partitionOf: { table: "readings", values: "FROM ('1999-01-01') TO ('2000-01-01')" },
      },
    },
    {
      title: "a partitioned table",
      before: emptySchema,
      params: {
        name: "names",
        fields: [{ name: "name", type: "text" }],
        partitionBy: { method: "list", by: [{ expression: "lower(name)" }] },
      },
    },
    {
      title: "a table that inherits",
      before: animals,
      rows: animalsRows,
      params: {
        name: "birds",
        fields: [
          { name: "name", type: "text", default: "Tweety", inherited: true },
          { name: "wings", type: "integer", default: 2 },
        ],
        inherits: ["animals"],
      },
    },
    {
      title: "names that need quoting",
      before: emptySchema,
      params: {
        name: "o'brien",
        fields: [
          { name: "select", type: "integer", primaryKey: true },
          { name: 'a"b', type: "text", default: "x; drop table y" },
          { name: "😀", type: "text", nullable: true, default: 'say "hi"' },
        ],
        indexes: [{ name: "x; drop table y", fields: ['a"b', "😀"] }],
      },
    },
  ],
});

/** The table without the options that may name its indexes, which it gets after them. */
function withoutNamed(table: TableImage): TableImage {
  if (!table.options) return table;
  const entries = Object.entries(table.options);
  const kept = entries.filter(([key]) => !indexOptions.includes(key));
  return kept.length === entries.length ? table : { ...table, options: Object.fromEntries(kept) };
}
