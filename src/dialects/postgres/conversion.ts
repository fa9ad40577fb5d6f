import type { Quote } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { assigned, ofExtensions, told } from "./casts.ts";
import { timeConversion } from "./time-conversion.ts";
import { canonicalType, isNumericType, isTextType } from "./types.ts";

/**
 * The USING expression that an ALTER … TYPE needs, or `undefined` where PostgreSQL converts by itself. It is left out wherever it can be, and says
 * no length, because an explicit cast to a shorter type cuts values off without a word and the implicit one refuses. Types that have no cast go
 * by way of text: that is always accepted, and a value that does not mean anything in the new type is an error.
 */
export function conversion(column: string, before: string, after: string): string | undefined {
  const [from, to] = [baseOf(canonicalType(before)), baseOf(canonicalType(after))];
  if (from === to) return undefined;
  const target = withoutLength(after, to);
  const text = textOf(column, from);
  if (to === "bytea" && !ofExtensions.has(from)) return `convert_to(${text ?? `${column}::TEXT`}, 'UTF8')`;
  if (from === "boolean" && (lengthOf(after) ?? "false".length) < "false".length) return `left(${column}::TEXT, 1)`;
  if (isString(to)) return from === "bytea" ? text : undefined;
  if (text !== undefined && !isDocument(from)) return `${text}::${target}`;
  if (isArray(from) || isArray(to)) return listConversion(column, { from, to, target });
  if (isAssigned(from, to)) return undefined;
  const time = timeConversion(column, { from, to, target });
  if (time !== undefined) return time;
  if (to === "uuid" && isWhole(from)) return `lpad(to_hex(${column}), 32, '0')::UUID`;
  if (from === "uuid" && isWhole(to)) return numberOfUuid(column, to);
  if (from === "boolean" && isNumericType(to)) return `${column}::INTEGER${to === "integer" ? "" : `::${target}`}`;
  if (isNumericType(from) && to === "boolean") return `${column} <> 0`;
  if (to === "money" && isNumericType(from)) return `${column}::NUMERIC`;
  if (from === "money" && isNumericType(to)) return `${column}::NUMERIC::${target}`;
  if (isDocument(to) && !ofExtensions.has(from)) return `${to === "json" ? "to_json" : "to_jsonb"}(${column})`;
  if (from.endsWith("multirange") && to === from.replace("multirange", "range"))
    return `COALESCE(NULLIF(btrim(${column}::TEXT, '{}'), ''), 'empty')::${target}`;
  if (told[from]?.includes(to) || ofExtensions.has(from) || ofExtensions.has(to))
    return `${column}::${to === "bit" ? after : target}`;
  return `${text ?? `${column}::TEXT`}::${target}`;
}

/** The number that a uuid made of one ends in, so that keys and what points at them still match; any other uuid is an error. */
function numberOfUuid(column: string, to: string): string {
  const digits = to === "bigint" ? 16 : 8;
  const made = `replace(${column}::TEXT, '-', '')`;
  const number = `('x' || right(${made}, ${digits}))::BIT(${digits * 4})::${to === "bigint" ? "BIGINT" : "INTEGER"}`;
  return `CASE WHEN ${made} LIKE '${"0".repeat(32 - digits)}%' THEN ${number} ELSE ${column}::TEXT::INTEGER END`;
}

/** The same for two columns: one of an enum or a domain, too. */
export function conversionOf(quote: Quote, before: Column, after: Column): string | undefined {
  const name = quote(before.name);
  if (before.enumerated && after.enumerated) return `${name}::TEXT::${after.type}`;
  return conversion(name, before.domain ?? before.type, after.domain ?? after.type);
}

interface Types {
  readonly from: string;
  readonly to: string;
  /** The new type as it is written, without its length. */
  readonly target: string;
}

/** A value becomes a list of itself; a list with one value becomes that, and one with more is an error. */
function listConversion(column: string, { from, to, target }: Types): string | undefined {
  if (ofExtensions.has(from) || ofExtensions.has(to)) return `${column}::${target}`;
  if (isArray(from) && isArray(to)) {
    const [item, wanted] = [from.slice(0, -2), to.slice(0, -2)];
    if (isString(wanted) || isAssigned(item, wanted)) return undefined;
    return isString(item) || told[item]?.includes(wanted) ? `${column}::${target}` : `${column}::TEXT[]::${target}`;
  }
  if (isDocument(to)) return `${to === "json" ? "to_json" : "to_jsonb"}(${column})`;
  // Values in which there are no brackets.
  if (isDocument(from) && isScalar(to.slice(0, -2))) return `translate(${column}::TEXT, '[]', '{}')::${target}`;
  if (isDocument(from)) return `(${column} #>> '{}')::${target}`;
  if (isArray(to)) {
    const list = from === to.slice(0, -2) ? `ARRAY[${column}]` : `ARRAY[${column}]::TEXT[]::${target}`;
    return `CASE WHEN ${column} IS NOT NULL THEN ${list} END`;
  }
  return isScalar(to) ? `NULLIF(btrim(${column}::TEXT, '{}"'), '')::${target}` : `${column}::TEXT::${target}`;
}

/** The text that a value of such a type stands for, where that is not what a cast to text makes of it. */
function textOf(column: string, from: string): string | undefined {
  // A cast would read a backslash as an escape, and write hexadecimal digits.
  if (from === "bytea") return `convert_from(${column}, 'UTF8')`;
  if (isDocument(from)) return `(${column} #>> '{}')`;
  return isString(from) ? column : undefined;
}

/** Without parameters: `interval year to month` and `interval(3)` are intervals. */
const baseOf = (type: string): string =>
  type
    .replace(/\([^)]*\)/, "")
    .replace(/^interval .*?(\[\])?$/, "interval$1")
    .trim();

/** The characters that fit into a text type that says how many; `undefined` for any other type. */
function lengthOf(type: string): number | undefined {
  const given = /^(?:var)?char\((\d+)\)$/.exec(canonicalType(type))?.[1];
  return given === undefined ? undefined : Number(given);
}

/** BIT without a length has one of 1, as CHAR has. */
function withoutLength(type: string, base: string): string {
  if (base === "bit") return "BIT VARYING";
  if (base === "bit[]") return "BIT VARYING[]";
  if (base === "char[]") return "TEXT[]";
  return type.replace(/\([^)]*\)/, "");
}

const isWhole = (base: string): boolean => ["smallint", "integer", "bigint"].includes(base);
const isArray = (base: string): boolean => base.endsWith("[]");
const isDocument = (base: string): boolean => base === "json" || base === "jsonb";
/** What assignment takes everything for, and what is cast to everything. */
const isString = (base: string): boolean => isTextType(base) || base === "name" || base === "citext";

const isAssigned = (from: string, to: string): boolean =>
  assigned[from]?.includes(to) ||
  (/^reg[a-z]+$/.test(from) && ["oid", "integer", "bigint"].includes(to)) ||
  (/^reg[a-z]+$/.test(to) && ["oid", "smallint", "integer", "bigint"].includes(from));

const isScalar = (base: string): boolean =>
  isNumericType(base) || ["boolean", "date", "timestamp", "timestamptz", "time", "uuid"].includes(base);
