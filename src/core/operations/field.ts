import { ToolError } from "../errors.ts";
import { keyName } from "../schema/constraints.ts";
import { databasesOf, isLimited, sameDatabases } from "../schema/for-databases.ts";
import { isOnlyInherited } from "../schema/heritage.ts";
import { elementOf, indexField } from "../schema/index-fields.ts";
import type { Constraint, Field, ForDatabases, ForeignKey, Index, PerDialect, Schema, Table } from "../schema/model.ts";
import { foreignKeyName } from "../schema/names.ts";
import { resolveType, typeOf } from "../schema/resolve.ts";
import type {
  ConstraintParams,
  FieldParams,
  ForeignKeyParams,
  IndexParams,
  PlainFieldParams,
  TableParams,
} from "./params.ts";

/** A field of the model from an author's parameters; absent `nullable` means NOT NULL in migrations. */
export function fieldFromParams(p: FieldParams | PlainFieldParams): Field {
  const { nullable = false, foreignKey } = p as FieldParams;
  if (p.type === "foreign_key" && !foreignKey) {
    const what = `field "${p.name}" is a foreign_key and does not say which table it points at`;
    throw new ToolError("state", `${what}; add foreignKey: { table: … }`, { field: p.name });
  }
  // Member by member: each field of each migration comes through here, and copying what is left of an object takes several times as long.
  const values = p as unknown as Readonly<Record<string, unknown>>;
  const field: Record<string, unknown> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined && !isElsewhere(key) && !isUnsaid(key, value)) field[key] = value;
  }
  field["nullable"] = nullable;
  if (foreignKey && p.type === "foreign_key") field["references"] = foreignKey.table;
  return field as unknown as Field;
}

/** What a field of the model says in another way, or its table does. */
const isElsewhere = (key: string): boolean => key === "nullable" || key === "primaryKey" || key === "foreignKey";

/** The constraint that a field's `foreignKey` asks for, if it does. */
export function foreignKeyFromParams(table: string, p: FieldParams): ForeignKey | undefined {
  if (!p.foreignKey) return undefined;
  const { name, table: target, onDelete, onUpdate, ...options } = p.foreignKey;
  return {
    ...withoutFalse(options),
    // It cannot be where the field is not.
    ...(isLimited(options) ? {} : databasesOf(p)),
    name: name ?? foreignKeyName(table, [p.name]),
    fields: [p.name],
    references: { table: target },
    onDelete: onDelete ?? "RESTRICT",
    onUpdate: onUpdate ?? "NO ACTION",
  };
}

/** The constraint that the parameters of `addForeignKey` ask for. */
export const foreignKeyFromKeyParams = (p: ForeignKeyParams): ForeignKey => ({
  ...withoutFalse(keyOptionParams(p)),
  name: p.name ?? foreignKeyName(p.table, p.fields),
  fields: p.fields,
  references: p.references,
  onDelete: p.onDelete ?? "RESTRICT",
  onUpdate: p.onUpdate ?? "NO ACTION",
});

export const indexFromParams = (p: IndexParams): Index => ({
  ...withoutFalse(p),
  fields: p.fields.map((field) => indexField(elementOf(field))),
});

export const constraintFromParams = (p: ConstraintParams): Constraint => withoutFalse(p);

/** A table of the model from the parameters of `createTable`. */
export function tableFromParams(p: TableParams): Table {
  const flagged = p.fields.filter((f) => f.primaryKey).map((f) => f.name);
  const primaryKey = p.primaryKey ?? flagged;
  return {
    name: p.name,
    fields: p.fields.map(fieldFromParams),
    ...(primaryKey.length > 0 && {
      primaryKey,
      ...keyName(p.name, p.primaryKeyName),
      ...(p.primaryKeyComment !== undefined && { primaryKeyComment: p.primaryKeyComment }),
      ...(p.primaryKeyDeferrable && { primaryKeyDeferrable: p.primaryKeyDeferrable }),
      ...(p.primaryKeyInclude && { primaryKeyInclude: p.primaryKeyInclude }),
    }),
    indexes: (p.indexes ?? []).map(indexFromParams),
    foreignKeys: p.fields.flatMap((f) => foreignKeyFromParams(p.name, f) ?? []),
    ...(p.options && { options: p.options }),
    ...(p.constraints?.length && { constraints: p.constraints.map(constraintFromParams) }),
    ...(p.comment !== undefined && { comment: p.comment }),
    ...(p.rowSecurity && { rowSecurity: p.rowSecurity }),
    ...(p.partitionBy && { partitionBy: p.partitionBy }),
    ...(p.partitionOf && { partitionOf: p.partitionOf }),
    ...(p.inherits && { inherits: p.inherits }),
    ...databasesOf(p),
  };
}

