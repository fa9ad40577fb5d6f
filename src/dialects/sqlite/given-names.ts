import { folded } from "./folded.ts";
import type { LiveTable } from "./live-table.ts";

/** The names that tables and their columns were given, from those by which others call them. */
export interface GivenNames {
  table(name: string): string;
  column(table: string, name: string): string;
}

/** What names nothing stays as it is. `tables` are found by their folded names. */
export const givenNames = (tables: ReadonlyMap<string, LiveTable>): GivenNames => ({
  table: (name) => tables.get(folded(name))?.name ?? name,
  column: (table, name) => {
    const columns = tables.get(folded(table))?.columns ?? [];
    if (columns.some((row) => row["name"] === name)) return name;
    const wanted = folded(name);
    return columns.map((row) => String(row["name"])).find((given) => folded(given) === wanted) ?? name;
  },
});
