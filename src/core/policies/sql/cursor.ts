import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { ObjectName } from "../touch.ts";
import { foldedName, type Token } from "./token.ts";

/** A place in a list of tokens, moving forward. */
export interface Cursor {
  /** The token so many places ahead. */
  peek(ahead?: number): Token | undefined;
  next(): Token | undefined;
  /** Goes past these words if they are the next ones, and says whether they were. */
  take(...words: readonly string[]): boolean;
  /** Goes past one word if it is one of these, and returns it. */
  takeOne(words: readonly string[]): string | undefined;
  /** Reads a name with what qualifies it, if there is one. */
  name(): ObjectName | undefined;
  rest(): readonly Token[];
}

export function cursorOver(tokens: readonly Token[], syntax: ScriptSyntax): Cursor {
  let at = 0;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const take = (...words: readonly string[]): boolean => {
    const there = words.every((word, i) => isWord(peek(i), word) || isSymbol(peek(i), word));
    if (there) at += words.length;
    return there;
  };
  return {
    peek,
    take,
    next: () => {
      at++;
      return tokens[at - 1];
    },
    takeOne: (words) => words.find((word) => take(word)),
    name: () => {
      const read = nameAt(tokens, at, syntax);
      at = read?.end ?? at;
      return read?.name;
    },
    rest: () => tokens.slice(at),
  };
}

/** A name with all its parts, and the index after it. */
export interface ReadName {
  readonly name: ObjectName;
  readonly parts: number;
  readonly end: number;
}

/** The name that begins at a token, if one does: `users`, `"app"."users"`. */
export function nameAt(tokens: readonly Token[], start: number, syntax: ScriptSyntax): ReadName | undefined {
  const parts: Token[] = [];
  let at = start;
  for (let token = tokens[at]; token && isNamePart(token); token = tokens[at]) {
    parts.push(token);
    at++;
    const after = tokens[at + 1];
    if (!isSymbol(tokens[at], ".") || !after || !isNamePart(after)) break;
    at++;
  }
  const last = parts.at(-1);
  if (!last) return undefined;
  const schema = parts.at(-2);
  return {
    name: {
      name: foldedName(last, syntax),
      ...(schema && { schema: foldedName(schema, syntax) }),
      text: parts.map((part) => (part.kind === "name" ? part.text : part.raw)).join("."),
      ...(parts[0] && { offset: parts[0].offset }),
    },
    parts: parts.length,
    end: at,
  };
}

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === "word" && words.includes(token.text);

export const isSymbol = (token: Token | undefined, symbol: string): boolean =>
  token?.kind === "symbol" && token.text === symbol;

/** A word that begins with a digit is a number. */
const isNamePart = ({ kind, raw }: Token): boolean => kind === "name" || (kind === "word" && !/^\d/.test(raw));

/** Whether the words stand one after the other in the tokens, outside of parentheses. */
export const hasWords = (tokens: readonly Token[], ...words: readonly string[]): boolean =>
  tokens.some((token, i) => token.depth === (tokens[0]?.depth ?? 0) && words.every((w, k) => isWord(tokens[i + k], w)));

/** Cuts at a symbol that stands outside of parentheses. */
export function cutAt(tokens: readonly Token[], symbol: string): readonly (readonly Token[])[] {
  const cuts = tokens.flatMap((token, i) =>
    token.depth === (tokens[0]?.depth ?? 0) && isSymbol(token, symbol) ? [i] : [],
  );
  return [...cuts, tokens.length].map((cut, i) => tokens.slice(i === 0 ? 0 : (cuts[i - 1] ?? 0) + 1, cut));
}
