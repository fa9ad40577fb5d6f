/**
 * `2026-01-31T08:09:10Z` and `2026-01-31 10:09:10+02` as sessions in UTC write it, for databases whose literals of times take no zone. A text
 * without a zone, or that is no time, stays what it is.
 */
export function inUtc(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(\.\d+)?\s*(?:Z|([+-]\d\d):?(\d\d)?)$/i.exec(text.trim());
  if (!match) return text;
  const [, date, clock, seconds = ":00", fraction = "", hours = "+00", minutes = "00"] = match;
  const moment = Date.parse(`${date}T${clock}${seconds}${hours}:${minutes}`);
  if (Number.isNaN(moment)) return text;
  return `${new Date(moment).toISOString().slice(0, 19).replace("T", " ")}${fraction}`;
}
