import { ToolError } from "../errors.ts";
import { constraintsOf, primaryKeyName } from "./constraints.ts";
import type { PerDialect, Table } from "./model.ts";

/**
 * Options of a table that may name one of its indexes, or a constraint or key that has one: they come after it, go before it, and follow its
 * name. `replica_identity` says `index NAME` where it does.
 */
export const indexOptions: readonly string[] = ["cluster_on", "replica_identity"];

/** The index that an option names; `undefined` where it names none. */
export function indexNamedBy(key: string, value: string): string | undefined {
  if (key === "cluster_on") return value.trim();
  if (key !== "replica_identity") return undefined;
  return /^\s*index\s+(\S[\s\S]*?)\s*$/i.exec(value)?.[1];
}

/** The options without those that name an index that `which` is about. */
export const withoutIndexes = (options: PerDialect, which: (index: string) => boolean): PerDialect =>
  mapEntries(options, (key, value) => {
    const index = indexNamedBy(key, value);
    return index !== undefined && which(index) ? undefined : value;
  });

/** The table after an index, a constraint or its key got another name. */
export function withIndexRenamed(table: Table, from: string, to: string): Table {
  if (!table.options) return table;
  const options = mapEntries(table.options, (key, value) => {
    if (indexNamedBy(key, value) !== from) return value;
    return key === "cluster_on" ? to : `index ${to}`;
  });
  return { ...table, options };
}

/** Throws ToolError `state` while an option of the table names the index. */
export function refuseIfOption(table: Table, index: string): void {
  const key = optionsNaming(table, index)[0];
  if (key === undefined) return;
  const what = `option "${key}" of table "${table.name}" names index "${index}"`;
  throw new ToolError("state", `${what}; set the options without it first`, { table: table.name, option: key, index });
}

/** Throws ToolError `state` where an option names an index that the table does not have. A partition has some that only the database names. */
export function checkIndexOptions(table: Table): void {
  const missing = table.partitionOf ? undefined : missingIndexes(table)[0];
  if (!missing) return;
  const what = `option "${missing.key}" of table "${table.name}" names index "${missing.index}"`;
  throw new ToolError("state", `${what}, which the table does not have at this point`, {
    table: table.name,
    option: missing.key,
    index: missing.index,
  });
}

/** What options name and the table does not have. */
export function missingIndexes(table: Table): readonly { readonly key: string; readonly index: string }[] {
  const named = namedIn(table);
  if (named.length === 0) return [];
  const present = indexesOf(table);
  return named.filter(({ index }) => !present.includes(index));
}

/** The options of a table that name one of its indexes. */
export const optionsNaming = (table: Table, index: string): readonly string[] =>
  namedIn(table).flatMap((named) => (named.index === index ? named.key : []));

function namedIn({ options = {} }: Table): readonly { readonly key: string; readonly index: string }[] {
  return Object.values(options).flatMap((entries) =>
    Object.entries(entries).flatMap(([key, value]) => {
      const index = indexNamedBy(key, value);
      return index === undefined ? [] : [{ key, index }];
    }),
  );
}

/** The names of all that has an index. */
const indexesOf = (table: Table): readonly string[] => [
  ...table.indexes.map(({ name }) => name),
  ...constraintsOf(table).flatMap((constraint) => ("check" in constraint ? [] : constraint.name)),
  ...(table.primaryKey ? [primaryKeyName(table)] : []),
];

/** The options with each value changed; without those that become nothing. */
export function mapEntries(
  options: PerDialect,
  change: (key: string, value: string) => string | undefined,
): PerDialect {
  const dialects = Object.entries(options).map(([dialect, entries]) => {
    const kept = Object.entries(entries).flatMap(([key, value]) => {
      const now = change(key, value);
      return now === undefined ? [] : [[key, now] as const];
    });
    return [dialect, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(dialects.filter(([, entries]) => Object.keys(entries).length > 0));
}
