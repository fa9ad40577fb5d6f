import { words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { canonicalColumnOptions } from "./options.ts";
import { quote } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { canonicalType, maxLength } from "./types.ts";

/**
 * A column inside CREATE TABLE and ADD COLUMN: https://docs.vertica.com/24.1.x/en/sql-reference/statements/create-statements/create-table/column-definition/.
 * One that numbers itself says no type. Throws ToolError `unsupported` for what a column cannot be there.
 */
export function columnDefinition(column: Column, table: string): string {
  refuse(column, table);
  const { encoding } = canonicalColumnOptions(column.options ?? {}, table);
  const value = column.default;
  return words(
    quote(column.name),
    numbering(column, table) ?? column.type,
    value !== undefined && !/^null$/i.test(value) && `DEFAULT ${value}`,
    !column.nullable && "NOT NULL",
    encoding && `ENCODING ${encoding.toUpperCase()}`,
  );
}

/** Whether the column numbers itself. */
export const numbered = ({ autoIncrement, identity }: Column): boolean => Boolean(autoIncrement ?? identity);

/** First number, step, and how many a node keeps: https://docs.vertica.com/24.1.x/en/admin/working-with-native-tables/sequences/identity-sequences/ */
function numbering(column: Column, table: string): string | undefined {
  if (!numbered(column)) return undefined;
  const { name, sequence, identity } = column;
  const { start, increment, cache, always: _, ...others } = { always: false, ...sequence, ...identity };
  const unknown = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  if (unknown !== undefined)
    throw cannot(
      `number the column "${name}" of table "${table}" so`,
      `an IDENTITY is made with a first number, a step and a cache, and nothing called ${unknown}`,
      { table, column: name },
    );
  if (start === undefined && increment === undefined) return cache === undefined ? "IDENTITY" : `IDENTITY(${cache})`;
  return `IDENTITY(${[start ?? 1, increment ?? 1, ...(cache === undefined ? [] : [cache])].join(",")})`;
}

function refuse({ name, type, generated, autoUpdate, collation }: Column, table: string): void {
  const no = (why: string) => cannot(`have the column "${name}" of table "${table}"`, why, { table, column: name });
  if (generated) throw no("it has no generated columns; make a view, or give the column a default of other columns");
  if (autoUpdate) throw no("it has no triggers, so no column sets itself when its row is updated");
  if (collation !== undefined) throw no("a column there has no collation; the session has a locale");
  const [, base = "", length = "0"] = /^(varchar|char|varbinary|binary)\((\d+)\)$/.exec(canonicalType(type)) ?? [];
  if (Number(length) > maxLength)
    throw no(`a ${base.toUpperCase()} there has ${maxLength} octets at most; use text, which is a LONG VARCHAR`);
}
