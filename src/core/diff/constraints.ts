import { paramsFromConstraint } from "../operations/field.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { partsFirst } from "../schema/heritage.ts";
import type { Constraint, Schema } from "../schema/model.ts";
import { findTable, getTable } from "../schema/resolve.ts";
import { sameConstraint } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { areOne, changing } from "./unchanged.ts";

/**
 * Drops the constraints that are gone or different. A unique constraint that a foreign key hangs on has lost it by then. One that is
 * only unvalidated no longer stays, to be validated.
 */
export function dropConstraints(draft: Draft, to: Schema): void {
  for (const table of partsFirst(draft.state.tables)) {
    const after = findTable(to, table.name);
    if (areOne(table, after)) continue;
    for (const constraint of after ? constraintsOf(table) : []) {
      const stays =
        after && constraintsOf(after).some((c) => sameConstraint(c, constraint) || isValidated(constraint, c));
      if (!stays) draft.add({ kind: "dropConstraint", table: table.name, name: constraint.name });
    }
  }
}

/** Adds the constraints that are new, and validates those that are so no longer. */
export function addConstraints(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    for (const constraint of constraintsOf(table)) {
      const old = constraintsOf(getTable(draft.state, table.name)).find((c) => c.name === constraint.name);
      if (!old) draft.add({ kind: "addConstraint", table: table.name, constraint: paramsFromConstraint(constraint) });
      else if (isValidated(old, constraint))
        draft.add({ kind: "validateConstraint", table: table.name, name: constraint.name });
    }
  }
}

function isValidated(before: Constraint, after: Constraint): boolean {
  if (!("notValid" in before) || "notValid" in after) return false;
  const { notValid: _, ...valid } = before;
  return sameConstraint(valid, after);
}
