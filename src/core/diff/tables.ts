import { childrenOf, parentsOf } from "../schema/heritage.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";
import { newTable } from "./definition.ts";
import type { Draft } from "./draft.ts";
import { dropForeignKeysTo } from "./foreign-keys.ts";
import { namesOfTablesAndIndexes } from "./indexes.ts";

/** Creates the new tables, each after those its foreign keys point at; a ring of tables is closed by later addForeignKeys. */
export function createTables(draft: Draft, to: Schema): void {
  const old = draft.state;
  for (const table of to.tables) {
    const waits = parentsOf(table).some((parent) => findTable(old, parent) || !findTable(draft.state, parent));
    if (!waits) create(draft, to, table);
  }
}

/** Creates the new tables that have the fields of one that was there before. */
export function createParts(draft: Draft, to: Schema): void {
  for (const table of to.tables) create(draft, to, table);
}

function create(draft: Draft, to: Schema, table: Table): void {
  if (!findTable(draft.state, table.name))
    draft.add({ kind: "createTable", ...newTable({ state: draft.state, to, table }) });
}

/**
 * Drops the tables that are gone and whose names an index or another table is to have: the two share one name space, in which some databases do
 * not tell upper from lower case. Partitions that are gone go where others come, whose values may be theirs.
 */
export function dropTablesInTheWay(draft: Draft, to: Schema): void {
  let wanted: ReadonlySet<string> | undefined;
  for (const table of draft.state.tables) {
    const { name } = table;
    if (findTable(to, name) || !findTable(draft.state, name)) continue;
    wanted ??= new Set(namesOfTablesAndIndexes(to).map((n) => n.toLowerCase()));
    if (wanted.has(name.toLowerCase()) || givesWay(draft.state, to, table)) dropTableNow(draft, name);
  }
}

/** Whether the table that one was a partition of is to have partitions that it does not have. */
function givesWay(state: Schema, to: Schema, { partitionOf }: Table): boolean {
  if (!partitionOf) return false;
  const has = new Set(childrenOf(state, partitionOf.table).map(({ name }) => name));
  return childrenOf(to, partitionOf.table).some(({ name }) => !has.has(name));
}

/** Drops the tables that are gone, each before those its foreign keys point at. */
export function dropTables(draft: Draft, to: Schema): void {
  let waiting = draft.state.tables.filter((table) => !findTable(to, table.name)).map((table) => table.name);
  while (waiting.length > 0) {
    const next = waiting.find((name) => !isReferenced(draft.state, name)) ?? waiting[0] ?? "";
    dropTableNow(draft, next);
    waiting = waiting.filter((name) => name !== next);
  }
}

/** Drops a table together with its partitions and the foreign keys that others have on it. */
export function dropTableNow(draft: Draft, name: string): void {
  for (const child of childrenOf(draft.state, name)) dropTableNow(draft, child.name);
  dropForeignKeysTo(draft, name);
  draft.add({ kind: "dropTable", name });
}

const isReferenced = (schema: Schema, name: string): boolean =>
  childrenOf(schema, name).length > 0 ||
  schema.tables.some((table) => table.name !== name && table.foreignKeys.some((key) => key.references.table === name));