/**
 * The parameters of `createTable` that make a table, and the foreign keys that they cannot express, which need an
 * `addForeignKey` each: those over several fields, to other fields than a primary key, or a second one on a field.
 * `schema` is the one that the table is part of.
 */
export function paramsFromTable(
  schema: Schema,
  table: Table,
): { readonly table: TableParams; readonly foreignKeys: readonly ForeignKey[] } {
  const inline = table.fields.map((field) => inlineKey(table, field));
  const key = table.primaryKey ?? [];
  const inOrder = table.fields.map((f) => f.name).filter((name) => key.includes(name));
  const ordered = key.every((name, i) => name === inOrder[i]);
  return {
    table: {
      name: table.name,
      fields: table.fields
        .filter((f) => !isOnlyInherited(schema, table, f))
        .map((f) => ({
          ...paramsFromField(schema, table, f, { primaryKey: ordered && key.includes(f.name) }),
          ...(f.inherited && !table.partitionOf && { inherited: true as const }),
        })),
      ...(!ordered && { primaryKey: [...key] }),
      ...(table.primaryKeyName !== undefined && { primaryKeyName: table.primaryKeyName }),
      ...(table.primaryKeyComment !== undefined && { primaryKeyComment: table.primaryKeyComment }),
      ...(table.primaryKeyDeferrable && { primaryKeyDeferrable: table.primaryKeyDeferrable }),
      ...(table.primaryKeyInclude && { primaryKeyInclude: [...table.primaryKeyInclude] }),
      ...(table.indexes.length > 0 && { indexes: table.indexes.map(paramsFromIndex) }),
      ...(table.options && { options: structuredOptions(table.options) }),
      ...(table.constraints?.length && { constraints: table.constraints.map(paramsFromConstraint) }),
      ...(table.comment !== undefined && { comment: table.comment }),
      ...(table.rowSecurity && { rowSecurity: table.rowSecurity }),
      ...(table.partitionBy && { partitionBy: mutable(table.partitionBy) }),
      ...(table.partitionOf && { partitionOf: { ...table.partitionOf } }),
      ...(table.inherits && { inherits: [...table.inherits] }),
      ...databasesParams(table),
    },
    foreignKeys: table.foreignKeys.filter((foreignKey) => !inline.includes(foreignKey)),
  };
}

/** The foreign key that goes along with a field in `createTable` and `addField`, if it has one that can. */
const inlineKey = (table: Table, field: Field): ForeignKey | undefined =>
  table.foreignKeys.find(
    (key) =>
      key.fields.length === 1 &&
      key.fields[0] === field.name &&
      key.references.fields === undefined &&
      (field.type !== "foreign_key" || field.references === key.references.table),
  );

/**
 * The parameters of a field of a table for `createTable` and `addField`, with the foreign key that goes along with it. A
 * field that borrows its type stays a `foreign_key` only together with its constraint; without it, it has the concrete
 * type. What equals a default is left out.
 */
export function paramsFromField(schema: Schema, table: Table, field: Field, { primaryKey = false } = {}): FieldParams {
  const foreignKey = inlineKey(table, field);
  const { name, nullable, rest } = apart(field);
  return {
    name,
    ...(field.type === "foreign_key" && foreignKey ? typeOf(field) : resolveType(schema, field)),
    ...(primaryKey && { primaryKey }),
    ...(nullable && { nullable }),
    ...rest,
    ...(foreignKey && { foreignKey: paramsFromKey(table.name, foreignKey, field) }),
  };
}

