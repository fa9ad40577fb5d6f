import { paramsFromIndex } from "../operations/field.ts";
import { partsFirst } from "../schema/heritage.ts";
import type { Schema } from "../schema/model.ts";
import { findTable, getTable } from "../schema/resolve.ts";
import { sameIndexBut } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { areOne, changing } from "./unchanged.ts";

/**
 * Drops indexes that are gone or different, and those of disappearing tables whose names are needed elsewhere: indexes and
 * tables share one name space.
 */
export function dropIndexes(draft: Draft, to: Schema): void {
  let wanted: ReadonlySet<string> | undefined;
  for (const table of partsFirst(draft.state.tables)) {
    const after = findTable(to, table.name);
    if (areOne(table, after)) continue;
    for (const index of table.indexes) {
      const stays = after?.indexes.some((i) => i.name === index.name && sameIndexBut("comment", index, i));
      if (!after) wanted ??= new Set(namesOfTablesAndIndexes(to));
      const goes = after ? !stays : wanted?.has(index.name);
      if (goes) draft.add({ kind: "dropIndex", table: table.name, name: index.name });
    }
  }
}

/** Those that are in one name space. */
export const namesOfTablesAndIndexes = ({ tables }: Schema): readonly string[] =>
  tables.flatMap((table) => [table.name, ...table.indexes.map((index) => index.name)]);

export function addIndexes(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    const present = new Set(getTable(draft.state, table.name).indexes.map((index) => index.name));
    for (const index of table.indexes) {
      if (!present.has(index.name)) draft.add({ kind: "addIndex", table: table.name, index: paramsFromIndex(index) });
    }
  }
}
