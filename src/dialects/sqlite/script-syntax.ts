import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/** https://sqlite.org/lang_keywords.html for quotes, https://sqlite.org/lang_comment.html: comments do not nest. */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "`": "`", "[": "]" },
  backslashQuotes: "",
  escapeStrings: false,
  dollarQuotes: false,
  nestedComments: false,
  hashComments: false,
  dashesNeedBlank: false,
  executableComments: false,
  delimiterCommand: false,
  compound: { statement: /^CREATE (?:TEMP |TEMPORARY )?TRIGGER\b/, body: /^BEGIN\b/i },
  guards: {
    orReplace: [],
    notCreate: ["column"],
    notDrop: ["column"],
    instead: "write it as an operation (addField, dropField), which the history keeps from running twice",
  },
};
