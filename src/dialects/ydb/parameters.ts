import type { Value } from "../../core/ddl/dialect.ts";
import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { literal } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** A statement with those of its parameters that are sent beside it. */
export interface Bound {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Exclude<Value, null | bigint>>>;
}

/**
 * `$p1` is the first value: https://ydb.tech/docs/en/yql/reference/syntax/declare. A literal of a whole number fits every column of whole numbers, and NULL every column that may be NULL; a
 * parameter has one type, so that these two become part of the statement. Texts in quotes and comments are not looked into.
 */
export function bind(sql: string, values: readonly Value[]): Bound {
  const parameters: Record<string, Exclude<Value, null | bigint>> = {};
  let result = "";
  for (let at = 0; at < sql.length; ) {
    const number = /^\$p(\d+)\b/.exec(sql.slice(at, at + 20));
    const value = values[Number(number?.[1]) - 1];
    if (!number || value === undefined) {
      const { end } = lexemeAt(sql, at, scriptSyntax);
      result += sql.slice(at, end);
      at = end;
      continue;
    }
    if (value === null || typeof value === "bigint" || Number.isInteger(value)) result += literal(value);
    else {
      result += number[0];
      parameters[number[0]] = value;
    }
    at += number[0].length;
  }
  return { sql: result, parameters };
}
