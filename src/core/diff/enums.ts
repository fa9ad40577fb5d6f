import { addedValues, enumsOf } from "../schema/enums.ts";
import type { EnumType, Schema } from "../schema/model.ts";
import type { Draft } from "./draft.ts";

/** Makes the enums that are new, and gives others the values that come. */
export function createEnums(draft: Draft, to: Schema): void {
  for (const wanted of enumsOf(to)) {
    const old = enumsOf(draft.state).find(({ name }) => name === wanted.name);
    if (!old) draft.add({ kind: "createEnum", name: wanted.name, values: [...wanted.values] });
    else if (!same(old, wanted) && addedValues(old, wanted)) alter(draft, wanted);
  }
}

/** Takes values from enums, or puts them into another order: what had them as a default has another one by now. */
export function shrinkEnums(draft: Draft, to: Schema): void {
  for (const wanted of enumsOf(to)) {
    const old = enumsOf(draft.state).find(({ name }) => name === wanted.name);
    if (old && !same(old, wanted)) alter(draft, wanted);
  }
}

/** Drops the enums that are gone. */
export function dropEnums(draft: Draft, to: Schema): void {
  for (const { name } of enumsOf(draft.state)) {
    if (!enumsOf(to).some((wanted) => wanted.name === name)) draft.add({ kind: "dropEnum", name });
  }
}

const alter = (draft: Draft, { name, values }: EnumType): void =>
  draft.add({ kind: "alterEnum", name, values: [...values] });

const same = (a: EnumType, b: EnumType): boolean => JSON.stringify(a.values) === JSON.stringify(b.values);
