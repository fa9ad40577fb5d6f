import { keyOptionParams } from "../operations/field.ts";
import type { Operation } from "../operations/index.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { uniqueFields } from "../schema/index-fields.ts";
import type { ForeignKey, Schema, Table } from "../schema/model.ts";
import { foreignKeyName } from "../schema/names.ts";
import { findTable, getTable, referencedFields } from "../schema/resolve.ts";
import { equalConstraints, sameIndexBut, sameNames, samePrimaryKey } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { isRenamed, keyPairs } from "./key-pairs.ts";
import { areOne, isSettled } from "./unchanged.ts";

/** Drops the foreign keys that the schema no longer has, and those whose referenced key is taken away for a moment. */
export function dropForeignKeys(draft: Draft, to: Schema): void {
  for (const table of draft.state.tables) {
    const after = findTable(to, table.name);
    if (areOne(table, after) && pointsAtSettled(draft.state, to, table)) continue;
    const pairs = after ? keyPairs({ schema: draft.state, table }, { schema: to, table: after }) : [];
    // What is to have a name that another key had until now could not be renamed.
    const stay = pairs.filter((pair) => !after || !isRenamed(after, pair)).map(({ old }) => old);
    for (const key of table.foreignKeys) {
      if ((after && !stay.includes(key)) || losesItsKey(draft.state, to, key))
        draft.add({ kind: "dropForeignKey", table: table.name, name: key.name });
    }
  }
}

export function addForeignKeys(draft: Draft, to: Schema): void {
  for (const table of to.tables) {
    if (isSettled(draft.state, table) && pointsAtSettled(draft.state, to, table)) continue;
    const before = { schema: draft.state, table: getTable(draft.state, table.name) };
    const present = keyPairs(before, { schema: to, table }).map(({ now }) => now);
    for (const key of table.foreignKeys) if (!present.includes(key)) draft.add(addition(draft.state, table, key));
  }
}

/** Whether all tables that a table points at are as they are to be. Keys and indexes that foreign keys hang on are then, too. */
const pointsAtSettled = (state: Schema, to: Schema, { foreignKeys }: Table): boolean =>
  foreignKeys.every(({ references: { table } }) => areOne(findTable(state, table), findTable(to, table)));

/** Drops what other tables have on this one, and what it has on itself only if asked. */
export function dropForeignKeysTo(
  draft: Draft,
  table: string,
  which: (owner: Table, key: ForeignKey) => boolean = (owner) => owner.name !== table,
): void {
  for (const owner of draft.state.tables) {
    for (const key of owner.foreignKeys) {
      if (key.references.table === table && which(owner, key))
        draft.add({ kind: "dropForeignKey", table: owner.name, name: key.name });
    }
  }
}

function addition(state: Schema, table: Table, key: ForeignKey): Operation {
  const name = freeKeyName(getTable(state, table.name), key);
  return {
    kind: "addForeignKey",
    table: table.name,
    ...(name !== foreignKeyName(table.name, key.fields) && { name }),
    fields: [...key.fields],
    references: { table: key.references.table, ...(key.references.fields && { fields: [...key.references.fields] }) },
    ...(key.onDelete !== "RESTRICT" && { onDelete: key.onDelete }),
    ...(key.onUpdate !== "NO ACTION" && { onUpdate: key.onUpdate }),
    ...keyOptionParams(key),
  };
}

/** The name the schema gives, unless a key that stays (renamed along with its field, say) has it. */
export function freeKeyName(table: Table, key: ForeignKey): string {
  const taken = new Set(table.foreignKeys.map((k) => k.name));
  if (!taken.has(key.name)) return key.name;
  for (let n = 2; ; n++) {
    const name = foreignKeyName(table.name, [...key.fields, String(n)]);
    if (!taken.has(name)) return name;
  }
}

/** The primary key or unique index that a foreign key hangs on is dropped, be it only to be made anew. */
function losesItsKey(state: Schema, to: Schema, key: ForeignKey): boolean {
  const before = findTable(state, key.references.table);
  const after = findTable(to, key.references.table);
  if (!before || !after) return false;
  const fields = referencedFields(state, key.references);
  if (sameNames(fields, before.primaryKey)) return !samePrimaryKey(before, after);
  const covers = (unique: readonly string[] | undefined) => sameNames([...(unique ?? [])].sort(), [...fields].sort());
  const indexes = before.indexes.filter((index) => covers(uniqueFields(index)));
  const constraints = constraintsOf(before).filter((c) => "unique" in c && covers(c.unique));
  const stays =
    indexes.some((index) => after.indexes.some((i) => sameIndexBut("name", index, i))) ||
    constraints.some((constraint) => constraintsOf(after).some((c) => equalConstraints(constraint, c)));
  return indexes.length + constraints.length > 0 && !stays;
}
