import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { LiveTable } from "./live-table.ts";

/** What tables have beyond the model. */
export const unsupportedObjects = (tables: readonly LiveTable[]): readonly UnsupportedObject[] =>
  tables.flatMap((table) => [...optionsOf(table), ...clausesOf(table)]);

function optionsOf({ name, row }: LiveTable): readonly UnsupportedObject[] {
  const option = (object: string): UnsupportedObject => ({
    kind: "table option",
    object,
    table: name,
    reason: "tables are created without it",
  });
  return [
    ...(row["wr"] === 1 ? [option("WITHOUT ROWID")] : []),
    ...(row["strict"] === 1 ? [option("STRICT")] : []),
    // Of libSQL; it stands behind the last parenthesis.
    ...(/\bRANDOM\s+ROWID[^)]*$/i.test(String(row["sql"])) ? [option("RANDOM ROWID")] : []),
  ];
}

const clausesOf = ({ name, text }: LiveTable): readonly UnsupportedObject[] =>
  text.conflictClauses.map((object) => ({
    kind: "conflict clause",
    object,
    table: name,
    reason: "schemas do not declare what a violated constraint does",
  }));
