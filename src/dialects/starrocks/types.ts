import type { TypeParameters } from "../../core/schema/types.ts";

/**
 * Native types of the field types: https://docs.starrocks.io/docs/sql-reference/data-types/. Lengths are bytes there. Times have no zone, and sessions of
 * godwit are in UTC. A decimal of unsaid precision has ten digits after the point.
 */
export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === "varchar") return length === undefined ? "STRING" : `VARCHAR(${length})`;
  if (type === "char") return `CHAR(${length ?? 1})`;
  if (type === "decimal") return precision === undefined ? "DECIMAL(38,10)" : `DECIMAL(${precision},${scale ?? 0})`;
  return plainTypes[type] ?? type;
}

const plainTypes: Readonly<Record<string, string>> = {
  text: "STRING",
  smallint: "SMALLINT",
  integer: "INT",
  bigint: "BIGINT",
  float: "FLOAT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  time: "TIME",
  timestamp: "DATETIME",
  timestamptz: "DATETIME",
  uuid: "VARCHAR(36)",
  json: "JSON",
  jsonb: "JSON",
  bytes: "VARBINARY",
  "text[]": "ARRAY<STRING>",
};

/** What STRING is: https://docs.starrocks.io/docs/sql-reference/data-types/string-type/STRING/ */
export const stringLength = 65_533;

/** The one spelling of a native type that godwit compares: lower case, `varchar(65533)` for STRING, no display widths, one kind of decimal. */
export function canonicalType(type: string): string {
  const text = type
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/ ?([(),<>]) ?/g, "$1")
    .replace(/\)(?=\w)/g, ") ");
  return text
    .replace(/\b(?:string|text)\b/g, `varchar(${stringLength})`)
    .replace(/\b(tinyint|smallint|int|bigint|largeint|boolean)\(\d+\)/g, "$1")
    .replace(/\binteger\b/g, "int")
    .replace(/\b(?:decimalv2|decimal32|decimal64|decimal128|decimal256|numeric)\b/g, "decimal")
    .replace(/\bdecimal(?!\()/g, "decimal(10,0)")
    .replace(/\bdecimal\((\d+)\)/g, "decimal($1,0)")
    .replace(/\bvarchar(?!\()/g, "varchar(1)")
    .replace(/\bchar(?!\()/g, "char(1)")
    .replace(/\b(?:binary|varbinary)(?:\(\d+\))?/g, "varbinary")
    .replace(/\bbool\b/g, "boolean")
    .replace(/\bjsonb\b/g, "json");
}

/** The field type of a native type; what has no field type keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const type = canonicalType(native);
  const [, base = type, first, second] = /^(\w+)\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  const known = knownTypes[type];
  if (known !== undefined) return { type: known };
  if ((base === "varchar" || base === "char") && first !== undefined) return { type: base, length: Number(first) };
  if (base === "decimal" && first !== undefined)
    return { type: "decimal", precision: Number(first), ...(Number(second) > 0 && { scale: Number(second) }) };
  return { type };
}

const knownTypes: Readonly<Record<string, string>> = {
  [`varchar(${stringLength})`]: "text",
  [`array<varchar(${stringLength})>`]: "text[]",
  "varchar(36)": "uuid",
  int: "integer",
  datetime: "timestamp",
  varbinary: "bytes",
};

/** Types that rows cannot be sorted, told apart or distributed by: https://docs.starrocks.io/docs/table_design/table_types/ */
export const canBeKey = (native: string): boolean =>
  !/^(?:float|double|json|varbinary|array|map|struct|bitmap|hll|percentile|time)\b/.test(canonicalType(native));

/** Lists and the like, and what only aggregates hold. */
export const isNested = (native: string): boolean =>
  /^(?:array|map|struct|bitmap|hll|percentile)\b/.test(canonicalType(native));
