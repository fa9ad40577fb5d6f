import { nearest } from "../nearest.ts";
import { constraintsOf } from "./constraints.ts";
import { parentsOf } from "./heritage.ts";
import { elementOf, fieldsOfIndex, uniqueFields } from "./index-fields.ts";
import type { Schema, Table } from "./model.ts";
import { findField, findTable } from "./resolve.ts";

/** What is wrong with a table as one of several that belong together, and the key of the YAML that says so. */
export interface TreeComplaint {
  readonly message: string;
  readonly key: "partition_by" | "partition_of" | "inherits";
}

/** Checks how a table is partitioned, what it is a partition of and what it inherits from. */
export const treeComplaints = (schema: Schema, table: Table): readonly TreeComplaint[] => [
  ...partitioningComplaints(table),
  ...partitionComplaints(schema, table),
  ...inheritanceComplaints(schema, table),
];

/** https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS */
function partitioningComplaints(table: Table): readonly TreeComplaint[] {
  if (!table.partitionBy) return [];
  const { method, by } = table.partitionBy;
  const complain = (message: string): TreeComplaint => ({
    message: `the partition key of table "${table.name}" ${message}`,
    key: "partition_by",
  });
  const fields = fieldsOfIndex({ fields: by });
  const unknown = fields.find((name) => !findField(table, name));
  if (unknown !== undefined) {
    const near = nearest(
      unknown,
      table.fields.map(({ name }) => name),
    );
    return [complain(`names field "${unknown}", which it does not have${near ? `; did you mean "${near}"?` : ""}`)];
  }
  if (method === "list" && by.length > 1)
    return [complain(`names ${by.length} fields; by lists of values it can only have one`)];
  const keys = uniqueKeys(table);
  const [first] = keys;
  if (first && by.some((element) => elementOf(element).expression !== undefined))
    return [complain(`has an expression, so the table can have no ${first.title}`)];
  return keys.flatMap(({ title, names }) => {
    const missing = fields.find((field) => !names.includes(field));
    return missing === undefined ? [] : [complain(`names field "${missing}", which must be part of its ${title} too`)];
  });
}

const uniqueKeys = (table: Table): readonly { readonly title: string; readonly names: readonly string[] }[] => [
  ...(table.primaryKey ? [{ title: "primary key", names: table.primaryKey }] : []),
  ...constraintsOf(table).flatMap((c) =>
    "unique" in c ? [{ title: `unique constraint "${c.name}"`, names: c.unique }] : [],
  ),
  ...table.indexes.flatMap((index) => {
    const names = uniqueFields(index);
    return names ? [{ title: `unique index "${index.name}"`, names }] : [];
  }),
];

function partitionComplaints(schema: Schema, table: Table): readonly TreeComplaint[] {
  if (!table.partitionOf) return [];
  const complain = (message: string): TreeComplaint => ({ message, key: "partition_of" });
  const parent = findTable(schema, table.partitionOf.table);
  const at = `table "${table.name}" is a partition of "${table.partitionOf.table}"`;
  if (!parent) return [complain(`${at}, which does not exist${suggestion(schema, table.partitionOf.table)}`)];
  if (table.inherits) return [complain(`${at} and can therefore inherit from no other table`)];
  if (!parent.partitionBy) return [complain(`${at}, which is not partitioned`)];
  if (comesFromItself(schema, table)) return [complain(`${at}, which is a partition of itself`)];
  const extra = table.fields.find(({ name }) => !findField(parent, name));
  return extra ? [complain(`${at}, which has no field "${extra.name}"; a partition has no fields of its own`)] : [];
}

function inheritanceComplaints(schema: Schema, table: Table): readonly TreeComplaint[] {
  if (!table.inherits || table.partitionOf) return [];
  const complain = (message: string): TreeComplaint => ({ message, key: "inherits" });
  const at = `table "${table.name}"`;
  if (table.partitionBy) return [complain(`${at} is partitioned and can therefore not inherit`)];
  return table.inherits.flatMap((name) => {
    const parent = findTable(schema, name);
    if (!parent) return [complain(`${at} inherits from "${name}", which does not exist${suggestion(schema, name)}`)];
    if (parent.partitionBy || parent.partitionOf)
      return [
        complain(`${at} inherits from "${name}", which is ${parent.partitionBy ? "partitioned" : "a partition"}`),
      ];
    return comesFromItself(schema, table) ? [complain(`${at} inherits from itself by way of "${name}"`)] : [];
  });
}

function suggestion({ tables }: Schema, name: string): string {
  const near = nearest(
    name,
    tables.map((table) => table.name),
  );
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

function comesFromItself(schema: Schema, table: Table): boolean {
  const found = [...parentsOf(table)];
  for (const name of found) {
    const parent = findTable(schema, name);
    for (const next of parent ? parentsOf(parent) : []) if (!found.includes(next)) found.push(next);
  }
  return found.includes(table.name);
}
