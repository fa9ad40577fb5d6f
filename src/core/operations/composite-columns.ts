import { aroundColumns } from "../ddl/around-columns.ts";
import { remadeColumns } from "../ddl/remade-columns.ts";
import type { Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { attributeChanges } from "../schema/composite-types.ts";
import { objectTitle } from "../schema/managed.ts";
import { builtOnFields } from "../schema/managed-order.ts";
import type { ManagedObject } from "../schema/model.ts";
import { without } from "./built-on.ts";
import type { LowerContext } from "./define.ts";
import { columnsOfType } from "./made-anew.ts";

/**
 * The statements that give a composite type other attributes where columns are of it, and attributes change their types: the server does that to no type
 * that columns have. `undefined` where it can be replaced without them. Throws ToolError `unsupported` where attributes move, because values are told
 * by their places.
 */
export function aroundComposite(
  old: ManagedObject,
  next: ManagedObject,
  context: LowerContext,
): readonly Statement[] | undefined {
  if (next.kind !== "composite_type") return undefined;
  const changes = attributeChanges(old.definition, next.definition);
  if (changes?.retyped.length === 0) return undefined;
  const columns = columnsOfType(next.name, context);
  if (columns.length === 0) return undefined;
  if (!changes)
    throw movedAttributes(
      next,
      columns.map(({ table, after }) => `"${after.name}" of "${table}"`),
    );
  const fields = columns.map(({ table, after }) => ({ table, field: after.name }));
  const computed = remadeColumns(context, columns);
  const gone = computed.columns;
  const around = aroundColumns(context, next.name, { fields, gone });
  const replace: Statement = { kind: "replaceObject", before: old, after: next, columns };
  const inside = [...around.drop, ...computed.drop, replace, ...computed.make, ...around.make];
  return without(builtOnFields(context.after, [...fields, ...gone]), inside, context.dialect);
}

const movedAttributes = (type: ManagedObject, columns: readonly string[]): ToolError =>
  new ToolError(
    "unsupported",
    `the attributes of ${objectTitle(type)} change places, and field ${columns.join(", ")} keeps values in which only the place tells which is which; make a type under another name, and move the values with alterField and "using"`,
    { type: type.name },
  );
