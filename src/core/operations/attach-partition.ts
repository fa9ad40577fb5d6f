import * as v from "valibot";
import type { Schema, Table } from "../schema/model.ts";
import { attached, detached } from "../schema/partitions.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation, type OperationData } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";
import { boundsText } from "./partition-params.ts";
import { partsMadeBy } from "./parts-made.ts";

export default defineOperation({
  kind: "attachPartition",
  summary: "Makes a table a partition of another one. Keys, indexes and constraints that both have become one.",
  params: v.strictObject({
    table: tableName,
    to: described(name, "The partitioned table."),
    values: boundsText,
    schemaOnly,
    ignoreErrors,
  }),
  risk: "blocking",
  title: (p) => `attach partition "${p.table}" to "${p.to}"`,
  table: (p) => p.table,
  apply: (schema, p) => attached(schema, p.table, { table: p.to, values: p.values }),
  lower: (p) => [{ kind: "attachPartition", table: p.table, to: p.to, values: p.values }],
  invert: (p, before) => [
    { kind: "detachPartition", table: p.table, ...flagsOf(p) },
    ...backTo(before, detached(attached(before, p.table, { table: p.to, values: p.values }), p.table), p.table).map(
      (operation) => ({ ...operation, ...(named(operation) ? {} : flagsOf(p)) }),
    ),
  ],
  examples: [
    {
      title: "a table with the same fields",
      before: readings,
      rows: readingsRows,
      params: { table: "readings_old", to: "readings", values: "FROM ('2020-01-01') TO ('2021-01-01')" },
    },
    {
      title: "for all that no other partition takes",
      before: readings,
      rows: readingsRows,
      params: { table: "readings_old", to: "readings", values: "DEFAULT" },
    },
  ],
});

/** What a table that was attached gets back: the names of what it had, and not what it did not have. */
function backTo(before: Schema, after: Schema, name: string): readonly OperationData[] {
  const [old, now]: readonly Table[] = [getTable(before, name), getTable(after, name)];
  return old && now ? partsMadeBy(old, now) : [];
}

/** Renaming has no flags. */
const named = ({ kind }: OperationData): boolean => kind.startsWith("rename");
