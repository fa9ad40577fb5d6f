import { sqlTokens } from "./sql-text.ts";

/**
 * The bounds of a partition in the form in which two are compared: how a database says them again, it adds the time to a date, casts and
 * quotes around numbers.
 */
export const canonicalBounds = (values: string): string =>
  sqlTokens(values.replace(/^\s*for\s+values\s+/i, "").replace(/(?<=['\w])\s*::\s*[\w ]*\w/g, ""))
    .join(" ")
    .replace(/'(\d{4,}-\d\d-\d\d)(?: 00:00:00)?(?:\+00)?'/g, "'$1'")
    .replace(/'(-?\d+(?:\.\d+)?)'/g, "$1")
    .replace(/- (?=\d)/g, "-")
    .toLowerCase()
    .replace(/\b(minvalue|maxvalue|default)\b/g, (word) => word.toUpperCase());

/** Whether two partitions keep the same rows, as far as their texts tell. */
export const sameBounds = (a: string, b: string): boolean => a === b || canonicalBounds(a) === canonicalBounds(b);
