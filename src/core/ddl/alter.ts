import { canonicalJson } from "../schema/canonical.ts";
import type { FieldPath } from "../schema/dependents.ts";
import { parentsOf } from "../schema/heritage.ts";
import type { Schema } from "../schema/model.ts";
import { findTable, getTable, referencedFields } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";
import { dependentsAround } from "./held-columns.ts";
import { columnImage, foreignKeyImage, isHeld as isHeldByTable, tableImage } from "./image.ts";
import { addForeignKey, keyIndexesAround } from "./key-indexes.ts";
import { standsByItself, throughNewColumn } from "./new-column.ts";
import { remadeColumns } from "./remade-columns.ts";
import type { Column, Statement, TableImage } from "./statement.ts";

/** Two states of a schema whose tables and fields have the same names. */
export interface Change {
  readonly before: Schema;
  readonly after: Schema;
  readonly dialect: Dialect;
}

/** How the values of one column get from the old form to the new. */
export interface Conversion {
  readonly table: string;
  readonly field: string;
  /** SQL for the rows in which the column is NULL. */
  readonly fill?: string | undefined;
  /** SQL that converts the old values. */
  readonly using?: string | undefined;
  /** Another column takes its place, where the database has that. */
  readonly method?: "new_column" | undefined;
}

/**
 * The statements that bring the columns of some tables from one state to the other. Foreign keys on columns whose type
 * changes are dropped first and made again at the end, because databases refuse to let the two sides differ.
 */
export function alterColumns(change: Change, tables: readonly string[], conversion?: Conversion): readonly Statement[] {
  const pairs = tables.flatMap((table) => changedColumns(change, table, tables));
  const { replacesColumns, changesInPlace } = change.dialect.capabilities;
  const isOwn = (pair: Pair): boolean => conversion?.table === pair.table && conversion.field === pair.after.name;
  const isAnew = (pair: Pair): boolean =>
    replacesColumns === true &&
    ((conversion?.method === "new_column" && isOwn(pair)) ||
      (changesInPlace?.(pair.before, pair.after) === false && standsByItself(change.before, pair.table)));
  const remade = pairs.filter((pair) => isRemade(pair, change.dialect) && !isAnew(pair));
  const held = pairs.filter((pair) => isHeld(pair, change.dialect) || isAnew(pair));
  const computed = remadeColumns(change, held, remade);
  const alters = pairs.flatMap((pair) => {
    if (remade.includes(pair)) return [];
    const own = isOwn(pair) ? conversion : undefined;
    return isAnew(pair)
      ? throughNewColumn(change, pair, { values: own ?? {}, computed: computed.columns })
      : alterColumn(pair, own);
  });
  const bound = dependentsAround(change, boundPairs(change, pairs, { remade, conversion, isAnew }), computed.columns);
  const keys = heldKeys(change, held, computed.columns);
  const indexes = keyIndexesAround(
    change,
    held.map(({ table, after }) => ({ table, field: after.name })),
  );
  return [
    ...indexes.first,
    ...pairs.flatMap(lostAutoUpdate),
    ...keys.map(
      (key): Statement => ({
        kind: "dropForeignKey",
        table: key.table,
        foreignKey: foreignKeyImage(change.before, key.before, change.dialect),
      }),
    ),
    ...bound.drop,
    ...computed.drop,
    ...alters,
    ...bound.make,
    ...computed.make,
    ...keys.map((key) => addForeignKey(change.after, key.table, key.after, change.dialect)),
    ...pairs.flatMap((pair) => newAutoUpdate(change, pair)),
    ...indexes.last,
  ];
}

/** Drops what sets these columns of a table at every update, for changes that it would not survive. */
export const dropAutoUpdates = (table: string, columns: readonly Column[]): readonly Statement[] =>
  autoUpdated(columns).map((column) => ({ kind: "dropAutoUpdate", table, column }));

/** Makes what sets these columns of a table at every update: `of` is the table as it is then. */
export const createAutoUpdates = (of: TableImage, columns: readonly Column[] = of.columns): readonly Statement[] =>
  autoUpdated(columns).map((column) => ({ kind: "createAutoUpdate", table: of.name, of, column }));

const autoUpdated = (columns: readonly Column[]): readonly Column[] =>
  columns.filter((column) => column.autoUpdate && !column.inherited);

interface Pair {
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
  readonly held: boolean;
}

/** What a table has from one that changes too changes with that. */
function changedColumns({ before, after, dialect }: Change, name: string, all: readonly string[]): readonly Pair[] {
  const old = getTable(before, name);
  const table = getTable(after, name);
  const follows = parentsOf(table).some((parent) => all.includes(parent));
  return table.fields.flatMap((field) => {
    const oldField = old.fields.find((f) => f.name === field.name);
    if (!oldField || (follows && field.inherited)) return [];
    const pair = {
      table: name,
      before: columnImage(before, old, oldField, dialect),
      after: columnImage(after, table, field, dialect),
      held: isHeldByTable(old, field.name, dialect),
    };
    return sameColumn(pair.before, pair.after) && !pair.before.autoUpdate === !pair.after.autoUpdate ? [] : [pair];
  });
}

