import { sameData } from "../data/same.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";

/**
 * `to` with the very objects of `from` wherever the two say the same. Nearly all tables of a schema are what they were, and there are some thirty looks at
 * each: from here on, a table that is the same object on both sides needs none of those that are about the table alone.
 */
export function sharing(from: Schema, to: Schema): Schema {
  const kept = <T>(old: T | undefined, now: T): T => (old !== undefined && sameData(old, now) ? old : now);
  return {
    ...to,
    tables: to.tables.map((table) => kept(findTable(from, table.name), table)),
    defaults: kept(from.defaults, to.defaults),
    typeMappings: kept(from.typeMappings, to.typeMappings),
  };
}

/** The tables of `to` that are not in the draft as they are to be: new ones too. What happens to the draft meanwhile counts. */
export function* changing(draft: { readonly state: Schema }, to: Schema): Iterable<Table> {
  for (const table of to.tables) if (!isSettled(draft.state, table)) yield table;
}

/** Whether the table is as it is to be already. What it borrows from others, such as the type of a key, may still be different. */
export const isSettled = (state: Schema, table: Table): boolean => findTable(state, table.name) === table;
