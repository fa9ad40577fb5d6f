import { ToolError } from "../errors.ts";
import { apply, type Operation, titleOf } from "../operations/index.ts";
import { emptySchema, type Schema, type Table } from "../schema/model.ts";
import { letGrow } from "../schema/table-list.ts";
import type { Migration } from "./migration.ts";

/**
 * What migrations add up to, one after the other in the given order. Throws ToolError `state` that names the migration
 * and the operation that does not fit.
 */
export function replay(migrations: readonly Migration[], from: Schema = emptySchema): Schema {
  let schema = from;
  // The list of tables as the last createTable left it. Nobody else has it, so the next one need not copy it.
  let own: readonly Table[] | undefined;
  for (const migration of migrations) {
    for (const [i, operation] of migration.operations.entries()) {
      const { tables } = schema;
      const before = schema;
      const creates = operation.kind === "createTable";
      if (creates && own === tables) letGrow(tables);
      schema = atOperation(migration, i, () => apply(before, operation));
      if (creates && schema.tables !== tables) own = schema.tables;
    }
  }
  return schema;
}

/** The schema before each operation of a migration, and after the last. Throws as `replay` does. */
export function statesOf(migration: Migration, from: Schema): readonly Schema[] {
  const states = [from];
  let schema = from;
  for (const [i, operation] of migration.operations.entries()) {
    schema = atOperation(migration, i, () => apply(schema, operation));
    states.push(schema);
  }
  return states;
}

/** Does something for one operation of a migration; a ToolError it throws says afterwards where it happened. */
export function atOperation<T>(migration: Migration, index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const operation = migration.operations[index];
    const title = operation ? titleOf(operation) : "";
    throw new ToolError(
      error.code,
      `migration "${migration.name}", operation ${index + 1} (${title}): ${error.message}`,
      { ...error.data, file: migration.file, migration: migration.name, operation: index, kind: operation?.kind },
      { cause: error },
    );
  }
}

/** Whether failures of an operation are reported as warnings. */
export const ignoresErrors = (operation: Operation): boolean =>
  "ignoreErrors" in operation && operation.ignoreErrors === true;
