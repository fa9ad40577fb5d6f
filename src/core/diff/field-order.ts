import { parentsOf } from "../schema/heritage.ts";
import type { Field, ForeignKey, Schema, Table } from "../schema/model.ts";
import { findField, findTable, referencedFields } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";
import { isSettled } from "./unchanged.ts";

/** A field with the table that it is in. */
export interface Place {
  readonly table: Table;
  readonly field: Field;
}

/**
 * The fields that may differ from those in the state, each behind those that foreign keys say it refers to: whose types the database compares. Tables may
 * refer to each other in circles.
 */
export function referredFirst(state: Schema, to: Schema): readonly Place[] {
  const differing = differingFields(state, to);
  const order: Place[] = [];
  const open = new Set<Field>();
  const visit = (table: Table, field: Field): void => {
    if (open.has(field) || !differing.get(table)?.has(field)) return;
    open.add(field);
    for (const key of table.foreignKeys) {
      const target = key.fields.includes(field.name) ? findTable(to, key.references.table) : undefined;
      const other = target && targetOf(to, { target, key, field });
      if (target && other) visit(target, other);
    }
    order.push({ table, field });
  };
  for (const table of to.tables) if (differing.has(table)) for (const field of keyFirst(table)) visit(table, field);
  return order;
}

type Fields = ReadonlyMap<Table, ReadonlySet<Field>>;

/** By their table: all fields of tables that are not as they are to be, and of others those whose types follow such fields. */
function differingFields(state: Schema, to: Schema): Fields {
  const found = new Map<Table, Set<Field>>();
  // What a text means as a default hangs on the names that there are.
  const named = state.defaults === to.defaults;
  for (const table of to.tables)
    if (!named || !isSettled(state, table) || parentsOf(table).length > 0) found.set(table, new Set(table.fields));
  for (let more = found.size > 0; more; ) {
    more = false;
    for (const table of to.tables) {
      for (const field of followers(to, table, found)) {
        const fields = found.get(table) ?? new Set();
        if (fields.has(field)) continue;
        found.set(table, fields.add(field));
        more = true;
      }
    }
  }
  return found;
}

/** The fields of a table that have the type of one of those, by a foreign key or without one. */
function followers(to: Schema, table: Table, differing: Fields): readonly Field[] {
  const found: Field[] = [];
  for (const key of table.foreignKeys) {
    const target = findTable(to, key.references.table);
    const theirs = target && differing.get(target);
    if (!theirs) continue;
    for (const name of key.fields) {
      const field = findField(table, name);
      const other = field && targetOf(to, { target, key, field });
      if (field && other && theirs.has(other)) found.push(field);
    }
  }
  for (const field of table.fields) {
    const target = field.references === undefined ? undefined : findTable(to, field.references);
    const other = target && findField(target, target.primaryKey?.[0] ?? "");
    if (target && other && differing.get(target)?.has(other)) found.push(field);
  }
  return found;
}

interface Reference {
  readonly target: Table;
  readonly key: ForeignKey;
  readonly field: Field;
}

const targetOf = (to: Schema, { target, key, field }: Reference): Field | undefined =>
  findField(target, referencedFields(to, key.references)[key.fields.indexOf(field.name)] ?? "");

/** A key's type is settled before the types of what points at it, and what is computed comes after what it is computed from. */
const keyFirst = (table: Table): readonly Field[] => {
  const key = (table.primaryKey ?? []).flatMap((name) => findField(table, name) ?? []);
  return [...key, ...sourcesFirst(table.fields.filter((f) => !key.includes(f)))];
};

export const isComputedFrom = ({ generated }: Field, source: string): boolean =>
  generated !== undefined && mentionsName(generated.as, source);

/** Each before what it is computed from. */
export const computedFirst = (fields: readonly Field[]): readonly Field[] => [
  ...sourcesFirst(fields)
    .filter(({ generated }) => generated)
    .toReversed(),
  ...fields.filter(({ generated }) => !generated),
];

/** Each after what it is computed from. */
export function sourcesFirst(fields: readonly Field[]): readonly Field[] {
  if (!fields.some(({ generated }) => generated)) return fields;
  const order = new Set<Field>();
  const visit = (field: Field, path: readonly Field[]): void => {
    if (order.has(field) || path.includes(field)) return;
    for (const source of fields) if (isComputedFrom(field, source.name)) visit(source, [...path, field]);
    order.add(field);
  };
  for (const field of [...fields.filter((f) => !f.generated), ...fields]) visit(field, []);
  return [...order];
}
