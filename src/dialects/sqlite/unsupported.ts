import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { autoUpdateName } from "./auto-update.ts";
import { isPlainIndex, type LiveIndex, type LiveTable } from "./live-table.ts";
import type { Clause } from "./table-text.ts";

/** What a database has beyond the model, table by table, then views, triggers and virtual tables. */
export function unsupportedObjects(tables: readonly LiveTable[], others: readonly Row[]): readonly UnsupportedObject[] {
  const own = new Set(tables.flatMap((t) => t.columns.map((c) => autoUpdateName(t.name, String(c["name"])))));
  return [
    ...tables.flatMap((table) => [
      ...optionsOf(table),
      ...clausesOf(table),
      ...generatedOf(table),
      ...indexesOf(table),
    ]),
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

const clauseReasons: Readonly<Record<Clause["kind"], string>> = {
  check: "schemas do not declare checks",
  collation: "schemas do not declare collations",
  "deferrable foreign key": "schemas do not declare when a foreign key is checked",
  "conflict clause": "schemas do not declare what a violated constraint does",
};

const clausesOf = ({ name, text }: LiveTable): readonly UnsupportedObject[] =>
  text.clauses.map(({ kind, object }) => ({ kind, object, table: name, reason: clauseReasons[kind] }));

const generatedOf = ({ name, columns }: LiveTable): readonly UnsupportedObject[] =>
  columns
    .filter((c) => c["hidden"] !== 0)
    .map((c) => ({
      kind: "generated column",
      object: String(c["name"]),
      table: name,
      reason: "schemas do not declare generated columns",
    }));

function indexesOf({ name, indexes }: LiveTable): readonly UnsupportedObject[] {
  return indexes
    .filter((index) => index.row["origin"] !== "pk" && !isPlainIndex(index))
    .map((index) => ({ ...indexReason(index), table: name }));
}

function indexReason({ name, row, columns }: LiveIndex): Omit<UnsupportedObject, "table"> {
  const list = columns.map((c) => String(c["name"])).join(", ");
  if (row["origin"] === "u")
    return { kind: "unique constraint", object: list, reason: "it has no name; declare a unique index instead" };
  if (columns.some((c) => c["name"] === null))
    return { kind: "expression index", object: name, reason: "schemas declare indexes on fields only" };
  if (columns.some((c) => c["desc"] === 1))
    return { kind: "descending index", object: name, reason: "schemas declare ascending indexes only" };
  return { kind: "collated index", object: name, reason: "schemas do not declare collations" };
}

function otherObject(row: Row): UnsupportedObject {
  const object = String(row["name"]);
  if (row["type"] === "view") return { kind: "view", object, reason: "schemas do not declare views" };
  if (row["type"] === "trigger")
    return { kind: "trigger", object, table: String(row["table"]), reason: "schemas do not declare triggers" };
  return { kind: "virtual table", object, reason: "its columns belong to its module" };
}
