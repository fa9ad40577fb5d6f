import { isExpression } from "../../core/ddl/default.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { stringLiteral, stringOf } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, familyOf, fieldType, fractionOf, isLong } from "./types.ts";

/** Named defaults that need no declaration. */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "CURRENT_TIMESTAMP",
  today: "CURRENT_DATE",
  current_time: "CURRENT_TIME",
  new_uuid: "UUID()",
  true: "1",
  false: "0",
  null: "NULL",
};

/**
 * What stands after DEFAULT. All but literals and the current time of a column that has the type for it are in parentheses; so is
 * every default of TEXT, BLOB and JSON. The current time has as many digits as its column.
 */
export function defaultClause(sql: string, type: string): string {
  const text = withoutParentheses(sql, scriptSyntax);
  if (isNow(text) && isMoment(type)) return now(type);
  if (/^null$/i.test(text)) return "NULL";
  const string = familyOf(type) === "moment" ? stringOf(text) : undefined;
  // Of digits that the column does not keep, MySQL makes a second more, and MariaDB nothing.
  if (string !== undefined) return canonicalText(string, type);
  return isLiteral(text) && !isLong(type) ? text : `(${text})`;
}

/** `CURRENT_TIMESTAMP`, or `CURRENT_TIMESTAMP(6)` for a column that keeps so many digits. */
export const now = (type: string): string => {
  const digits = fractionOf(type);
  return digits === 0 ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${digits})`;
};

/** Columns that can be set by the database itself when a row changes. */
export const isMoment = (type: string): boolean => /^(?:timestamp|datetime)\b/.test(canonicalType(type));

/**
 * The form in which two defaults are compared. The catalog of MariaDB has question marks in the place of characters beyond U+FFFF, which
 * the default itself keeps.
 */
export const comparedDefault = (sql: string, type: string): string =>
  canonicalDefault(sql, type).replace(/[?\u{10000}-\u{10ffff}]+/gu, "?");

/** One spelling of a default: literals as the server keeps them, functions by one of their names. */
export function canonicalDefault(sql: string, type: string): string {
  const text = withoutParentheses(sql, scriptSyntax);
  if (isNow(text)) return "current_timestamp";
  const string = stringOf(text);
  if (string !== undefined) return canonicalText(string, type);
  if (isNumber(text)) return canonicalText(text, type);
  if (/^(?:true|false)$/i.test(text)) return /^true$/i.test(text) ? "1" : "0";
  const name = text.toLowerCase().replace(/\s*\(\s*\)$/, "");
  return synonyms[name] ?? (functions.has(name) ? name : text);
}

/** The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (/^null$/i.test(text)) return undefined;
  const name = declaredNames[text];
  if (name !== undefined) return name;
  const family = familyOf(native);
  if (family === "boolean" && (text === "0" || text === "1")) return text === "1";
  if (family === "number" && isNumber(text)) return text === String(Number(text)) ? Number(text) : text;
  const literal = stringOf(text);
  if (literal === undefined) return { sql };
  if (literal === "") return "blank";
  return Object.hasOwn(namedDefaults, literal) || isExpression(literal, fieldType(native))
    ? { value: literal }
    : literal;
}

const synonyms: Readonly<Record<string, string>> = { curdate: "current_date", curtime: "current_time" };
const functions = new Set(["current_date", "current_time", "uuid", "null"]);

const declaredNames: Readonly<Record<string, string>> = {
  current_timestamp: "now",
  current_date: "today",
  current_time: "current_time",
  uuid: "new_uuid",
};

const isNow = (text: string): boolean =>
  /^(?:current_timestamp|now|localtime|localtimestamp)(?:\s*\(\s*\d?\s*\))?$/i.test(text) && !/^now$/i.test(text);

const isNumber = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);

const isLiteral = (text: string): boolean =>
  stringOf(text) !== undefined || isNumber(text) || /^(?:true|false|x'[\da-f]*'|0x[\da-f]+|b'[01]*')$/i.test(text);

/** A literal as the column keeps it; both forms of a number, `'0'` and `0`, are the same. */
function canonicalText(text: string, type: string): string {
  const family = familyOf(type);
  if ((family === "number" || family === "boolean") && isNumber(text.trim())) return canonicalNumber(text.trim(), type);
  if (family === "moment") return stringLiteral(canonicalMoment(text.trim(), type));
  return stringLiteral(text);
}

/** DECIMAL keeps as many digits as it has, integers none, floating numbers the shortest form. */
function canonicalNumber(text: string, type: string): string {
  const scale = /^decimal\(\d+,(\d+)\)/.exec(canonicalType(type))?.[1];
  if (/^(?:float|double)/.test(canonicalType(type))) return String(Number(text));
  const [, sign = "", before = "", after = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  if (before === "" && after === "") return text.toLowerCase();
  const digits = after.slice(0, Number(scale ?? 0)).replace(/0+$/, "");
  const value = `${before.replace(/^0+(?=\d)/, "") || "0"}${digits && `.${digits}`}`;
  return sign === "-" && /[1-9]/.test(value) ? `-${value}` : value;
}

/** `2024-02-29` in a TIMESTAMP is midnight, `10:30` in a TIME has no seconds; digits that the type does not keep are rounded away. */
function canonicalMoment(text: string, type: string): string {
  const [, date = "", clock = "", seconds = "", fraction = ""] =
    /^(\d{4}-\d\d-\d\d)?(?:[ T]|$|^)(?:(-?\d+:\d\d)(?::(\d\d)(?:\.(\d+))?)?)?$/.exec(text) ?? [];
  if (date === "" && clock === "") return text;
  if (canonicalType(type) === "date") return date || text;
  const kept = fraction.slice(0, fractionOf(type)).replace(/0+$/, "");
  const time = `${clock || "00:00"}:${seconds || "00"}${kept && `.${kept}`}`;
  return isMoment(type) && date !== "" ? `${date} ${time}` : time;
}
