import { enumParamsOf } from "../operations/enum-params.ts";
import { addedValues, elementType, enumsOf, sameEnum } from "../schema/enums.ts";
import type { EnumType, Field, Schema, Table } from "../schema/model.ts";
import { findField, findTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { isSwapped } from "./swapped-types.ts";
import { dropTableNow } from "./tables.ts";

/** Makes the enums that are new, and gives others the values that come. */
export function createEnums(draft: Draft, to: Schema): void {
  for (const wanted of enumsOf(to)) {
    const old = enumsOf(draft.state).find(({ name }) => name === wanted.name);
    if (isSwapped(draft.state, to, wanted.name)) continue;
    if (!old) draft.add({ kind: "createEnum", ...enumParamsOf(wanted) });
    else if (!sameEnum(old, wanted) && addedValues(old, wanted)) alter(draft, wanted);
    else if (!addedValues(old, wanted)) addNeeded(draft, old, wanted, to);
  }
}

/**
 * Takes values from enums, or puts them into another order: what had them as a default has another one by now. Tables and fields that go
 * may still have them.
 */
export function shrinkEnums(draft: Draft, to: Schema): void {
  for (const wanted of enumsOf(to)) {
    const old = enumsOf(draft.state).find(({ name }) => name === wanted.name);
    if (!old || sameEnum(old, wanted)) continue;
    if (old.values.some((value) => !wanted.values.includes(value))) dropUsersOf(draft, wanted.name, to);
    alter(draft, wanted);
  }
}

/** Drops the enums that are gone. */
export function dropEnums(draft: Draft, to: Schema): void {
  for (const { name } of enumsOf(draft.state)) {
    if (!enumsOf(to).some((wanted) => wanted.name === name)) draft.add({ kind: "dropEnum", name });
  }
}

/** A default that changes before others values go may be one that comes; so that one comes by itself. */
function addNeeded(draft: Draft, old: EnumType, wanted: EnumType, to: Schema): void {
  const comes = wanted.values.filter((value) => !old.values.includes(value));
  const isDefault = (value: string): boolean =>
    to.tables.some((table) => {
      const before = findTable(draft.state, table.name);
      return table.fields.some(
        (field) =>
          before &&
          findField(before, field.name) &&
          elementType(field.type) === wanted.name &&
          JSON.stringify(field.default ?? "").includes(JSON.stringify(value).slice(1, -1)),
      );
    });
  const needed = comes.filter(isDefault);
  if (needed.length > 0) alter(draft, { ...old, values: [...old.values, ...needed] });
}

/** Tables and fields of the enum that go anyway. A field that is all its table has, or part of a key, goes later. */
export function dropUsersOf(draft: Draft, name: string, to: Schema): void {
  const isUser = (field: Field): boolean => elementType(field.type) === name;
  const users = draft.state.tables.filter(({ fields }) => fields.some(isUser));
  for (const table of users) {
    const next = findTable(to, table.name);
    if (!next) dropTableNow(draft, table.name);
    else
      for (const field of table.fields)
        if (isUser(field) && !findField(next, field.name) && isFree(table, next, field))
          draft.add({ kind: "dropField", table: table.name, name: field.name });
  }
}

const isFree = (table: Table, next: Table, { name }: Field): boolean =>
  !table.primaryKey?.includes(name) && table.fields.some((other) => findField(next, other.name));

const alter = (draft: Draft, wanted: EnumType): void => draft.add({ kind: "alterEnum", ...enumParamsOf(wanted) });
