import type { Row } from "../../core/ddl/dialect.ts";

/** Name of a query → what it found. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

/** The rows by their column `table`, in their order. */
export function byTable(rows: readonly Row[] = []): ReadonlyMap<string, readonly Row[]> {
  const tables = new Map<string, Row[]>();
  let last: unknown;
  let list: Row[] = [];
  for (const row of rows) {
    const { table } = row;
    // Rows of the same table mostly follow one another.
    if (table !== last || tables.size === 0) {
      list = tables.get(String(table)) ?? [];
      tables.set(String(table), list);
      last = table;
    }
    list.push(row);
  }
  return tables;
}
