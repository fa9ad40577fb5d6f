import * as v from "valibot";
import { detached, ownKeyName, ownNames, partitionOf } from "../schema/partitions.ts";
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
  lower: (p, { before }) => {
    const key = ownKeyName(before, p.table);
    const indexes = ownNames(before, p.table).map(({ above, name }) => ({ above, name }));
    return [
      {
        kind: "detachPartition",
        table: p.table,
        from: partitionOf(before, p.table).table,
        indexes: [...(key ? [key] : []), ...indexes],
      },
    ];
  },
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
