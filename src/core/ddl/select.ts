import type { Dialect } from "./dialect.ts";
import { limited } from "./limited.ts";
import { marked, quoteQualified } from "./qualified.ts";
import { lines, stacked } from "./sql.ts";
import type { Column } from "./statement.ts";

export interface SelectRows {
  readonly table: string;
  /** Those that its name may be in. */
  readonly namespaces: readonly string[];
  readonly columns: readonly Column[];
  /** Conditions that all must hold; SQL of whoever asks, taken as it is. */
  readonly where: readonly string[];
  /** Columns. */
  readonly orderBy: readonly string[];
  /** Which rows come first where `limit` cuts them off, before `orderBy` says; SQL of whoever asks, as what stands after ORDER BY. */
  readonly first?: string | undefined;
  readonly limit: number;
}

/** A query for rows in the form that `dialect.rows.value` reads; the columns of its result have the names of the table's. */
export function selectRows(select: SelectRows, dialect: Dialect): string {
  const { columns, where, orderBy, first, limit } = select;
  const { quote, rows } = dialect;
  const table = quotedTable(select, dialect);
  const list = columns.map((column) => `${rows.expression(column)} AS ${quote(column.name)}`);
  // A condition may end in a comment. The order is that of the table's columns, not of the expressions that have their names here.
  const conditions = where.map((condition) => `(${condition}\n)`).join(" AND ");
  const keysOf = (whose: string): string => orderBy.map((column) => `${whose}.${quote(column)}`).join(", ");
  const from = lines(
    `FROM ${table}`,
    conditions !== "" && `WHERE ${conditions}`,
    `ORDER BY ${first === undefined ? "" : `${first}\n, `}${keysOf(table)}`,
    limited(limit, dialect),
  );
  if (first === undefined) return lines("SELECT", stacked(list), from);
  // Names in it are those of the table's columns, too.
  const inner = lines("SELECT", stacked(columns.map((column) => quote(column.name))), from);
  const chosen = quote("chosen_rows");
  return lines("SELECT", stacked(list), `FROM (\n${inner}\n) AS ${chosen}`, `ORDER BY ${keysOf(chosen)}`);
}

/** A query for how many rows a table has, as `n`. */
export const countRows = (table: Pick<SelectRows, "table" | "namespaces">, dialect: Dialect): string =>
  `SELECT count(*) AS n FROM ${quotedTable(table, dialect)}`;

const quotedTable = (
  { table, namespaces }: Pick<SelectRows, "table" | "namespaces">,
  { quote, capabilities }: Dialect,
): string => quoteQualified(quote)(capabilities.namespaces ? marked(table, namespaces) : table);
