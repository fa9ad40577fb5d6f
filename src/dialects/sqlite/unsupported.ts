import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { LiveTable } from "./live-table.ts";

/** What tables have beyond the model. */
export const unsupportedObjects = (tables: readonly LiveTable[]): readonly UnsupportedObject[] =>
  tables.flatMap((table) => [...optionsOf(table), ...labelsOf(table), ...repeatedNames(table)]);

function optionsOf({ name, sql }: LiveTable): readonly UnsupportedObject[] {
  // Of libSQL; it stands behind the last parenthesis.
  if (sql.endsWith(")") || !/\bRANDOM\s+ROWID[^)]*$/i.test(sql)) return [];
  return [{ kind: "table option", object: "RANDOM ROWID", table: name, reason: "tables are created without it" }];
}

const labelsOf = ({ name: table, text: { labels } }: LiveTable): readonly UnsupportedObject[] =>
  labels.map((object) => ({
    kind: "constraint name",
    object,
    table,
    reason: "in schemas neither NULL nor GENERATED has a name",
  }));

/** SQLite lets several constraints of a table have the same name. */
const repeatedNames = ({ name: table, text: { constraints, foreignKeys } }: LiveTable): readonly UnsupportedObject[] =>
  [constraints, foreignKeys].flatMap((list) => {
    if (list.length < 2) return [];
    const names = list.flatMap(({ name }) => name ?? []);
    return names
      .filter((name, i) => names.indexOf(name) < i)
      .map((object) => ({
        kind: "constraint name",
        object,
        table,
        reason: "another constraint of the table has it; this one is imported without a name",
      }));
  });
