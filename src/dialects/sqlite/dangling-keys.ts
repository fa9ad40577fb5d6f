import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { ForeignKeyImage } from "../../core/ddl/statement.ts";
import { folded } from "./folded.ts";
import { type LiveTable, named } from "./live-table.ts";

/** A foreign key that SQLite lets stand although no row can ever satisfy it. */
export interface DanglingKey {
  readonly table: string;
  readonly key: ForeignKeyImage;
  readonly reason: string;
}

/**
 * Why a foreign key points at nothing: its table is not there, or nothing there is unique. `undefined` for one that is sound. The tables are found by their
 * folded names.
 */
export function danglingReason(key: ForeignKeyImage, tables: ReadonlyMap<string, LiveTable>): string | undefined {
  const target = named(tables, key.table);
  if (!target) return `it refers to table "${key.table}", which does not exist`;
  if (key.referencedColumns.length === 1 && target.key.length === 1 && key.referencedColumns[0] === target.key[0])
    return undefined;
  const wanted = sameNames(key.referencedColumns);
  const isUnique =
    wanted === sameNames(target.key) ||
    target.indexes.some(({ unique, columns }) => unique && wanted === sameNames(columns.map((c) => c["name"])));
  return key.referencedColumns.length > 0 && isUnique
    ? undefined
    : `it refers to (${key.referencedColumns.join(", ")}) of table "${key.table}", which is neither its primary key nor unique`;
}

/** Columns as a text that is the same for the same ones, in whatever order. */
const sameNames = (columns: readonly unknown[]): string =>
  columns.length === 1
    ? folded(String(columns[0]))
    : JSON.stringify(columns.map((name) => folded(String(name))).toSorted());

export const unsupportedKeys = (keys: readonly DanglingKey[]): readonly UnsupportedObject[] =>
  keys.map(({ table, key, reason }) => ({ kind: "foreign key", object: key.name ?? "", table, reason }));
