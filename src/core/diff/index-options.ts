import { structuredOptions } from "../operations/field.ts";
import type { Operation } from "../operations/index.ts";
import { primaryKeyName } from "../schema/constraints.ts";
import { optionsNaming, withoutIndexes } from "../schema/index-options.ts";
import type { PerDialect, Schema, Table } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";

/** What has to come before an operation that takes an index away: the table is told nothing of it any more. */
export function releases(state: Schema, operation: Operation): readonly Operation[] {
  const goes = indexThatGoes(state, operation);
  if (!goes || optionsNaming(goes.table, goes.index).length === 0) return [];
  const options = withoutIndexes(goes.table.options ?? {}, (index) => index === goes.index);
  return [{ kind: "setTableOptions", table: goes.table.name, options: structuredOptions(options) }];
}

/** The options of a table while its indexes are on their way: those that name one as they are, all others as they are to be. */
export const whileIndexesChange = (before: PerDialect = {}, after: PerDialect = {}): PerDialect => {
  const dialects = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const [plain, naming] = [withoutIndexes(after, () => true), onlyIndexes(before)];
  const entries = dialects.map((dialect) => [dialect, { ...plain[dialect], ...naming[dialect] }] as const);
  return Object.fromEntries(entries.filter(([, found]) => Object.keys(found).length > 0));
};

function onlyIndexes(options: PerDialect): PerDialect {
  const others = withoutIndexes(options, () => true);
  const entries = Object.entries(options).map(([dialect, found]) => {
    const naming = Object.entries(found).filter(([key]) => !Object.hasOwn(others[dialect] ?? {}, key));
    return [dialect, Object.fromEntries(naming)] as const;
  });
  return Object.fromEntries(entries);
}

function indexThatGoes(
  state: Schema,
  operation: Operation,
): { readonly table: Table; readonly index: string } | undefined {
  if (operation.kind === "dropIndex" || operation.kind === "dropConstraint") {
    const table = findTable(state, operation.table);
    return table && { table, index: operation.name };
  }
  if (operation.kind !== "alterPrimaryKey") return undefined;
  const table = findTable(state, operation.table);
  return table?.primaryKey && { table, index: primaryKeyName(table) };
}
