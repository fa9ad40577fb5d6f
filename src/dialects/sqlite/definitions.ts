/** What stands between the outermost parentheses of a text, cut at its commas, and where they are. */
export interface Definitions {
  readonly parts: readonly string[];
  /** Where the first of them begins; between two is one comma. */
  readonly start: number;
  /** Where what follows the parentheses begins. */
  readonly end: number;
}

/** The definitions of a CREATE TABLE, or the elements of a CREATE INDEX, without making tokens of them. */
export function definitionsOf(sql: string): Definitions {
  const parts: string[] = [];
  let depth = 0;
  let first = 0;
  let start = 0;
  for (let at = 0; at < sql.length; at++) {
    const code = sql.charCodeAt(at);
    if (code >= letters && code !== codes.bracket && code !== codes.backtick) continue;
    if (code === codes.open) {
      depth++;
      if (depth === 1) first = start = at + 1;
    } else if (code === codes.close) {
      depth--;
      if (depth > 0) continue;
      parts.push(sql.slice(start, at));
      return { parts, start: first, end: at + 1 };
    } else if (code !== codes.comma) at = skipped(sql, at, code);
    else if (depth === 1) {
      parts.push(sql.slice(start, at));
      start = at + 1;
    }
  }
  return { parts, start: first, end: sql.length };
}

/** All signs that mean something here come before the digits, but for two. */
const letters = 48;

const codes = {
  doubleQuote: 34,
  quote: 39,
  open: 40,
  close: 41,
  comma: 44,
  minus: 45,
  slash: 47,
  bracket: 91,
  backtick: 96,
} as const;

/** The last place of the name, string or comment that begins here, or this place. A quote in a name is two names in a row. */
function skipped(sql: string, at: number, code: number): number {
  if (code === codes.doubleQuote || code === codes.quote || code === codes.backtick)
    return lastOf(sql, sql[at] ?? "", at + 1);
  if (code === codes.bracket) return lastOf(sql, "]", at + 1);
  if (code === codes.minus && sql[at + 1] === "-") return lastOf(sql, "\n", at + 2);
  if (code === codes.slash && sql[at + 1] === "*") return lastOf(sql, "*/", at + 2);
  return at;
}

function lastOf(sql: string, end: string, from: number): number {
  const found = sql.indexOf(end, from);
  return found === -1 ? sql.length : found + end.length - 1;
}
