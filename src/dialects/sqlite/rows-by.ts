import type { Row } from "../../core/ddl/dialect.ts";

/** Name of a query → what it found. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

/** The rows by what a column has, in their order. */
export function grouped(rows: readonly Row[] = [], column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  let last: string | undefined;
  let group: Row[] = [];
  for (const row of rows) {
    const key = text(row, column);
    // Rows of the same group mostly follow one another.
    if (key !== last) {
      group = groups.get(key) ?? [];
      groups.set(key, group);
      last = key;
    }
    group.push(row);
  }
  return groups;
}

export const text = (row: Row, column: string): string => String(row[column] ?? "");
