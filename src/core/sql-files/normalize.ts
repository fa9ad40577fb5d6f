import { type Lexeme, lexemeAt } from "./lexeme.ts";
import { goose } from "./split.ts";
import type { ScriptSyntax } from "./syntax.ts";

/**
 * SQL without what changes nothing: comments are gone, and all blanks outside of quotes are one space. Two texts that differ only there
 * are the same afterwards, on whatever database they run; where databases would disagree on what is a comment or where a
 * string ends, the rest stays as it stands, line ends and blanks at the ends of lines excepted. Lines of goose stay, because what is
 * one statement hangs on them.
 */
export function normalizeSql(sql: string): string {
  const text = sql.replaceAll("\r\n", "\n");
  let normal = "";
  let blank = false;
  let at = 0;
  const keep = (part: string): void => {
    normal += (blank && normal !== "" ? " " : "") + part;
    blank = false;
  };
  while (at < text.length) {
    const lexeme = lexemeAt(text, at, portable);
    const piece = text.slice(lexeme.start, lexeme.end);
    at = lexeme.end;
    if (isAmbiguous(lexeme, piece)) {
      keep(text.slice(lexeme.start).replace(/[ \t]+$/gm, ""));
      break;
    }
    if (lexeme.kind === "comment" && (goose.begin.test(piece) || goose.end.test(piece))) keep(`\n${piece.trim()}\n`);
    else if (lexeme.kind === "space" || lexeme.kind === "comment") blank = true;
    else if (text.startsWith("--", lexeme.start) || (piece === "#" && isFirst(lexeme, text))) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
      if (piece === "#" || !isFirst(lexeme, text)) keep(text.slice(lexeme.start, at).trimEnd());
      else blank = true;
    } else keep(piece);
  }
  return normal.trimEnd();
}

/** What all databases have; what only some have is looked out for. */
const portable: ScriptSyntax = {
  quotes: { "'": "'", '"': '"', "`": "`" },
  backslashQuotes: "",
  escapeStrings: true,
  dollarQuotes: true,
  nestedComments: false,
  hashComments: false,
  dashesNeedBlank: true,
  executableComments: true,
  delimiterCommand: false,
};

/** MySQL reads a quote after a backslash as part of the string; PostgreSQL lets comments hold comments. */
const isAmbiguous = ({ kind }: Lexeme, piece: string): boolean =>
  kind === "quoted"
    ? /^["']/.test(piece) && /\\["']/.test(piece)
    : kind === "comment" && piece.startsWith("/*") && piece.includes("/*", 2);

const isFirst = ({ start }: Lexeme, text: string): boolean =>
  text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
