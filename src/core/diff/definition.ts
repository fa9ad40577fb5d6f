import { paramsFromField, paramsFromTable, plainParamsFromField } from "../operations/field.ts";
import type { FieldParams, PlainFieldParams, TableParams } from "../operations/params.ts";
import type { Field, ForeignKey, Schema, Table } from "../schema/model.ts";
import { equalTypes, findTable, getField, getTable, resolveType } from "../schema/resolve.ts";
import type { TypeParameters } from "../schema/types.ts";
import { isNullable, sameNames, samePrimaryKey } from "./compare.ts";

/** Where a table or field of `to` is to be created: `state` is the schema just before that. */
export interface Target {
  readonly state: Schema;
  readonly to: Schema;
  readonly table: Table;
}

/**
 * A table as `createTable` takes it. A foreign key comes along where the key it points at is there already, as it will stay; else
 * the field has the key's own type and the constraint follows once both sides exist.
 */
export const newTable = (target: Target): TableParams => paramsFromTable(target.to, creatable(target)).table;

/** A field as `addField` takes it. */
export const newField = (target: Target, field: Field): FieldParams => {
  const table = creatable(target);
  return paramsFromField(target.to, table, getField(table, field.name));
};

/** A field as `alterField` takes it: with a type of its own. */
export const plainField = (schema: Schema, table: Table, field: Field): PlainFieldParams =>
  plainParamsFromField(schema, { ...field, nullable: isNullable(table, field) });

/** The table with only those foreign keys that can be made together with their fields. */
function creatable(target: Target): Table {
  const { table } = target;
  return {
    ...table,
    fields: table.fields.map((field) => ({ ...field, nullable: isNullable(table, field) })),
    foreignKeys: table.foreignKeys
      .filter((key) => pointsAtFinishedKey(target, key))
      .map((key) => ({ ...key, references: { table: key.references.table } })),
  };
}

function pointsAtFinishedKey({ state, to, table }: Target, key: ForeignKey): boolean {
  const after = getTable(to, key.references.table);
  if (key.fields.length !== 1 || after.primaryKey?.length !== 1) return false;
  if (key.references.fields && !sameNames(key.references.fields, after.primaryKey)) return false;
  const before = findTable(state, key.references.table);
  if (!before) return key.references.table === table.name;
  return samePrimaryKey(before, after) && equalTypes(keyType(state, before), keyType(to, after));
}

const keyType = (schema: Schema, table: Table): TypeParameters =>
  resolveType(schema, getField(table, table.primaryKey?.[0] ?? ""));
