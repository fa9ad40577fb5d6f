import { folded } from "./folded.ts";
import { type LiveTable, named } from "./live-table.ts";

/** The names that tables and their columns were given, from those by which others call them. */
export interface GivenNames {
  table(name: string): string;
  column(table: string, name: string): string;
}

/** What names nothing stays as it is. `tables` are found by their folded names. */
export const givenNames = (tables: ReadonlyMap<string, LiveTable>): GivenNames => ({
  table: (name) => named(tables, name)?.name ?? name,
  column: (table, name) => {
    const columns = named(tables, table)?.columns ?? [];
    for (const row of columns) if (row["name"] === name) return name;
    const wanted = folded(name);
    return columns.map((row) => String(row["name"])).find((given) => folded(given) === wanted) ?? name;
  },
});
