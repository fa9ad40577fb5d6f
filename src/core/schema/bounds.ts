import { sqlTokens } from "./sql-text.ts";

/**
 * The bounds of a partition in the form in which two are compared. When a database says them again, it adds the time to a date, quotes around
 * numbers, and casts.
 */
export function canonicalBounds(values: string): string {
  const tokens = sqlTokens(values.replace(/^\s*for\s+values\s+/i, ""));
  const words: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [token = "", next = ""] = tokens.slice(i, i + 2);
    if (token === "::") i = endOfType(tokens, i);
    else if (token === "-" && /^\d/.test(next)) words.push(`-${tokens[++i]}`);
    else if (!(isName(token) && next.startsWith("'"))) words.push(literal(token));
  }
  return words.join(" ");
}

/** Whether two partitions keep the same rows, as far as their texts tell. */
export const sameBounds = (a: string, b: string): boolean => a === b || canonicalBounds(a) === canonicalBounds(b);

const isName = (token: string): boolean => /^[\p{L}_"]/u.test(token);

/** Where the type ends that follows a cast: `character varying`, `numeric(10, 2)`. */
function endOfType(tokens: readonly string[], cast: number): number {
  let at = cast;
  while (isName(tokens[at + 1] ?? "")) at++;
  if (tokens[at + 1] !== "(") return at;
  const end = tokens.indexOf(")", at);
  return end < 0 ? at : end;
}

const literal = (token: string): string =>
  token.replace(/^'(\d{4,}-\d\d-\d\d)(?: 00:00:00)?(?:\+00)?'$/, "'$1'").replace(/^'(-?\d+(?:\.\d+)?)'$/, "$1");
