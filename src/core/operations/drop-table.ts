import * as v from "valibot";
import { dropAutoUpdates } from "../ddl/alter.ts";
import { tableImage } from "../ddl/image.ts";
import { refuse, refuseIfReferenced } from "../schema/dependents.ts";
import { parentsOf } from "../schema/heritage.ts";
import { objectsOf, objectTitle } from "../schema/managed.ts";
import type { Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { ownedTitles } from "../schema/sequences.ts";
import { defineOperation } from "./define.ts";
import { animals, animalsRows, readings, readingsRows } from "./example-partitions.ts";
import { blog, blogRows, catalog, linkedOrders, odd, oddRows, orderRows, withTables } from "./example-schema.ts";
import { paramsFromForeignKey, paramsFromTable } from "./field.ts";
import { flagsOf, ignoreErrors, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "dropTable",
  summary: "Drops a table with its rows, indexes and foreign keys. Refused while another table refers to it.",
  params: v.strictObject({ name: tableName, schemaOnly, ignoreErrors }),
  risk: "lossy",
  title: (p) => `drop table "${p.name}"`,
  table: (p) => p.name,
  apply: (schema, p) => {
    getTable(schema, p.name);
    refuseIfReferenced(schema, p.name);
    const parts = objectsOf(schema).filter(({ table }) => table === p.name);
    refuse(`table "${p.name}"`, [...parts.map(objectTitle), ...ownedTitles(schema, p.name)], { table: p.name });
    return { ...schema, tables: schema.tables.filter((t) => t.name !== p.name) };
  },
  lower: (p, { before, dialect }) => {
    const table = tableImage(before, p.name, dialect);
    const { partitionOf } = table;
    // What refers to the table above refers to each of its partitions, until it is none.
    const leaves = partitionOf && isReferencedAbove(before, partitionOf.table);
    return [
      ...dropAutoUpdates(p.name, table.columns),
      ...(leaves ? [{ kind: "detachPartition", table: p.name, from: partitionOf.table } as const] : []),
      { kind: "dropTable", table },
    ];
  },
  invert: (p, before) => {
    const { table, foreignKeys } = paramsFromTable(before, getTable(before, p.name));
    return [
      { kind: "createTable", ...table, ...flagsOf(p) },
      ...foreignKeys.map((key) => ({ kind: "addForeignKey", ...paramsFromForeignKey(p.name, key), ...flagsOf(p) })),
    ];
  },
  examples: [
    {
      title: "a table with a foreign key, a default and a partial index",
      before: blog,
      rows: blogRows,
      params: { name: "posts" },
    },
    {
      title: "a table with a composite foreign key",
      before: linkedOrders,
      rows: orderRows,
      params: { name: "shipments" },
    },
    {
      title: "a table that refers to itself",
      before: withTables(catalog, (tables) => tables.slice(0, 1)),
      rows: { categories: [{ code: "root", parent: null, label: "All" }] },
      params: { name: "categories" },
    },
    { title: "a partition", before: readings, rows: readingsRows, params: { name: "readings_rest" } },
    { title: "a table that inherits", before: animals, rows: animalsRows, params: { name: "dogs" } },
    { title: "a table with odd names", before: odd, rows: oddRows, params: { name: "o'brien" } },
    { title: "only in the state", before: blog, rows: blogRows, params: { name: "posts", schemaOnly: true } },
  ],
});

/** Whether a foreign key points at a table, or at one that it is a partition of. */
const isReferencedAbove = (schema: Schema, name: string): boolean =>
  schema.tables.some(({ foreignKeys }) => foreignKeys.some((key) => key.references.table === name)) ||
  parentsOf(getTable(schema, name)).some((parent) => isReferencedAbove(schema, parent));
