import type { Operation } from "../operations/index.ts";

/**
 * Which names tables and fields had before, as the renames of the existing migrations tell. It is how a `renamed_from` that
 * has been carried out is told from one that has not, when both names exist (a swap, or an old name used again).
 */
export interface Lineage {
  /** Table → its former names. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /** Table → field → its former names. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

export const emptyLineage: Lineage = { tables: new Map(), fields: new Map() };

/** Follows the names through operations in the order they are applied. */
export function lineageOf(operations: Iterable<Operation>): Lineage {
  const tables = new Map<string, Set<string>>();
  const fields = new Map<string, Map<string, Set<string>>>();
  for (const operation of operations) {
    switch (operation.kind) {
      case "createTable":
      case "dropTable":
        tables.delete(operation.name);
        fields.delete(operation.name);
        break;
      case "renameTable":
        move(tables, operation);
        moveFields(fields, operation);
        break;
      case "renameField":
        move(entry(fields, operation.table), operation);
        break;
      case "addField":
        fields.get(operation.table)?.delete(operation.field.name);
        break;
      case "dropField":
        fields.get(operation.table)?.delete(operation.name);
        break;
    }
  }
  return { tables, fields };
}

interface Rename {
  readonly from: string;
  readonly to: string;
}

function move(names: Map<string, Set<string>>, { from, to }: Rename): void {
  const former = names.get(from) ?? new Set();
  names.delete(from);
  names.set(to, former.add(from));
}

function moveFields(fields: Map<string, Map<string, Set<string>>>, { from, to }: Rename): void {
  const moved = fields.get(from);
  fields.delete(from);
  if (moved) fields.set(to, moved);
}

function entry(fields: Map<string, Map<string, Set<string>>>, table: string): Map<string, Set<string>> {
  const found = fields.get(table) ?? new Map<string, Set<string>>();
  fields.set(table, found);
  return found;
}
