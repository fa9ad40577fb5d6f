import type { FieldParams } from "../operations/params.ts";
import { constraintsOf, constraintUses } from "../schema/constraints.ts";
import { indexUses } from "../schema/index-fields.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import { findField, findTable, getField, getTable, referencedFields } from "../schema/resolve.ts";
import { integerBase, isSerial } from "../schema/types.ts";
import { isNullable, sameField, sameNames, samePrimaryKey } from "./compare.ts";
import { newField, plainField } from "./definition.ts";
import type { Draft } from "./draft.ts";
import { computedFirst, isComputedFrom, referredFirst, sourcesFirst } from "./field-order.ts";
import { dropForeignKeysTo, freeKeyName } from "./foreign-keys.ts";
import { changing } from "./unchanged.ts";

/** The answer for a field's existing rows; `undefined` when none was given, which is a question where a value is `needed`. */
export type FillFor = (
  table: Table,
  field: Field,
  occasion: { readonly why: "added" | "not-null"; readonly needed: boolean },
) => string | undefined;

/** Adds the new fields of tables that stay. */
export function addFields(draft: Draft, to: Schema, fillFor: FillFor): void {
  for (const table of changing(draft, to)) {
    const present = new Set(findTable(draft.state, table.name)?.fields.map((field) => field.name));
    for (const field of present.size === 0 ? [] : sourcesFirst(table.fields.filter((f) => !present.has(f.name)))) {
      makeRoom(draft, table, field);
      const before = getTable(draft.state, table.name);
      if (before.primaryKey && isFutureKey(before, table, field)) dropPrimaryKey(draft, table);
      const fill = fillFor(table, field, { why: "added", needed: needsValue(table, field) });
      const params = additional(draft.state, to, table, field);
      draft.add({ kind: "addField", table: table.name, field: params, ...(fill && { fill }) });
    }
  }
}

/**
 * Some databases do not tell upper from lower case in names, so a field that is gone goes before another comes with its name in another case; the last of
 * a table, which cannot go, gets another name until then.
 */
function makeRoom(draft: Draft, table: Table, { name }: Field): void {
  const { fields } = getTable(draft.state, table.name);
  const old = fields.find((f) => f.name.toLowerCase() === name.toLowerCase() && !findField(table, f.name));
  if (!old) return;
  const parked = fields.length === 1 ? freeName(fields) : undefined;
  if (parked !== undefined) draft.add({ kind: "renameField", table: table.name, from: old.name, to: parked });
  else dropFieldNow(draft, table.name, old.name);
}

const freeName = (fields: readonly Field[]): string => {
  for (let n = 1; ; n++) if (!fields.some(({ name }) => name === `swap_${n}`)) return `swap_${n}`;
};

/**
 * Lets the database number the fields that have become the key. Outside a key not every database can, so until here they have
 * the plain type.
 */
export function startNumbering(draft: Draft, to: Schema, fillFor: FillFor): void {
  alterFields(draft, to, fillFor);
}

/**
 * One alterField for each field that differs. One that leaves the primary key may say already that it can be NULL: the database
 * learns of it when the key changes.
 */
export function alterFields(draft: Draft, to: Schema, fillFor: FillFor): void {
  for (const { table, field } of referredFirst(draft.state, to)) {
    const before = findTable(draft.state, table.name);
    if (!before || awaits(before, table, field) || leavesKey(before, table, field)) continue;
    const old = findField(before, field.name);
    const wanted = isFutureKey(before, table, field) ? unnumbered(field) : field;
    const there = old && { schema: draft.state, table: before, field: old };
    if (!there || sameField(there, { schema: to, table, field: wanted })) continue;
    const tightens = isNullable(before, old) && !isNullable(table, wanted);
    const occasion = { why: "not-null", needed: needsValue(table, wanted) } as const;
    const fill = tightens ? fillFor(table, wanted, occasion) : undefined;
    draft.add({
      kind: "alterField",
      table: table.name,
      field: plainField(to, table, wanted),
      ...(fill && { fill }),
    });
  }
}

/** A field that the database is to number as soon as it is the key, which it is not yet. */
const isFutureKey = (before: Table, after: Table, field: Field): boolean =>
  !field.inherited &&
  isSerial(field.type) &&
  sameNames(after.primaryKey, [field.name]) &&
  !samePrimaryKey(before, after);

/** Drops the fields that are gone from tables that stay. */
export function dropFields(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    for (const field of computedFirst(getTable(draft.state, table.name).fields)) {
      if (!findField(table, field.name)) draft.add({ kind: "dropField", table: table.name, name: field.name });
    }
  }
}

