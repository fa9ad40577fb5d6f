import { words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { optionClauses } from "./column-options.ts";
import { defaultClause } from "./defaults.ts";
import { quote, stringLiteral } from "./quote.ts";
import { isNeverNull, nullableType } from "./types.ts";

/** `name Type DEFAULT … COMMENT …`. Throws ToolError `unsupported` for a column that ClickHouse cannot have. */
export const columnDefinition = (column: Column, table: string): string =>
  words(
    plainDefinition(column, table),
    column.comment !== undefined && `COMMENT ${stringLiteral(column.comment)}`,
    optionClauses(column),
  );

/** The same for MODIFY COLUMN, without the comment, which stays. */
export const modifiedDefinition = (column: Column, table: string): string =>
  words(plainDefinition(column, table), optionClauses(column));

const plainDefinition = (column: Column, table: string): string =>
  words(quote(column.name), storedType(column, table), defaultOf(column));

/** The type with its NULLs. A default of NULL is none, and is refused for a column without NULLs. */
export function storedType(column: Column, table: string): string {
  const place = `column "${column.name}" of table "${table}"`;
  const no = (why: string): ToolError =>
    new ToolError("unsupported", `ClickHouse cannot have the ${place}: ${why}`, { table, column: column.name });
  if (column.autoIncrement)
    throw no(
      'it numbers no rows; use a uuid with the default "new_uuid", or a bigint with the default { sql: "generateSnowflakeID()" }',
    );
  if (column.identity) throw no('it numbers no rows; use a uuid with the default "new_uuid"');
  if (column.generated) throw no("godwit does not manage MATERIALIZED and ALIAS columns there; add one with runSQL");
  if (column.collation !== undefined) throw no("a column there has no collation; texts are compared by their bytes");
  if (column.autoUpdate) throw no("no column there sets itself when its row is updated");
  if (!column.nullable) {
    if (isNullable(column.type))
      throw no(
        `its type ${column.type} has NULLs, and the field has none; write the type without Nullable, and nullable: true`,
      );
    return column.type;
  }
  if (isNeverNull(column.type))
    throw no(`a value of type ${column.type} is never NULL there; say nullable: false, or map the type to another one`);
  return nullableType(column.type);
}

const isNullable = (type: string): boolean => /^(?:LowCardinality\()?Nullable\(/.test(type);

const defaultOf = ({ default: sql, type }: Column): string | false =>
  sql !== undefined && !/^null$/i.test(sql.trim()) && `DEFAULT ${defaultClause(sql, type)}`;

/** Whether rows that are there already get a value that somebody chose. */
export const hasValue = (column: Column): boolean => column.nullable || defaultOf(column) !== false;
