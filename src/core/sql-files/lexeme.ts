import type { ScriptSyntax } from "./syntax.ts";

/** A piece of a script; `end` is the index after it. What is not closed reaches to the end of the script. */
export interface Lexeme {
  readonly kind: "space" | "comment" | "quoted" | "word" | "symbol";
  readonly start: number;
  readonly end: number;
}

/** The piece of the script that begins at `start`, which must be the end of another one and inside the script. */
export function lexemeAt(script: string, start: number, syntax: ScriptSyntax): Lexeme {
  const space = endOf(/\s+/y, script, start);
  if (space !== undefined) return { kind: "space", start, end: space };
  const comment = commentEnd(script, start, syntax);
  if (comment !== undefined) return { kind: "comment", start, end: comment };
  const quoted = quotedEnd(script, start, syntax);
  if (quoted !== undefined) return { kind: "quoted", start, end: quoted };
  const word = endOf(/[\w\u0080-\uffff][\w$\u0080-\uffff]*/y, script, start);
  if (word !== undefined) return { kind: "word", start, end: word };
  return { kind: "symbol", start, end: start + 1 };
}

function commentEnd(script: string, start: number, syntax: ScriptSyntax): number | undefined {
  const line = syntax.dashesNeedBlank ? /--(?=\s|$)[^\n]*/y : /--[^\n]*/y;
  const lineEnd = endOf(line, script, start) ?? (syntax.hashComments ? endOf(/#[^\n]*/y, script, start) : undefined);
  if (lineEnd !== undefined) return lineEnd;
  if (!script.startsWith("/*", start)) return undefined;
  if (syntax.executableComments && /^(?:!|\+|M!)/.test(script.slice(start + 2, start + 4))) return undefined;
  const mark = syntax.nestedComments ? /\/\*|\*\//g : /\*\//g;
  mark.lastIndex = start + 2;
  for (let depth = 1, found = mark.exec(script); found; found = mark.exec(script)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return script.length;
}

function quotedEnd(script: string, start: number, syntax: ScriptSyntax): number | undefined {
  const { quotes, backslashQuotes, escapeStrings, dollarQuotes } = syntax;
  const open = script[start] ?? "";
  const close = quotes[open];
  if (close !== undefined) return closing(script, start + 1, close, backslashQuotes.includes(open));
  if (escapeStrings && /[eE]/.test(open) && script[start + 1] === "'") return closing(script, start + 2, "'", true);
  const tagEnd = dollarQuotes ? endOf(/\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/iy, script, start) : undefined;
  if (tagEnd !== undefined) {
    const end = script.indexOf(script.slice(start, tagEnd), tagEnd);
    return end < 0 ? script.length : end + (tagEnd - start);
  }
  if (syntax.doubledAts && script.startsWith("@@", start))
    return endOf(/@@(?:@@@@|(?!@@)[\s\S])*(?:@@|$)/y, script, start);
  // A comment that the database reads is not looked into.
  if (syntax.executableComments && script.startsWith("/*", start)) {
    const end = script.indexOf("*/", start + 2);
    return end < 0 ? script.length : end + 2;
  }
  return undefined;
}

function closing(script: string, from: number, close: string, backslash: boolean): number {
  for (let i = from; i < script.length; i++) {
    if (backslash && script[i] === "\\") i++;
    else if (script[i] === close && script[i + 1] === close) i++;
    else if (script[i] === close) return i + 1;
  }
  return script.length;
}

function endOf(pattern: RegExp, script: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(script) ? pattern.lastIndex : undefined;
}
