import { parentsOf } from "../schema/heritage.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findTable, getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { addForeignKeys, dropForeignKeysTo } from "./foreign-keys.ts";
import { freeSequences, ownSequences } from "./lists.ts";
import { createParts, dropTableNow } from "./tables.ts";

/** Whether a table is to be partitioned that is not. What names its sequences itself would need two of one name. */
export const becomesPartitioned = (before: Table, after: Table): boolean =>
  !before.partitionBy && after.partitionBy !== undefined && !before.inherits && namesNoSequences(after);

export const namesNoSequences = ({ fields }: Table): boolean =>
  fields.every(({ sequence, identity }) => sequence?.name === undefined && identity?.name === undefined);

/** The schema as it is to be before `partitionTables`: such tables are still whole, without the partitions that are to be made for them. */
export function beforePartitioning(state: Schema, to: Schema): Schema {
  const whole = new Set(
    to.tables.flatMap((after) => {
      const before = findTable(state, after.name);
      return before && becomesPartitioned(before, after) ? after.name : [];
    }),
  );
  if (whole.size === 0) return to;
  const waits = (table: Table): boolean =>
    parentsOf(table).some((name) => whole.has(name) || isNew(state, to, name, waits));
  return {
    ...to,
    tables: to.tables
      .filter((table) => findTable(state, table.name) || !waits(table))
      .map((table) => {
        if (!whole.has(table.name)) return table;
        const { partitionBy: _, ...plain } = table;
        return plain;
      }),
  };
}

const isNew = (state: Schema, to: Schema, name: string, waits: (table: Table) => boolean): boolean => {
  const table = findTable(to, name);
  return table !== undefined && !findTable(state, name) && waits(table);
};

/**
 * Puts a partitioned table in the place of one that is not, and its rows into the partitions. `to` is the schema afterwards; but for that, the
 * tables are as they are to be.
 */
export function partitionTables(draft: Draft, to: Schema): void {
  const names = to.tables.flatMap((after) => {
    const before = findTable(draft.state, after.name);
    return before && becomesPartitioned(before, after) ? after.name : [];
  });
  const parked = names.map((name) => ({ name, former: park(draft, to, name) }));
  if (parked.length === 0) return;
  createParts(draft, withoutRowSecurity(to, names));
  for (const { name, former } of parked) draft.add({ kind: "moveRows", from: former, to: name });
  for (const { former } of parked) dropTableNow(draft, former);
  ownSequences(draft, to);
  addForeignKeys(draft, to);
  for (const name of names) {
    const { rowSecurity } = getTable(to, name);
    if (rowSecurity) draft.add({ kind: "setRowSecurity", table: name, security: rowSecurity });
  }
}

/** Gives a table another name, and frees those of its indexes; what rows of it somebody may see must not decide which are moved. */
export function park(draft: Draft, to: Schema, name: string): string {
  const table = getTable(draft.state, name);
  dropForeignKeysTo(draft, name, () => true);
  freeSequences(draft, name);
  if (table.rowSecurity) draft.add({ kind: "setRowSecurity", table: name, security: "disabled" });
  for (const index of table.indexes) draft.add({ kind: "dropIndex", table: name, name: index.name });
  for (const constraint of table.constraints ?? [])
    if (!("check" in constraint)) draft.add({ kind: "dropConstraint", table: name, name: constraint.name });
  if (table.primaryKeyName !== undefined) draft.add({ kind: "alterPrimaryKey", table: name, fields: [] });
  const former = freeName(`${name}_before`, draft.state, to);
  draft.add({ kind: "renameTable", from: name, to: former });
  return former;
}

function freeName(stem: string, ...schemas: readonly Schema[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}_${n}`;
    if (!schemas.some((schema) => findTable(schema, name))) return name;
  }
}

const withoutRowSecurity = (schema: Schema, names: readonly string[]): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => {
    if (!names.includes(table.name)) return table;
    const { rowSecurity: _, ...rest } = table;
    return rest;
  }),
});
