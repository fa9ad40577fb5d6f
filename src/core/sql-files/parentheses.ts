import { lexemeAt } from "./lexeme.ts";
import type { ScriptSyntax } from "./syntax.ts";

/** The expression without parentheses around the whole of it, and without blanks at its ends. */
export function withoutParentheses(expression: string, syntax: ScriptSyntax): string {
  const sql = expression.trim();
  return sql.startsWith("(") && closing(sql, syntax) === sql.length - 1
    ? withoutParentheses(sql.slice(1, -1), syntax)
    : sql;
}

/** Where the parenthesis is closed that the text begins with; -1: nowhere. */
function closing(sql: string, syntax: ScriptSyntax): number {
  let depth = 0;
  for (let at = 0; at < sql.length; ) {
    const { start, end } = lexemeAt(sql, at, syntax);
    if (sql[start] === "(") depth++;
    else if (sql[start] === ")" && --depth === 0) return start;
    at = end;
  }
  return -1;
}
