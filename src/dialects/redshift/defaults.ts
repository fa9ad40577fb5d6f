import type { DefaultValue } from "../../core/schema/model.ts";
import postgres, { defaultValue as valueInPostgres } from "../postgres/dialect.ts";
import { canonicalType } from "./types.ts";

/** GETDATE() is the moment in UTC; there is nothing that makes a uuid: https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions.html */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "JSON_PARSE('[]')",
  object: "JSON_PARSE('{}')",
  zero: "0",
  now: "GETDATE()",
  today: "TRUNC(GETDATE())",
  current_time: "CAST(GETDATE() AS TIME)",
  new_uuid: "",
  true: "TRUE",
  false: "FALSE",
  null: "NULL",
};

/** The form in which two defaults are compared; the server writes casts as PostgreSQL does, with numbers for the lengths of types. */
export function canonicalDefault(sql: string, type: string): string {
  const text = postgres.canonicalDefault(sql.replace(/::character varying(?:\(\d+\))?/gi, ""), canonicalType(type));
  return text.replace(/^\((.*)\)$/s, "$1").toLowerCase() === "(getdate())::time" ? "cast(getdate() as time)" : text;
}

/** The default as somebody would declare it. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  const name = ["now", "today", "current_time", "array", "object"].find(
    (key) => canonicalDefault(namedDefaults[key] ?? "", native) === text,
  );
  return name ?? valueInPostgres(sql, canonicalType(native));
}
