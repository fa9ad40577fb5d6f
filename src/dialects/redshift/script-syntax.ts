import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";
import postgres from "../postgres/dialect.ts";

/** As PostgreSQL read scripts before strings were those of the standard; case counts in no name. */
export const scriptSyntax: ScriptSyntax = (() => {
  const { exactNames: _, ...same } = postgres.scriptSyntax;
  return { ...same, backslashQuotes: "'", escapeStrings: false };
})();
