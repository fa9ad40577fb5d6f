import type { Value } from "../../core/ddl/dialect.ts";
import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { literal } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** A statement with its parameters as the server takes them: https://clickhouse.com/docs/interfaces/http#cli-queries-with-parameters */
export interface Bound {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number | bigint | boolean | null>>;
}

/**
 * `{p1}` gets the type of the first value, `{p1:UInt8}` has one already. What has no form as a parameter, NULL without a type and bytes, becomes
 * part of the statement. Texts in quotes and comments are not looked into.
 */
export function bind(sql: string, values: readonly Value[]): Bound {
  if (values.length === 0) return { sql, parameters: {} };
  const parameters: Record<string, string | number | bigint | boolean | null> = {};
  let result = "";
  for (let at = 0; at < sql.length; ) {
    const found = /^\{\s*p(\d+)\s*(?::([^{}]*))?\}/.exec(sql.slice(at, at + 200));
    const value = values[Number(found?.[1]) - 1];
    if (!found || value === undefined) {
      const { end } = lexemeAt(sql, at, scriptSyntax);
      result += sql.slice(at, end);
      at = end;
      continue;
    }
    const type = found[2] ?? typeOf(value);
    if (type === undefined || value instanceof Uint8Array) result += literal(value);
    else {
      result += `{p${found[1]}:${type}}`;
      parameters[`p${found[1]}`] = value;
    }
    at += found[0].length;
  }
  return { sql: result, parameters };
}

function typeOf(value: Value): string | undefined {
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Bool";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "Int64" : "Float64";
  if (typeof value !== "bigint") return undefined;
  return BigInt.asIntN(64, value) === value ? "Int64" : BigInt.asUintN(64, value) === value ? "UInt64" : "Int256";
}
