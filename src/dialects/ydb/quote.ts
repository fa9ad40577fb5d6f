import type { Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { canonicalType, decimalParts } from "./types.ts";

/** https://ydb.tech/docs/en/concepts/limits-ydb#schema-object */
export const maxIdentifierBytes = 255;

/**
 * A name in backticks, a path of directories included. Throws ToolError `params` for one that cannot be:
 * https://ydb.tech/docs/en/concepts/datamodel/cluster-namespace#object-naming-rules
 */
export function quote(name: string): string {
  const wrong = fault(name);
  if (wrong === undefined) return `\`${name}\``;
  throw new ToolError("params", `the name ${JSON.stringify(name)} ${wrong}; choose another one`, { name });
}

function fault(name: string): string | undefined {
  if (!/^[\w./-]+$/.test(name))
    return 'is none that YDB allows: names there are of Latin letters, digits, "_", "-" and "."';
  const long = name.split("/").find((part) => part.length > maxIdentifierBytes);
  return long === undefined ? undefined : `has ${long.length} characters; YDB allows ${maxIdentifierBytes}`;
}

/**
 * A value as a literal of the type, because YQL makes no text a time or a Decimal by itself:
 * https://ydb.tech/docs/en/yql/reference/builtins/basic#data-type-literals
 */
export function literal(value: Value, type = ""): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) return `'${Array.from(value, escapedByte).join("")}'`;
  const base = canonicalType(type);
  if (typeof value === "string") return textLiteral(value, base);
  if (typeof value === "boolean")
    return base === "" || base === "bool" ? String(value) : textLiteral(String(value), base);
  if (base === "float" || base === "double") return floatLiteral(Number(value), base);
  if (decimalParts(base) || constructors[base] !== undefined) return textLiteral(String(value), base);
  if (base === "utf8" || base === "string") return textLiteral(String(value), base);
  return typeof value === "bigint" || Number.isInteger(value)
    ? integerLiteral(BigInt(value), base)
    : floatLiteral(value, "double");
}

/**
 * A number says which type it is of, because one that comes out of a query becomes no narrower one by itself, nor one without a sign:
 * https://ydb.tech/docs/en/yql/reference/syntax/lexer#literal-numbers
 */
function integerLiteral(value: bigint, type: string): string {
  const suffix = suffixes[type] ?? (value > largest ? "ul" : "");
  // The digits of the least Int64 are read before their sign.
  return value === -largest - 1n ? `(-${largest}l - 1l)` : `${value}${suffix}`;
}

const largest = 9_223_372_036_854_775_807n;

const suffixes: Readonly<Record<string, string>> = {
  int8: "t",
  int16: "s",
  int64: "l",
  uint8: "ut",
  uint16: "us",
  uint32: "u",
  uint64: "ul",
};

function floatLiteral(value: number, type: string): string {
  const name = type === "float" ? "Float" : "Double";
  if (!Number.isFinite(value)) return `${name}('${Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf"}')`;
  const text = String(value);
  const digits = /^-?\d+$/.test(text) ? `${text}.0` : text.replace(/^(-?\d+)e\+?/, "$1.0e").replace("e+", "e");
  return type === "float" ? `${digits}f` : digits;
}

function textLiteral(text: string, type: string): string {
  const decimal = decimalParts(type);
  if (decimal) return `Decimal(${stringLiteral(text.trim())}, ${decimal.precision}, ${decimal.scale})`;
  const make = constructors[type];
  if (make !== undefined) return `${make}(${stringLiteral(inForm(text, type))})`;
  if (type === "bool" && /^(?:true|false)$/i.test(text)) return text.toLowerCase();
  if (/^(?:u?int\d+|float|double)$/.test(type) && isNumber(text)) return literal(numberIn(text), type);
  if (type === "string") return stringLiteral(text);
  return `${stringLiteral(text)}u`;
}

/** What makes a value of a text, in a literal: https://ydb.tech/docs/en/yql/reference/builtins/basic#data-type-literals */
export const constructors: Readonly<Record<string, string>> = {
  date: "Date",
  date32: "Date32",
  datetime: "Datetime",
  datetime64: "Datetime64",
  timestamp: "Timestamp",
  timestamp64: "Timestamp64",
  interval: "Interval",
  interval64: "Interval64",
  uuid: "Uuid",
  json: "Json",
  jsondocument: "JsonDocument",
  yson: "Yson",
  dynumber: "DyNumber",
};

/** Times are ISO 8601 in UTC, with their Z: `2026-01-31T08:09:10.5Z`. Without a zone, they are UTC already. */
export function inForm(text: string, type: string): string {
  if (/^date(?:32)?$/.test(type)) return /^(\d{4}-\d\d-\d\d)/.exec(text.trim())?.[1] ?? text;
  if (!/^(?:datetime|timestamp)/.test(type)) return type === "uuid" ? text.trim().toLowerCase() : text;
  const [, date, clock = "00:00", seconds = ":00", fraction = "", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,6})\d*)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i.exec(
      text.trim(),
    ) ?? [];
  if (date === undefined) return text;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const moment = Date.parse(`${date}T${clock}${seconds}${offset.toUpperCase()}`);
  if (Number.isNaN(moment)) return text;
  const digits = type.startsWith("datetime") ? "" : fraction.replace(/0+$/, "");
  return `${new Date(moment).toISOString().slice(0, 19)}${digits && `.${digits}`}Z`;
}

/** A text as a String of YQL, with the escapes of C: https://ydb.tech/docs/en/yql/reference/syntax/lexer#string-literals */
export const stringLiteral = (text: string): string =>
  `'${text.replace(/[\\'\0\n\r\t]/g, (c) => escapes[c] ?? `\\${c}`)}'`;

const escapes: Readonly<Record<string, string>> = { "\0": "\\x00", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Bytes as they stand where they are printable. */
function escapedByte(byte: number): string {
  const letter = String.fromCharCode(byte);
  return byte >= 32 && byte < 127 && letter !== "'" && letter !== "\\"
    ? letter
    : `\\x${byte.toString(16).padStart(2, "0")}`;
}

/** The text of one string literal of YQL, or of one of standard SQL, as schemas have it; `undefined` for anything else. */
export function stringOf(sql: string): string | undefined {
  const [, quoted, single, double] =
    /^('((?:[^'\\]|\\[\s\S]|'')*)'|"((?:[^"\\]|\\[\s\S]|"")*)")[suyj]?$/i.exec(sql.trim()) ?? [];
  if (quoted === undefined) return undefined;
  return (single ?? double ?? "").replace(
    /''|""|\\x([0-9a-f]{2})|\\([\s\S])/gi,
    (pair, hex: string | undefined, escaped: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return escaped === undefined ? pair.charAt(0) : (unescaped[escaped] ?? escaped);
    },
  );
}

const unescaped: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0" };

export const isNumber = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);

const numberIn = (text: string): number | bigint =>
  /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, "")) : Number(text);
