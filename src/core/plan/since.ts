import { ToolError } from "../errors.ts";

/**
 * When a text means a time, that time in ISO 8601, UTC: `2026-11-21`, `2026-11-21 14:30`, `2026-11-21T14:30:00+01:00`. Without a zone it is UTC, as all times are
 * that the history has. `undefined` for what is no date at all, such as the name of a migration. Throws ToolError `usage` for a day or an hour that does not exist.
 */
export function timeFrom(text: string): string | undefined {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/i.exec(text);
  if (!found) return undefined;
  const [, day = "", minutes = "00:00", seconds = ":00", zone = "Z"] = found;
  const time = new Date(`${day}T${minutes}${seconds}${zone.toUpperCase()}`);
  // JavaScript takes the 31st of any month.
  const exists = !Number.isNaN(time.getTime()) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  if (exists) return time.toISOString();
  throw new ToolError("usage", `"${text}" is no time that exists; write it as in 2026-11-21 or 2026-11-21T14:30Z`, {
    value: text,
  });
}