/**
 * Filling stands between the change of type and NOT NULL: the value is of the new type and must be there before the
 * constraint. A field that gets NOT NULL together with a default is filled with that.
 */
function alterColumn({ table, before, after, held }: Pair, conversion: Conversion | undefined): readonly Statement[] {
  const using = conversion?.using;
  const alter = (from: Column, to: Column, converts: boolean): readonly Statement[] =>
    sameColumn(from, to)
      ? []
      : [
          {
            kind: "alterColumn",
            table,
            before: from,
            after: to,
            ...(converts && using !== undefined && { using }),
            ...(held && { held: true }),
          },
        ];
  const value = conversion && (conversion.fill ?? (after.nullable ? undefined : after.default));
  if (value === undefined || !before.nullable) return alter(before, after, true);
  // What numbers rows as an identity takes no column that may be NULL.
  const { identity: _, ...plain } = after;
  const open = { ...plain, nullable: true };
  return [
    ...alter(before, open, true),
    { kind: "fillColumn", table, column: after.name, value, onlyNull: true },
    ...alter(open, after, false),
  ];
}

const lostAutoUpdate = ({ table, before, after }: Pair): readonly Statement[] =>
  before.autoUpdate && !after.autoUpdate ? dropAutoUpdates(table, [before]) : [];

const newAutoUpdate = (change: Change, { table, before, after }: Pair): readonly Statement[] =>
  after.autoUpdate && !before.autoUpdate
    ? createAutoUpdates(tableImage(change.after, table, change.dialect), [after])
    : [];

/** Whether two columns are equal but for `autoUpdate`, which has statements of its own. */
const sameColumn = (a: Column, b: Column): boolean =>
  a.type === b.type &&
  a.nullable === b.nullable &&
  a.default === b.default &&
  !a.autoIncrement === !b.autoIncrement &&
  a.collation === b.collation &&
  a.comment === b.comment &&
  canonicalJson({ generated: a.generated, identity: a.identity, sequence: a.sequence, options: a.options }) ===
    canonicalJson({ generated: b.generated, identity: b.identity, sequence: b.sequence, options: b.options });

/** Whether foreign keys keep this change from being made. */
const isHeld = ({ before, after }: Pair, { capabilities }: Dialect): boolean =>
  before.type !== after.type ||
  (capabilities.foreignKeysHoldNumbering === true && !before.autoIncrement !== !after.autoIncrement);

/**
 * Whether a column is dropped and made again, because it becomes one that is computed, or is computed in another way: PostgreSQL has SET EXPRESSION
 * since 17 only.
 */
const isRemade = ({ before, after }: Pair, { capabilities }: Dialect): boolean =>
  capabilities.generatedColumnsHoldTypes === true &&
  after.generated !== undefined &&
  (before.type !== after.type || canonicalJson(before.generated ?? null) !== canonicalJson(after.generated));

/** Those that what stands on them holds; a column that takes the place of another one sees to that itself. */
function boundPairs({ before, dialect }: Change, pairs: readonly Pair[], left: Left): readonly FieldPath[] {
  const holds = dialect.capabilities.dependentsHold;
  if (!holds) return [];
  const { remade, conversion, isAnew } = left;
  const isBound = (pair: Pair): boolean => {
    const isOwn = conversion?.table === pair.table && conversion.field === pair.after.name;
    if (remade.includes(pair) || isAnew(pair)) return false;
    const inKey = getTable(before, pair.table).primaryKey?.includes(pair.after.name) ?? false;
    return (isOwn && conversion.using !== undefined) || holds(pair.before, pair.after, inKey);
  };
  return pairs.filter(isBound).map(({ table, after }) => ({ table, field: after.name }));
}

interface Left {
  readonly remade: readonly Pair[];
  readonly conversion: Conversion | undefined;
  isAnew(pair: Pair): boolean;
}

/**
 * The foreign keys with one of these columns on either side, or that point at one which is dropped and made again, as they are before and after. Those of a
 * column that is dropped go with it.
 */
function heldKeys({ before, after }: Change, held: readonly Pair[], remade: readonly FieldPath[]) {
  if (held.length === 0 && remade.length === 0) return [];
  const names = new Set(held.map((pair) => pathOf(pair.table, pair.after.name)));
  const anew = new Set(remade.map(({ table, field }) => pathOf(table, field)));
  const is = (set: ReadonlySet<string>, table: string, fields: readonly string[]) =>
    fields.some((field) => set.has(pathOf(table, field)));
  return after.tables.flatMap((table) =>
    table.foreignKeys.flatMap((key) => {
      const { references } = key;
      if (is(anew, table.name, key.fields)) return [];
      const target = referencedFields(after, references);
      if (
        !is(names, table.name, key.fields) &&
        !is(names, references.table, target) &&
        !is(anew, references.table, target)
      )
        return [];
      const old = findTable(before, table.name)?.foreignKeys.find((k) => k.name === key.name);
      return old ? [{ table: table.name, before: old, after: key }] : [];
    }),
  );
}

const pathOf = (table: string, field: string): string => JSON.stringify([table, field]);
