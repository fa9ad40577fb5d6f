import { isExpression } from "../../core/ddl/default.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { canonicalExpression } from "./expression.ts";
import { stringLiteral, stringOf } from "./quote.ts";
import { canonicalType, fieldType } from "./types.ts";

/** Named defaults that need no declaration. Times are in UTC, whatever the zone of the server is. */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "N''",
  array: "N'[]'",
  object: "N'{}'",
  zero: "0",
  now: "SYSUTCDATETIME()",
  today: "CAST(SYSUTCDATETIME() AS DATE)",
  current_time: "CAST(SYSUTCDATETIME() AS TIME)",
  new_uuid: "NEWID()",
  true: "1",
  false: "0",
  null: "NULL",
};

/** The one spelling of a default that godwit compares. */
export function canonicalDefault(sql: string, native: string): string {
  const text = canonicalExpression(sql);
  const string = stringOf(text);
  const type = canonicalType(native);
  if (string === undefined) return isNumber(text) ? canonicalNumber(text) : text;
  if (type === "uniqueidentifier") return stringLiteral(string.toLowerCase());
  if (numeric.test(type) && isNumber(string.trim())) return canonicalNumber(string.trim());
  return stringLiteral(string);
}

const numeric = /^(?:tinyint|smallint|int|bigint|bit|decimal|float|real|money|smallmoney)/;

/** The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (text === "null") return undefined;
  const name = Object.keys(declaredNames).find((key) => declaredNames[key] === text);
  if (name !== undefined) return name;
  if (canonicalType(native) === "bit" && (text === "0" || text === "1")) return text === "1";
  if (isNumber(text)) return text === String(Number(text)) ? Number(text) : text;
  const literal = stringOf(text);
  if (literal === undefined) return { sql };
  if (literal === "") return "blank";
  return Object.hasOwn(namedDefaults, literal) || isExpression(literal, fieldType(native))
    ? { value: literal }
    : literal;
}

const declaredNames: Readonly<Record<string, string>> = Object.fromEntries(
  ["now", "today", "current_time", "new_uuid"].map((key) => [key, canonicalExpression(namedDefaults[key] ?? "")]),
);

const isNumber = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);

/** `0.10` and `0.1` are the same, and so are `1e3` and `1000`. */
function canonicalNumber(text: string): string {
  if (/e/i.test(text)) return String(Number(text));
  const [, sign = "", before = "", after = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = after.replace(/0+$/, "");
  const value = `${before.replace(/^0+(?=\d)/, "") || "0"}${digits && `.${digits}`}`;
  return sign === "-" && /[1-9]/.test(value) ? `-${value}` : value;
}
