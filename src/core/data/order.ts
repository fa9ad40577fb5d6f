import type { TableImage } from "../ddl/statement.ts";
import type { RowValue } from "../operations/params.ts";
import { canonicalJson } from "../schema/canonical.ts";

export type DataRow = Readonly<Record<string, RowValue>>;

/** What a row has in a column: NULL where it does not name it, whatever objects have by themselves under that name. */
export const valueIn = (row: DataRow, column: string): RowValue =>
  Object.hasOwn(row, column) ? (row[column] ?? null) : null;

/** Values of some columns as a text that is equal exactly when they are; a column that the row does not name is like one that is NULL. */
export const identityOf = (row: DataRow, columns: readonly string[]): string =>
  canonicalJson(columns.map((column) => valueIn(row, column)));

/**
 * The rows so that each comes after those of the same table that it refers to, else in the order given. Where rows refer to one
 * another in a circle, the first one given comes last.
 */
export function parentsFirst(table: TableImage, rows: readonly DataRow[]): readonly DataRow[] {
  const links = table.foreignKeys
    .filter((key) => key.table === table.name)
    .map(({ columns, referencedColumns }) => ({
      columns,
      targets: new Map(rows.map((row) => [identityOf(row, referencedColumns), row])),
    }));
  if (links.length === 0) return rows;
  const parentsOf = (row: DataRow): readonly DataRow[] =>
    links.flatMap(({ columns, targets }): readonly DataRow[] => {
      // What is NULL refers to nothing.
      if (columns.some((column) => valueIn(row, column) === null)) return [];
      const parent = targets.get(identityOf(row, columns));
      return parent ? [parent] : [];
    });
  const order: DataRow[] = [];
  const seen = new Set<DataRow>();
  for (const row of rows) visit(row, { parentsOf, order, seen });
  return order;
}

interface Walk {
  readonly parentsOf: (row: DataRow) => readonly DataRow[];
  readonly order: DataRow[];
  readonly seen: Set<DataRow>;
}

/** Without recursion: a chain of rows may be as long as the table. */
function visit(first: DataRow, { parentsOf, order, seen }: Walk): void {
  const open: { readonly row: DataRow; readonly parents: Iterator<DataRow> }[] = [];
  const enter = (row: DataRow): void => {
    if (seen.has(row)) return;
    seen.add(row);
    open.push({ row, parents: parentsOf(row).values() });
  };
  enter(first);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const parent = top.parents.next();
    if (!parent.done) enter(parent.value);
    else {
      order.push(top.row);
      open.pop();
    }
  }
}
