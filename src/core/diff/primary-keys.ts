import type { Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { samePrimaryKey } from "./compare.ts";
import type { Draft } from "./draft.ts";

/** Gives each table that stays the primary key of the schema. */
export function alterPrimaryKeys(draft: Draft, to: Schema): void {
  for (const table of to.tables) {
    if (samePrimaryKey(getTable(draft.state, table.name), table)) continue;
    draft.add({ kind: "alterPrimaryKey", table: table.name, fields: [...(table.primaryKey ?? [])] });
  }
}
