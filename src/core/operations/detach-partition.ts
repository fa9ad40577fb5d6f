import * as v from "valibot";
import { namedNotNull } from "../ddl/not-null-names.ts";
import { namePartIndexes } from "../ddl/part-indexes.ts";
import { detached, partitionOf } from "../schema/partitions.ts";
import { defineOperation } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { flagsOf, ignoreErrors, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "detachPartition",
  summary:
    "Makes a partition a table by itself, with its rows. What it had from its table it keeps, under the names that PostgreSQL gives.",
  params: v.strictObject({ table: tableName, schemaOnly, ignoreErrors }),
  risk: "blocking",
  title: (p) => `detach partition "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => detached(schema, p.table),
  lower: (p, { before, after, dialect }) => [
    ...namePartIndexes(before, p.table),
    {
      kind: "detachPartition",
      table: p.table,
      from: partitionOf(before, p.table).table,
      ...namedNotNull(after, p.table, dialect),
    },
  ],
  invert: (p, before) => {
    const { table, values } = partitionOf(before, p.table);
    return [{ kind: "attachPartition", table: p.table, to: table, values, ...flagsOf(p) }];
  },
  examples: [
    { title: "a partition with rows", before: readings, rows: readingsRows, params: { table: "readings_2024" } },
    {
      title: "a partition with a default and an index of its own",
      before: readings,
      rows: readingsRows,
      params: { table: "readings_rest" },
    },
  ],
});
