import { paramsFromConstraint } from "../operations/field.ts";
import { constraintsOf } from "../schema/constraints.ts";
import type { Constraint, Schema, Table } from "../schema/model.ts";
import { findTable, getTable } from "../schema/resolve.ts";
import { equalConstraints, sameConstraint } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { isRenamed, keyPairs } from "./key-pairs.ts";

/** Renames the constraints that say what they said under another name, where the new name is free. */
export function renameConstraints(draft: Draft, to: Schema): void {
  for (const after of to.tables) {
    const before = findTable(draft.state, after.name);
    for (const constraint of before ? constraintsOf(before) : []) {
      const now = renamedTo(getTable(draft.state, after.name), after, constraint);
      if (now) draft.add({ kind: "renameConstraint", table: after.name, from: constraint.name, to: now.name });
    }
    for (const pair of before ? keyPairs({ schema: draft.state, table: before }, { schema: to, table: after }) : [])
      if (isRenamed(after, pair) && !namesIn(getTable(draft.state, after.name)).has(pair.now.name))
        draft.add({ kind: "renameConstraint", table: after.name, from: pair.old.name, to: pair.now.name });
  }
}

/**
 * Drops the constraints that are gone or different. A unique constraint that a foreign key hangs on has lost it by then. One that is
 * only unvalidated no longer stays, to be validated.
 */
export function dropConstraints(draft: Draft, to: Schema): void {
  for (const table of draft.state.tables) {
    const after = findTable(to, table.name);
    for (const constraint of after ? constraintsOf(table) : []) {
      const stays =
        after && constraintsOf(after).some((c) => sameConstraint(c, constraint) || isValidated(constraint, c));
      if (!stays) draft.add({ kind: "dropConstraint", table: table.name, name: constraint.name });
    }
  }
}

/** Adds the constraints that are new, and validates those that are so no longer. */
export function addConstraints(draft: Draft, to: Schema): void {
  for (const table of to.tables) {
    for (const constraint of constraintsOf(table)) {
      const old = constraintsOf(getTable(draft.state, table.name)).find((c) => c.name === constraint.name);
      if (!old) draft.add({ kind: "addConstraint", table: table.name, constraint: paramsFromConstraint(constraint) });
      else if (isValidated(old, constraint))
        draft.add({ kind: "validateConstraint", table: table.name, name: constraint.name });
    }
  }
}

function renamedTo(before: Table, after: Table, constraint: Constraint): Constraint | undefined {
  if (constraintsOf(after).some(({ name }) => name === constraint.name)) return undefined;
  const taken = namesIn(before);
  return constraintsOf(after).find((c) => !taken.has(c.name) && equalConstraints(c, constraint));
}

const namesIn = (table: Table): ReadonlySet<string> =>
  new Set([...constraintsOf(table), ...table.foreignKeys].map(({ name }) => name));

function isValidated(before: Constraint, after: Constraint): boolean {
  if (!("notValid" in before) || "notValid" in after) return false;
  const { notValid: _, ...valid } = before;
  return sameConstraint(valid, after);
}
