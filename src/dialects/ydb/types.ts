import type { TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types: https://ydb.tech/docs/en/yql/reference/types/primitive. A text has no length, and a time of day no type; times are moments in UTC with
 * microseconds. A decimal of unsaid precision is the one that every version knows.
 */
export function columnType({ type, precision, scale }: TypeParameters): string {
  if (type === "decimal") return precision === undefined ? "Decimal(22,9)" : `Decimal(${precision},${scale ?? 0})`;
  return plainTypes[type] ?? type;
}

/** https://ydb.tech/docs/en/yql/reference/types/primitive#numeric */
export const maxDecimalPrecision = 35;

const plainTypes: Readonly<Record<string, string>> = {
  varchar: "Utf8",
  char: "Utf8",
  text: "Utf8",
  smallint: "Int16",
  integer: "Int32",
  bigint: "Int64",
  float: "Float",
  double: "Double",
  boolean: "Bool",
  date: "Date32",
  time: "Utf8",
  timestamp: "Timestamp64",
  timestamptz: "Timestamp64",
  uuid: "Uuid",
  json: "Json",
  jsonb: "JsonDocument",
  bytes: "String",
  "text[]": "Utf8",
};

/** The one spelling of a native type that godwit compares: lower case, without Optional, which NULL says. */
export function canonicalType(type: string): string {
  const text = type.trim().replace(/\s+/g, "").toLowerCase();
  const inner = /^optional<(.*)>$/.exec(text)?.[1] ?? text.replace(/\?+$/, "");
  if (inner === "decimal") return "decimal(22,9)";
  return synonyms[inner] ?? inner;
}

const synonyms: Readonly<Record<string, string>> = { text: "utf8", bytes: "string" };

/** Digits of a Decimal, all of them and those after its point; `undefined` for any other type. */
export function decimalParts(type: string): { readonly precision: number; readonly scale: number } | undefined {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(canonicalType(type)) ?? [];
  return precision === undefined ? undefined : { precision: Number(precision), scale: Number(scale) };
}

/** The field type of a native type; what has none keeps the name that YDB has for it. */
export function fieldType(native: string): TypeParameters {
  const decimal = decimalParts(native);
  if (decimal)
    return { type: "decimal", precision: decimal.precision, ...(decimal.scale > 0 && { scale: decimal.scale }) };
  const type = canonicalType(native);
  return { type: knownTypes[type] ?? properName(type) ?? native };
}

const knownTypes: Readonly<Record<string, string>> = {
  utf8: "text",
  string: "bytes",
  int16: "smallint",
  int32: "integer",
  int64: "bigint",
  float: "float",
  double: "double",
  bool: "boolean",
  date32: "date",
  timestamp64: "timestamp",
  uuid: "uuid",
  json: "json",
  jsondocument: "jsonb",
};

/** All types that a column may have, as YDB spells them. */
const names = [
  ...["Bool", "Int8", "Int16", "Int32", "Int64", "Uint8", "Uint16", "Uint32", "Uint64", "Float", "Double", "DyNumber"],
  ...["String", "Utf8", "Json", "JsonDocument", "Yson", "Uuid"],
  ...["Date", "Date32", "Datetime", "Datetime64", "Timestamp", "Timestamp64", "Interval", "Interval64"],
];

const properName = (type: string): string | undefined => names.find((name) => name.toLowerCase() === type);

/** The type of a column that numbers itself: https://ydb.tech/docs/en/yql/reference/types/serial */
export const serialOf = (native: string): string | undefined => serials[canonicalType(native)];

const serials: Readonly<Record<string, string>> = { int16: "SmallSerial", int32: "Serial", int64: "BigSerial" };

/** Types that neither a primary key nor an index can hold: https://ydb.tech/docs/en/yql/reference/types/primitive */
export const canBeKey = (native: string): boolean =>
  !/^(?:float|double|json|jsondocument|yson)$/.test(canonicalType(native));
