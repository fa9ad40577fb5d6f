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
  readonly limit: number;
}

/** A query for rows in the form that `dialect.rows.value` reads; the columns of its result have the names of the table's. */
export function selectRows(select: SelectRows, dialect: Dialect): string {
  const { columns, where, orderBy, limit } = select;
  const { quote, rows, capabilities } = dialect;
  const table = quoteQualified(quote)(capabilities.namespaces ? marked(select.table, select.namespaces) : select.table);
  const list = columns.map((column) => `${rows.expression(column)} AS ${quote(column.name)}`);
  // A condition may end in a comment. The order is that of the table's columns, not of the expressions that have their names here.
  const conditions = where.map((condition) => `(${condition}\n)`).join(" AND ");
  return lines(
    "SELECT",
    stacked(list),
    `FROM ${table}`,
    conditions !== "" && `WHERE ${conditions}`,
    `ORDER BY ${orderBy.map((column) => `${table}.${quote(column)}`).join(", ")}`,
    limited(limit, dialect),
  );
}
