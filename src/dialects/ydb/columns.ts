import { words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { defaultClause } from "./defaults.ts";
import { quote } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { decimalParts, maxDecimalPrecision, serialOf } from "./types.ts";

/**
 * `name Type NOT NULL DEFAULT …`, in that order, because `DEFAULT false NOT NULL` reads as `NOT NULL` of the value:
 * https://ydb.tech/docs/en/yql/reference/syntax/create_table/. Throws ToolError `unsupported` for what a column cannot be.
 */
export function columnDefinition(column: Column, table: string): string {
  refuse(column, table);
  const numbered = numbers(column);
  const value = numbered ? undefined : defaultClause(table, column);
  return words(
    columnName(column.name, table),
    numbered ? (serialOf(column.type) ?? column.type) : column.type,
    // A column that numbers itself has a type of its own, which says so.
    !numbered && !column.nullable && "NOT NULL",
    value !== undefined && `DEFAULT ${value}`,
  );
}

/** Throws ToolError `params` for names that only tables may have: https://ydb.tech/docs/en/concepts/datamodel/table#column-naming-rules */
function columnName(name: string, table: string): string {
  if (/^[\w-]+$/.test(name) && !name.startsWith("__ydb_")) return quote(name);
  throw new ToolError(
    "params",
    `the name ${JSON.stringify(name)} of a column of table "${table}" is none that YDB allows: they are of Latin letters, digits, "_" and "-", and do not begin with "__ydb_"; choose another one`,
    { table, column: name },
  );
}

/** Whether the column numbers itself. */
export const numbers = ({ autoIncrement, identity }: Column): boolean => Boolean(autoIncrement ?? identity);

function refuse(column: Column, table: string): void {
  const { name, type, generated, autoUpdate, collation, identity, sequence } = column;
  const no = (why: string) => cannot(`have the column "${name}" of table "${table}"`, why, { table, column: name });
  if (generated) throw no("godwit knows of no generated columns there; have the program say the value");
  if (autoUpdate) throw no("it has no triggers, so no column sets itself when its row is updated");
  if (collation !== undefined) throw no("a column there has no collation; texts are compared by their bytes");
  if (identity || sequence) throw no("its Serial types begin with 1 and count by 1; use type bigserial");
  if (numbers(column) && serialOf(type) === undefined) throw no(`no column of type ${type} numbers itself`);
  const decimal = decimalParts(type);
  if (decimal && decimal.precision > maxDecimalPrecision)
    throw no(`a Decimal there has ${maxDecimalPrecision} digits at most`);
}
