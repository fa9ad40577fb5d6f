import { canonicalJson } from "../schema/canonical.ts";
import { constraintsOf } from "../schema/constraints.ts";
import type { Table } from "../schema/model.ts";
import type { OperationData } from "./define.ts";

/** The operations that give a table the keys, indexes and constraints of `old` again, where it has some of them under other names, and more. */
export function partsMadeBy(old: Table, now: Table): readonly OperationData[] {
  const table = now.name;
  return [
    ...undone(old.indexes, now.indexes, {
      rename: (from, to) => ({ kind: "renameIndex", table, from, to }),
      drop: (name) => ({ kind: "dropIndex", table, name }),
    }),
    ...undone(constraintsOf(old), constraintsOf(now), {
      rename: (from, to) => ({ kind: "renameConstraint", table, from, to }),
      drop: (name) => ({ kind: "dropConstraint", table, name }),
    }),
    ...undone(old.foreignKeys, now.foreignKeys, {
      rename: (from, to) => ({ kind: "renameConstraint", table, from, to }),
      drop: (name) => ({ kind: "dropForeignKey", table, name }),
    }),
    ...(!old.primaryKey && now.primaryKey ? [{ kind: "alterPrimaryKey", table, fields: [] }] : []),
  ];
}

interface Undo {
  rename(from: string, to: string): OperationData;
  drop(name: string): OperationData;
}

function undone<T extends { readonly name: string }>(
  old: readonly T[],
  now: readonly T[],
  undo: Undo,
): readonly OperationData[] {
  const free = old.filter(({ name }) => !now.some((other) => other.name === name));
  return now
    .filter(({ name }) => !old.some((other) => other.name === name))
    .map((thing) => {
      const at = free.findIndex((other) => contentOf(other) === contentOf(thing));
      const [was] = at < 0 ? [] : free.splice(at, 1);
      return was ? undo.rename(thing.name, was.name) : undo.drop(thing.name);
    });
}

const contentOf = (thing: object): string => canonicalJson({ ...thing, name: null, comment: null });