/**
 * A field that is to be dropped and leaves the key before that is numbered no longer: outside a key, not every database can
 * do that.
 */
export function endNumbering(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    const before = findTable(draft.state, table.name);
    for (const field of before?.fields ?? []) {
      if (before?.primaryKey?.includes(field.name) && !findField(table, field.name)) unnumber(draft, before, field);
    }
  }
}

/** For a field that can only be made as the key. */
function dropPrimaryKey(draft: Draft, table: Table): void {
  for (const name of getTable(draft.state, table.name).primaryKey ?? []) {
    const before = getTable(draft.state, table.name);
    if (!findField(table, name)) unnumber(draft, before, getField(before, name));
  }
  draft.add({ kind: "alterPrimaryKey", table: table.name, fields: [] });
}

function unnumber(draft: Draft, table: Table, field: Field): void {
  if (!isSerial(field.type)) return;
  draft.add({ kind: "alterField", table: table.name, field: plainField(draft.state, table, unnumbered(field)) });
}

/** With the plain type, and nothing of a sequence. */
function unnumbered({ sequence: _, ...field }: Field): Field {
  return { ...field, type: integerBase(field.type) };
}

/** Drops a field together with all that hangs on it, for its name is needed. */
export function dropFieldNow(draft: Draft, table: string, name: string): void {
  const owner = getTable(draft.state, table);
  for (const key of owner.foreignKeys)
    if (key.fields.includes(name)) draft.add({ kind: "dropForeignKey", table, name: key.name });
  dropForeignKeysTo(draft, table, (_, key) => referencedFields(draft.state, key.references).includes(name));
  for (const index of owner.indexes)
    if (indexUses(index, name)) draft.add({ kind: "dropIndex", table, name: index.name });
  for (const constraint of constraintsOf(owner))
    if (constraintUses(constraint, name)) draft.add({ kind: "dropConstraint", table, name: constraint.name });
  for (const field of owner.fields)
    if (field.name !== name && isComputedFrom(field, name)) keepValues(draft, owner, field);
  const key = owner.primaryKey;
  if (key?.includes(name)) {
    unnumber(draft, owner, getField(owner, name));
    draft.add({ kind: "alterPrimaryKey", table, fields: key.filter((f) => f !== name) });
  } else if (key && owner.primaryKeyInclude?.includes(name))
    draft.add({ kind: "alterPrimaryKey", table, fields: [...key], ...given(owner) });
  draft.add({ kind: "dropField", table, name });
}

/** The name of a primary key that somebody gave it. */
const given = ({ primaryKeyName: name }: Table) => (name === undefined ? {} : { name });

/** A field that is computed is a plain one from here on. */
function keepValues(draft: Draft, table: Table, field: Field): void {
  const { generated: _, ...plain } = plainField(draft.state, table, field);
  draft.add({ kind: "alterField", table: table.name, field: plain });
}

/** Nothing but the author knows what existing rows hold: NOT NULL, and no default that could be used. */
function needsValue(table: Table, field: Field): boolean {
  const filled = field.autoCreate || isSerial(field.type) || hasDefault(field) || field.identity || field.generated;
  return !isNullable(table, field) && !filled;
}

function hasDefault({ default: value }: Field): boolean {
  if (typeof value === "string") return value.toLowerCase() !== "null";
  if (typeof value === "object" && "sql" in value) return !["", "null"].includes(value.sql.trim().toLowerCase());
  return value !== undefined;
}

/** Whether a field is to be computed from one that is not there yet. */
const awaits = (before: Table, after: Table, field: Field): boolean =>
  after.fields.some(({ name }) => isComputedFrom(field, name) && !findField(before, name));

/** Whether a field is computed from when it is out of the key: not every database has keys of such. */
const leavesKey = (before: Table, after: Table, { name, generated }: Field): boolean =>
  generated !== undefined && before.primaryKey?.includes(name) === true && !after.primaryKey?.includes(name);

function additional(state: Schema, to: Schema, table: Table, field: Field): FieldParams {
  const before = getTable(state, table.name);
  const params = newField({ state, to, table }, field);
  const key = params.foreignKey && table.foreignKeys.find((k) => sameNames(k.fields, [field.name]));
  const name = key && freeKeyName(before, key);
  // A table that gets its first key gets it with the field: a serial numbers the rows that are there.
  const isKey = !before.primaryKey && sameNames(table.primaryKey, [field.name]);
  return {
    ...params,
    ...(isKey && { primaryKey: true }),
    ...(params.foreignKey && key && name !== key.name && { foreignKey: { ...params.foreignKey, name } }),
  } as FieldParams;
}
