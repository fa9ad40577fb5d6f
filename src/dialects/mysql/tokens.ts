export interface Token {
  readonly kind: "name" | "string" | "number" | "word" | "symbol";
  /** As it is written. */
  readonly text: string;
  /** A name without its quotes, a string without them, a word in lower case. */
  readonly value: string;
}

/** SQL under the `sql_mode` of godwit's sessions, without white space and comments. */
export function tokenize(sql: string): readonly Token[] {
  return (sql.match(pieces) ?? []).flatMap((text): readonly Token[] => {
    if (/^(?:\s|--[\s]|--$|#|\/\*)/.test(text)) return [];
    if (text.startsWith("`")) return [{ kind: "name", text, value: text.slice(1, -1).replaceAll("``", "`") }];
    if (/^['"]/.test(text)) return [{ kind: "string", text, value: unescaped(text) }];
    if (/^\d/.test(text)) return [{ kind: "number", text, value: text.toLowerCase() }];
    if (/^[\p{L}_$@]/u.test(text)) return [{ kind: "word", text, value: text.toLowerCase() }];
    return [{ kind: "symbol", text, value: text }];
  });
}

const pieces =
  /\s+|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|''|\\[\s\S])*'?|"(?:[^"\\]|""|\\[\s\S])*"?|`(?:[^`]|``)*`?|\d+(?:\.\d*)?(?:e[+-]?\d+)?(?![\p{L}_$])|\.\d+|[\p{L}\p{N}_$@]+|<=>|:=|<=|>=|<>|!=|<<|>>|->>|->|\|\||&&|[\s\S]/giu;

/** The same text, however its quotes are escaped. */
const unescaped = (text: string): string =>
  text.slice(1, -1).replace(/\\([\s\S])|(['"])\2/g, (_, escaped, quote) => String(escaped ?? quote));

/** The place of the parenthesis that closes the one at `open`; -1 where none does. */
export function closing(tokens: readonly { readonly value: string; readonly kind?: string }[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { value, kind } = tokens[i] ?? { value: "" };
    if (kind === "string" || kind === "name") continue;
    if (value === "(") depth++;
    if (value === ")" && --depth === 0) return i;
  }
  return -1;
}
