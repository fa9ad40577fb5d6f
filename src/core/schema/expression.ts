import { sqlTokens } from "./sql-text.ts";

/**
 * The form in which two SQL expressions are compared where no database is asked: spaces, comments, the case of bare words, quotes that a name does
 * not need, parentheses around the whole, and second spellings of operators (`!=`, `==`) say nothing.
 */
export function canonicalExpression(sql: string): string {
  const known = remembered.get(sql);
  if (known !== undefined) return known;
  const text = withoutParentheses(sqlTokens(inDoubleQuotes(sql)))
    .map((token) => spellings[token] ?? token)
    .join(" ");
  if (remembered.size > 5000) remembered.clear();
  remembered.set(sql, text);
  return text;
}

const remembered = new Map<string, string>();

const spellings: Readonly<Record<string, string>> = { "!=": "<>", "==": "=" };

/** Names in backticks and brackets as the standard has them; brackets behind a word or another bracket are those of an array. */
const inDoubleQuotes = (sql: string): string =>
  /[`[]/.test(sql)
    ? sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|(?<![\p{L}\p{N}_"\])[])\[[^\],\n]*\]/gu, (token) =>
        /^[`[]/.test(token) ? `"${token.slice(1, -1)}"` : token,
      )
    : sql;

/** Whether the first parenthesis is closed by the last, and not before. */
function withoutParentheses(tokens: readonly string[]): readonly string[] {
  if (tokens[0] !== "(" || tokens.at(-1) !== ")") return tokens;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (depth === 0 && i < tokens.length - 1) return tokens;
  }
  return withoutParentheses(tokens.slice(1, -1));
}
