import { isOnlyInherited } from "./heritage.ts";
import type { Field, PartitionField, Schema, Table } from "./model.ts";

/** How a table is partitioned, what it is a partition of and what it inherits from, as YAML has it. */
export const writeTree = ({ partitionBy, partitionOf, inherits }: Table) => ({
  ...(partitionBy && { partition_by: { [partitionBy.method]: partitionBy.by.map(writeElement) } }),
  ...(partitionOf && { partition_of: { ...partitionOf } }),
  ...(inherits && { inherits }),
});

function writeElement(element: PartitionField) {
  if (typeof element === "string") return element;
  const { operatorClass, ...rest } = element;
  return { ...rest, ...(operatorClass !== undefined && { operator_class: operatorClass }) };
}

/** The fields that a table has to say something of. */
export const saidFields = (schema: Schema, table: Table): readonly Field[] =>
  table.fields.filter((field) => !isOnlyInherited(schema, table, field));
