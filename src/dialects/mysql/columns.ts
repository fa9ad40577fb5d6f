import { words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { defaultClause, isMoment, now } from "./defaults.ts";
import { quote, stringLiteral } from "./quote.ts";

/** A column as CREATE TABLE, ADD COLUMN and MODIFY COLUMN have it. */
export function columnDefinition(column: Column): string {
  if (column.identity)
    throw new ToolError(
      "unsupported",
      `MySQL and MariaDB have no identity columns; use type serial for "${column.name}"`,
      { field: column.name },
    );
  return words(
    quote(column.name),
    column.type,
    column.collation !== undefined && `COLLATE ${column.collation}`,
    column.generated &&
      `GENERATED ALWAYS AS (${column.generated.as}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
    // A TIMESTAMP without a word about it is NOT NULL where `explicit_defaults_for_timestamp` is off.
    column.nullable ? isMoment(column.type) && "NULL" : "NOT NULL",
    column.autoIncrement ? "AUTO_INCREMENT" : defaultOf(column),
    column.autoUpdate && `ON UPDATE ${currentTime(column)}`,
    column.comment !== undefined && `COMMENT ${stringLiteral(column.comment)}`,
  );
}

/** `autoUpdate` has a statement of its own when a column is made. */
export const withoutAutoUpdate = ({ autoUpdate: _, ...column }: Column): Column => column;

const defaultOf = (column: Column): string | false =>
  column.default !== undefined && `DEFAULT ${defaultClause(column.default, column.type)}`;

function currentTime({ name, type }: Column): string {
  if (isMoment(type)) return now(type);
  throw new ToolError(
    "unsupported",
    `MySQL and MariaDB set only columns of type TIMESTAMP and DATETIME when a row is updated; "${name}" is ${type}`,
    { field: name, type },
  );
}
