import { aroundColumns } from "../ddl/around-columns.ts";
import { columnImage } from "../ddl/image.ts";
import { remadeColumns } from "../ddl/remade-columns.ts";
import type { Column, Statement } from "../ddl/statement.ts";
import { usersOf } from "../schema/enums.ts";
import { isRoutine } from "../schema/managed.ts";
import { builtOnFields, type Managed, withBuiltOn } from "../schema/managed-order.ts";
import type { Field, Schema } from "../schema/model.ts";
import { getField, getTable } from "../schema/resolve.ts";
import { mentions } from "../schema/sql-text.ts";
import { without } from "./built-on.ts";
import type { LowerContext } from "./define.ts";

/** A column of a type that is made anew. */
export interface RemadeColumn {
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
}

/** The columns of a type of the schema, lists of it too, before and after; without those that are dropped for it. */
export const columnsOfType = (type: string, context: LowerContext): readonly RemadeColumn[] =>
  usersOf(context.after, type).flatMap(({ table, field }) =>
    isComputedAs(field, type, context) ? [] : remadeColumn(table, field, context),
  );

const remadeColumn = (table: string, field: Field, { before, after, dialect }: LowerContext): RemadeColumn => {
  const old = getTable(before, table);
  return {
    table,
    before: columnImage(before, old, getField(old, field.name), dialect),
    after: columnImage(after, getTable(after, table), field, dialect),
  };
};

/** Whether a field is computed by an expression that has the type in it, which holds on to that. */
const isComputedAs = ({ generated }: Field, type: string, { dialect }: LowerContext): boolean =>
  dialect.capabilities.generatedColumnsHoldTypes === true && generated !== undefined && mentions(generated.as, type);

/** Statements that make a type of the schema anew, with all that would not survive it around them. */
export function madeAnew(type: string, statements: readonly Statement[], context: LowerContext): readonly Statement[] {
  const columns = columnsOfType(type, context);
  const fields = columns.map(({ table, after }) => ({ table, field: after.name }));
  const casting = context.after.tables.flatMap(({ name, fields: all }) =>
    all.flatMap((field) => (isComputedAs(field, type, context) ? remadeColumn(name, field, context) : [])),
  );
  const computed = remadeColumns(context, columns, casting);
  const gone = computed.drop.flatMap((s) =>
    s.kind === "dropColumn" ? [{ table: s.table, field: s.column.name }] : [],
  );
  const around = aroundColumns(context, type, { fields, gone });
  // A computed column may call a function, and a view may show it.
  const [routines, others] = builtOnType(context.after, type, [...fields, ...gone]);
  const inside = without(routines, [...statements], context.dialect);
  return [
    ...around.drop,
    ...without(others, [...computed.drop, ...inside, ...computed.make], context.dialect),
    ...around.make,
  ];
}

function builtOnType(
  schema: Schema,
  type: string,
  fields: Parameters<typeof builtOnFields>[1],
): readonly [readonly Managed[], readonly Managed[]] {
  const named = withBuiltOn(schema, ({ holding }) => mentions(holding, type));
  const ids = new Set([...named, ...builtOnFields(schema, fields)].map(({ id }) => id));
  const all = withBuiltOn(schema, ({ id }) => ids.has(id));
  const called = (thing: Managed): boolean => thing.object !== undefined && isRoutine(thing.object);
  return [all.filter(called), all.filter((thing) => !called(thing))];
}
