import { ToolError } from "../errors.ts";
import { matchesPattern } from "../name-pattern.ts";
import { nearest } from "../nearest.ts";
import { parentsOf } from "../schema/heritage.ts";
import { plainObjectName } from "../schema/managed.ts";
import { mentions } from "../schema/sql-text.ts";
import type { LiveSchema, UnsupportedObject } from "./dialect.ts";
import { selectSequences } from "./select-sequences.ts";
import type { TableImage } from "./statement.ts";

/** Patterns of names of tables; see `matchesPattern`. */
export interface Selection {
  /** Only these; absent or empty: all. */
  readonly include?: readonly string[];
  /** But not these, whatever `include` says. */
  readonly exclude?: readonly string[];
}

/**
 * The tables that are asked for, with what belongs to them. A foreign key to a table that is left out cannot be declared and is listed
 * as unsupported. Throws ToolError `usage` for a pattern of `include` that no table matches.
 */
export function selectTables<L extends LiveSchema>(live: L, selection: Selection): L {
  const { include = [], exclude = [] } = selection;
  if (include.length + exclude.length === 0) return live;
  const wanted = tableChoice(
    live.tables.map(({ name }) => name),
    selection,
  );
  const chosen = live.tables.filter((table) => wanted(table.name));
  const left = new Set(live.tables.flatMap(({ name }) => (wanted(name) ? [] : name)));
  const { managed, unfounded } = selectManaged(live, { wanted, left });
  const counting = selectSequences(live, left, { tables: chosen, ...managed });
  const unsupported = live.unsupported.filter(({ table }) => table === undefined || !left.has(table));
  return {
    ...live,
    ...managed,
    ...(live.sequences && { sequences: counting.sequences }),
    tables: chosen.map((table) => withoutParents(left, withoutKeysTo(left, table))),
    unsupported: [
      ...unsupported,
      ...chosen.flatMap((table) => [...keysTo(left, table), ...parentsAmong(left, table)]),
      ...unfounded,
      ...counting.unsupported,
    ],
  };
}

/** Whether a table is asked for, by its name. Throws ToolError `usage` for a pattern of `include` that none of these matches. */
export function tableChoice(
  names: readonly string[],
  { include = [], exclude = [] }: Selection,
): (name: string) => boolean {
  for (const pattern of include) refuseUnmatched(pattern, names);
  return (name) =>
    (include.length === 0 || include.some((p) => matchesPattern(name, p))) &&
    !exclude.some((p) => matchesPattern(name, p));
}

/** The views and objects that are asked for; those that name a table which is left out are listed. */
function selectManaged(
  { views = [], objects = [] }: LiveSchema,
  { wanted, left }: { readonly wanted: (name: string) => boolean; readonly left: ReadonlySet<string> },
): { readonly managed: Pick<LiveSchema, "views" | "objects">; readonly unfounded: readonly UnsupportedObject[] } {
  const missing = (sql: string) => [...left].find((table) => mentions(sql, table));
  const [named, of] = [
    views.filter(({ name }) => wanted(name)),
    objects.filter(({ table, ...object }) =>
      table === undefined ? wanted(plainObjectName(object)) : !left.has(table),
    ),
  ];
  const reason = (sql: string) => `it names table "${missing(sql)}", which is left out`;
  return {
    managed: {
      views: named.filter(({ query }) => missing(query) === undefined),
      objects: of.filter(({ definition }) => missing(definition) === undefined),
    },
    unfounded: [
      ...named
        .filter(({ query }) => missing(query) !== undefined)
        .map(({ name, query }) => ({ kind: "view", object: name, reason: reason(query) })),
      ...of
        .filter(({ definition }) => missing(definition) !== undefined)
        .map(({ kind, name, table, definition }) => ({
          kind: kind.replaceAll("_", " "),
          object: name,
          ...(table !== undefined && { table }),
          reason: reason(definition),
        })),
    ],
  };
}

function refuseUnmatched(pattern: string, names: readonly string[]): void {
  if (names.some((name) => matchesPattern(name, pattern))) return;
  const near = nearest(pattern, names);
  const hint = near
    ? `did you mean "${near}"?`
    : names.length > 0
      ? `there are ${shown(names)}`
      : "there are no tables";
  throw new ToolError("usage", `no table matches "${pattern}" of --include; ${hint}`, {
    pattern,
    ...(near && { nearest: near }),
  });
}

const shown = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(", ")} and ${names.length - 10} more` : names.join(", ");

const withoutKeysTo = (left: ReadonlySet<string>, table: TableImage): TableImage => ({
  ...table,
  foreignKeys: table.foreignKeys.filter((key) => !left.has(key.table)),
});

/** What a table has from one that is left out, it has by itself. */
function withoutParents(left: ReadonlySet<string>, table: TableImage): TableImage {
  if (parentsAmong(left, table).length === 0) return table;
  const { partitionOf: _, inherits = [], ...rest } = table;
  const parents = inherits.filter((parent) => !left.has(parent));
  const columns = rest.columns.map(({ inherited: __, ...column }) => column);
  return { ...rest, columns, ...(parents.length > 0 && { inherits: parents }) };
}

const parentsAmong = (left: ReadonlySet<string>, table: TableImage): readonly UnsupportedObject[] =>
  parentsOf(table)
    .filter((parent) => left.has(parent))
    .map((parent) => ({
      kind: table.partitionOf ? "partition" : "inheritance",
      object: table.name,
      table: table.name,
      reason: `table "${parent}" above it is left out, with the keys and indexes that come from there; it is taken for one by itself`,
    }));

const keysTo = (left: ReadonlySet<string>, table: TableImage): readonly UnsupportedObject[] =>
  table.foreignKeys.flatMap((key) =>
    left.has(key.table)
      ? {
          kind: "foreign key",
          object: key.name ?? key.columns.join(", "),
          table: table.name,
          reason: `it refers to table "${key.table}", which is left out`,
        }
      : [],
  );
