import {
  apply,
  isDestructive,
  type Operation,
  type OperationKind,
  snakeKindOf,
  tableOf,
  titleOf,
} from "../operations/index.ts";
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

const objectOf = (operation: Operation): string | null =>
  (objects[operation.kind] as (operation: Operation) => string | undefined)(operation) ?? null;

const none = () => undefined;

const objects: { readonly [K in OperationKind]: (o: Extract<Operation, { kind: K }>) => string | undefined } = {
  addField: (o) => o.field.name,
  alterField: (o) => o.field.name,
  addIndex: (o) => o.index.name,
  addConstraint: (o) => o.constraint.name,
  setComment: (o) => o.index ?? o.constraint,
  dropField: (o) => o.name,
  dropIndex: (o) => o.name,
  dropForeignKey: (o) => o.name,
  dropConstraint: (o) => o.name,
  validateConstraint: (o) => o.name,
  renameConstraint: (o) => o.from,
  renameField: (o) => o.from,
  renameIndex: (o) => o.from,
  addForeignKey: (o) => o.name ?? o.fields.join(", "),
  renameNamespace: (o) => o.from,
  renameEnum: (o) => o.from,
  renameDomain: (o) => o.from,
  renameSequence: (o) => o.from,
  createNamespace: (o) => o.name,
  alterNamespace: (o) => o.name,
  dropNamespace: (o) => o.name,
  createExtension: (o) => o.name,
  alterExtension: (o) => o.name,
  dropExtension: (o) => o.name,
  createDomain: (o) => o.name,
  alterDomain: (o) => o.name,
  dropDomain: (o) => o.name,
  createSequence: (o) => o.name,
  alterSequence: (o) => o.name,
  dropSequence: (o) => o.name,
  detachSequence: (o) => o.field,
  attachSequence: (o) => o.field,
  createEnum: (o) => o.name,
  alterEnum: (o) => o.name,
  dropEnum: (o) => o.name,
  createView: (o) => o.name,
  replaceView: (o) => o.name,
  dropView: (o) => o.name,
  createObject: (o) => o.object.name,
  replaceObject: (o) => o.object.name,
  dropObject: (o) => o.object.name,
  attachPartition: none,
  moveRows: none,
  detachPartition: none,
  setInherits: none,
  createTable: none,
  dropTable: none,
  renameTable: none,
  alterPrimaryKey: none,
  deleteData: none,
  runCode: none,
  runSQL: none,
  setDatabases: none,
  setDefaults: none,
  setRowSecurity: none,
  setTableOptions: none,
  setTypeMappings: none,
  upsertData: none,
};
