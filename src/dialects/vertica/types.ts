import type { TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types: https://docs.vertica.com/24.1.x/en/sql-reference/data-types/. Whole numbers of every size take eight bytes, and so does a FLOAT; lengths are
 * octets of UTF-8, 65000 at most, and longer texts are of another type, which no key can hold.
 */
export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === "varchar") return `VARCHAR(${length ?? maxLength})`;
  if (type === "char") return `CHAR(${length ?? 1})`;
  if (type === "decimal") return precision === undefined ? "NUMERIC(38,10)" : `NUMERIC(${precision},${scale ?? 0})`;
  const time = timeTypes[type];
  if (time !== undefined) return precision === undefined ? time : `${time}(${precision})`;
  return plainTypes[type] ?? type;
}

export const maxLength = 65_000;

const timeTypes: Readonly<Record<string, string>> = {
  time: "TIME",
  timestamp: "TIMESTAMP",
  timestamptz: "TIMESTAMPTZ",
};

/** What LONG VARCHAR and LONG VARBINARY may take at most: https://docs.vertica.com/24.1.x/en/sql-reference/data-types/long-data-types/ */
const longest = 32_000_000;

const plainTypes: Readonly<Record<string, string>> = {
  text: `LONG VARCHAR(${longest})`,
  smallint: "INTEGER",
  integer: "INTEGER",
  bigint: "INTEGER",
  float: "FLOAT",
  double: "FLOAT",
  boolean: "BOOLEAN",
  date: "DATE",
  uuid: "UUID",
  json: `LONG VARCHAR(${longest})`,
  jsonb: `LONG VARCHAR(${longest})`,
  bytes: `LONG VARBINARY(${longest})`,
  "text[]": `LONG VARCHAR(${longest})`,
};

/** The one spelling in which two types are compared, in lower case: what the catalog has, and synonyms of it. */
export function canonicalType(type: string): string {
  const text = type
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1");
  const [, base = text, parts = ""] = /^([^(]+)(\(.*\))?(?:\b.*)?$/.exec(withZoneInFront(text)) ?? [];
  const name = synonyms[base] ?? base;
  if (name === "numeric") return `numeric(${numericParts(parts)})`;
  if (timePrecisions.test(name)) return parts === "(6)" ? name : `${name}${parts}`;
  return parts === "" ? `${name}${unsaid[name] ?? ""}` : `${name}${parts}`;
}

/** `timestamp(3) with time zone` is TIMESTAMPTZ(3). */
const withZoneInFront = (text: string): string => {
  const [, base = "", parts = "", zone = ""] =
    /^(time|timestamp)(\(\d+\))? ?(with|without) time ?zone$/.exec(text) ?? [];
  return base === "" ? text : `${base}${zone === "with" ? "tz" : ""}${parts}`;
};

const timePrecisions = /^(?:time|timetz|timestamp|timestamptz)$/;

const numericParts = (parts: string): string => {
  const [precision = "37", scale = parts === "" ? "15" : "0"] = parts.match(/\d+/g) ?? [];
  return `${precision},${scale}`;
};

const synonyms: Readonly<Record<string, string>> = {
  integer: "int",
  bigint: "int",
  int8: "int",
  smallint: "int",
  tinyint: "int",
  "double precision": "float",
  float8: "float",
  real: "float",
  bool: "boolean",
  decimal: "numeric",
  number: "numeric",
  character: "char",
  "character varying": "varchar",
  bytea: "varbinary",
  raw: "varbinary",
  "binary varying": "varbinary",
  datetime: "timestamp",
  smalldatetime: "timestamp",
};

/** How long a type is that does not say: https://docs.vertica.com/24.1.x/en/sql-reference/data-types/character-data-types-char-and-varchar/ */
const unsaid: Readonly<Record<string, string>> = {
  char: "(1)",
  binary: "(1)",
  varchar: "(80)",
  varbinary: "(80)",
  "long varchar": "(1048576)",
  "long varbinary": "(1048576)",
};

/** The field type of a native type; what has none keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const type = canonicalType(native);
  const [, base = type, first, second] = /^([^(]+)\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  const known = knownTypes[type];
  if (known !== undefined) return { type: known };
  if ((base === "varchar" || base === "char") && first !== undefined) return { type: base, length: Number(first) };
  if (base === "numeric" && first !== undefined)
    return { type: "decimal", precision: Number(first), ...(Number(second) > 0 && { scale: Number(second) }) };
  if (first !== undefined && Object.hasOwn(timeTypes, base)) return { type: base, precision: Number(first) };
  return { type };
}

const knownTypes: Readonly<Record<string, string>> = {
  int: "bigint",
  float: "double",
  [`long varchar(${longest})`]: "text",
  [`long varbinary(${longest})`]: "bytes",
};
