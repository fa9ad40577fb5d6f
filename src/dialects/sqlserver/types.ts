import { isKnownType, isTimeType, type TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types of the field types. Texts are NVARCHAR: a VARCHAR has the characters of one code page, and loses all others without a word. `float` is
 * FLOAT as in the predecessor, whose databases have it. A decimal of unsaid precision has ten digits after the point, because DECIMAL alone has none.
 */
export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === "varchar") return length === undefined ? "NVARCHAR(MAX)" : `NVARCHAR(${length})`;
  if (type === "char") return `NCHAR(${length ?? 1})`;
  if (type === "decimal") return precision === undefined ? "DECIMAL(38,10)" : `DECIMAL(${precision},${scale ?? 0})`;
  const plain = plainTypes[type] ?? type;
  return precision !== undefined && isTimeType(type) ? `${plain}(${precision})` : plain;
}

const plainTypes: Readonly<Record<string, string>> = {
  text: "NVARCHAR(MAX)",
  smallint: "SMALLINT",
  integer: "INT",
  bigint: "BIGINT",
  float: "FLOAT",
  double: "FLOAT",
  boolean: "BIT",
  date: "DATE",
  time: "TIME",
  timestamp: "DATETIME2",
  timestamptz: "DATETIMEOFFSET",
  uuid: "UNIQUEIDENTIFIER",
  json: "NVARCHAR(MAX)",
  jsonb: "NVARCHAR(MAX)",
  bytes: "VARBINARY(MAX)",
  "text[]": "NVARCHAR(MAX)",
};

/**
 * The one spelling of a native type that godwit compares: lower case, short names, `decimal(18,0)` for DECIMAL, no digits where they are the
 * usual ones (https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql).
 */
export function canonicalType(type: string): string {
  const text = type
    .toLowerCase()
    .trim()
    .replace(/[[\]]/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1")
    .replace(/\)(?=\w)/g, ") ");
  const [, name = text, parameters = ""] = /^([^(]*)(?:\(([^)]*)\))?$/.exec(text) ?? [];
  const base = aliases[name] ?? name;
  if (base === "float") return parameters !== "" && Number(parameters) <= 24 ? "real" : "float";
  if (base === "decimal")
    return `decimal(${parameters === "" ? "18,0" : parameters.includes(",") ? parameters : `${parameters},0`})`;
  if (sized.has(base)) return `${base}(${parameters || 1})`;
  if (moments.has(base)) return parameters === "" || parameters === "7" ? base : `${base}(${parameters})`;
  return parameters === "" ? base : `${base}(${parameters})`;
}

const sized = new Set(["char", "varchar", "nchar", "nvarchar", "binary", "varbinary"]);
const moments = new Set(["time", "datetime2", "datetimeoffset"]);

/** https://learn.microsoft.com/sql/t-sql/data-types/data-type-synonyms-transact-sql; a TIMESTAMP there is no time. */
const aliases: Readonly<Record<string, string>> = {
  integer: "int",
  dec: "decimal",
  numeric: "decimal",
  "double precision": "float",
  character: "char",
  "character varying": "varchar",
  charvarying: "varchar",
  "national char": "nchar",
  "national character": "nchar",
  "national char varying": "nvarchar",
  "national character varying": "nvarchar",
  "national text": "ntext",
  "binary varying": "varbinary",
  timestamp: "rowversion",
  sysname: "nvarchar(128)",
};

/** The field type of a native type; what has no field type keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const type = canonicalType(native);
  const [, base = type, first, second] = /^(\w+)\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  if (first !== undefined && base === "nvarchar") return { type: "varchar", length: Number(first) };
  if (first !== undefined && base === "nchar") return { type: "char", length: Number(first) };
  if (first !== undefined && base === "decimal")
    return { type: "decimal", precision: Number(first), ...(Number(second) > 0 && { scale: Number(second) }) };
  const moment = knownTypes[base];
  if (first !== undefined && moments.has(base) && moment) return { type: moment, precision: Number(first) };
  // A type of the database that is called as a field type is another one, and means itself in capitals.
  return { type: knownTypes[type] ?? (isKnownType(type) ? type.toUpperCase() : type) };
}

const knownTypes: Readonly<Record<string, string>> = {
  "nvarchar(max)": "text",
  smallint: "smallint",
  int: "integer",
  bigint: "bigint",
  float: "double",
  bit: "boolean",
  date: "date",
  time: "time",
  datetime2: "timestamp",
  datetimeoffset: "timestamptz",
  uniqueidentifier: "uuid",
  "varbinary(max)": "bytes",
};

/** Types that no key and no index takes: https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql */
export const isLong = (native: string): boolean =>
  /^(?:(?:n?var(?:char|binary))\(max\)|n?text|image|xml|json|geometry|geography)$/.test(canonicalType(native));

/** Texts have a collation. */
export const isText = (native: string): boolean => /^n?(?:(?:var)?char\(|text$)/.test(canonicalType(native));

/** Whether an index on a column lets it change from one of these types to the other: a text or bytes that may be longer. */
export function isWider(before: string, after: string): boolean {
  const [, base, size] = /^(n?varchar|varbinary)\((\d+)\)$/.exec(canonicalType(before)) ?? [];
  const [, next, room] = /^(n?varchar|varbinary)\((\d+)\)$/.exec(canonicalType(after)) ?? [];
  return base !== undefined && base === next && Number(room) >= Number(size);
}
