import { words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import type { Identity } from "../../core/schema/model.ts";
import { defaultName, quote } from "./names.ts";

/** `[name] TYPE …` as in CREATE TABLE and ADD. NULL is said, because what goes without saying depends on the session. */
export function columnDefinition(column: Column, table: string): string {
  const { generated, nullable } = column;
  if (generated) return computed(column);
  return words(
    quote(column.name),
    typeWithCollation(column),
    numbered(column, table),
    nullable ? "NULL" : "NOT NULL",
    defaultOf(column) !== undefined &&
      `CONSTRAINT ${quote(defaultName(table, column.name))} DEFAULT ${defaultOf(column)}`,
  );
}

export const typeWithCollation = ({ type, collation }: Column): string =>
  words(type, collation !== undefined && `COLLATE ${collationName(collation)}`);

/** Names of collations are never quoted: https://learn.microsoft.com/sql/t-sql/statements/collations */
function collationName(name: string): string {
  if (/^\w+$/.test(name)) return name;
  throw new ToolError(
    "params",
    `"${name}" is no collation of SQL Server; they are called as Latin1_General_100_CI_AS_SC_UTF8`,
    { collation: name },
  );
}

/** The type of a computed column follows from its expression, so that it is converted to the one that is declared. One that is not kept cannot be told NOT NULL. */
const computed = ({ name, type, nullable, generated }: Column): string =>
  words(
    `${quote(name)} AS CAST((${generated?.as}) AS ${type})`,
    generated?.stored && "PERSISTED",
    generated?.stored && !nullable && "NOT NULL",
  );

/** A default of NULL is none. */
export const defaultOf = ({ default: sql, autoIncrement, identity, generated }: Column): string | undefined =>
  sql === undefined || autoIncrement || identity || generated || /^\(*null\)*$/i.test(sql.trim()) ? undefined : sql;

/** `IDENTITY(1,1)`; an identity of SQL Server begins somewhere and goes on by steps, and that is all that it can be told. */
function numbered({ name, autoIncrement, identity }: Column, table: string): string | false {
  if (autoIncrement) return "IDENTITY(1,1)";
  if (!identity) return false;
  const { start = 1, increment = 1, always: _, name: __, comment: ___, type: ____, ...others } = identity;
  const [option] = Object.keys(others);
  if (option === undefined) return `IDENTITY(${start},${increment})`;
  throw new ToolError(
    "unsupported",
    `field "${name}" of table "${table}": an identity of SQL Server can be told "start" and "increment", and not "${option}"`,
    { table, field: name },
  );
}

/** Whether a column counts by itself, and how. */
export const countingOf = ({ autoIncrement, identity }: Column): string | undefined => {
  const told: Identity | undefined = autoIncrement ? {} : identity;
  return told && `${told.start ?? 1},${told.increment ?? 1}`;
};
