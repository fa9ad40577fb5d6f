import * as v from "valibot";
import { addForeignKey } from "../ddl/key-indexes.ts";
import { ToolError } from "../errors.ts";
import { withTable } from "../schema/edit.ts";
import { getTable } from "../schema/resolve.ts";
import { checkForeignKey } from "../schema/soundness.ts";
import { defineOperation } from "./define.ts";
import { company, companyRows, orderRows, orders, schemaOf, withTables } from "./example-schema.ts";
import { foreignKeyFromKeyParams } from "./field.ts";
import { flagsOf, foreignKeyEntries, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "addForeignKey",
  summary: "Adds a foreign key to fields that are there already.",
  params: v.strictObject({ ...foreignKeyEntries, schemaOnly, ignoreErrors }),
  risk: "blocking",
  title: (p) => `add foreign key "${foreignKeyFromKeyParams(p).name}" to "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const key = foreignKeyFromKeyParams(p);
    const table = getTable(schema, p.table);
    if (table.foreignKeys.some((k) => k.name === key.name)) {
      const what = `table "${p.table}" has a foreign key "${key.name}" already at this point`;
      throw new ToolError("state", what, { table: p.table, foreignKey: key.name });
    }
    checkForeignKey(schema, table, key);
    return withTable(schema, p.table, (t) => ({ ...t, foreignKeys: [...t.foreignKeys, key] }));
  },
  lower: (p, { after, dialect }) => [addForeignKey(after, p.table, foreignKeyFromKeyParams(p), dialect)],
  invert: (p) => [{ kind: "dropForeignKey", table: p.table, name: foreignKeyFromKeyParams(p).name, ...flagsOf(p) }],
  examples: [
    {
      title: "to a composite primary key",
      before: orders,
      rows: orderRows,
      params: {
        table: "shipments",
        fields: ["order_no", "line_no"],
        references: { table: "order_lines" },
        onDelete: "CASCADE",
      },
    },
    {
      title: "checked when the transaction ends",
      before: orders,
      rows: orderRows,
      params: {
        table: "shipments",
        fields: ["order_no", "line_no"],
        references: { table: "order_lines" },
        onDelete: "CASCADE",
        deferrable: "deferred",
      },
    },
    {
      title: "to fields under a unique index",
      before: withTables(orders, (tables) => [
        ...tables,
        {
          name: "returns",
          fields: [
            { name: "no", type: "integer", nullable: true },
            { name: "article", type: "varchar", length: 30, nullable: true },
          ],
          indexes: [],
          foreignKeys: [],
        },
      ]),
      rows: {
        ...orderRows,
        returns: [
          { no: 1, article: "Nut" },
          { no: null, article: null },
        ],
      },
      params: {
        table: "returns",
        name: "returned",
        fields: ["no", "article"],
        references: { table: "order_lines", fields: ["order_no", "article"] },
        onDelete: "SET NULL",
        onUpdate: "CASCADE",
      },
    },
    {
      title: "closing a cycle",
      before: withTables(company, (tables) =>
        tables.map((t) => (t.name === "departments" ? { ...t, foreignKeys: [] } : t)),
      ),
      rows: companyRows,
      params: { table: "departments", fields: ["head_id"], references: { table: "employees" }, onDelete: "SET NULL" },
    },
    {
      title: "with odd names",
      before: schemaOf(
        { name: 'a"b', fields: [{ name: "😀", type: "varchar", length: 9, primaryKey: true }] },
        {
          name: "o'brien",
          fields: [
            { name: "select", type: "varchar", length: 9, default: "x" },
            { name: "n", type: "integer" },
          ],
        },
      ),
      rows: { 'a"b': [{ "😀": "x" }], "o'brien": [{ select: "x", n: 1 }] },
      params: {
        table: "o'brien",
        name: "x; drop table y",
        fields: ["select"],
        references: { table: 'a"b' },
        onDelete: "SET DEFAULT",
      },
    },
  ],
});
