import { descendantsOf, parentsOf } from "../schema/heritage.ts";
import { objectsOf } from "../schema/managed.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";
import { elementsOfTable } from "./elements.ts";
import { everything, type Footprint, type Mark } from "./mark.ts";
import { wordsIn } from "./words.ts";

/** The rows of a table: a part of it like its fields. */
export const rowsOf = (table: string): Mark => ({ object: "rows", name: "", table });

/**
 * What changing rows of tables reads and writes: what decides on rows of the tables, the rows that foreign keys of theirs point at, and those that go or change
 * with them. Triggers may do anything. `copied`: with all fields that they have, so that these count too.
 */
export function rowsFootprint(schema: Schema, { rows: tables, copied }: ChangedRows): Footprint {
  const near = [...new Set(tables.flatMap((name) => familyOf(schema, name)))];
  const written = withReferrers(schema, near);
  if (objectsOf(schema).some(({ kind, table }) => kind !== "policy" && table !== undefined && written.includes(table)))
    return { reads: [], writes: [everything] };
  const reads = written.flatMap((name): readonly Mark[] => {
    const table = findTable(schema, name);
    if (!table) return [];
    if (!near.includes(name)) return referringParts(table);
    const { names } = wordsIn(elementsOfTable(schema, table).map(({ data }) => data));
    return [
      { object: "table", name, whole: copied ? true : "rows" },
      ...names.map((word) => ({ object: "name", name: word })),
      ...table.foreignKeys.map(({ references }) => rowsOf(references.table)),
    ];
  });
  return { reads, writes: written.map(rowsOf) };
}

interface ChangedRows {
  readonly rows: readonly string[];
  readonly copied?: true;
}

/** A table, those it has fields from, and those that have fields from it: their rows are each other's. */
export function familyOf(schema: Schema, name: string): readonly string[] {
  return [...new Set([name, ...ancestorsOf(schema, name), ...descendantsOf(schema, name)])];
}

/** The tables that a table has fields from, directly or not. */
export function ancestorsOf(schema: Schema, name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (each: string): void => {
    for (const parent of parentsOf(findTable(schema, each) ?? {})) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(name);
  return [...found];
}

/** With all tables that refer to one of them, for theirs may change with those rows. */
function withReferrers(schema: Schema, names: readonly string[]): readonly string[] {
  const found = [...names];
  for (const name of found)
    for (const table of schema.tables)
      if (!found.includes(table.name) && table.foreignKeys.some(({ references }) => references.table === name))
        found.push(table.name);
  return found;
}

/** What decides on what becomes of rows whose referred rows go. */
const referringParts = ({ name, foreignKeys }: Table): readonly Mark[] => [
  { object: "table", name, whole: "triggers" },
  ...foreignKeys.flatMap((key) => [
    { object: "foreign key", name: key.name, table: name },
    ...key.fields.map((field) => ({ object: "field", name: field, table: name })),
  ]),
];
