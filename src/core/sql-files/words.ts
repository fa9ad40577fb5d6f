import { lexemeAt } from "./lexeme.ts";
import type { ScriptSyntax } from "./syntax.ts";

/** The pieces of an SQL text that mean something, as they stand there: no blanks, no comments. At most `limit` of them. */
export function wordsOf(sql: string, syntax: ScriptSyntax, limit = Number.POSITIVE_INFINITY): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < sql.length && words.length < limit; ) {
    const { kind, start, end } = lexemeAt(sql, at, syntax);
    if (kind !== "space" && kind !== "comment") words.push(sql.slice(start, end));
    at = end;
  }
  return words;
}
