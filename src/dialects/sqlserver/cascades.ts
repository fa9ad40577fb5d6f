import type { ForeignKey, Table } from "../../core/schema/model.ts";
import { writtenAction } from "./keys.ts";

/**
 * Why SQL Server would refuse foreign keys (error 1785): what one DELETE sets off has to be a tree, in which no table stands twice
 * (https://learn.microsoft.com/sql/relational-databases/tables/primary-and-foreign-key-constraints#cascading-referential-integrity). Only what is sure is said:
 * rows that go take others along, rows that change end the way, and of updates only what a table does to itself, or to another one twice.
 */
export function refusedKeys(tables: readonly Table[]): string | undefined {
  const arrows = tables.flatMap((table) => table.foreignKeys.map((key) => ({ table: table.name, key })));
  const from = Map.groupBy(
    arrows.filter(({ key }) => isActing(key.onDelete)),
    ({ key }) => key.references.table,
  );
  for (const { name } of tables) {
    const why = refusedFrom(name, from) ?? refusedUpdate(name, arrows);
    if (why !== undefined) return why;
  }
  return undefined;
}

interface Arrow {
  readonly table: string;
  readonly key: ForeignKey;
}

const isActing = (action: ForeignKey["onDelete"]): boolean => writtenAction(action) !== "NO ACTION";

function refusedFrom(start: string, from: ReadonlyMap<string, readonly Arrow[]>): string | undefined {
  const reached = new Map<string, string>([[start, ""]]);
  const open = [start];
  for (let table = open.pop(); table !== undefined; table = open.pop()) {
    for (const arrow of from.get(table) ?? []) {
      const { name, onDelete } = arrow.key;
      if (reached.has(arrow.table)) return message("deleted from", start, arrow, reached.get(arrow.table));
      reached.set(arrow.table, name);
      if (onDelete === "CASCADE") open.push(arrow.table);
    }
  }
  return undefined;
}

function refusedUpdate(start: string, arrows: readonly Arrow[]): string | undefined {
  const acting = arrows.filter(({ key }) => key.references.table === start && isActing(key.onUpdate));
  const own = acting.find(({ table }) => table === start);
  if (own) return message("changed in", start, own, "");
  const twice = acting.find(({ table }, i) => acting.findIndex((other) => other.table === table) !== i);
  return twice && message("changed in", start, twice, acting.find(({ table }) => table === twice.table)?.key.name);
}

function message(what: string, start: string, { table, key }: Arrow, other: string | undefined): string {
  const where = table === start ? "that table itself again" : `table "${table}" a second time (after "${other}")`;
  return `SQL Server refuses foreign keys with more than one way to a table (error 1785): when a row is ${what} "${start}", "${key.name}" would reach ${where}; give one of them NO ACTION, and do its work with a trigger or in the program`;
}
