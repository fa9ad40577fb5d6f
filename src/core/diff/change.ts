import { apply, isDestructive, type Operation, snakeKindOf, tableOf, titleOf } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import { getField, getTable } from "../schema/resolve.ts";
import { alterationText } from "./alteration.ts";

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
    const before = state;
    const destructive = isDestructive(operation, before);
    state = apply(before, operation);
    return {
      kind: snakeKindOf(operation),
      table: tableOf(operation) ?? null,
      object: objectOf(operation),
      detail: detailOf(operation, before, state),
      destructive,
    };
  });
}

/** An altered field is worth more words than the title has: whether it may lose data hangs on them. */
function detailOf(operation: Operation, before: Schema, after: Schema): string {
  const title = titleOf(operation);
  if (operation.kind !== "alterField") return title;
  const { table, field } = operation;
  const place = (schema: Schema) => ({ schema, field: getField(getTable(schema, table), field.name) });
  const text = alterationText(place(before), place(after));
  return text ? `${title}: ${text}` : title;
}

function objectOf(operation: Operation): string | null {
  switch (operation.kind) {
    case "addField":
    case "alterField":
      return operation.field.name;
    case "addIndex":
      return operation.index.name;
    case "addConstraint":
      return operation.constraint.name;
    case "setComment":
      return operation.index ?? null;
    case "dropField":
    case "dropIndex":
    case "dropForeignKey":
    case "dropConstraint":
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "validateConstraint":
      return operation.name;
    case "renameConstraint":
    case "renameField":
    case "renameIndex":
      return operation.from;
    case "addForeignKey":
      return operation.name ?? operation.fields.join(", ");
    case "createTable":
    case "dropTable":
    case "renameTable":
    case "alterPrimaryKey":
    case "deleteData":
    case "runCode":
    case "runSQL":
    case "setDefaults":
    case "setTableOptions":
    case "setTypeMappings":
    case "upsertData":
      return null;
  }
}
