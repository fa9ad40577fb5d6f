import { words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { defaultClause } from "./defaults.ts";
import { quote, stringLiteral } from "./quote.ts";
import { canonicalType } from "./types.ts";

/** How values of rows with the same key become one: https://docs.starrocks.io/docs/table_design/table_types/aggregate_table/ */
export const columnOptions = ["aggregate"] as const;

/**
 * `name TYPE SUM NOT NULL DEFAULT '0' COMMENT ''`, in that order:
 * https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/CREATE_TABLE/#column-definition. Throws ToolError `unsupported` for
 * what a column cannot be.
 */
export function columnDefinition(column: Column, table: string): string {
  check(column, table);
  const { name, autoIncrement, generated, comment } = column;
  const sql = autoIncrement || generated ? undefined : defaultClause(table, column);
  return words(
    quote(name),
    typeOf(column),
    aggregateOf(column, table),
    column.nullable ? "NULL" : "NOT NULL",
    autoIncrement && "AUTO_INCREMENT",
    sql !== undefined && `DEFAULT ${sql}`,
    generated && `AS ${generated.as}`,
    comment !== undefined && `COMMENT ${stringLiteral(comment)}`,
  );
}

/** Columns that number themselves are of the largest size: https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/auto_increment/ */
export const numberedType = (): string => "BIGINT";

export const typeOf = ({ type, autoIncrement }: Column): string => (autoIncrement ? numberedType() : type);

function aggregateOf({ name, options }: Column, table: string): string | false {
  const given = options?.["aggregate"];
  if (given === undefined) return false;
  const word = given.toUpperCase();
  if (aggregates.includes(word)) return word;
  throw new ToolError(
    "schema",
    `option "aggregate" of field "${name}" of table "${table}" is "${given}"; it is one of ${aggregates.join(", ")}`,
    { table, field: name },
  );
}

export const aggregates = [
  "SUM",
  "MAX",
  "MIN",
  "REPLACE",
  "REPLACE_IF_NOT_NULL",
  "HLL_UNION",
  "BITMAP_UNION",
  "PERCENTILE_UNION",
];

function check(column: Column, table: string): void {
  const no = (why: string): ToolError =>
    new ToolError("unsupported", `StarRocks cannot have the column "${column.name}" of table "${table}": ${why}`, {
      table,
      column: column.name,
    });
  if (canonicalType(column.type) === "time")
    throw no("it has no columns of times without a day; use varchar, or map the type time to another one");
  if (column.identity) throw no("godwit numbers columns there by AUTO_INCREMENT only; use type bigserial");
  if (column.collation !== undefined) throw no("a column there has no collation; texts are compared by their bytes");
  if (column.autoUpdate) throw no("no column there sets itself when its row is updated");
  if (column.generated && !column.nullable)
    throw no("the values of a generated column may be NULL there; say nullable: true");
  if (column.generated && !column.generated.stored)
    throw no("the values of a generated column are stored there; say stored: true");
}

/** Whether rows that are there already get a value that somebody chose. */
export const hasValue = (column: Column, table: string): boolean =>
  column.nullable || column.generated !== undefined || defaultClause(table, column) !== undefined;
