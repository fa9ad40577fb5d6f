import type { Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";

/** Describes tables and indexes anew where only that is different. */
export function setComments(draft: Draft, to: Schema): void {
  for (const table of to.tables) {
    const before = getTable(draft.state, table.name);
    if (before.comment !== table.comment) draft.add({ kind: "setComment", table: table.name, ...of(table) });
    for (const index of table.indexes) {
      const old = before.indexes.find(({ name }) => name === index.name);
      if (old && old.comment !== index.comment)
        draft.add({ kind: "setComment", table: table.name, index: index.name, ...of(index) });
    }
  }
}

/** Turns row security on and off. */
export function setRowSecurity(draft: Draft, to: Schema): void {
  for (const { name: table, rowSecurity = "disabled" } of to.tables) {
    const before = getTable(draft.state, table).rowSecurity ?? "disabled";
    if (before !== rowSecurity) draft.add({ kind: "setRowSecurity", table, security: rowSecurity });
  }
}

const of = ({ comment }: { readonly comment?: string }) => (comment === undefined ? {} : { comment });
