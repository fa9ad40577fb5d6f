import { meaningOf } from "./types.ts";

const texts = new Set(["varchar", "char", "text"]);
const moments = new Set(["timestamp", "timestamptz"]);
const integers = new Set(["smallint", "integer", "bigint"]);

/**
 * The value of a column whose type changes, as other databases cast it. SQLite itself converts between numbers and their
 * digits when it stores them; it knows nothing of booleans and dates. What cannot be converted stays as it is.
 */
export function converted(value: string, from: string, to: string): string {
  const [source, target] = [meaningOf(from).type, meaningOf(to).type];
  if (source === target) return value;
  if (target === "boolean" && texts.has(source)) return textToBoolean(value);
  if (target === "boolean")
    return `CASE WHEN typeof(${value}) IN ('integer', 'real') THEN ${value} <> 0 ELSE ${value} END`;
  if (source === "boolean" && texts.has(target))
    return `CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE ${value} END`;
  if (texts.has(source) && target === "bytes")
    return `CASE typeof(${value}) WHEN 'text' THEN CAST(${value} AS BLOB) ELSE ${value} END`;
  if (source === "bytes" && texts.has(target))
    return `CASE typeof(${value}) WHEN 'blob' THEN CAST(${value} AS TEXT) ELSE ${value} END`;
  if (moments.has(source) && target === "date") return ofText(value, `date(${value})`);
  if (source === "date" && moments.has(target)) return ofText(value, `datetime(${value})`);
  // A column of integers keeps a fraction that it is given.
  if (integers.has(target))
    return `CASE WHEN typeof(${value}) = 'real' THEN CAST(round(${value}) AS INTEGER) ELSE ${value} END`;
  return value;
}

function textToBoolean(value: string): string {
  const word = `lower(trim(${value}))`;
  return `CASE WHEN ${word} IN ('true', 't', 'yes', 'y', 'on', '1') THEN 1 WHEN ${word} IN ('false', 'f', 'no', 'n', 'off', '0') THEN 0 ELSE ${value} END`;
}

const ofText = (value: string, result: string): string =>
  `CASE WHEN typeof(${value}) = 'text' THEN coalesce(${result}, ${value}) ELSE ${value} END`;
