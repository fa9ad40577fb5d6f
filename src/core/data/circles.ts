import type { ForeignKeyImage, TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { type DataRow, identityOf, parentsFirst, valueIn } from "./order.ts";

/** A table whose rows are told apart by some of its columns. */
export interface KeyedTable {
  readonly table: TableImage;
  readonly keys: readonly string[];
}

/**
 * The columns of a foreign key that can be NULL until what it refers to is there; none where it cannot wait so. Columns that tell rows apart cannot be
 * NULL.
 */
export function openColumns({ table, keys }: KeyedTable, { columns, matchFull }: ForeignKeyImage): readonly string[] {
  const nullable = new Set(table.columns.filter((column) => column.nullable).map((column) => column.name));
  const open = columns.filter((name) => nullable.has(name) && !keys.includes(name));
  return matchFull && open.length < columns.length ? [] : open;
}

/** The row as it is before what it refers to is there. */
export const openedRow = (row: DataRow, columns: readonly string[]): DataRow => ({
  ...row,
  ...Object.fromEntries(columns.map((name) => [name, null])),
});

/** Rows of a table that refers to itself. */
export interface OrderedRows {
  /** Each after those that it refers to, as far as there is such an order; what refers to a later one is NULL. */
  readonly rows: readonly DataRow[];
  /** Those that have something NULL there, as they are. */
  readonly again: readonly DataRow[];
  /** What is NULL in these. */
  readonly columns: readonly string[];
}

/**
 * Brings the rows of a table into an order in which they can be inserted. Throws ToolError `unsupported` where rows refer to one another in a circle and
 * the foreign key cannot wait.
 */
export function orderedRows(keyed: KeyedTable, given: readonly DataRow[]): OrderedRows {
  const { table } = keyed;
  const links = table.foreignKeys.filter((key) => key.table === table.name && key.deferrable !== "deferred");
  const order = parentsFirst(table, given);
  const lateOf = lateLinks(links, order);
  const columns = new Set<string>();
  const again: DataRow[] = [];
  const rows = order.map((row, place) => {
    const late = lateOf(row, place);
    if (late.length === 0) return row;
    const open = late.flatMap((key) => {
      const own = openColumns(keyed, key);
      if (own.length === 0) throw closedCircle(table, key);
      return own;
    });
    for (const name of open) columns.add(name);
    again.push(row);
    return openedRow(row, open);
  });
  return { rows, again, columns: [...columns] };
}

/** The foreign keys by which a row refers to one that comes after it. */
function lateLinks(
  links: readonly ForeignKeyImage[],
  order: readonly DataRow[],
): (row: DataRow, place: number) => readonly ForeignKeyImage[] {
  const placed = links.map((key) => ({
    key,
    places: new Map(order.map((row, i) => [identityOf(row, key.referencedColumns), i])),
  }));
  return (row, place) =>
    placed.flatMap(({ key, places }) => {
      if (key.columns.some((column) => valueIn(row, column) === null)) return [];
      return (places.get(identityOf(row, key.columns)) ?? -1) > place ? [key] : [];
    });
}

function closedCircle({ name }: TableImage, { columns }: ForeignKeyImage): ToolError {
  const list = columns.map((column) => `"${column}"`).join(", ");
  return new ToolError(
    "unsupported",
    `rows of table "${name}" refer to each other in a circle by ${list}, which may not be NULL, and its foreign key is not initially deferred, so that none of them can go in first; make one of both so, or leave the rows out`,
    { table: name, columns },
  );
}
