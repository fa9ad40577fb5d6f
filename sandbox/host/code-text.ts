/// <reference path="./sucrase.d.ts" />
import { transform } from "sucrase";
import { parse } from "sucrase/dist/esm/parser/index.js";
import { TokenType } from "sucrase/dist/esm/parser/tokenizer/types.js";

/**
 * What of a file counts when it is asked whether its code is the same: the words and signs of it without types. Comments, white space, line ends, the
 * kind of quotes and commas before a closing bracket do not count, and of the migration that a file exports neither do dependencies and limits. Made by one
 * reader in every runtime and version of godwit: an applied migration has this in its checksum. A text that cannot be read counts as it stands.
 */
export function codeText(source: string): string {
  try {
    const { code } = transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      preserveDynamicImport: true,
    });
    return JSON.stringify(withoutClosingCommas(withoutOptions(wordsOf(code))));
  } catch {
    return source.replaceAll("\r\n", "\n");
  }
}

function wordsOf(code: string): readonly string[] {
  const { tokens } = parse(code, false, false, false);
  return tokens.flatMap(({ type, start, end }, i) => {
    const text = code.slice(start, end);
    if (text === "" && type !== TokenType.template) return [];
    const next = tokens[i + 1];
    const breaks = breakable.has(text) && next !== undefined && /[\n\r\u2028\u2029]/.test(code.slice(end, next.start));
    const word = type === TokenType.string ? quoted(text) : text;
    // A line break ends these statements, so that what follows is another one.
    return breaks && code[next.start] !== "}" && code[next.start] !== ";" ? [word, "\n"] : [word];
  });
}

const breakable: ReadonlySet<string> = new Set(["return", "break", "continue", "yield", "throw"]);

/** Formatters choose the quotes, and with them which of them need a backslash. */
const quoted = (text: string): string =>
  `"${text.slice(1, -1).replace(/\\(["'])|\\[\s\S]/g, (found, quote: string | undefined) => quote ?? found)}"`;

/** A comma before a closing bracket is a matter of taste, but two in a list are a hole. */
const withoutClosingCommas = (words: readonly string[]): readonly string[] =>
  words.filter((word, i) => !(word === "," && closing.has(words[i + 1] ?? "") && !opening.has(words[i - 1] ?? ",")));

const closing: ReadonlySet<string> = new Set([")", "]", "}"]);
const opening: ReadonlySet<string> = new Set(["(", "[", "{", ","]);

/** Of `export default migration({ … })`: without what is no part of the checksum of any migration, where it is written out. */
function withoutOptions(words: readonly string[]): readonly string[] {
  const begin = words.findIndex((_, i) => head.every((word, j) => words[i + j] === word));
  if (begin < 0) return words;
  const kept = words.slice(0, begin + head.length);
  let depth = 1;
  for (let i = kept.length; i < words.length; i++) {
    const word = words[i] ?? "";
    const end = depth === 1 && /^[{,]$/.test(words[i - 1] ?? "") ? optionEnd(words, i) : undefined;
    if (end !== undefined) i = end;
    else kept.push(word);
    if (end !== undefined) continue;
    if (/^[([{]$|^\$\{$/.test(word)) depth++;
    else if (closing.has(word)) depth--;
  }
  return kept;
}

const head = ["export", "default", "migration", "(", "{"];
const options: ReadonlySet<string> = new Set([
  "dependencies",
  "replaces",
  "convertedFrom",
  "lockTimeout",
  "statementTimeout",
  "codeTimeout",
  "codeMemory",
]);

/** Where an option that begins at `at` ends, its comma included; `undefined` where none does, or its value is no literal. */
function optionEnd(words: readonly string[], at: number): number | undefined {
  if (!options.has((words[at] ?? "").replace(/^"(.*)"$/, "$1")) || words[at + 1] !== ":") return undefined;
  let end = at + 2;
  if (words[end] === "[") {
    do end++;
    while (isLiteral(words[end]) || words[end] === ",");
    if (words[end] !== "]") return undefined;
  } else if (!isLiteral(words[end])) return undefined;
  if (words[end + 1] === ",") return end + 1;
  return words[end + 1] === "}" ? end : undefined;
}

const isLiteral = (word: string | undefined): boolean => word !== undefined && /^["\d]/.test(word);
