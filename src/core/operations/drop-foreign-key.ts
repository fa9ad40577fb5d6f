import * as v from "valibot";
import { foreignKeyImage } from "../ddl/image.ts";
import { ToolError } from "../errors.ts";
import { keysOn } from "../schema/dependents.ts";
import { withTable } from "../schema/edit.ts";
import type { Field, ForeignKey, Schema, Table } from "../schema/model.ts";
import { passOnChanges } from "../schema/pass-on.ts";
import { getTable, resolveType } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import {
  blog,
  blogRows,
  catalog,
  catalogRows,
  company,
  companyRows,
  linkedOrders,
  orderRows,
} from "./example-schema.ts";
import { paramsFromForeignKey } from "./field.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "dropForeignKey",
  summary: "Drops a foreign key. The fields stay, with the type they have.",
  params: v.strictObject({
    table: tableName,
    name: described(name, "Name of the constraint."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `drop foreign key "${p.name}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    getKey(getTable(schema, p.table), p.name);
    const loosened = withTable(schema, p.table, (table) => {
      const rest = { ...table, foreignKeys: table.foreignKeys.filter((k) => k.name !== p.name) };
      return { ...rest, fields: rest.fields.map((field) => concrete(schema, rest, field)) };
    });
    return passOnChanges(schema, loosened, p.table);
  },
  lower: (p, { before, dialect }) => {
    const key = getKey(getTable(before, p.table), p.name);
    return [{ kind: "dropForeignKey", table: p.table, foreignKey: foreignKeyImage(before, key, dialect) }];
  },
  invert: (p, before) => {
    const key = getKey(getTable(before, p.table), p.name);
    return [{ kind: "addForeignKey", ...paramsFromForeignKey(p.table, key), ...flagsOf(p) }];
  },
  examples: [
    {
      title: "of a foreign_key field",
      before: blog,
      rows: blogRows,
      params: { table: "posts", name: "fk_posts_user_id" },
    },
    {
      title: "to its own table",
      before: catalog,
      rows: catalogRows,
      params: { table: "categories", name: "fk_categories_parent" },
    },
    {
      title: "over several fields",
      before: linkedOrders,
      rows: orderRows,
      params: { table: "shipments", name: "fk_shipments_line" },
    },
    {
      title: "in a cycle",
      before: company,
      rows: companyRows,
      params: { table: "departments", name: "fk_departments_head_id" },
    },
  ],
});

function getKey(table: Table, name: string): ForeignKey {
  const key = table.foreignKeys.find((k) => k.name === name);
  if (!key) {
    const there = table.foreignKeys.map((k) => `"${k.name}"`).join(", ");
    const what = `table "${table.name}" has no foreign key "${name}" at this point; it has ${there || "none"}`;
    throw new ToolError("state", what, { table: table.name, foreignKey: name });
  }
  return key;
}

/** A field cannot go on borrowing its type from a table that nothing ties it to any more: that table may go next. */
function concrete(schema: Schema, table: Table, field: Field): Field {
  if (field.type !== "foreign_key") return field;
  if (keysOn(table, field.name).some((key) => key.references.table === field.references)) return field;
  const { references: _, ...rest } = field;
  return { ...rest, ...resolveType(schema, field) };
}
