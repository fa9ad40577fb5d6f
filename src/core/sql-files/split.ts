import { type Lexeme, lexemeAt } from "./lexeme.ts";
import type { Compound, ScriptSyntax } from "./syntax.ts";

/** One statement of a script: from its first word to its last, without what ended it and the comments around it. */
export interface ScriptStatement {
  readonly text: string;
  /** Where it begins in the script. */
  readonly offset: number;
}

/**
 * The statements of a script, as its database would tell them apart. Never throws: what is not closed is one statement to the end,
 * which the database then refuses. Lines of goose, `-- +goose StatementBegin` and `StatementEnd`, enclose one statement in any script.
 *
 * There is a library for this, `dbgate-query-splitter`. In version 4.12 it cuts `BEGIN ATOMIC` bodies, rules, nested comments and
 * SQLite's triggers and bracketed names to pieces.
 */
export function splitScript(script: string, syntax: ScriptSyntax): readonly ScriptStatement[] {
  const cutter = startCutting(script, syntax);
  let delimiter = ";";
  let at = 0;
  while (at < script.length) {
    const lexeme = shortened(lexemeAt(script, at, syntax), script, delimiter);
    at = lexeme.end;
    if (lexeme.kind === "space") continue;
    if (lexeme.kind === "comment") {
      if (goose.begin.test(textOf(lexeme, script))) at = cutter.enclosed(at);
      continue;
    }
    const chosen = syntax.delimiterCommand && cutter.isEmpty() ? delimiterCommand(lexeme, script) : undefined;
    const times = syntax.batchWord === undefined ? undefined : batchEnd(lexeme, script, syntax.batchWord);
    if (chosen) {
      delimiter = chosen.delimiter;
      at = chosen.end;
    } else if (times !== undefined) {
      cutter.cut(times);
      at = lineEnd(script, at);
    } else if (ends(lexeme, script, delimiter) && !syntax.batchWord && (delimiter !== ";" || cutter.isOutside())) {
      cutter.cut();
      at = lexeme.start + delimiter.length;
    } else cutter.take(lexeme);
  }
  cutter.finish();
  return cutter.statements;
}

/** The lines with which goose marks what is one statement, whatever it holds. */
export const goose = {
  begin: /^--\s*\+goose\s+statementbegin\s*$/i,
  end: /^[ \t]*--\s*\+goose\s+statementend[ \t]*\r?$/im,
} as const;

interface Cutter {
  readonly statements: readonly ScriptStatement[];
  isEmpty(): boolean;
  /** Whether neither a parenthesis nor a body is open. */
  isOutside(): boolean;
  take(lexeme: Lexeme): void;
  /** Ends the statement, which counts so many times; unless it prepares all that follows. */
  cut(times?: number): void;
  /** Ends it whatever it is. */
  finish(): void;
  /** Takes all from here to goose's mark as one statement; says where to go on. */
  enclosed(from: number): number;
}

function startCutting(script: string, { compound, preamble }: ScriptSyntax): Cutter {
  const statements: ScriptStatement[] = [];
  let start = -1;
  let end = -1;
  let nesting = startNesting(compound);
  const finish = (times = 1): void => {
    if (start >= 0) for (let i = 0; i < times; i++) statements.push({ text: script.slice(start, end), offset: start });
    start = -1;
    nesting = startNesting(compound);
  };
  return {
    statements,
    isEmpty: () => start < 0,
    isOutside: () => nesting.isOutside(),
    take: (lexeme) => {
      if (start < 0) start = lexeme.start;
      end = lexeme.end;
      nesting.follow(lexeme, script);
    },
    cut: (times) => {
      if (start < 0 || !preamble?.test(script.slice(start, start + 40))) finish(times);
    },
    finish,
    enclosed: (from) => {
      finish();
      const rest = script.slice(from);
      const mark = goose.end.exec(rest);
      const inside = mark ? rest.slice(0, mark.index) : rest;
      const offset = from + (inside.length - inside.trimStart().length);
      if (inside.trim() !== "") statements.push({ text: inside.trim(), offset });
      return mark ? from + mark.index + mark[0].length : script.length;
    },
  };
}

interface Nesting {
  isOutside(): boolean;
  follow(lexeme: Lexeme, script: string): void;
}

/** Parentheses, and the bodies of compound statements, in which BEGIN and CASE open what END closes. */
function startNesting(compound: Compound | undefined): Nesting {
  const first: string[] = [];
  let previous = "";
  let parentheses = 0;
  let bodies = 0;
  const opensBody = ({ start }: Lexeme, script: string): boolean => {
    if (parentheses > 0 || !compound?.statement.test(first.join(" "))) return false;
    return bodies > 0 || compound.body.test(script.slice(start, start + 200));
  };
  const followWord = (lexeme: Lexeme, script: string): void => {
    const word = textOf(lexeme, script).toUpperCase();
    const isName = script[lexeme.start - 1] === ".";
    const endsCase = previous === "END";
    previous = word;
    if (first.length < 8) first.push(word);
    if (isName) return;
    if (word === "BEGIN") bodies += opensBody(lexeme, script) ? 1 : 0;
    else if (word === "CASE" && bodies > 0 && !endsCase) bodies++;
    else if (word === "END" && bodies > 0 && !endsBlock.test(script.slice(lexeme.end, lexeme.end + 40))) bodies--;
  };
  return {
    isOutside: () => parentheses === 0 && bodies === 0,
    follow: (lexeme, script) => {
      if (lexeme.kind === "word") return followWord(lexeme, script);
      previous = "";
      const symbol = textOf(lexeme, script);
      if (symbol === "(") parentheses++;
      else if (symbol === ")") parentheses = Math.max(0, parentheses - 1);
    },
  };
}

/** MySQL's END IF and the like close what was not counted. */
const endsBlock = /^\s+(?:IF|LOOP|WHILE|REPEAT)\b/i;

/** MySQL looks for the delimiter inside of words too: `END$$`. */
function shortened(lexeme: Lexeme, script: string, delimiter: string): Lexeme {
  if (delimiter === ";" || lexeme.kind !== "word") return lexeme;
  const index = textOf(lexeme, script).indexOf(delimiter);
  return index <= 0 ? lexeme : { ...lexeme, end: lexeme.start + index };
}

const ends = (lexeme: Lexeme, script: string, delimiter: string): boolean =>
  lexeme.kind !== "quoted" && script.startsWith(delimiter, lexeme.start);

function delimiterCommand(lexeme: Lexeme, script: string): { delimiter: string; end: number } | undefined {
  if (textOf(lexeme, script).toUpperCase() !== "DELIMITER") return undefined;
  const end = lineEnd(script, lexeme.end);
  const delimiter = script.slice(lexeme.end, end).trim();
  return delimiter === "" ? undefined : { delimiter, end };
}

/** How often a batch runs that ends here; `undefined` when none does. */
function batchEnd(lexeme: Lexeme, script: string, batchWord: string): number | undefined {
  if (textOf(lexeme, script).toUpperCase() !== batchWord) return undefined;
  const before = script.slice(script.lastIndexOf("\n", lexeme.start - 1) + 1, lexeme.start);
  const after = /^[ \t]*(\d*)[ \t]*(?:--.*)?\r?$/.exec(script.slice(lexeme.end, lineEnd(script, lexeme.end)));
  return before.trim() === "" && after ? Number(after[1] || 1) : undefined;
}

function lineEnd(script: string, from: number): number {
  const end = script.indexOf("\n", from);
  return end < 0 ? script.length : end;
}

const textOf = ({ start, end }: Lexeme, script: string): string => script.slice(start, end);
