import type { TypeParameters } from "../../core/schema/types.ts";
import postgres from "../postgres/dialect.ts";

/**
 * As in PostgreSQL, but that lists are texts, because no column there is of a list, and that a decimal says its digits: DECIMAL alone means
 * (18,6) there. https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-supported-data-types.html
 */
export function columnType(type: TypeParameters): string {
  if (type.type === "text[]") return "TEXT";
  if (type.type === "decimal" && type.precision === undefined) return "DECIMAL(18,6)";
  return postgres.columnType(type);
}

export const canonicalType = (type: string): string => {
  const canonical = postgres.canonicalType(type);
  return canonical === "decimal" ? "decimal(18,6)" : canonical;
};
