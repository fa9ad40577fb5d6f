import type { Statement } from "../ddl/statement.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { objectsOf } from "../schema/managed.ts";
import type { Schema } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";

/**
 * Statements in which rows that are filled settle at once what waits for the end of the transaction: PostgreSQL changes no table for which something
 * waits.
 */
export const settled = (statements: readonly Statement[], before: Schema): readonly Statement[] =>
  statements.map((statement) =>
    statement.kind === "fillColumn" && defers(before, statement.table) ? { ...statement, settles: true } : statement,
  );

/** Whether keys, constraints or triggers of a table wait for the end of a transaction. */
function defers(schema: Schema, name: string): boolean {
  const table = findTable(schema, name);
  if (!table) return false;
  const keys = [...table.foreignKeys, ...constraintsOf(table).filter((c) => !("check" in c))];
  const times = [table.primaryKeyDeferrable, ...keys.map((key) => ("deferrable" in key ? key.deferrable : undefined))];
  return (
    times.includes("deferred") ||
    objectsOf(schema).some(
      ({ table: owner, definition }) => owner === name && /\binitially\s+deferred\b/i.test(definition),
    )
  );
}
