import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/** https://clickhouse.com/docs/sql-reference/syntax: backslashes escape in all quotes, and `$tag$…$tag$` is a text. */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "`": "`" },
  backslashQuotes: "'\"`",
  escapeStrings: false,
  dollarQuotes: true,
  nestedComments: false,
  hashComments: true,
  dashesNeedBlank: false,
  executableComments: false,
  delimiterCommand: false,
};
