import { isExpression } from "../../core/ddl/default.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, fieldType } from "./types.ts";

/** Functions: https://docs.vertica.com/24.1.x/en/sql-reference/functions/data-type-specific-functions/datetime-functions/, UUID_GENERATE beside them. */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "NOW()",
  today: "NOW()::DATE",
  current_time: "NOW()::TIME",
  new_uuid: "UUID_GENERATE()",
  true: "TRUE",
  false: "FALSE",
  null: "NULL",
};

/** The form in which two defaults are compared: the catalog quotes the names of functions, and says of which type a literal is. */
export function canonicalDefault(sql: string, type: string): string {
  const text = withoutParentheses(sql.trim(), scriptSyntax);
  const literal = literalIn(text);
  if (literal !== undefined) return plainLiteral(literal, canonicalType(type));
  if (isNumber(text)) return /^(?:numeric|float|int)/.test(canonicalType(type)) ? canonicalNumber(text) : text;
  const plain = text.replace(/"(\w+)"(?=\s*\()/g, "$1");
  if (/^(?:true|false|null)$/i.test(plain)) return plain.toLowerCase();
  const call = plain.toLowerCase().replace(/\s+/g, "");
  return spellings[call] ?? (/^\w+\(\)(?:::\w+)?$/.test(call) ? call : plain);
}

/** What stands for the present moment in one way or another. */
const spellings: Readonly<Record<string, string>> = {
  current_timestamp: "now()",
  "current_timestamp()": "now()",
  "current_timestamp(6)": "now()",
  current_date: "now()::date",
  "current_date()": "now()::date",
  "(now())::date": "now()::date",
  "('now'::text)::date": "now()::date",
  current_time: "now()::time",
  "(now())::time": "now()::time",
};

/** `'a'`, `'a'::varchar(20)`: the text between the quotes. */
const literalIn = (sql: string): string | undefined =>
  /^'((?:[^']|'')*)'(?:::[\w ]+(?:\([\d,]+\))?)?$/.exec(sql)?.[1]?.replaceAll("''", "'");

function plainLiteral(text: string, type: string): string {
  if (/^boolean/.test(type) && /^(?:t|f|true|false)$/i.test(text)) return /^t/i.test(text) ? "true" : "false";
  if (/^(?:numeric|float|int)/.test(type) && isNumber(text)) return canonicalNumber(text);
  return stringLiteral(text);
}

const isNumber = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);

/** `0.10` and `0.1` are the same. */
const canonicalNumber = (text: string): string =>
  /e/i.test(text) || !text.includes(".") ? text.replace(/^\+/, "") : text.replace(/\.?0+$/, "").replace(/^\./, "0.");

/** The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (text === "null") return undefined;
  if (text === "true" || text === "false") return text === "true";
  const name = ["now", "today", "current_time", "new_uuid"].find(
    (key) => canonicalDefault(namedDefaults[key] ?? "", native) === text,
  );
  if (name !== undefined) return name;
  if (isNumber(text)) return text === String(Number(text)) ? Number(text) : text;
  const literal = literalIn(text);
  if (literal === undefined) return { sql: text };
  if (literal === "") return "blank";
  return Object.hasOwn(namedDefaults, literal) || isExpression(literal, fieldType(native))
    ? { value: literal }
    : literal;
}
