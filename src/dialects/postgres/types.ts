import { isTimeType, type TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types of the field types. `json` is JSONB as in the predecessor, whose databases are to stay free of drift; who wants
 * the text form declares a type mapping. A varchar without length is TEXT: PostgreSQL stores both in the same way.
 */
export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === "varchar") return length === undefined ? "TEXT" : `VARCHAR(${length})`;
  if (type === "char") return `CHAR(${length ?? 1})`;
  if (isTimeType(type) && precision !== undefined) return `${plainTypes[type]}(${precision})`;
  if (type === "decimal")
    return precision === undefined ? "DECIMAL" : `DECIMAL(${precision}${scale === undefined ? "" : `,${scale}`})`;
  return plainTypes[type] ?? type;
}

const plainTypes: Readonly<Record<string, string>> = {
  text: "TEXT",
  smallint: "SMALLINT",
  integer: "INTEGER",
  bigint: "BIGINT",
  float: "REAL",
  double: "DOUBLE PRECISION",
  boolean: "BOOLEAN",
  date: "DATE",
  time: "TIME",
  timestamp: "TIMESTAMP",
  timestamptz: "TIMESTAMPTZ",
  uuid: "UUID",
  json: "JSONB",
  jsonb: "JSONB",
  bytes: "BYTEA",
  "text[]": "TEXT[]",
};

/** A type of PostgreSQL's own whose quotes keep it apart from CHAR. */
const byte = '"char"';

/** A name of a type in quotes, perhaps behind its namespace. */
const isQuoted = (type: string): boolean => /^(?:[A-Za-z_]\w*\.)?"/.test(type) && !type.startsWith(byte);

/** The one spelling of a native type that godwit compares: lower case, short names, `decimal(10,0)` for `DECIMAL(10)`. */
export function canonicalType(type: string): string {
  // In quotes, case counts.
  if (isQuoted(type)) return type.replace(/(?<=^|^[^".]+\.|^"(?:[^"]|"")+"\.)"([a-z_][a-z0-9_]*)"/g, "$1");
  const text = type
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1")
    // The standard's way to write an array.
    .replace(/ array(?:\[\d+\])?$/, "[]");
  const array = /^(.*?)((?:\[\d*\])+)$/.exec(text);
  // PostgreSQL neither keeps nor enforces the number of dimensions of an array.
  if (array) return `${canonicalType(array[1] ?? "")}[]`;
  const [, name = text, parameters = "", rest = ""] = /^([^(]*)(?:\(([^)]*)\))?(.*)$/.exec(text) ?? [];
  const full = `${name}${rest.startsWith(" ") || rest === "" ? rest : ` ${rest}`}`;
  const base = aliases[full] ?? full;
  if (base === "bpchar" && parameters !== "") return `char(${parameters})`;
  if (name === "float" && parameters !== "") return Number(parameters) <= 24 ? "real" : "double precision";
  if (base === "char") return `char(${parameters || 1})`;
  if (base === "decimal" && /^\d+$/.test(parameters)) return `decimal(${parameters},0)`;
  return parameters === "" ? base : `${base}(${parameters})`;
}

const aliases: Readonly<Record<string, string>> = {
  "character varying": "varchar",
  character: "char",
  int2: "smallint",
  smallserial: "smallint",
  serial2: "smallint",
  int: "integer",
  int4: "integer",
  serial: "integer",
  serial4: "integer",
  int8: "bigint",
  bigserial: "bigint",
  serial8: "bigint",
  numeric: "decimal",
  dec: "decimal",
  float4: "real",
  float: "double precision",
  float8: "double precision",
  bool: "boolean",
  "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
  "time without time zone": "time",
  "time with time zone": "timetz",
  "bit varying": "varbit",
};

/** The field type of a native type; what has no field type keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const quoted = isQuoted(native)
    ? /^((?:(?:"[A-Za-z_]\w*"|[A-Za-z_]\w*)\.)?(?:"[A-Za-z_]\w*"|[A-Za-z_]\w*))([^"]*)$/.exec(native)
    : undefined;
  if (quoted) return { type: `${quoted[1]?.replaceAll('"', "")}${quoted[2]}` };
  const type = canonicalType(native);
  const [, base = type, first, second] = /^(\w+)\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  if ((base === "varchar" || base === "char") && first !== undefined) return { type: base, length: Number(first) };
  if (base === "decimal" && first !== undefined)
    return { type: "decimal", precision: Number(first), ...(Number(second) > 0 && { scale: Number(second) }) };
  if (isTimeType(base) && first !== undefined) return { type: base, precision: Number(first) };
  return { type: knownTypes[type] ?? type };
}

/** The last two are native types, spelled so that they are not taken for the field types that become others. */
const knownTypes: Readonly<Record<string, string>> = {
  real: "float",
  "double precision": "double",
  bytea: "bytes",
  varchar: "character varying",
  json: "JSON",
};

const families: Readonly<Record<string, string>> = {
  text: "text",
  varchar: "text",
  char: "text",
  bpchar: "text",
  smallint: "number",
  integer: "number",
  bigint: "number",
  decimal: "number",
  real: "number",
  "double precision": "number",
};

const familyOf = (type: string): string | undefined => families[type.replace(/\(.*/, "")];

export const isTextType = (native: string): boolean => familyOf(canonicalType(native)) === "text";
export const isNumericType = (native: string): boolean => familyOf(canonicalType(native)) === "number";
