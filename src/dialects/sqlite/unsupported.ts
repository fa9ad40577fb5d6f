import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { autoUpdateName } from "./auto-update.ts";
import type { LiveTable } from "./live-table.ts";

/** What a database has beyond the model, table by table, then views, triggers and virtual tables. */
export function unsupportedObjects(tables: readonly LiveTable[], others: readonly Row[]): readonly UnsupportedObject[] {
  const own = new Set(tables.flatMap((t) => t.columns.map((c) => autoUpdateName(t.name, String(c["name"])))));
  return [
    ...tables.flatMap((table) => [...optionsOf(table), ...clausesOf(table)]),
    ...others
      .filter((row) => !own.has(String(row["name"])) && !String(row["name"]).startsWith("godwit_"))
      .map(otherObject),
  ];
}

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

function otherObject(row: Row): UnsupportedObject {
  const object = String(row["name"]);
  if (row["type"] === "view") return { kind: "view", object, reason: "schemas do not declare views" };
  if (row["type"] === "trigger")
    return { kind: "trigger", object, table: String(row["table"]), reason: "schemas do not declare triggers" };
  return { kind: "virtual table", object, reason: "its columns belong to its module" };
}
