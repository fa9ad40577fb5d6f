import { editDistance } from "../nearest.ts";
import type { Schema, Table } from "../schema/model.ts";
import { equalTypes, resolveType } from "../schema/resolve.ts";
import { type FieldIn, isNullable, sameDefault, sameField } from "./compare.ts";
import type { Rename } from "./names.ts";

/** A table with the schema it stands in. */
export interface TableIn {
  readonly schema: Schema;
  readonly table: Table;
}

/**
 * How likely `after` is `before` under a new name, from 0 to 1. Equal type and nullability are enough for a question: that
 * is when a rename would have kept the data and drop and add loses it.
 */
export function fieldScore(before: FieldIn, after: FieldIn, tableNow: (name: string) => string): number {
  const [from, to] = [resolveType(before.schema, before.field), resolveType(after.schema, after.field)];
  if (from.type !== to.type) return 0;
  if (!pointsAlike(before, after, tableNow)) return 0;
  return (
    (equalTypes(from, to) ? 0.45 : 0.35) +
    (isNullable(before.table, before.field) === isNullable(after.table, after.field) ? 0.1 : 0) +
    (sameDefault(before, after) ? 0.1 : 0) +
    (positionOf(before) === positionOf(after) ? 0.1 : 0) +
    0.25 * nameSimilarity(before.field.name, after.field.name)
  );
}

/** Whether two fields are alike, what they point at included. */
export const sameInPlace = (before: FieldIn, after: FieldIn, tableNow: (name: string) => string): boolean =>
  sameField(before, after) && pointsAlike(before, after, tableNow);

/**
 * How likely a table is another one under a new name: the share of fields they have in common, and their names. A field that
 * points at the same table under another name is common too: a junction table is renamed with the tables it joins. Every old
 * table is held against every new one, so what a table looks like is found out once.
 */
export function tableScores(from: Schema, to: Schema, tableNow: (name: string) => string): (rename: Rename) => number {
  const [before, after] = [shapesOf(from, tableNow), shapesOf(to, (name) => name)];
  return (rename) => {
    const [old, now] = [before.get(rename.from), after.get(rename.to)];
    if (!old || !now) return 0;
    const overlap = 0.7 * (commonFields(old, now) / Math.max(old.size, now.size));
    return overlap < 0.2 ? overlap : overlap + 0.3 * nameSimilarity(rename.from, rename.to);
  };
}

/** Field name → its type, and the table it points at under its new name. */
type Shape = ReadonlyMap<string, { readonly type: string; readonly target: string | undefined }>;

function shapesOf(schema: Schema, tableNow: (name: string) => string): ReadonlyMap<string, Shape> {
  const shapeOf = (table: Table): Shape =>
    new Map(
      table.fields.map((field) => {
        const target = targetOf({ table, field });
        const { type } = resolveType(schema, field);
        return [field.name, { type, target: target === undefined ? undefined : tableNow(target) }];
      }),
    );
  return new Map(schema.tables.map((table) => [table.name, shapeOf(table)]));
}

function commonFields(old: Shape, now: Shape): number {
  const named = [...old].filter(([name, { type }]) => now.get(name)?.type === type).map(([name]) => name);
  const pointing = (shape: Shape): (string | undefined)[] =>
    [...shape].filter(([name]) => !named.includes(name)).map(([, { target }]) => target);
  const targets = pointing(now);
  let common = named.length;
  for (const target of pointing(old)) {
    const at = target === undefined ? -1 : targets.indexOf(target);
    if (at === -1) continue;
    targets.splice(at, 1);
    common++;
  }
  return common;
}

/** Whether two tables have fields of the same names and types. */
export const sameShape = (before: TableIn, after: TableIn): boolean =>
  before.table.fields.length === after.table.fields.length &&
  before.table.fields.every((field) =>
    after.table.fields.some(
      (other) =>
        other.name === field.name && equalTypes(resolveType(before.schema, field), resolveType(after.schema, other)),
    ),
  );

/** From 0 to 1; a name that continues the other (`email`, `email_address`) counts as near. */
function nameSimilarity(a: string, b: string): number {
  const [short, long] = [a.toLowerCase(), b.toLowerCase()].sort((x, y) => x.length - y.length) as [string, string];
  if (short.length > 2 && long.includes(short)) return 0.9;
  return 1 - editDistance(short, long) / Math.max(1, long.length);
}

function pointsAlike(before: FieldIn, after: FieldIn, tableNow: (name: string) => string): boolean {
  const target = targetOf(before);
  return (target === undefined ? undefined : tableNow(target)) === targetOf(after);
}

function targetOf({ table, field }: Pick<FieldIn, "table" | "field">): string | undefined {
  return table.foreignKeys.find((key) => key.fields.includes(field.name))?.references.table;
}

const positionOf = ({ table, field }: FieldIn): number => table.fields.indexOf(field);
