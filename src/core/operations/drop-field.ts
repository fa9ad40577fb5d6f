import * as v from "valibot";
import { dropAutoUpdates } from "../ddl/alter.ts";
import { enumCheckChange } from "../ddl/enums.ts";
import { columnImage } from "../ddl/image.ts";
import { ToolError } from "../errors.ts";
import { refuse, refuseIfUsed } from "../schema/dependents.ts";
import { withTable } from "../schema/edit.ts";
import { changedBelow, descendantsOf, heirsOf } from "../schema/heritage.ts";
import { refuseIfInherited, withdrawField } from "../schema/pass-on.ts";
import { findField, getField, getTable } from "../schema/resolve.ts";
import { ownedTitles } from "../schema/sequences.ts";
import { defineOperation } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { blog, blogRows, catalog, catalogRows, odd, oddRows } from "./example-schema.ts";
import { paramsFromField, plainParamsFromField } from "./field.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "dropField",
  summary: "Drops a field with its values. Refused while a key, an index or a foreign key uses it: drop those first.",
  params: v.strictObject({ table: tableName, name: described(name, "Name of the field."), schemaOnly, ignoreErrors }),
  risk: "lossy",
  title: (p) => `drop field "${p.name}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const table = getTable(schema, p.table);
    getField(table, p.name);
    refuseIfInherited(schema, p.table, p.name);
    for (const owner of [p.table, ...descendantsOf(schema, p.table)]) refuseIfUsed(schema, owner, p.name);
    refuse(`field "${p.name}" of table "${p.table}"`, ownedTitles(schema, p.table, p.name), {
      table: p.table,
      field: p.name,
    });
    if (table.fields.length === 1) {
      const what = `field "${p.name}" is the only one of table "${p.table}"`;
      throw new ToolError("state", `${what}; drop the table instead`, { table: p.table, field: p.name });
    }
    const fields = table.fields.filter((f) => f.name !== p.name);
    return withdrawField(
      withTable(schema, p.table, (t) => ({ ...t, fields })),
      p.table,
      p.name,
    );
  },
  lower: (p, { before, after, dialect }) => {
    const heirs = heirsOf(before, p.table).filter(
      (heir) => findField(getTable(before, heir), p.name) && !findField(getTable(after, heir), p.name),
    );
    const table = getTable(before, p.table);
    const column = columnImage(before, table, getField(table, p.name), dialect);
    return [
      ...enumCheckChange("dropConstraint", { table: p.table, field: p.name, schema: before }, dialect),
      ...dropAutoUpdates(p.table, [column]),
      { kind: "dropColumn", table: p.table, column, ...(heirs.length > 0 && { heirs }) },
    ];
  },
  invert: (p, before) => {
    const table = getTable(before, p.table);
    return [
      {
        kind: "addField",
        table: p.table,
        field: paramsFromField(before, table, getField(table, p.name)),
        ...flagsOf(p),
      },
      ...changedBelow(before, { table: p.table, field: p.name }).map((path) => ({
        kind: "alterField",
        table: path.table,
        field: plainParamsFromField(before, getField(getTable(before, path.table), p.name)),
        ...flagsOf(p),
      })),
    ];
  },
  examples: [
    { title: "a nullable field", before: blog, rows: blogRows, params: { table: "users", name: "bio" } },
    {
      title: "a field with a default, between others",
      before: blog,
      rows: blogRows,
      params: { table: "posts", name: "views" },
    },
    {
      title: "a field that the database updates",
      before: blog,
      rows: blogRows,
      params: { table: "users", name: "updated_at" },
    },
    {
      title: "a field of a table that refers to others",
      before: catalog,
      rows: catalogRows,
      params: { table: "products", name: "price" },
    },
    { title: "an odd name", before: odd, rows: oddRows, params: { table: "o'brien", name: "😀" } },
    {
      title: "a field that a partition has in another way",
      before: readings,
      rows: readingsRows,
      params: { table: "readings", name: "value" },
    },
    {
      title: "only in the state",
      before: blog,
      rows: blogRows,
      params: { table: "users", name: "bio", schemaOnly: true },
    },
  ],
});
