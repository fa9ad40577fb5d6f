import { isNumericType } from "./types.ts";

/** SQL that makes moments and days of numbers and numbers of these; `undefined` for any other two types. Both without parameters. */
export function timeConversion(
  column: string,
  { from, to, target }: { readonly from: string; readonly to: string; readonly target: string },
): string | undefined {
  if (isMoment(to) && isNumericType(from)) return momentOf(column, to, target);
  // Text, too, is what the server makes a day of: 20260131.
  if (from === "date" && isWhole(to)) return `to_char(${column}, 'YYYYMMDD')::${target}`;
  return isMoment(from) && isNumericType(to) ? `EXTRACT(EPOCH FROM ${column})::${target}` : undefined;
}

/**
 * Seconds since 1970 in UTC, which is what numbers of moments are as a rule. Those that would be no such (20260131, or milliseconds) are an error whose text
 * says so: nobody but the author knows what they mean.
 */
function momentOf(column: string, to: string, target: string): string {
  const moment = `to_timestamp(${column})${to === "timestamp" ? " AT TIME ZONE 'UTC'" : ""}`;
  const seconds = `${column} BETWEEN ${first} AND ${last} AND ${column} NOT BETWEEN ${days}`;
  const other = `(${column}::TEXT || ' does not look like seconds since 1970: tell alterField "using"')::${target}`;
  return `CASE WHEN ${seconds} THEN ${moment} WHEN ${column} IS NOT NULL THEN ${other} END`;
}

/** The years 1 to 9999. */
const first = -62135596800;
const last = 253402300799;

/** Days from 1800 to 2100 as eight digits. */
const days = "18000101 AND 21001231";

const isMoment = (base: string): boolean => base === "timestamp" || base === "timestamptz";
const isWhole = (base: string): boolean => base === "integer" || base === "bigint";
