import * as v from "valibot";
import { namedNotNull } from "../ddl/not-null-names.ts";
import { namePartIndexes } from "../ddl/part-indexes.ts";
import type { Statement } from "../ddl/statement.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { ForeignKey, Schema, Table } from "../schema/model.ts";
import { attached, detached, passedOnTo } from "../schema/partitions.ts";
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
  lower: (p, { before, after, dialect }) => [
    ...keysNamedAsAbove(before, after, p.table),
    {
      kind: "attachPartition",
      table: p.table,
      to: p.to,
      values: p.values,
      ...namedNotNull(before, p.table, dialect),
    },
    ...namePartIndexes(after, p.table),
  ],
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

/** A foreign key that becomes part of one above takes its name, because a schema has no place for another one. */
function keysNamedAsAbove(before: Schema, after: Schema, table: string): readonly Statement[] {
  const left = [...getTable(before, table).foreignKeys];
  const content = (key: ForeignKey): string => canonicalJson({ ...key, name: null, comment: null });
  return passedOnTo(after, getTable(after, table)).foreignKeys.flatMap((above): readonly Statement[] => {
    const at = left.findIndex((key) => content(key) === content(above));
    const [own] = at < 0 ? [] : left.splice(at, 1);
    if (!own || own.name === above.name) return [];
    return [{ kind: "renameConstraint", table, from: own.name, to: above.name }];
  });
}

/** What a table that was attached gets back: the names of what it had, and not what it did not have. */
function backTo(before: Schema, after: Schema, name: string): readonly OperationData[] {
  const [old, now]: readonly Table[] = [getTable(before, name), getTable(after, name)];
  return old && now ? partsMadeBy(old, now) : [];
}

/** Renaming has no flags. */
const named = ({ kind }: OperationData): boolean => kind.startsWith("rename");
