import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/** https://docs.starrocks.io/docs/sql-reference/keywords/ and its grammar: quotes as MySQL has them, and no bodies of several statements. */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "`": "`" },
  backslashQuotes: "'\"",
  escapeStrings: false,
  dollarQuotes: false,
  nestedComments: false,
  hashComments: false,
  dashesNeedBlank: false,
  executableComments: false,
  delimiterCommand: false,
  guards: {
    orReplace: ["view"],
    notCreate: ["column", "index", "constraint"],
    notDrop: ["column", "index", "constraint"],
    instead: "write it as an operation (addField, addIndex, dropField …), which the history keeps from running twice",
  },
};