/** The parameters of a field for `alterField`: without key and constraint, and of a concrete type. */
export function plainParamsFromField(schema: Schema, field: Field): PlainFieldParams {
  const { name, nullable, rest } = apart(field);
  return { name, ...resolveType(schema, field), ...(nullable && { nullable }), ...rest };
}

/** What is said of a field beside its name, its type and whether it may be NULL. */
function apart({ name, nullable, type: _, length: __, precision: ___, scale: ____, ...field }: Field) {
  const { references: _____, inherited: ______, only: _______, except: ________, ...rest } = field;
  return { name, nullable, rest: { ...rest, ...databasesParams(field) } };
}

/** The parameters of an index, which are its members. */
export const paramsFromIndex = (index: Index): IndexParams => mutable(index);

/** The parameters of a constraint, which are its members. */
export const paramsFromConstraint = (constraint: Constraint): ConstraintParams => mutable(constraint);

/** The parameters of `addForeignKey` for a foreign key of the model. What equals a default is left out. */
export const paramsFromForeignKey = (table: string, key: ForeignKey): ForeignKeyParams => ({
  table,
  ...(key.name !== foreignKeyName(table, key.fields) && { name: key.name }),
  fields: [...key.fields],
  references: { table: key.references.table, ...(key.references.fields && { fields: [...key.references.fields] }) },
  ...(key.onDelete !== "RESTRICT" && { onDelete: key.onDelete }),
  ...(key.onUpdate !== "NO ACTION" && { onUpdate: key.onUpdate }),
  ...keyOptionParams(key),
});

function paramsFromKey(table: string, key: ForeignKey, field: Field): NonNullable<FieldParams["foreignKey"]> {
  const { only: _, except: __, ...others } = key;
  return {
    table: key.references.table,
    ...(key.name !== foreignKeyName(table, key.fields) && { name: key.name }),
    ...(key.onDelete !== "RESTRICT" && { onDelete: key.onDelete }),
    ...(key.onUpdate !== "NO ACTION" && { onUpdate: key.onUpdate }),
    ...keyOptionParams(sameDatabases(key, field) ? others : key),
  };
}

/** What a foreign key says beside what it ties and its actions. */
export const keyOptionParams = ({ onDeleteFields, deferrable, notValid, matchFull, comment, ...key }: KeyOptions) => ({
  ...(onDeleteFields && { onDeleteFields: [...onDeleteFields] }),
  ...(deferrable && { deferrable }),
  ...(notValid && { notValid }),
  ...(matchFull && { matchFull }),
  ...(comment !== undefined && { comment }),
  ...databasesParams(key),
});

type KeyOptions = ForDatabases &
  Partial<Pick<ForeignKey, "onDeleteFields" | "deferrable" | "notValid" | "matchFull" | "comment">>;

/** What is said of databases, as an operation holds it. */
export const databasesParams = ({ only, except }: ForDatabases): { only?: string[]; except?: string[] } => ({
  ...(only && { only: [...only] }),
  ...(except && { except: [...except] }),
});

/** The model is read-only and parameters are not, though nobody changes them; the two are the same data. */
const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>;

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };

/** `unique: false` and an absent `unique` are the same thing; the model knows only the second. */
export function withoutFalse<T extends object>(value: T): T {
  const values = value as Readonly<Record<string, unknown>>;
  const unsaid = (key: string): boolean => isUnsaid(key, values[key]);
  // Hardly any has one, and many fields come through here.
  const keys = Object.keys(values);
  return keys.some(unsaid)
    ? (Object.fromEntries(keys.filter((key) => !unsaid(key)).map((key) => [key, values[key]])) as T)
    : value;
}

const isUnsaid = (key: string, value: unknown): boolean =>
  value === undefined || (value === false && key !== "default");

/** Parameters may be changed by whoever holds them; the schema's may not. */
export const structuredOptions = (options: PerDialect): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(options).map(([dialect, entries]) => [dialect, { ...entries }]));
