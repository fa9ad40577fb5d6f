import { ToolError } from "../errors.ts";
import { constraintsOf, withConstraints } from "./constraints.ts";
import { withTable } from "./edit.ts";
import { descendantsOf, fromParents } from "./heritage.ts";
import type { Schema, Table } from "./model.ts";
import { numberedAt, ownField, passedOnTo, unitedFields, withoutPassedOn } from "./partitions.ts";
import { passOnChanges } from "./pass-on.ts";
import { findField, getTable } from "./resolve.ts";
import { isSerial } from "./types.ts";

/**
 * The schema after a table has come to inherit from these tables and no others. Fields and checks that it inherits no longer are its own. Throws
 * ToolError `state` when it lacks a field or a check of a table it is to inherit from.
 */
export function withParents(schema: Schema, name: string, parents: readonly string[]): Schema {
  const old = getTable(schema, name).inherits ?? [];
  const kept = keptParents(old, parents);
  const left = old
    .filter((parent) => !kept.includes(parent))
    .reduce((now, parent) => without(now, name, parent), schema);
  return parents
    .filter((parent) => !kept.includes(parent))
    .reduce((now, parent) => withParent(now, name, parent), left);
}

/** Of the tables that one inherits from, those that it need not leave to inherit from others: new ones come last. */
export function keptParents(old: readonly string[], parents: readonly string[]): readonly string[] {
  const left = old.filter((parent) => parents.includes(parent));
  const differing = left.findIndex((parent, i) => parents[i] !== parent);
  return differing < 0 ? left : left.slice(0, differing);
}

function without(schema: Schema, name: string, parent: string): Schema {
  const table = getTable(schema, name);
  const { inherits = [], ...rest } = table;
  const parents = inherits.filter((other) => other !== parent);
  const bare: Table = { ...rest, ...(parents.length > 0 && { inherits: parents }) };
  const passed = passedOnTo(schema, { ...bare, inherits: [parent] });
  const still = passedOnTo(schema, bare).constraints.map((c) => c.name);
  const checks = passed.constraints.filter((c) => !still.includes(c.name));
  const fields = table.fields.map((field) =>
    fromParents(schema, bare, field.name) ? field : ownField(field, numberedAt(schema, parent, field.name)),
  );
  const changed = withTable(schema, name, () =>
    withConstraints({ ...bare, fields }, [...constraintsOf(table), ...checks]),
  );
  return passOnChanges(schema, changed, name);
}

function withParent(schema: Schema, name: string, parent: string): Schema {
  const table = getTable(schema, name);
  const above = getTable(schema, parent);
  const refuse = (why: string): never => {
    throw new ToolError("state", `table "${name}" cannot inherit from "${parent}": ${why}`, { table: name, parent });
  };
  if ([name, ...descendantsOf(schema, name)].includes(parent)) refuse("it would inherit from itself");
  if (above.partitionBy || above.partitionOf) refuse(`that is ${above.partitionBy ? "partitioned" : "a partition"}`);
  if (table.partitionBy || table.partitionOf) refuse(`it is ${table.partitionBy ? "partitioned" : "a partition"}`);
  const united = unitedFields(schema, { table, parent: above, partition: {} }, refuse);
  const fields = table.fields.map((field) => {
    const { inherited: _, ...now } = united.find((f) => f.name === field.name) ?? field;
    return findField(above, field.name) && !field.inherited ? now : field;
  });
  const now = { ...table, fields, inherits: [...(table.inherits ?? []), parent] };
  const had = passedOnTo(schema, table).constraints;
  const whole = withConstraints(now, [...constraintsOf(now), ...had.filter((c) => "check" in c)]);
  const changed = withTable(schema, name, () => withoutPassedOn(whole, passedOnTo(schema, now), refuse));
  return numberedFromAbove(schema, passOnChanges(schema, changed, name));
}

/** Fields that have become serial are no tables' own: they would have sequences of their own then. */
const numberedFromAbove = (before: Schema, after: Schema): Schema => ({
  ...after,
  tables: after.tables.map((table) => {
    const old = getTable(before, table.name);
    if (old === table) return table;
    const fields = table.fields.map((field) =>
      isSerial(field.type) && !isSerial(findField(old, field.name)?.type ?? field.type)
        ? { ...field, inherited: true as const }
        : field,
    );
    return { ...table, fields };
  }),
});
