import { apply, isDestructive, type Operation, snakeKindOf, tableOf, titleOf } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";

/** One difference, as `schema diff` and `schema drift` report it. */
export interface Change {
  /** `add_field`, `drop_table` …; for drift `missing_field`, `extra_table`, `changed_index` … */
  readonly kind: string;
  readonly table: string | null;
  /** The field, index or constraint it is about; `null` when it is the table itself. */
  readonly object: string | null;
  readonly detail: string;
  /** Carrying it out (for drift: making the database agree) may lose data. */
  readonly destructive: boolean;
}

/** Operations as differences; `from` is the schema before the first of them. */
export function changesOf(operations: readonly Operation[], from: Schema): readonly Change[] {
  let state = from;
  return operations.map((operation) => {
    const destructive = isDestructive(operation, state);
    state = apply(state, operation);
    return {
      kind: snakeKindOf(operation),
      table: tableOf(operation) ?? null,
      object: objectOf(operation),
      detail: titleOf(operation),
      destructive,
    };
  });
}

function objectOf(operation: Operation): string | null {
  switch (operation.kind) {
    case "addField":
    case "alterField":
      return operation.field.name;
    case "addIndex":
      return operation.index.name;
    case "dropField":
    case "dropIndex":
    case "dropForeignKey":
      return operation.name;
    case "renameField":
      return operation.from;
    case "addForeignKey":
      return operation.name ?? operation.fields.join(", ");
    case "createTable":
    case "dropTable":
    case "renameTable":
    case "alterPrimaryKey":
    case "deleteData":
    case "runSQL":
    case "setDefaults":
    case "setTypeMappings":
    case "upsertData":
      return null;
  }
}
