import type { ForeignKey, Schema, Table } from "../schema/model.ts";
import { foreignKeyName } from "../schema/names.ts";
import { sameForeignKey } from "./compare.ts";

/** A table with the schema that its foreign keys are resolved in. */
export interface KeysOf {
  readonly schema: Schema;
  readonly table: Table;
}

export interface KeyPair {
  readonly old: ForeignKey;
  readonly now: ForeignKey;
}

/**
 * The foreign keys of two states of a table that say the same, each with one of the other side: those of one name first, for a table may have several
 * that are alike.
 */
export function keyPairs(before: KeysOf, after: KeysOf): readonly KeyPair[] {
  const left = [...after.table.foreignKeys];
  const claim = (old: ForeignKey, isIt: (now: ForeignKey) => boolean): readonly KeyPair[] => {
    const same = (key: ForeignKey): boolean =>
      sameForeignKey({ schema: before.schema, key: old }, { schema: after.schema, key });
    const at = left.findIndex((now) => isIt(now) && same(now));
    return left.splice(at, at < 0 ? 0 : 1).map((now) => ({ old, now }));
  };
  const named = before.table.foreignKeys.flatMap((old) => claim(old, ({ name }) => name === old.name));
  const others = before.table.foreignKeys.filter((old) => !named.some((pair) => pair.old === old));
  return [...named, ...others.flatMap((old) => claim(old, () => true))];
}

/** Whether a key is to have the name that it got in the meantime; one that nobody wrote is no reason to rename it. */
export const isRenamed = (table: Table, { old, now }: KeyPair): boolean =>
  old.name !== now.name && now.name !== foreignKeyName(table.name, now.fields);
