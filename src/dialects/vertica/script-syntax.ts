import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/**
 * Strings of the standard, `E''` where a backslash escapes, and texts between dollars:
 * https://docs.vertica.com/24.1.x/en/sql-reference/language-elements/literals/string-literals/
 */
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
  guards: {
    orReplace: ["view", "function", "procedure"],
    notCreate: ["constraint"],
    notDrop: ["constraint"],
    instead:
      "write it as an operation (addField, addConstraint, dropField …), which the history keeps from running twice",
  },
};
