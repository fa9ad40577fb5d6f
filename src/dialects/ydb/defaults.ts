import { isExpression } from "../../core/ddl/default.ts";
import type { Column } from "../../core/ddl/statement.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { constructors, inForm, isNumber, literal, stringOf } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, decimalParts, fieldType } from "./types.ts";

/**
 * Named defaults that need no declaration. No column can have the present moment or a new Uuid as its default there, but a row that is written can:
 * https://ydb.tech/docs/en/yql/reference/builtins/basic
 */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "CAST(CurrentUtcTimestamp() AS Timestamp64)",
  today: "CAST(CurrentUtcDate() AS Date32)",
  current_time: "CAST(DateTime::Format('%H:%M:%S')(CurrentUtcDatetime()) AS Utf8)",
  new_uuid: "RandomUuid(1)",
  true: "true",
  false: "false",
  null: "NULL",
};

/**
 * What stands after DEFAULT: a literal of the type of the column (https://ydb.tech/docs/en/yql/reference/syntax/create_table/). Throws ToolError `unsupported` for
 * anything else.
 */
export function defaultClause(table: string, { name, type, default: sql }: Column): string | undefined {
  const text = withoutParentheses(sql ?? "NULL", scriptSyntax);
  if (/^null$/i.test(text)) return undefined;
  const value = valueIn(text);
  if (value !== undefined) return literal(value, type);
  const key = Object.entries(namedDefaults).find(([, known]) => known === text)?.[0];
  const alone =
    key === undefined ? "" : `, for this database alone with defaults: { ydb: { ${key}: "" } } in the schema`;
  throw cannot(
    `have the default ${key ?? text} of column "${name}" of table "${table}"`,
    `a default there is a literal; have the program say the value, and leave the default out${alone}`,
    { table, column: name },
  );
}

/** What a literal says, whatever it is a literal of; `undefined` where it is none. */
function valueIn(sql: string): string | boolean | undefined {
  const text = withoutParentheses(sql, scriptSyntax);
  if (/^(?:true|false)$/i.test(text)) return /^true$/i.test(text);
  const number = text.replace(/(?<=[\d.])(?:f|u?[lst]?)$/i, "");
  if (isNumber(number)) return number;
  const [, word = "", inner = ""] = /^(\w+)\s*\(([\s\S]*)\)$/.exec(text) ?? [];
  if (word === "") return stringOf(text);
  const first = word.toLowerCase() === "decimal" ? inner.replace(/\s*,\s*\d+\s*,\s*\d+\s*$/, "") : inner;
  const isConstructor = [...Object.keys(constructors), "decimal", "float", "double", "utf8", "string"].includes(
    word.toLowerCase(),
  );
  return isConstructor ? stringOf(first) : undefined;
}

/** The form in which two defaults are compared: the literal that the column would have. */
export function canonicalDefault(sql: string, type: string): string {
  const text = withoutParentheses(sql, scriptSyntax);
  if (/^null$/i.test(text)) return "null";
  const value = valueIn(text);
  if (value === undefined) return text;
  return literal(typeof value === "string" ? plain(value, canonicalType(type)) : value, type);
}

/** `0.10` and `0.1` are the same Decimal, and the same moment may be written in several ways. */
function plain(text: string, type: string): string {
  if (!decimalParts(type) || !isNumber(text) || /e/i.test(text)) return inForm(text, type);
  const [, sign = "", before = "", after = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = after.replace(/0+$/, "");
  return `${sign === "-" ? "-" : ""}${before.replace(/^0+(?=\d)/, "") || "0"}${digits && `.${digits}`}`;
}

/** The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = withoutParentheses(sql, scriptSyntax);
  if (/^null$/i.test(text)) return undefined;
  const value = valueIn(text);
  if (value === undefined) return { sql: text };
  if (typeof value === "boolean") return value;
  const type = canonicalType(native);
  if (isNumber(value) && (/^(?:u?int\d+|float|double)$/.test(type) || decimalParts(type)))
    return value === String(Number(value)) ? Number(value) : value;
  if (value === "") return "blank";
  return Object.hasOwn(namedDefaults, value) || isExpression(value, fieldType(native)) ? { value } : value;
}

/** A literal of the type that means as little as can be: for columns that have to have a default for a moment. */
export function leastOf(native: string): string | undefined {
  const type = canonicalType(native);
  if (decimalParts(type) || /^(?:u?int\d+|float|double)$/.test(type))
    return literal(decimalParts(type) ? "0" : 0, type);
  const value = least[type];
  return value === undefined ? undefined : literal(value, type);
}

const least: Readonly<Record<string, string | boolean>> = {
  bool: false,
  utf8: "",
  string: "",
  json: "null",
  jsondocument: "null",
  uuid: "00000000-0000-0000-0000-000000000000",
  date: "1970-01-01",
  date32: "1970-01-01",
  datetime: "1970-01-01",
  datetime64: "1970-01-01",
  timestamp: "1970-01-01",
  timestamp64: "1970-01-01",
  interval: "PT0S",
  interval64: "PT0S",
};
