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
export const isSettled = (state: Schema, table: Table): boolean => areOne(findTable(state, table.name), table);

/** Whether a table before is what one after is. Both are looked into once: a table that was made on the way is like the one that it was made after. */
export function areOne(before: Table | undefined, after: Table | undefined): boolean {
  if (before === after || !before || !after) return before === after;
  const known = compared.get(before);
  if (known?.after === after) return known.same;
  const same = sameData(before, after);
  compared.set(before, { after, same });
  return same;
}

/** Table → what it was last held against. Tables never change. */
const compared = new WeakMap<Table, { readonly after: Table; readonly same: boolean }>();
