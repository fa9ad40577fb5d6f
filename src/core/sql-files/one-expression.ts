import { lexemeAt } from "./lexeme.ts";
import type { ScriptSyntax } from "./syntax.ts";

/** Whether a text is one expression as far as parentheses tell: what is put between such must not get out of them. */
export function isOneExpression(sql: string, syntax: ScriptSyntax): boolean {
  let depth = 0;
  for (let at = 0; at < sql.length; ) {
    const { start, end } = lexemeAt(sql, at, syntax);
    if (sql[start] === "(") depth++;
    if (sql[start] === ")") depth--;
    if (sql[start] === ";" || depth < 0) return false;
    at = end;
  }
  return depth === 0 && sql.trim() !== "";
}
