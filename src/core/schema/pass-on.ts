import { ToolError } from "../errors.ts";
import { canonicalJson } from "./canonical.ts";
import { withTable } from "./edit.ts";
import { childrenOf, fromParents, inheritedField, parentsOf } from "./heritage.ts";
import type { Field, Schema } from "./model.ts";
import { findField, findTable, getTable } from "./resolve.ts";

/** After a field has been added to a table: those that have its fields get it too, unless they have one of that name. */
export function passOnField(schema: Schema, parent: string, name: string): Schema {
  const owner = findTable(schema, parent);
  const field = owner && findField(owner, name);
  if (!owner || !field) return schema;
  return childrenOf(schema, parent).reduce((now, child) => {
    if (findField(child, name)) return now;
    const fields = [...child.fields, inheritedField(owner, field, child)];
    return passOnField(
      withTable(now, child.name, (table) => ({ ...table, fields })),
      child.name,
      name,
    );
  }, schema);
}

/** After a field has been dropped from a table: those that only have it from there lose it too. */
export function withdrawField(schema: Schema, parent: string, name: string): Schema {
  return childrenOf(schema, parent).reduce((now, child) => {
    const field = findField(child, name);
    if (!field?.inherited || fromParents(now, child, name)) return now;
    const fields = child.fields.filter((f) => f !== field);
    return withdrawField(
      withTable(now, child.name, (table) => ({ ...table, fields })),
      child.name,
      name,
    );
  }, schema);
}

/** Throws ToolError `state` for a field that the table has from another one. */
export function refuseIfInherited(schema: Schema, table: string, field: string): void {
  const owner = getTable(schema, table);
  if (!fromParents(schema, owner, field)) return;
  const parents = parentsOf(owner).map((name) => `"${name}"`);
  throw new ToolError(
    "state",
    `field "${field}" of table "${table}" comes from ${parents.join(" or ")}; change it there`,
    { table, field },
  );
}

/** Throws ToolError `state` for a partition, which has the fields of its table and no others. */
export function refuseForPartition(schema: Schema, table: string, field: string): void {
  const { partitionOf } = getTable(schema, table);
  if (!partitionOf) return;
  throw new ToolError(
    "state",
    `table "${table}" is a partition of "${partitionOf.table}" and has no fields of its own; add "${field}" there`,
    { table, field },
  );
}

/** After fields of a table have changed: what did changes in all that have it from there, whatever it was in them, as databases do it. */
export function passOnChanges(before: Schema, after: Schema, parent: string): Schema {
  const [old, now] = [findTable(before, parent), findTable(after, parent)];
  if (!old || !now) return after;
  return childrenOf(after, parent).reduce((schema, child) => {
    const fields = child.fields.map((field) => {
      const [was, is] = [old, now].map((table) => {
        const found = findField(table, field.name);
        return found && inheritedField(table, found, child);
      });
      return was && is ? withChanges(field, was, is) : field;
    });
    if (fields.every((field, i) => field === child.fields[i])) return schema;
    const changed = withTable(schema, child.name, (table) => ({ ...table, fields }));
    return passOnChanges(schema, changed, child.name);
  }, after);
}

/** The field with what differs between two others as the second has it. */
function withChanges(field: Field, was: Field, is: Field): Field {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof Field)[];
  const differing = keys.filter((key) => canonicalJson(was[key] ?? null) !== canonicalJson(is[key] ?? null));
  if (differing.length === 0) return field;
  const changed: Record<string, unknown> = { ...field };
  for (const key of differing) {
    if (is[key] === undefined) delete changed[key];
    else changed[key] = is[key];
  }
  return changed as unknown as Field;
}
