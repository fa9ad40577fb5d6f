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
  exactNames: true,
  guards: {
    orReplace: ["view", "function", "procedure", "aggregate", "trigger", "rule", "language", "transform"],
    notCreate: [
      ...["constraint", "type", "domain", "attribute", "policy", "role", "cast", "operator", "operator class"],
      ...["operator family", "event trigger", "access method", "foreign data wrapper", "publication", "subscription"],
      ...["conversion", "tablespace", "database"],
      ...["configuration", "dictionary", "parser", "template"].map((object) => `text search ${object}`),
    ],
    notDrop: [],
    instead: "drop it with IF EXISTS just before, or make it in a DO block that looks first (IF NOT EXISTS … THEN)",
  },
};
