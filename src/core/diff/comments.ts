import { constraintsOf, primaryKeyName } from "../schema/constraints.ts";
import type { Schema, Table } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { keyPairs } from "./key-pairs.ts";
import { changing } from "./unchanged.ts";

/** Describes tables, their indexes and their constraints anew where only that is different. */
export function setComments(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    const before = getTable(draft.state, table.name);
    if (before.comment !== table.comment) draft.add({ kind: "setComment", table: table.name, ...of(table) });
    for (const index of table.indexes) {
      const old = before.indexes.find(({ name }) => name === index.name);
      if (old && old.comment !== index.comment)
        draft.add({ kind: "setComment", table: table.name, index: index.name, ...of(index) });
    }
    for (const { name, comment } of describedAnew(draft.state, before, to, table))
      draft.add({ kind: "setComment", table: table.name, constraint: name, ...of({ comment }) });
  }
}

/** The constraints and keys that are described in another way, under the names that they have by now. */
function describedAnew(state: Schema, before: Table, to: Schema, after: Table): readonly Described[] {
  const constraints = constraintsOf(after).flatMap(({ name, comment }) => {
    const old = constraintsOf(before).find((c) => c.name === name);
    return old && old.comment !== comment ? [{ name, comment }] : [];
  });
  const keys = keyPairs({ schema: state, table: before }, { schema: to, table: after })
    .filter(({ old, now }) => old.comment !== now.comment)
    .map(({ old, now }) => ({ name: old.name, comment: now.comment }));
  const isSame = before.primaryKeyComment === after.primaryKeyComment;
  return [
    ...(isSame || !after.primaryKey ? [] : [{ name: primaryKeyName(before), comment: after.primaryKeyComment }]),
    ...constraints,
    ...keys,
  ];
}

interface Described {
  readonly name: string;
  readonly comment: string | undefined;
}

/** Turns row security on and off. */
export function setRowSecurity(draft: Draft, to: Schema): void {
  for (const { name: table, rowSecurity = "disabled" } of changing(draft, to)) {
    const before = getTable(draft.state, table).rowSecurity ?? "disabled";
    if (before !== rowSecurity) draft.add({ kind: "setRowSecurity", table, security: rowSecurity });
  }
}

const of = ({ comment }: { readonly comment?: string | undefined }) => (comment === undefined ? {} : { comment });
