import * as v from "valibot";
import { createAutoUpdates, dropAutoUpdates } from "../ddl/alter.ts";
import { tableImage } from "../ddl/image.ts";
import { namedNotNull } from "../ddl/not-null-names.ts";
import { renamePartIndexes } from "../ddl/part-indexes.ts";
import type { RenameTable } from "../ddl/rename-statements.ts";
import { ToolError } from "../errors.ts";
import { keyName, primaryKeyName } from "../schema/constraints.ts";
import { parentsOf } from "../schema/heritage.ts";
import { withIndexRenamed } from "../schema/index-options.ts";
import { objectsOf, withObjects } from "../schema/managed.ts";
import type { Field, ForeignKey, Table } from "../schema/model.ts";
import { findTable, getTable, isNumbered } from "../schema/resolve.ts";
import { withOwnersRenamed } from "../schema/sequences.ts";
import { defineOperation } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { blog, blogRows, catalog, catalogRows, odd, oddRows } from "./example-schema.ts";
import { described, name } from "./params.ts";

export default defineOperation({
  kind: "renameTable",
  summary:
    "Renames a table. Foreign keys of other tables follow; indexes and constraints keep their names, but for a primary key that has the usual one.",
  params: v.strictObject({ from: described(name, "Its present name."), to: described(name, "Its new name.") }),
  risk: "safe",
  title: (p) => `rename table "${p.from}" to "${p.to}"`,
  table: (p) => p.to,
  apply: (schema, { from, to }) => {
    getTable(schema, from);
    if (findTable(schema, to))
      throw new ToolError("state", `table "${to}" exists already at this point`, { table: to });
    const field = (f: Field): Field => (f.references === from ? { ...f, references: to } : f);
    const key = (k: ForeignKey): ForeignKey =>
      k.references.table === from ? { ...k, references: { ...k.references, table: to } } : k;
    const tables = schema.tables.map((t) => ({
      ...parentRenamed(t.name === from ? renamed(t, to) : t, from, to),
      fields: t.fields.map(field),
      foreignKeys: t.foreignKeys.map(key),
    }));
    return withObjects(
      withOwnersRenamed({ ...schema, tables }, (owner) => (owner.table === from ? { ...owner, table: to } : owner)),
      objectsOf(schema).map((o) => (o.table === from ? { ...o, table: to } : o)),
    );
  },
  lower: ({ from, to }, { before, after, dialect }) => [
    ...dropAutoUpdates(from, tableImage(before, from, dialect).columns),
    {
      kind: "renameTable",
      from,
      to,
      ...namedAfter(getTable(before, from)),
      ...namedNotNull(before, from, dialect),
    },
    ...createAutoUpdates(tableImage(after, to, dialect)),
    ...renamePartIndexes(before, after, { table: to, former: from }),
  ],
  invert: (p) => [{ kind: "renameTable", from: p.to, to: p.from }],
  examples: [
    { title: "a table that another refers to", before: blog, rows: blogRows, params: { from: "users", to: "people" } },
    {
      title: "a table that refers to itself",
      before: catalog,
      rows: catalogRows,
      params: { from: "categories", to: "Groups" },
    },
    { title: "to and from odd names", before: odd, rows: oddRows, params: { from: "o'brien", to: 'x"; drop table y' } },
    {
      title: "a table with partitions",
      before: readings,
      rows: readingsRows,
      params: { from: "readings", to: "values" },
    },
    { title: "to a reserved word", before: blog, rows: blogRows, params: { from: "posts", to: "order" } },
  ],
});

function parentRenamed(table: Table, from: string, to: string): Table {
  const { partitionOf, inherits } = table;
  if (!parentsOf(table).includes(from)) return table;
  return {
    ...table,
    ...(partitionOf && { partitionOf: { ...partitionOf, table: to } }),
    ...(inherits && { inherits: inherits.map((name) => (name === from ? to : name)) }),
  };
}

/** A key that is called as if it were the new table's has the usual name from now on. */
function renamed(table: Table, to: string): Table {
  const { primaryKeyName: name, ...rest } = table;
  const now = { ...rest, name: to, ...keyName(to, name) };
  return table.primaryKey ? withIndexRenamed(now, primaryKeyName(table), primaryKeyName(now)) : now;
}

/** What databases call after the table by themselves. */
const namedAfter = (table: Table): Pick<RenameTable, "primaryKey" | "numbered"> => {
  const numbered = table.fields.filter(isNumbered).map(({ name }) => name);
  return {
    ...(table.primaryKey && table.primaryKeyName === undefined && { primaryKey: true }),
    ...(numbered.length > 0 && { numbered }),
  };
};
