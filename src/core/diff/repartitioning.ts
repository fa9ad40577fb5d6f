import { canonicalJson } from "../schema/canonical.ts";
import { elementOf, elementUses } from "../schema/index-fields.ts";
import type { Schema, Table } from "../schema/model.ts";
import { equalTypes, findField, findTable, getTable, resolveType } from "../schema/resolve.ts";
import { newTable } from "./definition.ts";
import type { Draft } from "./draft.ts";
import { namesNoSequences, park } from "./partitioning.ts";
import { dropTableNow } from "./tables.ts";

/**
 * Puts a plain table in the place of one that is partitioned in another way than it is to be, or by a field that gets another type, and all rows
 * into it. What is to be partitioned again is, like any other table, once it is what it is to be.
 */
export function dissolveTrees(draft: Draft, to: Schema): void {
  for (const { name } of to.tables) if (dissolves(draft.state, to, name)) dissolve(draft, to, name);
}

/** A partition of another table cannot be replaced by itself; what names its sequences itself would need two of one name. */
function dissolves(state: Schema, to: Schema, name: string): boolean {
  const [before, after] = [findTable(state, name), findTable(to, name)];
  if (!before?.partitionBy || !after || before.partitionOf || after.partitionOf || !namesNoSequences(before))
    return false;
  return (
    canonicalJson(before.partitionBy) !== canonicalJson(after.partitionBy ?? null) ||
    isRetyped({ schema: state, table: before }, { schema: to, table: after })
  );
}

interface TableIn {
  readonly schema: Schema;
  readonly table: Table;
}

/** Whether a field that decides which partition a row is in gets another type. */
const isRetyped = (before: TableIn, after: TableIn): boolean =>
  before.table.fields.some((field) => {
    const now = findField(after.table, field.name);
    const decides = before.table.partitionBy?.by.some((element) => elementUses(elementOf(element), field.name));
    return now && decides && !equalTypes(resolveType(before.schema, field), resolveType(after.schema, now));
  });

/** Indexes and constraints come with those that the table is to have. */
function dissolve(draft: Draft, to: Schema, name: string): void {
  const { partitionBy: _, rowSecurity: __, constraints = [], ...rest } = getTable(draft.state, name);
  const checks = constraints.filter((constraint) => "check" in constraint);
  const plain: Table = { ...rest, indexes: [], foreignKeys: [], ...(checks.length > 0 && { constraints: checks }) };
  const before = { ...draft.state, tables: draft.state.tables.map((table) => (table.name === name ? plain : table)) };
  const former = park(draft, to, name);
  draft.add({ kind: "createTable", ...newTable({ state: draft.state, to: before, table: plain }) });
  draft.add({ kind: "moveRows", from: former, to: name });
  dropTableNow(draft, former);
}
