import type { Dialect } from "../ddl/dialect.ts";
import type { Statement } from "../ddl/statement.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { objectsOf } from "../schema/managed.ts";
import type { Schema } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";

/**
 * Statements in which rows that are filled settle at once what waits for the end of the transaction: PostgreSQL changes no table for which something
 * waits. Where a transaction changes only so many rows, they are told by what rows can be told apart.
 */
export const settled = (
  statements: readonly Statement[],
  { before, dialect }: { readonly before: Schema; readonly dialect: Dialect },
): readonly Statement[] =>
  statements.map((statement) => {
    if (statement.kind !== "fillColumn" && statement.kind !== "addColumn") return statement;
    const keys = dialect.capabilities.limitsRows && findTable(before, statement.table)?.primaryKey;
    return {
      ...statement,
      ...(statement.kind === "fillColumn" && defers(before, statement.table) && { settles: true }),
      ...(keys && { keys }),
    };
  });

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
