import { ToolError } from "../../errors.ts";

/** A word of Go. Of a text in quotes: what it says. */
export interface GoToken {
  readonly kind: "name" | "text" | "number" | "sign";
  readonly text: string;
  readonly line: number;
}

/** The words of a Go file, without comments and ends of statements. Throws ToolError `migration` with a line. https://go.dev/ref/spec#Lexical_elements */
export function goTokens(source: string): readonly GoToken[] {
  const tokens: GoToken[] = [];
  let line = 1;
  for (const { 0: whole, groups = {} } of source.matchAll(pattern)) {
    const { name, number, quoted, raw, sign } = groups;
    if (name !== undefined) tokens.push({ kind: "name", text: name, line });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, line });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: unquoted(quoted, line), line });
    else if (raw !== undefined) tokens.push({ kind: "text", text: raw.replaceAll("\r", ""), line });
    else if (sign !== undefined && sign !== ";") tokens.push({ kind: "sign", text: sign, line });
    line += whole.split("\n").length - 1;
  }
  return tokens;
}

const pattern =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<name>[\p{L}_][\p{L}\p{Nd}_]*)|(?<number>0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|"(?<quoted>(?:[^"\\\n]|\\.)*)"|`(?<raw>[^`]*)`|(?<sign>[\s\S])/gu;

/** https://go.dev/ref/spec#String_literals: escapes are bytes or characters, and the bytes have to be UTF-8. */
function unquoted(text: string, line: number): string {
  const encoded = text.replaceAll(
    escapes,
    (whole: string, ...[byte, octal, short, long, letter]: readonly string[]) => {
      if (byte) return `%${byte}`;
      if (octal) return `%${(Number.parseInt(octal, 8) & 255).toString(16).padStart(2, "0")}`;
      const code = short || long;
      if (code) return encodeURIComponent(String.fromCodePoint(Number.parseInt(code, 16)));
      return encodeURIComponent(letter ? (letters[letter] ?? letter) : whole);
    },
  );
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ToolError("migration", "a text is not UTF-8", { line });
  }
}

const escapes = /\\(?:x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))|[^\\]+/gu;
const letters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
