import { stringLiteral } from "../../core/ddl/sql.ts";
import type { Token } from "./tokens.ts";

/** Tokens, and how far they are read. */
export interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  /** Whether a cast of this type says nothing: of a literal, written as `text`, or of anything else. Absent: those of literals and to texts do not. */
  readonly idle?: (type: string, literal: string | undefined) => boolean;
}

/** An expression that has been read. */
export interface Part {
  readonly text: string;
  /** Literals lose their casts; everything else keeps all but those to text. */
  readonly literal?: boolean;
  /** Of AND and OR, which are associative: `(a AND b) AND c` and `a AND (b AND c)` are the same list. */
  readonly chain?: { readonly operator: string; readonly operands: readonly string[] };
}

/** What the reader does not know stays as it is written. */
export class Unreadable extends Error {}

/** Binding powers of https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE. */
export const powers: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  is: 4,
  isnull: 4,
  notnull: 4,
  "<": 5,
  ">": 5,
  "=": 5,
  "<=": 5,
  ">=": 5,
  "<>": 5,
  "!=": 5,
  between: 6,
  in: 6,
  like: 6,
  ilike: 6,
  similar: 6,
  not: 6,
  "+": 8,
  "-": 8,
  "*": 9,
  "/": 9,
  "%": 9,
  "^": 10,
  at: 10.5,
  collate: 10.8,
  "[": 12,
  "::": 13,
};
/** Words that begin an expression of their own kind, or cannot be a name. */
export const reserved = new Set([
  "case",
  "select",
  "extract",
  "position",
  "substring",
  "overlay",
  "trim",
  "collate",
  "row",
  "exists",
]);

/** A quoted name that need not be quoted is the same as the plain one. */
export function tokenText({ kind, text }: Token): string {
  if (kind === "string") return stringLiteral(text);
  if (kind === "quoted")
    return /^[a-z_][a-z0-9_]*$/.test(text) && !reserved.has(text) && !Object.hasOwn(powers, text)
      ? text
      : `"${text.replaceAll('"', '""')}"`;
  return text;
}

/** The next token. */
export function take(r: Reader): Token {
  const token = r.tokens[r.at++];
  if (!token) throw new Unreadable();
  return token;
}

/** Whether the next token is this word or sign, which is read then. */
export function accept(r: Reader, text: string): boolean {
  const token = r.tokens[r.at];
  const found = token?.text === text && (token.kind === "operator" || token.kind === "name");
  if (found) r.at++;
  return found;
}

/** As `accept`, but there must be one. */
export function expect(r: Reader, text: string): void {
  if (!accept(r, text)) throw new Unreadable();
}
