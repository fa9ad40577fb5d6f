import { databasesParams, structuredOptions } from "../operations/field.ts";
import { canonicalJson } from "../schema/canonical.ts";
import { sameDatabases } from "../schema/for-databases.ts";
import type { PerDialect, Schema, Table } from "../schema/model.ts";
import { findTable, getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { whileIndexesChange } from "./index-options.ts";
import { changing } from "./unchanged.ts";

/** Takes the options that are gone from tables whose fields change: new fields need not go with them. */
export function dropOptions(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    const before = findTable(draft.state, table.name);
    if (before && changesFields(before, table))
      set(draft, table.name, whileIndexesChange(before.options, common(before.options, table.options)));
  }
}

/** Gives each table that stays the options of the schema, but for those that wait until its old fields are gone. */
export function setOptions(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to)) {
    const before = getTable(draft.state, table.name);
    const waits = changesFields(before, table);
    const options = waits ? common(table.options, before.options) : table.options;
    set(draft, table.name, whileIndexesChange(before.options, options));
  }
}

/** Gives tables the options that their old fields need not have gone with. */
export function addOptions(draft: Draft, to: Schema): void {
  for (const { name, options } of changing(draft, to))
    set(draft, name, whileIndexesChange(getTable(draft.state, name).options, options));
}

/** Gives tables the options that name indexes, which are there by then. */
export function finishOptions(draft: Draft, to: Schema): void {
  for (const { name, options } of changing(draft, to)) set(draft, name, options ?? {});
}

function set(draft: Draft, table: string, options: PerDialect): void {
  if (canonicalJson(getTable(draft.state, table).options ?? {}) === canonicalJson(options)) return;
  draft.add({ kind: "setTableOptions", table, options: structuredOptions(options) });
}

/** Keeps each table on the databases of the schema. */
export function setDatabases(draft: Draft, to: Schema): void {
  for (const table of changing(draft, to))
    if (!sameDatabases(getTable(draft.state, table.name), table))
      draft.add({ kind: "setDatabases", table: table.name, ...databasesParams(table) });
}

const changesFields = (before: Table, after: Table): boolean =>
  canonicalJson([before.fields, before.primaryKey ?? []]) !== canonicalJson([after.fields, after.primaryKey ?? []]);

/** The options that both have, with the values of the first. */
function common(options: PerDialect = {}, others: PerDialect = {}): PerDialect {
  const kept = Object.entries(options).map(([dialect, entries]) => {
    const shared = Object.entries(entries).filter(([key]) => Object.hasOwn(others[dialect] ?? {}, key));
    return [dialect, Object.fromEntries(shared)] as const;
  });
  return Object.fromEntries(kept.filter(([, entries]) => Object.keys(entries).length > 0));
}
