import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { unescaped } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * An expression in the one spelling that godwit compares: without blanks that mean nothing and without parentheses around the whole of it,
 * names in backticks only where they need them, and intervals as the functions that the server keeps in their place.
 */
export function canonicalText(sql: string): string {
  const text = joined(withoutParentheses(sql, scriptSyntax));
  return text.replace(/\bINTERVAL (-?\d+) ([A-Za-z]+?)S?\b/gi, (_, n: string, unit: string) => {
    const word = unit.charAt(0).toUpperCase() + unit.slice(1).toLowerCase();
    return `toInterval${word}(${n})`;
  });
}

/** Blanks stay between words only. */
function joined(sql: string): string {
  let result = "";
  let gap = false;
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    at = end;
    if (kind === "space" || kind === "comment") {
      gap = true;
      continue;
    }
    const piece = bare(sql.slice(start, end));
    if (gap && /[\w'`"]$/.test(result) && /^[\w'`"]/.test(piece)) result += " ";
    result += piece;
    gap = false;
  }
  return result;
}

const bare = (piece: string): string => (/^`[A-Za-z_]\w*`$/.test(piece) ? piece.slice(1, -1) : piece);

/** The parts of a list that commas separate, outside of parentheses and quotes. */
export function partsOf(sql: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < sql.length; ) {
    const { start, end } = lexemeAt(sql, at, scriptSyntax);
    const symbol = sql[start] ?? "";
    if ("([{".includes(symbol)) depth++;
    else if (")]}".includes(symbol)) depth--;
    else if (symbol === "," && depth === 0) {
      parts.push(sql.slice(from, start).trim());
      from = end;
    }
    at = end;
  }
  return [...parts, sql.slice(from).trim()].filter((part) => part !== "");
}

/** What is between the first parentheses outside of quotes. */
export function firstList(sql: string): string {
  let depth = 0;
  let from = 0;
  for (let at = 0; at < sql.length; ) {
    const { start, end } = lexemeAt(sql, at, scriptSyntax);
    const symbol = sql[start] ?? "";
    if (symbol === "(" && depth++ === 0) from = end;
    else if (symbol === ")" && --depth === 0) return sql.slice(from, start);
    at = end;
  }
  return "";
}

/** The names in a list of columns such as a sorting key; `undefined` where one of its parts is an expression. */
export function columnsIn(sql: string): readonly string[] | undefined {
  const parts = partsOf(withoutParentheses(sql, scriptSyntax)).map(nameOf);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** The name that a text is, with or without quotes; `undefined` where it is no name. */
export function nameOf(text: string): string | undefined {
  if (/^[A-Za-z_]\w*$/.test(text)) return text;
  const inner = /^`((?:[^`\\]|\\[\s\S])+)`$/.exec(text)?.[1];
  return inner === undefined ? undefined : unescaped(inner);
}

/** What follows each of these keywords, and under `""` what stands before the first, where they are neither in parentheses nor in quotes. */
export function topLevelClauses(sql: string, keywords: readonly string[]): ReadonlyMap<string, string> {
  const found: { readonly keyword: string; readonly start: number; readonly end: number }[] = [];
  let depth = 0;
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    const symbol = sql[start] ?? "";
    if (symbol === "(") depth++;
    else if (symbol === ")") depth--;
    const keyword =
      kind === "word" && depth === 0 ? keywords.find((word) => startsWithWord(sql, start, word)) : undefined;
    at = keyword === undefined ? end : start + keyword.length;
    if (keyword !== undefined) found.push({ keyword, start, end: at });
  }
  const ends = [...found.map(({ start }) => start), sql.length];
  return new Map([
    ["", sql.slice(0, ends[0]).trim()],
    ...found.map(({ keyword, end }, i): [string, string] => [keyword, sql.slice(end, ends[i + 1]).trim()]),
  ]);
}

const startsWithWord = (sql: string, at: number, word: string): boolean =>
  sql.startsWith(word, at) && !/\w/.test(sql[at + word.length] ?? "");
