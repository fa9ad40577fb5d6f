import { isExpression } from "../../core/ddl/default.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { stringLiteral, stringOf, textFor } from "./quote.ts";
import { canonicalText } from "./text.ts";
import { canonicalType, fieldType } from "./types.ts";

/** Named defaults that need no declaration. */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "now64(6)",
  today: "today()",
  current_time: "CAST(now64(6), 'Time64(6)')",
  new_uuid: "generateUUIDv4()",
  true: "true",
  false: "false",
  null: "NULL",
};

/**
 * What stands after DEFAULT. A number for a Decimal is written as a text, which has all of its digits; the literal of a time is completed as
 * `textFor` does.
 */
export function defaultClause(sql: string, type: string): string {
  const text = sql.trim();
  if (isNumber(text) && /^Decimal/.test(canonicalType(type))) return stringLiteral(text);
  const string = stringOf(text);
  return string === undefined ? text : stringLiteral(textFor(string, canonicalType(type)));
}

/** The one spelling of a default that godwit compares. */
export function canonicalDefault(sql: string, native: string): string {
  const type = canonicalType(native);
  const text = canonicalText(defaultClause(sql, type));
  const string = stringOf(text);
  const isNumeric = /^(?:U?Int|Float|Decimal|BFloat)/.test(type);
  const written = string !== undefined && isNumeric ? string : text;
  if (isNumeric && isNumber(written)) return canonicalNumber(written);
  if (type === "Bool" && /^(?:true|false|0|1)$/i.test(text)) return /^(?:true|1)$/i.test(text) ? "true" : "false";
  if (string !== undefined) return stringLiteral(type === "UUID" ? string.toLowerCase() : string);
  return /^(?:current_timestamp|current_date|null)(?:\(\))?$/i.test(text) ? text.toUpperCase().replace("()", "") : text;
}

/** The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (text === "NULL") return undefined;
  const name = declaredNames[text];
  if (name !== undefined) return name;
  if (text === canonicalText(namedDefaults["current_time"] ?? "")) return "current_time";
  if (text === "true" || text === "false") return text === "true";
  if (isNumber(text)) return text === String(Number(text)) ? Number(text) : text;
  const literal = stringOf(text);
  if (literal === undefined) return { sql };
  if (literal === "") return "blank";
  return Object.hasOwn(namedDefaults, literal) || isExpression(literal, fieldType(native))
    ? { value: literal }
    : literal;
}

const declaredNames: Readonly<Record<string, string>> = {
  "now64(6)": "now",
  "today()": "today",
  "generateUUIDv4()": "new_uuid",
};

const isNumber = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);

/** `0.10` and `0.1` are the same, and so are `1e3` and `1000`. */
function canonicalNumber(text: string): string {
  if (/e/i.test(text)) return String(Number(text));
  const [, sign = "", before = "", after = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = after.replace(/0+$/, "");
  const value = `${before.replace(/^0+(?=\d)/, "") || "0"}${digits && `.${digits}`}`;
  return sign === "-" && /[1-9]/.test(value) ? `-${value}` : value;
}
