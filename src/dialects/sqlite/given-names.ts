import type { Row } from "../../core/ddl/dialect.ts";
import { folded } from "./folded.ts";
import type { LiveTable } from "./live-table.ts";

/** The names that tables and their columns were given, from those by which others call them. */
export interface GivenNames {
  table(name: string): string;
  column(table: string, name: string): string;
}

/** What names nothing stays as it is. */
export function givenNames(tables: readonly LiveTable[]): GivenNames {
  const columnsOf = (rows: readonly Row[]) =>
    new Map(rows.map((row) => [folded(String(row["name"])), String(row["name"])]));
  const found = new Map(
    tables.map(({ name, columns }) => [folded(name), { name, columns: columnsOf(columns) }] as const),
  );
  return {
    table: (name) => found.get(folded(name))?.name ?? name,
    column: (table, name) => found.get(folded(table))?.columns.get(folded(name)) ?? name,
  };
}
