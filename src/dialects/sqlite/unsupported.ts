import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { LiveTable } from "./live-table.ts";

/** What tables have beyond the model. */
export const unsupportedObjects = (tables: readonly LiveTable[]): readonly UnsupportedObject[] =>
  tables.flatMap((table) => [...optionsOf(table), ...clausesOf(table)]);

function optionsOf({ name, row }: LiveTable): readonly UnsupportedObject[] {
  // Of libSQL; it stands behind the last parenthesis.
  if (!/\bRANDOM\s+ROWID[^)]*$/i.test(String(row["sql"]))) return [];
  return [{ kind: "table option", object: "RANDOM ROWID", table: name, reason: "tables are created without it" }];
}

function clausesOf({ name: table, text: { conflictClauses, sortedKeys, labels } }: LiveTable) {
  const listed = (kind: string, objects: readonly string[], reason: string): readonly UnsupportedObject[] =>
    objects.map((object) => ({ kind, object, table, reason }));
  return [
    ...listed("conflict clause", conflictClauses, "schemas do not declare what a violated constraint does"),
    ...listed("sorted key", sortedKeys, "keys and unique constraints are sorted and compared as their fields are"),
    ...listed("constraint name", labels, "in schemas only keys, checks and unique constraints have names"),
  ];
}
