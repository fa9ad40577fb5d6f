import type { Dialect } from "./dialect.ts";
import { limited } from "./limited.ts";
import { marked, quoteQualified } from "./qualified.ts";
import { lines, stacked } from "./sql.ts";
import type { Column } from "./statement.ts";

export interface SelectRows {
  readonly table: string;
  /** Those that its name may be in. */
  readonly namespaces: readonly string[];
  /** Without the rows of tables that inherit from it. */
  readonly only?: boolean | undefined;
  readonly columns: readonly Column[];
  /** Conditions that all must hold; SQL of whoever asks, taken as it is. */
  readonly where: readonly string[];
  /** Columns. */
  readonly orderBy: readonly string[];
  /** Which rows there are at all: the first so many; `order` is SQL of whoever asks, as what stands after ORDER BY. */
  readonly first?: { readonly order: string; readonly most: number } | undefined;
  readonly limit: number;
  /** So many rows before them are left out. Default: 0. */
  readonly skip?: number | undefined;
}

/** A query for rows in the form that `dialect.rows.value` reads; the columns of its result have the names of the table's. */
export function selectRows(select: SelectRows, dialect: Dialect): string {
  const { columns, where, orderBy, first, limit, skip = 0, only } = select;
  const { quote, rows } = dialect;
  const table = quotedTable(select, dialect);
  const list = stacked(columns.map((column) => `${rows.expression(column)} AS ${quote(column.name)}`));
  // A condition may end in a comment. The order is that of the table's columns, not of the expressions that have their names here.
  const conditions = where.map((condition) => `(${condition}\n)`).join(" AND ");
  const keysOf = (whose: string): string => orderBy.map((column) => `${whose}.${quote(column)}`).join(", ");
  const from = lines(`FROM ${only ? "ONLY " : ""}${table}`, conditions !== "" && `WHERE ${conditions}`);
  const part = limited(limit, dialect, true, skip);
  if (first === undefined && skip === 0)
    return lines("SELECT", list, from, `ORDER BY ${keysOf(table)}`, limited(limit, dialect));
  // Names in it are those of the table's columns, too; and what is skipped is not written out.
  const inner = lines("SELECT", stacked(columns.map((column) => quote(column.name))), from);
  const ordered = first
    ? lines(inner, `ORDER BY ${first.order}\n, ${keysOf(table)}`, limited(first.most, dialect))
    : lines(inner, `ORDER BY ${keysOf(table)}`, part);
  const chosen = quote("chosen_rows");
  const order = `ORDER BY ${keysOf(chosen)}`;
  return lines("SELECT", list, `FROM (\n${ordered}\n) AS ${chosen}`, order, first !== undefined && part);
}

/** A query for how many rows a table has, as `n`. */
export const countRows = (table: Pick<SelectRows, "table" | "namespaces">, dialect: Dialect): string =>
  `SELECT count(*) AS n FROM ${quotedTable(table, dialect)}`;

const quotedTable = (
  { table, namespaces }: Pick<SelectRows, "table" | "namespaces">,
  { quote, capabilities }: Dialect,
): string => quoteQualified(quote)(capabilities.namespaces ? marked(table, namespaces) : table);
