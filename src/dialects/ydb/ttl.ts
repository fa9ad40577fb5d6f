/** `Interval("P30D") ON column`, perhaps with what is done at which age: https://ydb.tech/docs/en/yql/reference/syntax/create_table/with#time-to-live */
export const reservedTtl = /^Interval\s*\(\s*(["'])P[^"']*\1\s*\)[\s\S]*\bON\s+\S/i;

/** When rows go, in the one spelling that is compared: in seconds after the column. One of several steps stays as it is written. */
export function canonicalTtl(text: string): string {
  const match = /^Interval\s*\(\s*["'](P[^"']*)["']\s*\)\s*(?:DELETE\s+)?ON\s+`?([\w-]+)`?(?:\s+AS\s+(\w+))?$/i.exec(
    text.trim(),
  );
  const seconds = secondsIn(match?.[1] ?? "");
  if (!match || seconds === undefined) return text.trim().replace(/\s+/g, " ");
  return writeTtl({ seconds, column: match[2] ?? "", ...(match[3] !== undefined && { unit: match[3] }) });
}

export interface Ttl {
  readonly seconds: number;
  readonly column: string;
  /** What a number in the column counts since 1970; absent: it is a time. */
  readonly unit?: string;
}

export const writeTtl = ({ seconds, column, unit }: Ttl): string =>
  `Interval("PT${seconds}S") ON ${column}${unit === undefined ? "" : ` AS ${unit.toUpperCase()}`}`;

/** An interval of ISO 8601 as YQL takes it, in weeks, days, hours, minutes and seconds. */
function secondsIn(interval: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(interval.trim());
  if (!match) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}
