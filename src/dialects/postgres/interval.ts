/**
 * An interval in the form in which the server writes it (`intervalstyle = postgres`): `24 hours` is `24:00:00`, `14 months` is `1 year 2 mons`. What is not
 * made of whole numbers with units, and perhaps a time of day, stays as it is.
 */
export function canonicalInterval(text: string): string {
  const parts = [...text.trim().matchAll(piece)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text.trim()) return text;
  let [months, days, seconds] = [0, 0, 0];
  for (const [, number, unit = "", sign, hours, minutes, rest = "0"] of parts) {
    if (number === undefined) {
      const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
      seconds += sign === "-" ? -time : time;
      continue;
    }
    const found = units.find(({ names }) => names.includes(unit.toLowerCase()));
    if (!found) return text;
    months += Number(number) * (found.months ?? 0);
    days += Number(number) * (found.days ?? 0);
    seconds += Number(number) * (found.seconds ?? 0);
  }
  // The server writes the sign of each part where they differ, which is not worked out here.
  if (Math.min(months, days, seconds) < 0) return text;
  return written(months, days, seconds);
}

const piece = /([+-]?\d+)\s*([a-z]+)\s*|([+-]?)(\d{1,2}):(\d\d)(?::(\d\d))?\s*/gi;

interface Unit {
  readonly names: readonly string[];
  readonly months?: number;
  readonly days?: number;
  readonly seconds?: number;
}

const units: readonly Unit[] = [
  { names: ["year", "years", "y", "yr", "yrs"], months: 12 },
  { names: ["month", "months", "mon", "mons"], months: 1 },
  { names: ["week", "weeks", "w"], days: 7 },
  { names: ["day", "days", "d"], days: 1 },
  { names: ["hour", "hours", "h", "hr", "hrs"], seconds: 3600 },
  { names: ["minute", "minutes", "m", "min", "mins"], seconds: 60 },
  { names: ["second", "seconds", "s", "sec", "secs"], seconds: 1 },
];

function written(months: number, days: number, seconds: number): string {
  const counted = (count: number, one: string): readonly string[] =>
    count === 0 ? [] : [`${count} ${one}${count === 1 ? "" : "s"}`];
  const two = (number: number): string => String(number).padStart(2, "0");
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const parts = [...counted(Math.floor(months / 12), "year"), ...counted(months % 12, "mon"), ...counted(days, "day")];
  return [...parts, ...(seconds > 0 || parts.length === 0 ? [clock] : [])].join(" ");
}
