import { editDistance } from "../nearest.ts";
import type { Schema, Table } from "../schema/model.ts";
import { equalTypes, resolveType } from "../schema/resolve.ts";
import { type FieldIn, isNullable, sameDefault } from "./compare.ts";

/**
 * How likely `after` is `before` under a new name, from 0 to 1. Equal type and nullability are enough for a question: that
 * is when a rename would have kept the data and drop and add loses it.
 */
export function fieldScore(before: FieldIn, after: FieldIn, tableNow: (name: string) => string): number {
  const [from, to] = [resolveType(before.schema, before.field), resolveType(after.schema, after.field)];
  if (from.type !== to.type) return 0;
  const targets = [targetOf(before), targetOf(after)];
  if ((targets[0] && tableNow(targets[0])) !== targets[1]) return 0;
  return (
    (equalTypes(from, to) ? 0.45 : 0.35) +
    (isNullable(before.table, before.field) === isNullable(after.table, after.field) ? 0.1 : 0) +
    (sameDefault(before.field, after.field) ? 0.1 : 0) +
    (positionOf(before) === positionOf(after) ? 0.1 : 0) +
    0.25 * nameSimilarity(before.field.name, after.field.name)
  );
}

/** How likely a table is another one under a new name: the share of fields they have in common, and their names. */
export function tableScore(
  before: { readonly schema: Schema; readonly table: Table },
  after: { readonly schema: Schema; readonly table: Table },
): number {
  const common = before.table.fields.filter((field) => {
    const other = after.table.fields.find((f) => f.name === field.name);
    return other !== undefined && resolveType(before.schema, field).type === resolveType(after.schema, other).type;
  });
  const overlap = common.length / Math.max(before.table.fields.length, after.table.fields.length);
  return 0.7 * overlap + 0.3 * nameSimilarity(before.table.name, after.table.name);
}

/** From 0 to 1; a name that continues the other (`email`, `email_address`) counts as near. */
export function nameSimilarity(a: string, b: string): number {
  const [short, long] = [a.toLowerCase(), b.toLowerCase()].sort((x, y) => x.length - y.length) as [string, string];
  if (short.length > 2 && long.includes(short)) return 0.9;
  return 1 - editDistance(short, long) / Math.max(1, long.length);
}

function targetOf({ table, field }: FieldIn): string | undefined {
  return table.foreignKeys.find((key) => key.fields.includes(field.name))?.references.table;
}

const positionOf = ({ table, field }: FieldIn): number => table.fields.indexOf(field);
