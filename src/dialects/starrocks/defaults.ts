import { isExpression } from "../../core/ddl/default.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { stringLiteral, stringOf } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, fieldType, isNested } from "./types.ts";

/** Named defaults that need no declaration. Of times, only the present one of a DATETIME can be a default. */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "CURRENT_TIMESTAMP",
  today: "",
  current_time: "",
  new_uuid: "uuid()",
  true: "true",
  false: "false",
  null: "NULL",
};

/**
 * What stands after DEFAULT: any literal as a text, the current time, or one of two functions in parentheses:
 * https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/CREATE_TABLE/#default. Throws ToolError `unsupported`.
 */
export function defaultClause(table: string, { name, type, default: sql }: Column): string | undefined {
  const text = withoutParentheses(sql ?? "NULL", scriptSyntax);
  if (/^null$/i.test(text)) return undefined;
  const no = (why: string): ToolError =>
    new ToolError(
      "unsupported",
      `StarRocks cannot have the default ${text} of column "${name}" of table "${table}": ${why}`,
      {
        table,
        column: name,
      },
    );
  if (isNested(type)) throw no(`godwit gives columns of type ${type} no default there; leave it out`);
  const call = functionIn(text);
  if (call === "now" && canonicalType(type) === "datetime") return "CURRENT_TIMESTAMP";
  if (call === "uuid" && /^varchar/.test(canonicalType(type))) return "(uuid())";
  if (call === "uuid_numeric") return "(uuid_numeric())";
  const value = valueIn(text, type);
  if (value !== undefined) return stringLiteral(value);
  throw no("a default there is a literal, CURRENT_TIMESTAMP of a DATETIME, uuid() of a VARCHAR, or uuid_numeric()");
}

/** The text of a literal as the column keeps it. */
function valueIn(text: string, type: string): string | undefined {
  const boolean = canonicalType(type) === "boolean";
  if (/^(?:true|false)$/i.test(text)) return /^true$/i.test(text) === true ? "1" : "0";
  const value = isNumber(text) ? text : stringOf(text);
  if (boolean && /^(?:true|false)$/i.test(value ?? "")) return /^true$/i.test(value ?? "") ? "1" : "0";
  return value === undefined ? undefined : plain(value, canonicalType(type));
}

function plain(value: string, type: string): string {
  if (/^(?:tinyint|smallint|int|bigint|largeint|decimal|float|double|boolean)/.test(type) && isNumber(value))
    return canonicalNumber(value, type);
  const [, date = "", clock = ""] = /^(\d{4}-\d\d-\d\d)(?:[ T](.*))?$/.exec(value.trim()) ?? [];
  if (date === "" || !/^date/.test(type)) return value;
  return type === "date" ? date : `${date} ${(clock || "00:00:00").replace(/Z$/, "").replace(/\.0+$/, "")}`;
}

const functionIn = (text: string): "now" | "uuid" | "uuid_numeric" | undefined => {
  const name = text.toLowerCase().replace(/\s*\(\s*\d?\s*\)$/, "");
  if (["current_timestamp", "now", "localtime", "localtimestamp"].includes(name) && !/^now$/i.test(text)) return "now";
  return /\(\s*\)$/.test(text) && (name === "uuid" || name === "uuid_numeric") ? name : undefined;
};

/** The one spelling of a default that godwit compares. */
export function canonicalDefault(sql: string, type: string): string {
  const text = withoutParentheses(sql, scriptSyntax);
  if (/^null$/i.test(text)) return "null";
  const call = functionIn(text);
  if (call !== undefined) return call === "now" ? "current_timestamp" : `${call}()`;
  const value = valueIn(text, type);
  return value === undefined ? text : stringLiteral(value);
}

/** The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (text === "null") return undefined;
  const name = declaredNames[text];
  if (name !== undefined) return name;
  const literal = stringOf(text);
  if (literal === undefined) return { sql };
  const type = canonicalType(native);
  if (type === "boolean" && /^[01]$/.test(literal)) return literal === "1";
  if (/^(?:tinyint|smallint|int|bigint|largeint|decimal|float|double)/.test(type) && isNumber(literal))
    return literal === String(Number(literal)) ? Number(literal) : literal;
  if (literal === "") return "blank";
  return Object.hasOwn(namedDefaults, literal) || isExpression(literal, fieldType(native))
    ? { value: literal }
    : literal;
}

const declaredNames: Readonly<Record<string, string>> = { current_timestamp: "now", "uuid()": "new_uuid" };

const isNumber = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);

/** `0.10` and `0.1` are the same, and so are `1e3` and `1000`. */
function canonicalNumber(text: string, type: string): string {
  if (/e/i.test(text) || /^(?:float|double)/.test(type)) return String(Number(text));
  const [, sign = "", before = "", after = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = after.replace(/0+$/, "");
  const value = `${before.replace(/^0+(?=\d)/, "") || "0"}${digits && `.${digits}`}`;
  return sign === "-" && /[1-9]/.test(value) ? `-${value}` : value;
}
