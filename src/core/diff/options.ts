import { structuredOptions } from "../operations/field.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";

/** Gives each table that stays the options of the schema. */
export function setOptions(draft: Draft, to: Schema): void {
  for (const { name, options = {} } of to.tables) {
    const before = getTable(draft.state, name).options ?? {};
    if (canonicalJson(before) === canonicalJson(options)) continue;
    draft.add({ kind: "setTableOptions", table: name, options: structuredOptions(options) });
  }
}
