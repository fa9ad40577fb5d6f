import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/**
 * A script is cut into batches by the word GO on a line of its own, which is for programs and never reaches the server
 * (https://learn.microsoft.com/sql/t-sql/language-elements/sql-server-utilities-statements-go). Comments nest; no backslash escapes anything.
 */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "[": "]" },
  backslashQuotes: "",
  escapeStrings: false,
  dollarQuotes: false,
  nestedComments: true,
  hashComments: false,
  dashesNeedBlank: false,
  executableComments: false,
  delimiterCommand: false,
  batchWord: "GO",
  guards: {
    orReplace: [],
    notCreate: [
      ...["table", "index", "column", "constraint", "schema", "sequence", "view", "function", "procedure", "trigger"],
      ...[
        "type",
        "synonym",
        "role",
        "user",
        "login",
        "database",
        "statistics",
        "partition function",
        "partition scheme",
      ],
    ],
    notDrop: [],
    instead:
      "drop it with IF EXISTS just before, look first (IF OBJECT_ID(…) IS NULL), or, for views, functions, procedures and triggers, write CREATE OR ALTER",
  },
};
