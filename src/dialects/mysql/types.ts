import { isKnownType, isTimeType, type TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types of the field types; those that the predecessor had are its own, whose databases are to stay free of drift. TEXT and BLOB
 * end at 64 KB and TIMESTAMP has whole seconds from 1970 to 2038: who needs more declares a type mapping (LONGTEXT, DATETIME(6)).
 * A decimal of unsaid precision is the widest, because DECIMAL alone would cut off all that follows the point.
 */
export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === "varchar") return length === undefined ? "TEXT" : `VARCHAR(${length})`;
  if (type === "char") return `CHAR(${length ?? 1})`;
  if (type === "decimal") return precision === undefined ? "DECIMAL(65,30)" : `DECIMAL(${precision},${scale ?? 0})`;
  const plain = plainTypes[type] ?? type;
  return precision !== undefined && isTimeType(type)
    ? plain.replace(/\(6\)$|$/, precision === 0 ? "" : `(${precision})`)
    : plain;
}

const plainTypes: Readonly<Record<string, string>> = {
  text: "TEXT",
  smallint: "SMALLINT",
  integer: "INT",
  bigint: "BIGINT",
  float: "FLOAT",
  double: "DOUBLE",
  boolean: "TINYINT(1)",
  date: "DATE",
  time: "TIME",
  timestamp: "TIMESTAMP",
  timestamptz: "TIMESTAMP(6)",
  uuid: "CHAR(36)",
  json: "JSON",
  jsonb: "JSON",
  bytes: "BLOB",
  "text[]": "TEXT",
};

/**
 * The one spelling of a native type that godwit compares: lower case, short names, `decimal(10,0)` for DECIMAL. The display width
 * of integers means nothing, but for the one that marks a boolean.
 */
export function canonicalType(type: string): string {
  const [, list = "", values] = /^(enum|set)\s*(\(.*\))$/is.exec(type.trim()) ?? [];
  if (values !== undefined) return `${list.toLowerCase()}${values.replace(/'\s*,\s*'/g, "','")}`;
  const text = type
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1");
  const [, name = text, parameters = "", rest = ""] = /^([^(]*)(?:\(([^)]*)\))?(.*)$/.exec(text) ?? [];
  const [word = name, ...marks] = (aliases[name] ?? name).split(" unsigned");
  if (rest.includes("zerofill") || marks.some((mark) => mark.includes("zerofill"))) return zerofilled(text);
  const suffix = `${marks.length > 0 ? " unsigned" : ""}${rest === "" || rest.startsWith(" ") ? rest : ` ${rest}`}`;
  return `${withParameters(word, parameters)}${suffix}`;
}

/** As wide as it is filled, and unsigned whether it says so or not. */
function zerofilled(text: string): string {
  const [, name = "", parameters = ""] = /^(\w+)(?:\(([\d,]+)\))?/.exec(text) ?? [];
  const word = aliases[name] ?? name;
  const width = parameters || widths[word];
  return `${word}${width === undefined ? "" : `(${width})`} unsigned zerofill`;
}

/** Digits of unsigned integers. */
const widths: Readonly<Record<string, string>> = {
  tinyint: "3",
  smallint: "5",
  mediumint: "8",
  int: "10",
  bigint: "20",
};

function withParameters(name: string, parameters: string): string {
  if (name === "tinyint") return parameters === "1" ? "tinyint(1)" : "tinyint";
  if (name === "bool" || name === "boolean") return "tinyint(1)";
  if (integers.has(name) || name === "year") return name;
  if (name === "char" || name === "binary") return `${name}(${parameters || 1})`;
  if (name === "decimal")
    return `decimal(${parameters === "" ? "10,0" : parameters.includes(",") ? parameters : `${parameters},0`})`;
  if (name === "float" && Number(parameters) > 24) return "double";
  if (name === "float" && !parameters.includes(",")) return "float";
  return parameters === "" || (fractional.has(name) && parameters === "0") ? name : `${name}(${parameters})`;
}

const integers = new Set(["smallint", "mediumint", "int", "bigint"]);
const fractional = new Set(["time", "timestamp", "datetime"]);

const aliases: Readonly<Record<string, string>> = {
  integer: "int",
  "integer unsigned": "int unsigned",
  int1: "tinyint",
  int2: "smallint",
  int3: "mediumint",
  int4: "int",
  int8: "bigint",
  serial: "bigint unsigned",
  numeric: "decimal",
  dec: "decimal",
  fixed: "decimal",
  real: "double",
  "double precision": "double",
  float4: "float",
  float8: "double",
  character: "char",
  "character varying": "varchar",
  nvarchar: "varchar",
  nchar: "char",
};

/** The field type of a native type; what has no field type keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const type = canonicalType(native);
  if (type === "char(36)") return { type: "uuid" };
  const [, base = type, first, second] = /^(\w+)\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  if (type === "varchar") return { type: "text" };
  if ((base === "varchar" || base === "char") && first !== undefined) return { type: base, length: Number(first) };
  if (base === "decimal" && first !== undefined)
    return { type: "decimal", precision: Number(first), ...(Number(second) > 0 && { scale: Number(second) }) };
  const [, moment = "", digits] = /^(time|timestamp)\((\d)\)$/.exec(type) ?? [];
  if (moment !== "" && type !== "timestamp(6)") return { type: moment, precision: Number(digits) };
  const known = knownTypes[type];
  if (known !== undefined) return { type: known };
  // A type of the database that is called as a field type is another one, and means itself in capitals.
  return { type: isKnownType(type) && columnType({ type }).toLowerCase() !== type ? type.toUpperCase() : type };
}

const knownTypes: Readonly<Record<string, string>> = {
  "tinyint(1)": "boolean",
  int: "integer",
  "timestamp(6)": "timestamptz",
  blob: "bytes",
};

/** What the kinds of conversion hang on. */
export function familyOf(native: string): "text" | "number" | "bytes" | "moment" | "boolean" | "json" | undefined {
  const [base = ""] = canonicalType(native).split(/[( ]/);
  if (canonicalType(native) === "tinyint(1)") return "boolean";
  return families[base];
}

const families: Readonly<Record<string, ReturnType<typeof familyOf>>> = {
  varchar: "text",
  char: "text",
  tinytext: "text",
  text: "text",
  mediumtext: "text",
  longtext: "text",
  tinyint: "number",
  smallint: "number",
  mediumint: "number",
  int: "number",
  bigint: "number",
  decimal: "number",
  float: "number",
  double: "number",
  date: "moment",
  datetime: "moment",
  timestamp: "moment",
  time: "moment",
  json: "json",
  binary: "bytes",
  varbinary: "bytes",
  tinyblob: "bytes",
  blob: "bytes",
  mediumblob: "bytes",
  longblob: "bytes",
};

/** Types that are stored beside the row: they have no literal defaults, and are indexed by a prefix only. */
export const isLong = (native: string): boolean =>
  /^(?:(?:tiny|medium|long)?(?:text|blob)|json|geometry(?:collection)?|(?:multi)?(?:point|linestring|polygon))\b/.test(
    canonicalType(native),
  );

/** Digits after the second that a type keeps. */
export const fractionOf = (native: string): number =>
  Number(/^(?:time|timestamp|datetime)\((\d)\)/.exec(canonicalType(native))?.[1] ?? 0);
