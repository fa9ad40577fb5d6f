import { ToolError } from "../errors.ts";
import { sameDatabases } from "./for-databases.ts";
import type { Domain, EnumType, Field, Schema } from "./model.ts";
import { resolveType } from "./resolve.ts";

/** The name of an enum stands where types stand, so it is a plain word; another one before it is its namespace. */
export const enumNamePattern = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/;

/** The types with a list of values. */
export const enumsOf = (schema: Schema): readonly EnumType[] => schema.enums ?? [];

/** The enum that a field is of, be it a list of it. */
export function enumOf(schema: Schema, type: string): EnumType | undefined {
  if (!schema.enums) return undefined;
  const name = elementType(type);
  return schema.enums.find((found) => found.name === name);
}

/** The domain that a field is of, be it a list of it. */
export function domainOf(schema: Schema, type: string): Domain | undefined {
  if (!schema.domains) return undefined;
  const name = elementType(type);
  return schema.domains.find((found) => found.name === name);
}

/** `mood[]` is a list of `mood`. */
export const elementType = (type: string): string => type.replace(/(?:\[\])+$/, "");

/** Whether two enums are the same: name, values in their order, description, databases. */
export const sameEnum = (a: EnumType, b: EnumType): boolean =>
  JSON.stringify([a.name, a.values, a.comment]) === JSON.stringify([b.name, b.values, b.comment]) &&
  sameDatabases(a, b);

/** Throws ToolError `state` when there is no such enum. */
export function getEnum(schema: Schema, name: string): EnumType {
  const found = enumsOf(schema).find((e) => e.name === name);
  if (!found) throw new ToolError("state", `enum "${name}" does not exist at this point`, { enum: name });
  return found;
}

/** The schema with other enums; an empty list means none. */
export function withEnums(schema: Schema, enums: readonly EnumType[]): Schema {
  const { enums: _, ...rest } = schema;
  return enums.length > 0 ? { ...rest, enums } : rest;
}

/** A field and its table, of which a type of the schema is the type, be it that of the key it refers to. */
export interface EnumUser {
  readonly table: string;
  readonly field: Field;
}

export const usersOf = (schema: Schema, name: string): readonly EnumUser[] =>
  schema.tables.flatMap((table) =>
    table.fields
      .filter((field) => !field.inherited && elementType(resolveType(schema, field).type) === name)
      .map((field) => ({ table: table.name, field })),
  );

/** The values that are there only after, in order, when all others stay in theirs; `undefined` when a value goes or moves. */
export function addedValues(before: EnumType, after: EnumType): readonly string[] | undefined {
  const kept = after.values.filter((value) => before.values.includes(value));
  const same = kept.length === before.values.length && kept.every((value, i) => value === before.values[i]);
  return same ? after.values.filter((value) => !before.values.includes(value)) : undefined;
}
