import type { TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types of the field types. `varchar` and `char` have no length there: FixedString counts bytes and fills up with zeros. Times are in UTC,
 * whatever the server's zone is. A decimal of unsaid precision has ten digits after the point.
 */
export function columnType({ type, precision, scale }: TypeParameters): string {
  if (type === "decimal") return precision === undefined ? "Decimal(38, 10)" : `Decimal(${precision}, ${scale ?? 0})`;
  return plainTypes[type] ?? type;
}

const plainTypes: Readonly<Record<string, string>> = {
  varchar: "String",
  char: "String",
  text: "String",
  smallint: "Int16",
  integer: "Int32",
  bigint: "Int64",
  float: "Float32",
  double: "Float64",
  boolean: "Bool",
  date: "Date32",
  time: "Time64(6)",
  timestamp: "DateTime64(6, 'UTC')",
  timestamptz: "DateTime64(6, 'UTC')",
  uuid: "UUID",
  json: "JSON",
  jsonb: "JSON",
  bytes: "String",
  "text[]": "Array(String)",
};

/** The one spelling of a native type that godwit compares: NULL or not is said elsewhere, and names of other databases are ClickHouse's. */
export function canonicalType(type: string): string {
  // A quote in a value may be doubled or escaped.
  const text = spaced(/^Enum\d/.test(type) ? type.replace(/(?<!\()''/g, "\\'") : type);
  const inner =
    /^Nullable\((.*)\)$/s.exec(text)?.[1] ??
    text.replace(/^LowCardinality\(Nullable\((.*)\)\)$/s, "LowCardinality($1)");
  const [, name = inner, parameters] = /^([\w ]+?)(?:\((.*)\))?$/s.exec(inner) ?? [];
  const known = aliases[name.toUpperCase()];
  if (known === undefined || (name === known && known !== "Decimal")) return inner;
  if (known === "Decimal")
    return `Decimal(${parameters ?? "10, 0"}${parameters?.includes(",") === false ? ", 0" : ""})`;
  return parameters === undefined || known === "String" ? known : `${known}(${parameters})`;
}

/** One blank after each comma and around each equals sign, as the server writes them; quoted texts stay as they are. */
function spaced(type: string): string {
  return type
    .trim()
    .split(/('(?:[^'\\]|\\[\s\S]|'')*')/)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(/\s+/g, " ")
            .replace(/ ?([(,=]) ?/g, "$1")
            .replaceAll(" )", ")")
            .replaceAll(",", ", ")
            .replaceAll("=", " = "),
    )
    .join("");
}

/** https://clickhouse.com/docs/sql-reference/data-types#aliases, those that people write. */
const aliases: Readonly<Record<string, string>> = {
  TINYINT: "Int8",
  SMALLINT: "Int16",
  INT: "Int32",
  INTEGER: "Int32",
  BIGINT: "Int64",
  FLOAT: "Float32",
  REAL: "Float32",
  DOUBLE: "Float64",
  "DOUBLE PRECISION": "Float64",
  BOOL: "Bool",
  BOOLEAN: "Bool",
  DEC: "Decimal",
  DECIMAL: "Decimal",
  NUMERIC: "Decimal",
  DATE: "Date",
  DATETIME: "DateTime",
  TIMESTAMP: "DateTime",
  VARCHAR: "String",
  CHAR: "String",
  CHARACTER: "String",
  "CHARACTER VARYING": "String",
  TEXT: "String",
  BLOB: "String",
  BYTEA: "String",
  UUID: "UUID",
  JSON: "JSON",
};

/** The field type of a native type; what has no field type keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const type = canonicalType(native);
  const [, precision, scale] = /^Decimal\((\d+), (\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined)
    return { type: "decimal", precision: Number(precision), ...(Number(scale) > 0 && { scale: Number(scale) }) };
  return { type: knownTypes[type] ?? type };
}

const knownTypes: Readonly<Record<string, string>> = {
  String: "text",
  Int16: "smallint",
  Int32: "integer",
  Int64: "bigint",
  Float32: "float",
  Float64: "double",
  Bool: "boolean",
  Date32: "date",
  "Time64(6)": "time",
  "DateTime64(6, 'UTC')": "timestamp",
  UUID: "uuid",
  JSON: "json",
  "Array(String)": "text[]",
};

/** Types whose values cannot be NULL, however much one says so: https://clickhouse.com/docs/sql-reference/data-types/nullable */
export const isNeverNull = (type: string): boolean =>
  /^(?:Array|Map|Tuple|Nested|AggregateFunction|SimpleAggregateFunction|Variant|Dynamic)\b/.test(type);

/** What the type of a column is with its NULLs: `Nullable(…)`, inside of `LowCardinality`. */
export function nullableType(type: string): string {
  if (/^(?:LowCardinality\()?Nullable\(/.test(type)) return type;
  const inner = /^LowCardinality\((.*)\)$/s.exec(type)?.[1];
  return inner === undefined ? `Nullable(${type})` : `LowCardinality(Nullable(${inner}))`;
}
