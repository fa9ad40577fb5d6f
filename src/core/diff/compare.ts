import type { DefaultValue, Field, ForeignKey, Index, Schema, Table } from "../schema/model.ts";
import { equalTypes, referencedFields, resolveType } from "../schema/resolve.ts";

/**
 * When two things are the same to the differ. Names of foreign keys and the order of fields do not count; types are compared
 * as they resolve, so that a `foreign_key` field equals a plain field of the same type.
 */
export function sameField(before: FieldIn, after: FieldIn): boolean {
  return (
    equalTypes(resolveType(before.schema, before.field), resolveType(after.schema, after.field)) &&
    isNullable(before.table, before.field) === isNullable(after.table, after.field) &&
    sameDefault(before.field, after.field) &&
    Boolean(before.field.autoCreate) === Boolean(after.field.autoCreate) &&
    Boolean(before.field.autoUpdate) === Boolean(after.field.autoUpdate)
  );
}

export interface FieldIn {
  readonly schema: Schema;
  readonly table: Table;
  readonly field: Field;
}

/** A field of the primary key is never null, whatever it says. */
export const isNullable = (table: Table, field: Field): boolean =>
  field.nullable && !table.primaryKey?.includes(field.name);

export const sameDefault = (a: Field, b: Field): boolean => defaultText(a.default) === defaultText(b.default);

export const sameIndex = (a: Index, b: Index): boolean =>
  a.name === b.name &&
  sameNames(a.fields, b.fields) &&
  Boolean(a.unique) === Boolean(b.unique) &&
  a.method?.toLowerCase() === b.method?.toLowerCase() &&
  a.where === b.where;

/** The same fields point at the same fields with the same actions. */
export const sameForeignKey = (before: KeyIn, after: KeyIn): boolean =>
  before.key.references.table === after.key.references.table &&
  before.key.onDelete === after.key.onDelete &&
  before.key.onUpdate === after.key.onUpdate &&
  sameNames(before.key.fields, after.key.fields) &&
  sameNames(
    referencedFields(before.schema, before.key.references),
    referencedFields(after.schema, after.key.references),
  );

export interface KeyIn {
  readonly schema: Schema;
  readonly key: ForeignKey;
}

export const sameNames = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

export const samePrimaryKey = (a: Table, b: Table): boolean => sameNames(a.primaryKey, b.primaryKey);

/** Objects have one entry, so their text is canonical. */
const defaultText = (value: DefaultValue | undefined): string => JSON.stringify(value) ?? "";
