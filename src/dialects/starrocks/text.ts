import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** The parts of a list that commas separate, outside of parentheses, quotes and the parts of a type. */
export function partsOf(sql: string): readonly string[] {
  const parts: string[] = [];
  let [depth, angles, from, word] = [0, 0, 0, ""];
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    const symbol = sql.slice(start, end);
    if (symbol === "<" && /^(?:array|map|struct)$/i.test(word)) angles++;
    else if (symbol === ">" && angles > 0) angles--;
    else if ("([{".includes(symbol.charAt(0))) depth++;
    else if (")]}".includes(symbol.charAt(0))) depth--;
    else if (symbol === "," && depth === 0 && angles === 0) {
      parts.push(sql.slice(from, start).trim());
      from = end;
    }
    if (kind === "word") word = symbol;
    at = end;
  }
  return [...parts, sql.slice(from).trim()].filter((part) => part !== "");
}

/** Where the parenthesis is closed that stands at `from`; -1: nowhere. */
export function closingAt(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length; ) {
    const { start, end } = lexemeAt(sql, at, scriptSyntax);
    if (sql[start] === "(") depth++;
    else if (sql[start] === ")" && --depth === 0) return start;
    at = end;
  }
  return -1;
}

/** The names in a list of columns, in parentheses or not; `undefined` where one of its parts is an expression. */
export function columnsIn(sql: string): readonly string[] | undefined {
  const parts = partsOf(withoutParentheses(sql, scriptSyntax)).map((part) => /^`?(\w+)`?$/.exec(part)?.[1]);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** What follows each of these keywords, and under `""` what stands before the first, where they are neither in parentheses nor in quotes. */
export function clausesOf(sql: string, keywords: readonly string[]): ReadonlyMap<string, string> {
  const found: { readonly keyword: string; readonly start: number; readonly end: number }[] = [];
  let depth = 0;
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    const symbol = sql[start] ?? "";
    if (symbol === "(") depth++;
    else if (symbol === ")") depth--;
    const keyword = kind === "word" && depth === 0 ? keywords.find((word) => isWordAt(sql, start, word)) : undefined;
    at = keyword === undefined ? end : start + keyword.length;
    if (keyword !== undefined) found.push({ keyword, start, end: at });
  }
  const ends = [...found.map(({ start }) => start), sql.length];
  return new Map([
    ["", sql.slice(0, ends[0]).trim()],
    ...found.map(({ keyword, end }, i): [string, string] => [keyword, sql.slice(end, ends[i + 1]).trim()]),
  ]);
}

const isWordAt = (sql: string, at: number, word: string): boolean =>
  sql.slice(at, at + word.length).toUpperCase() === word && !/\w/.test(sql[at + word.length] ?? "");

/** An expression in the one spelling that godwit compares: without blanks that mean nothing and backticks that are not needed. */
export function canonicalText(sql: string): string {
  const text = withoutParentheses(sql, scriptSyntax);
  let result = "";
  for (let at = 0; at < text.length; ) {
    const { kind, start, end } = lexemeAt(text, at, scriptSyntax);
    at = end;
    if (kind === "space" || kind === "comment") continue;
    const written = text.slice(start, end);
    const piece = /^`\w+`$/.test(written) ? written.slice(1, -1) : kind === "word" ? written.toLowerCase() : written;
    result += /[\w'"]$/.test(result) && /^[\w'"]/.test(piece) ? ` ${piece}` : piece;
  }
  return result;
}
