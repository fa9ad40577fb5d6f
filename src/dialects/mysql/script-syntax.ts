import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/**
 * https://dev.mysql.com/doc/refman/8.4/en/string-literals.html and comments.html; bodies are told from their BEGIN, so that a script may
 * do without DELIMITER.
 */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "`": "`" },
  backslashQuotes: "'\"",
  escapeStrings: false,
  dollarQuotes: false,
  nestedComments: false,
  hashComments: true,
  dashesNeedBlank: true,
  executableComments: true,
  delimiterCommand: true,
  compound: { statement: /^CREATE (?:\w+ )*(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\b/, body: /^BEGIN\b/i },
  // https://dev.mysql.com/doc/refman/8.4/en/create-trigger.html and its neighbours; MariaDB has more of them.
  guards: {
    orReplace: ["view"],
    notCreate: ["column", "index", "constraint", "server"],
    notDrop: ["column", "index", "constraint"],
    instead: "write it as an operation (addField, addIndex, dropField …), which the history keeps from running twice",
  },
};
