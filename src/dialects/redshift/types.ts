import type { TypeParameters } from "../../core/schema/types.ts";
import { canonicalType as canonicalInPostgres, fieldType as fieldInPostgres } from "../postgres/dialect.ts";

/**
 * Native types: https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html. Lengths are bytes of UTF-8, and TEXT would be VARCHAR(256);
 * times have no precision of their own; a uuid is a text, and what has parts is a SUPER.
 */
export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === "varchar" && length !== undefined) return `VARCHAR(${length})`;
  if (type === "char") return `CHAR(${length ?? 1})`;
  if (type === "decimal") return precision === undefined ? "DECIMAL(38,10)" : `DECIMAL(${precision},${scale ?? 0})`;
  return plainTypes[type] ?? type;
}

const longest = "VARCHAR(65535)";

const plainTypes: Readonly<Record<string, string>> = {
  varchar: longest,
  text: longest,
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
  uuid: "VARCHAR(36)",
  json: "SUPER",
  jsonb: "SUPER",
  bytes: "VARBYTE(1024000)",
  "text[]": "SUPER",
};

/** The one spelling in which two types are compared. */
export function canonicalType(type: string): string {
  const text = type
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\(max\)/, "(65535)");
  const [, base = text, length] = /^(varbyte|varbinary|binary varying)(?:\((\d+)\))?$/.exec(text) ?? [];
  if (base !== text || /^var(?:byte|binary)$/.test(text)) return `varbyte(${length ?? 64_000})`;
  if (text === "text" || text === "varchar" || text === "character varying" || text === "nvarchar")
    return "varchar(256)";
  if (/^n?bpchar$/.test(text)) return "char(256)";
  const canonical = canonicalInPostgres(text.replace(/^nvarchar/, "varchar").replace(/^nchar/, "char"));
  return canonical === "decimal" ? "decimal(18,0)" : canonical;
}

/** The field type of a native type; what has none keeps its own name. */
export function fieldType(native: string): TypeParameters {
  const type = canonicalType(native);
  if (type === "varchar(65535)") return { type: "text" };
  if (type === "super") return { type: "json" };
  if (type.startsWith("varbyte(")) return type === "varbyte(1024000)" ? { type: "bytes" } : { type };
  return fieldInPostgres(type);
}

/** How many bytes a VARCHAR takes; `undefined` for any other type. */
export function bytesOf(type: string): number | undefined {
  const length = /^varchar\((\d+)\)$/.exec(canonicalType(type))?.[1];
  return length === undefined ? undefined : Number(length);
}
