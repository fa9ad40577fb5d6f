/** A piece of SQL text as SQLite's own tokenizer cuts it. */
export interface Token {
  readonly kind: "word" | "name" | "string" | "symbol";
  /** As it stands in the text. */
  readonly text: string;
  /** Without its quotes, for `name` and `string`; else the text. */
  readonly value: string;
  /** Parentheses open around it; the parentheses themselves belong to the outside. */
  readonly depth: number;
  readonly start: number;
}

/**
 * Cuts the SQL that `sqlite_schema` keeps, so that keywords inside names, strings and comments are not taken for keywords.
 * The text comes from SQLite and is well-formed; whatever is not is passed on as symbols.
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let start = 0; start < sql.length; ) {
    const end = endOf(sql, start);
    const kind = kindOf(sql, start, end);
    if (kind !== undefined) {
      const text = sql.slice(start, end);
      if (text === ")") depth--;
      tokens.push({ kind, text, value: unquoted(text, kind), depth, start });
      if (text === "(") depth++;
    }
    start = end;
  }
  return tokens;
}

/** Whether the token is this unquoted keyword. */
export const isKeyword = (token: Token | undefined, keyword: string): boolean =>
  token?.kind === "word" && token.text.length === keyword.length && token.text.toUpperCase() === keyword;

/** Where the blanks that begin at a place end; that place, if there are none. */
export function blanksFrom(sql: string, start: number): number {
  let end = start;
  while (isBlank(sql.charCodeAt(end))) end++;
  return end;
}

/** Where the word that begins at a place ends; that place, if none does. */
export function endOfWord(sql: string, start: number): number {
  let end = start;
  while (isWord(sql.charCodeAt(end))) end++;
  return end;
}

/** Blanks and words are most of any text, and found several times as fast by their characters as by an expression. */
function endOf(sql: string, start: number): number {
  const behind = blanksFrom(sql, start);
  if (behind > start) return behind;
  const isBlob = sql.charCodeAt(start + 1) === codes.quote && /[xX]/.test(sql[start] ?? "");
  const end = isBlob ? start : endOfWord(sql, start);
  if (end > start) return end;
  pattern.lastIndex = start;
  pattern.test(sql);
  return pattern.lastIndex;
}

const pattern =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\[[^\]]*\]|[xX]'[0-9a-fA-F]*'|<>|[<>=!|]=|\|\||<<|>>|->>?|[\s\S]/y;

const codes = { quote: 39, doubleQuote: 34, backtick: 96, bracket: 91, minus: 45, slash: 47, star: 42 } as const;

function kindOf(sql: string, start: number, end: number): Token["kind"] | undefined {
  const first = sql.charCodeAt(start);
  const second = end - start > 1 ? sql.charCodeAt(start + 1) : undefined;
  if (isBlank(first)) return undefined;
  if (isWord(first)) return second === codes.quote ? "string" : "word";
  if (second === undefined) return "symbol";
  if (first === codes.quote) return "string";
  if (first === codes.doubleQuote || first === codes.backtick || first === codes.bracket) return "name";
  const isComment =
    (first === codes.minus && second === codes.minus) || (first === codes.slash && second === codes.star);
  return isComment ? undefined : "symbol";
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** A letter, a digit, `_`, `$` or `.`; SQLite counts every character beyond ASCII among the letters. */
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 36 ||
  code === 46 ||
  code >= 128;

function unquoted(text: string, kind: Token["kind"]): string {
  if (kind === "string" && text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (kind !== "name") return text;
  const quote = text[0] ?? "";
  return quote === "[" ? text.slice(1, -1) : text.slice(1, -1).replaceAll(quote + quote, quote);
}
