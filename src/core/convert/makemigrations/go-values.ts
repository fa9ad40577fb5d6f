import { ToolError } from "../../errors.ts";
import type { GoToken } from "./go-tokens.ts";

/** What a literal of Go says. */
export type GoValue = { readonly line: number } & (
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number | bigint }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "nil" }
  /** `m.Field{…}`, `[]string{…}`; `type` is empty where Go lets it be left out. */
  | { readonly kind: "composite"; readonly type: string; readonly entries: readonly GoEntry[] }
  /** `m.DefaultRef("now")` */
  | { readonly kind: "call"; readonly name: string; readonly values: readonly GoValue[] }
);

export interface GoEntry {
  /** A member's name, or the text that is a key. */
  readonly key?: string;
  readonly value: GoValue;
}

/** A place among the words of a file. */
export interface GoCursor {
  readonly tokens: readonly GoToken[];
  at: number;
}

export const isSign = (token: GoToken | undefined, sign: string): boolean =>
  token?.kind === "sign" && token.text === sign;

/** Reads a literal and moves behind it. Throws ToolError `migration` with a line for anything that has to be computed. */
export function readGoValue(cursor: GoCursor): GoValue {
  const first = readOne(cursor);
  if (first.kind !== "text" || !isSign(cursor.tokens[cursor.at], "+")) return first;
  cursor.at += 1;
  const rest = readGoValue(cursor);
  if (rest.kind !== "text") throw notLiteral("+", first.line);
  return { ...first, value: first.value + rest.value };
}

function readOne(cursor: GoCursor): GoValue {
  const token = next(cursor);
  const { kind, text, line } = token;
  if (kind === "text") return { kind, value: text, line };
  if (kind === "number") return { kind, value: numberOf(text), line };
  if (kind === "name" && text !== "map") return readNamed(cursor, token);
  if (text === "&") return readOne(cursor);
  if (text === "-") return readNegative(cursor, line);
  if (text === "(") {
    const value = readGoValue(cursor);
    expect(cursor, ")");
    return value;
  }
  cursor.at -= 1;
  if (text === "{") return readComposite(cursor, "");
  if (text !== "[" && text !== "map") throw notLiteral(text, line);
  return readTyped(cursor, readType(cursor), line);
}

function readNamed(cursor: GoCursor, { text, line }: GoToken): GoValue {
  if (text === "true" || text === "false") return { kind: "bool", value: text === "true", line };
  if (text === "nil") return { kind: "nil", line };
  cursor.at -= 1;
  return readTyped(cursor, readType(cursor), line);
}

function readTyped(cursor: GoCursor, type: string, line: number): GoValue {
  const token = cursor.tokens[cursor.at];
  if (isSign(token, "{")) return { ...readComposite(cursor, type), line };
  if (!isSign(token, "(")) throw notLiteral(type, line);
  cursor.at += 1;
  return { kind: "call", name: type, values: readList(cursor, ")").map(({ value }) => value), line };
}

function readComposite(cursor: GoCursor, type: string): GoValue {
  const { line } = next(cursor);
  return { kind: "composite", type, entries: readList(cursor, "}"), line };
}

function readList(cursor: GoCursor, end: string): readonly GoEntry[] {
  const entries: GoEntry[] = [];
  while (!isSign(cursor.tokens[cursor.at], end)) {
    entries.push(readEntry(cursor));
    if (!isSign(cursor.tokens[cursor.at], ",")) break;
    cursor.at += 1;
  }
  expect(cursor, end);
  return entries;
}

function readEntry(cursor: GoCursor): GoEntry {
  const token = cursor.tokens[cursor.at];
  if (token?.kind === "name" && isSign(cursor.tokens[cursor.at + 1], ":")) {
    cursor.at += 2;
    return { key: token.text, value: readGoValue(cursor) };
  }
  const value = readGoValue(cursor);
  if (!isSign(cursor.tokens[cursor.at], ":")) return { value };
  if (value.kind !== "text") throw new ToolError("migration", "a key is not a text", { line: value.line });
  cursor.at += 1;
  return { key: value.value, value: readGoValue(cursor) };
}

function readNegative(cursor: GoCursor, line: number): GoValue {
  const value = readOne(cursor);
  if (value.kind !== "number") throw notLiteral("-", line);
  return { ...value, value: -value.value };
}

/** A type as its text: `m.Field`, `[]string`, `map[string]any`. */
function readType(cursor: GoCursor): string {
  const { kind, text, line } = next(cursor);
  if (text === "*" && kind === "sign") return `*${readType(cursor)}`;
  if (kind === "sign" && text === "[") {
    expect(cursor, "]");
    return `[]${readType(cursor)}`;
  }
  if (kind !== "name") throw notLiteral(text, line);
  if (text === "map") {
    expect(cursor, "[");
    const key = readType(cursor);
    expect(cursor, "]");
    return `map[${key}]${readType(cursor)}`;
  }
  if (text === "interface") {
    expect(cursor, "{");
    expect(cursor, "}");
    return "any";
  }
  if (!isSign(cursor.tokens[cursor.at], ".")) return text;
  cursor.at += 1;
  return `${text}.${readType(cursor)}`;
}

function next(cursor: GoCursor): GoToken {
  const token = cursor.tokens[cursor.at];
  if (!token) throw new ToolError("migration", "the file ends too early", { line: cursor.tokens.at(-1)?.line ?? 1 });
  cursor.at += 1;
  return token;
}

function expect(cursor: GoCursor, sign: string): void {
  const token = next(cursor);
  if (!isSign(token, sign)) throw notLiteral(token.text, token.line);
}

/** Whole numbers beyond 2^53 stay exact. A leading zero means octal: https://go.dev/ref/spec#Integer_literals */
function numberOf(text: string): number | bigint {
  const plain = text.replaceAll("_", "").replace(/^0(?=[0-7]+$)/, "0o");
  const value = Number(plain);
  return /[.eE]/.test(plain) && !/^0x/i.test(plain) ? value : Number.isSafeInteger(value) ? value : BigInt(plain);
}

const notLiteral = (text: string, line: number): ToolError =>
  new ToolError("migration", `"${text}" has to be computed, and only literals can be read`, { line });
