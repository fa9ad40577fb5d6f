/** A word of JavaScript or TypeScript. Of a text in quotes: what it says. */
export interface ScriptToken {
  /** `template` has something to be computed in it. */
  readonly kind: "name" | "text" | "template" | "sign";
  readonly text: string;
  readonly line: number;
}

/** The words of a script, without comments. Enough for scripts that only send texts: regular expressions are not known. */
export function scriptTokens(source: string): readonly ScriptToken[] {
  const tokens: ScriptToken[] = [];
  let line = 1;
  for (const { 0: whole, groups = {} } of source.matchAll(pattern)) {
    const { name, quoted, template, sign } = groups;
    if (name !== undefined) tokens.push({ kind: "name", text: name, line });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: cooked(quoted.slice(1, -1)), line });
    else if (template !== undefined) {
      const kind = /(?:^|[^\\])(?:\\\\)*\$\{/.test(template) ? "template" : "text";
      tokens.push({ kind, text: cooked(template), line });
    } else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, line });
    line += whole.split("\n").length - 1;
  }
  return tokens;
}

const pattern =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<name>[\p{L}_$][\p{L}\p{Nd}_$]*)|(?<quoted>"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|`(?<template>(?:[^`\\]|\\[\s\S])*)`|(?<sign>=>|[\s\S])/gu;

/** https://tc39.es/ecma262/#sec-literals-string-literals */
const cooked = (text: string): string =>
  text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]+)\}|([\s\S]))/gu,
    (_, ...[byte, unit, point, letter = ""]: readonly (string | undefined)[]) => {
      const code = byte ?? unit ?? point;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return letters[letter] ?? letter;
    },
  );

const letters: Readonly<Record<string, string>> = {
  "\n": "",
  "0": "\0",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
