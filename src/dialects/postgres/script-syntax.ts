import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html; bodies that begin with BEGIN ATOMIC as psql tells them. */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"' },
  backslashQuotes: "",
  escapeStrings: true,
  dollarQuotes: true,
  nestedComments: true,
  hashComments: false,
  dashesNeedBlank: false,
  executableComments: false,
  delimiterCommand: false,
  compound: { statement: /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b/, body: /^BEGIN\s+ATOMIC\b/i },
};
