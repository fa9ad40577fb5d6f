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
  for (const match of sql.matchAll(pattern)) {
    const text = match[0];
    const kind = kindOf(text);
    if (kind === undefined) continue;
    if (text === ")") depth--;
    tokens.push({ kind, text, value: unquoted(text, kind), depth, start: match.index });
    if (text === "(") depth++;
  }
  return tokens;
}

/** Whether the token is this unquoted keyword. */
export const isKeyword = (token: Token | undefined, keyword: string): boolean =>
  token?.kind === "word" && token.text.length === keyword.length && token.text.toUpperCase() === keyword;

/** Blanks and words first: they are most of any text, and SQLite counts every character beyond ASCII among the letters. */
const pattern =
  /\s+|(?![xX]')[\w$.\u0080-\uffff]+|"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\[[^\]]*\]|[xX]'[0-9a-fA-F]*'|<>|[<>=!|]=|\|\||<<|>>|->>?|[\s\S]/g;

const blank = /^(?:\s|--|\/\*)/;
const string = /^[xX]?'./;
const quotedName = /^["`[]./;
const word = /^[\w$.\u0080-\uffff]/;

function kindOf(text: string): Token["kind"] | undefined {
  if (word.test(text) && !string.test(text)) return "word";
  if (blank.test(text)) return undefined;
  if (string.test(text)) return "string";
  return quotedName.test(text) ? "name" : "symbol";
}

function unquoted(text: string, kind: Token["kind"]): string {
  if (kind === "string" && text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (kind !== "name") return text;
  const quote = text[0] ?? "";
  return quote === "[" ? text.slice(1, -1) : text.slice(1, -1).replaceAll(quote + quote, quote);
}
