import * as v from "valibot";
import { tableImage } from "../ddl/image.ts";
import type { Statement } from "../ddl/statement.ts";
import { addTable } from "../schema/edit.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { tableFromParams } from "./field.ts";
import { fieldParams, ignoreErrors, indexParams, name, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createTable",
  summary: "Creates a table with its fields, primary key, indexes and the foreign keys of its foreign_key fields.",
  params: v.strictObject({
    name: v.pipe(name, v.description("Name of the table.")),
    fields: v.pipe(v.array(fieldParams), v.nonEmpty("a table needs at least one field"), v.description("Fields, in order.")),
    primaryKey: v.exactOptional(v.pipe(v.array(name), v.nonEmpty(), v.description("Fields of the key in its order, when the order of the fields will not do."))),
    indexes: v.exactOptional(v.pipe(v.array(indexParams), v.description("Indexes to create with it."))),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `create table "${p.name}"`,
  table: (p) => p.name,
  apply: (schema, p) => addTable(schema, tableFromParams(p)),
  lower: (p, { after, dialect }) => {
    const table = tableImage(after, p.name, dialect);
    return [
      { kind: "createTable", table },
      ...table.indexes.map((index): Statement => ({ kind: "createIndex", table: p.name, index })),
      ...table.columns.filter((c) => c.autoUpdate).map((column): Statement => ({ kind: "createAutoUpdate", table: p.name, column })),
    ];
  },
  invert: (p) => [{ kind: "dropTable", name: p.name, ...(p.schemaOnly && { schemaOnly: true }) }],
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
  ],
});
