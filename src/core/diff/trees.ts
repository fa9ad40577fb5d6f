import { ToolError } from "../errors.ts";
import { sameBounds } from "../schema/bounds.ts";
import { canonicalJson } from "../schema/canonical.ts";
import { keptParents, withParents } from "../schema/inherits.ts";
import type { Schema, Table } from "../schema/model.ts";
import { detached } from "../schema/partitions.ts";
import { findTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { becomesPartitioned } from "./partitioning.ts";
import { changing } from "./unchanged.ts";

/** Detaches the partitions that are to be of other tables or by themselves, and ends what is inherited no longer. */
export function leaveTrees(draft: Draft, to: Schema): void {
  for (const { name } of draft.state.tables) {
    const [before, after] = [findTable(draft.state, name), findTable(to, name)];
    if (!before || !after || before === after) continue;
    if (before.partitionOf && before.partitionOf.table !== after.partitionOf?.table)
      draft.add({ kind: "detachPartition", table: name });
    const kept = keptParents(before.inherits ?? [], after.inherits ?? []);
    if (kept.length < (before.inherits?.length ?? 0))
      draft.add({ kind: "setInherits", table: name, inherits: [...kept] });
  }
}

/**
 * Detaches the partitions that are to keep other rows of their table. Throws ToolError `unsupported` for a table that is to be partitioned in
 * another way.
 */
export function leavePlaces(draft: Draft, to: Schema): void {
  for (const { name } of draft.state.tables) {
    const [before, after] = [findTable(draft.state, name), findTable(to, name)];
    if (!before || !after || before === after) continue;
    refuseRepartitioning(before, after);
    if (before.partitionOf && !staysPartition(before, after)) draft.add({ kind: "detachPartition", table: name });
  }
}

/** The schema as it is to be before `joinTrees`: tables that come into a tree have what they will have from it by themselves. */
export const beforeJoining = (state: Schema, to: Schema): Schema =>
  to.tables.reduce((now, table) => {
    const { name, partitionOf, inherits = [] } = table;
    const before = findTable(state, name);
    if (!before || before === table) return now;
    if (partitionOf && !before.partitionOf) return detached(now, name);
    const kept = keptParents(before.inherits ?? [], inherits);
    return kept.length < inherits.length ? withParents(now, name, kept) : now;
  }, to);

/** Attaches the tables that are to be partitions, and begins what is to be inherited. */
export function joinTrees(draft: Draft, to: Schema): void {
  for (const { name, partitionOf, inherits = [] } of changing(draft, to)) {
    const before = findTable(draft.state, name);
    if (!before) continue;
    if (partitionOf && !before.partitionOf)
      draft.add({ kind: "attachPartition", table: name, to: partitionOf.table, values: partitionOf.values });
    if (canonicalJson(before.inherits ?? []) !== canonicalJson(inherits))
      draft.add({ kind: "setInherits", table: name, inherits: [...inherits] });
  }
}

const staysPartition = ({ partitionOf: old }: Table, { partitionOf: now }: Table): boolean =>
  old !== undefined && now !== undefined && old.table === now.table && sameBounds(old.values, now.values);

/** No database changes it in place, and rows that others refer to are nothing to copy without being told how. */
function refuseRepartitioning(before: Table, after: Table): void {
  const same = canonicalJson(before.partitionBy ?? null) === canonicalJson(after.partitionBy ?? null);
  if (same || becomesPartitioned(before, after)) return;
  const what = before.partitionBy
    ? after.partitionBy
      ? "is to be partitioned in another way"
      : "is to be partitioned no longer"
    : "is to be partitioned";
  throw new ToolError(
    "unsupported",
    `table "${after.name}" ${what}, which no database does in place; give the new table another name, or the old one (renamed_from), and attach its rows or move them with moveRows`,
    { table: after.name },
  );
}
