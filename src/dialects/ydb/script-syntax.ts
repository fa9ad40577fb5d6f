import type { ScriptSyntax } from "../../core/sql-files/syntax.ts";

/**
 * YQL as YDB reads it, not in its ANSI mode: backslashes escape in all quotes, texts may stand between `@@`, and what a PRAGMA, a DECLARE or a name for an
 * expression says holds for one query: https://ydb.tech/docs/en/yql/reference/syntax/lexer
 */
export const scriptSyntax: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "`": "`" },
  backslashQuotes: "'\"`",
  escapeStrings: false,
  dollarQuotes: false,
  doubledAts: true,
  nestedComments: false,
  hashComments: false,
  dashesNeedBlank: false,
  executableComments: false,
  delimiterCommand: false,
  exactNames: true,
  preamble: /^(?:PRAGMA|DECLARE|DEFINE|USE|IMPORT|\$)/i,
  guards: {
    orReplace: [],
    notCreate: ["index", "column", "constraint"],
    notDrop: ["index", "column", "constraint"],
    instead: "write it as an operation (addField, addIndex, dropIndex …), which the history keeps from running twice",
  },
};
