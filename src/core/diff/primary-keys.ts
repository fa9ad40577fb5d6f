import { keyComment, primaryKeyName } from "../schema/constraints.ts";
import type { Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { samePrimaryKey } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { changing } from "./unchanged.ts";

/** Gives each table that stays the primary key of the schema, under its name. */
export function alterPrimaryKeys(draft: Draft, schema: Schema): void {
  for (const table of changing(draft, schema)) {
    const before = getTable(draft.state, table.name);
    const { primaryKey = [], primaryKeyName: given } = table;
    if (!samePrimaryKey(before, table))
      draft.add({
        kind: "alterPrimaryKey",
        table: table.name,
        fields: [...primaryKey],
        ...(given !== undefined && { name: given }),
        ...keyComment(table),
      });
    const [from, to] = [primaryKeyName(getTable(draft.state, table.name)), primaryKeyName(table)];
    if (primaryKey.length > 0 && from !== to) draft.add({ kind: "renameConstraint", table: table.name, from, to });
  }
}
