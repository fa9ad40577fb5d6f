import { parentsOf } from "./heritage.ts";
import type { ForeignKey, Table } from "./model.ts";

export interface SortedTables {
  /** Each table after those it refers to, else in the order given. */
  readonly order: readonly Table[];
  /** The foreign keys that no order can satisfy: their target comes later. References of a table to itself are not among them. */
  readonly cut: readonly { readonly table: string; readonly foreignKey: ForeignKey }[];
}

/**
 * Brings tables into the order in which they can be created. Where references go in a circle, it is cut at the table that
 * comes first in the order given. References to tables that are not in the list do not count.
 */
export function sortTables(tables: readonly Table[]): SortedTables {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const place = new Map<string, number>();
  const order: Table[] = [];
  const open = new Set<string>();
  const visit = (table: Table): void => {
    if (open.has(table.name)) return;
    open.add(table.name);
    for (const target of targets(table)) {
      const next = byName.get(target);
      if (next) visit(next);
    }
    place.set(table.name, order.length);
    order.push(table);
  };
  tables.forEach(visit);
  const rank = (name: string) => place.get(name) ?? -1;
  const cut = order.flatMap((table) =>
    table.foreignKeys
      .filter((key) => rank(key.references.table) > rank(table.name))
      .map((foreignKey) => ({ table: table.name, foreignKey })),
  );
  return { order, cut };
}

/** The tables that a table needs: by constraint, by borrowing a type, by having their fields. */
const targets = (table: Table): readonly string[] => [
  ...table.fields.flatMap((field) => field.references ?? []),
  ...parentsOf(table),
  ...table.foreignKeys.map((key) => key.references.table),
];
