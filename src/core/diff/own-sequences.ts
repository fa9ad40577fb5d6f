import { findListed, listed } from "../schema/beside-tables.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import { ownSequenceName, ownSequenceOf, serialOf, takesSequence } from "../schema/own-sequences.ts";
import { findField, findTable } from "../schema/resolve.ts";
import { numberedBy } from "../schema/sequences.ts";
import { isSerial } from "../schema/types.ts";
import { plainField } from "./definition.ts";
import type { Draft } from "./draft.ts";

/** Sequences that number one field become sequences of the schema where it lists them under their names: it counts on. */
export function detachSequences(draft: Draft, to: Schema): void {
  for (const { name } of listed(to, "sequences")) {
    if (findListed(draft.state, "sequences", name)) continue;
    const owner = numberedIn(draft.state, name);
    if (!owner) continue;
    const { table, field } = owner;
    // The sequence of an identity belongs to that for good.
    if (field.identity)
      draft.add({ kind: "alterField", table: table.name, field: plainField(draft.state, table, serialOf(field)) });
    draft.add({ kind: "detachSequence", table: table.name, field: field.name });
  }
}

/**
 * Sequences that are gone from the schema, and have the names of those behind its fields, become these; where the field is new, they go, because
 * their names are needed.
 */
export function attachSequences(draft: Draft, to: Schema): void {
  if (listed(draft.state, "sequences").every(({ name }) => findListed(to, "sequences", name))) return;
  for (const table of to.tables)
    for (const field of table.fields.filter(isNumbered)) {
      const name = ownSequenceName(to, table, field);
      const sequence = findListed(draft.state, "sequences", name);
      if (!sequence || findListed(to, "sequences", name)) continue;
      const before = findTable(draft.state, table.name);
      const old = before && findField(before, field.name);
      if (before && old && takesSequence(draft.state, before, { field: old, sequence }))
        draft.add({ kind: "attachSequence", name, table: table.name, field: field.name });
      else if (numberedBy(draft.state, name).length === 0) draft.add({ kind: "dropSequence", name });
    }
}

const isNumbered = (field: Field): boolean =>
  !field.inherited && (isSerial(field.type) || field.identity !== undefined);

/** The field that the sequence of that name is behind. */
function numberedIn(schema: Schema, name: string): { readonly table: Table; readonly field: Field } | undefined {
  for (const table of schema.tables)
    for (const field of table.fields)
      if (isNumbered(field) && ownSequenceOf(schema, table, serialOf(field))?.name === name) return { table, field };
  return undefined;
}
