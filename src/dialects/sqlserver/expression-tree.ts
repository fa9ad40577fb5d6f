import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** An expression, as far as it is read: the catalog writes it in words of its own, and only its tree is the same. */
export type Tree =
  | { readonly kind: "name"; readonly parts: readonly string[] }
  | { readonly kind: "text"; readonly text: string }
  /** Numbers, binary values, and words such as NULL and CURRENT_TIMESTAMP. */
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Tree[] }
  | { readonly kind: "cast"; readonly type: string; readonly of: Tree; readonly style?: Tree }
  | {
      readonly kind: "case";
      readonly of?: Tree;
      readonly whens: readonly (readonly [Tree, Tree])[];
      readonly last?: Tree;
    }
  /** `OR` and `AND` have all of their operands, other operators two, `NOT`, `-` and `IS NULL` one. */
  | { readonly kind: "operator"; readonly operator: string; readonly of: readonly Tree[] };

/** Reads an expression of Transact-SQL; `undefined` for what is more than godwit knows of it. */
export function treeOf(sql: string): Tree | undefined {
  const reader = readerOf(tokensOf(sql));
  try {
    const tree = anyOf(reader);
    return reader.peek() === undefined ? tree : undefined;
  } catch (error) {
    if (error === unread) return undefined;
    throw error;
  }
}

const unread = new Error("unread");

interface Token {
  /** As it stands. */
  readonly raw: string;
  /** In upper case, but for what stands in quotes. */
  readonly word: string;
}

interface Reader {
  peek(ahead?: number): Token | undefined;
  /** The next one, which has to be one of these where some are given. */
  take(...words: readonly string[]): Token;
  /** Whether it was there, and was taken. */
  has(...words: readonly string[]): boolean;
}

function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    at = end;
    if (kind === "space" || kind === "comment") continue;
    const fraction = /^(?:\d|\.\d)/.test(sql.slice(start))
      ? /^(?:0x[\da-f]*|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy.exec(sql.slice(start))
      : null;
    const pair = /^(?:<>|!=|<=|>=|!<|!>)/.exec(sql.slice(start));
    const prefixed = /^N'/i.test(sql.slice(start)) ? lexemeAt(sql, start + 1, scriptSyntax).end : undefined;
    at = fraction ? start + fraction[0].length : pair ? start + 2 : (prefixed ?? end);
    const raw = sql.slice(start, at);
    tokens.push({ raw, word: /^(?:N?'|\[|")/i.test(raw) ? raw : raw.toUpperCase() });
  }
  return tokens;
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const has = (...words: readonly string[]): boolean => {
    if (!words.every((word, i) => peek(i)?.word === word)) return false;
    at += words.length;
    return true;
  };
  return {
    peek,
    has,
    take: (...words) => {
      const token = peek();
      if (!token || (words.length > 0 && !words.includes(token.word))) throw unread;
      at++;
      return token;
    },
  };
}

const operation = (operator: string, ...of: readonly Tree[]): Tree => ({ kind: "operator", operator, of });

/** `a OR b`, without parentheses around what is one of its own kind. */
export function chain(operator: "OR" | "AND", of: readonly Tree[]): Tree {
  const all = of.flatMap((tree) => (tree.kind === "operator" && tree.operator === operator ? tree.of : [tree]));
  const [only] = all;
  return all.length === 1 && only ? only : operation(operator, ...all);
}

function anyOf(reader: Reader): Tree {
  const operands = [allOf(reader)];
  while (reader.has("OR")) operands.push(allOf(reader));
  return chain("OR", operands);
}

function allOf(reader: Reader): Tree {
  const operands = [negation(reader)];
  while (reader.has("AND")) operands.push(negation(reader));
  return chain("AND", operands);
}

const negation = (reader: Reader): Tree =>
  reader.has("NOT") ? operation("NOT", negation(reader)) : comparison(reader);

const comparisons: Readonly<Record<string, string>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  ">": ">",
  "<=": "<=",
  ">=": ">=",
  "!<": ">=",
  "!>": "<=",
};

function comparison(reader: Reader): Tree {
  const left = sum(reader);
  if (reader.has("IS", "NOT", "NULL")) return operation("IS NOT NULL", left);
  if (reader.has("IS", "NULL")) return operation("IS NULL", left);
  const not = reader.peek()?.word === "NOT" && reader.has("NOT");
  const found = compared(reader, left);
  if (found) return not ? operation("NOT", found) : found;
  if (not) throw unread;
  const sign = comparisons[reader.peek()?.word ?? ""];
  if (sign === undefined) return left;
  reader.take();
  return operation(sign, left, sum(reader));
}

/** A list and a range are what the server makes of them: comparisons. */
function compared(reader: Reader, left: Tree): Tree | undefined {
  if (reader.has("LIKE")) {
    const pattern = operation("LIKE", left, sum(reader));
    if (reader.peek()?.word === "ESCAPE") throw unread;
    return pattern;
  }
  if (reader.has("BETWEEN")) {
    const least = sum(reader);
    reader.take("AND");
    return chain("AND", [operation(">=", left, least), operation("<=", left, sum(reader))]);
  }
  if (!reader.has("IN")) return undefined;
  reader.take("(");
  const values = listOf(reader);
  return chain(
    "OR",
    values.map((value) => operation("=", left, value)),
  );
}

function sum(reader: Reader): Tree {
  let left = product(reader);
  for (
    let word = reader.peek()?.word ?? "";
    ["+", "-", "&", "|", "^"].includes(word);
    word = reader.peek()?.word ?? ""
  ) {
    reader.take();
    left = operation(word, left, product(reader));
  }
  return left;
}

function product(reader: Reader): Tree {
  let left = signed(reader);
  for (let word = reader.peek()?.word ?? ""; ["*", "/", "%"].includes(word); word = reader.peek()?.word ?? "") {
    reader.take();
    left = operation(word, left, signed(reader));
  }
  return left;
}

function signed(reader: Reader): Tree {
  if (reader.has("+")) return signed(reader);
  if (reader.has("~")) return operation("~", signed(reader));
  if (!reader.has("-")) return primary(reader);
  const of = signed(reader);
  return of.kind === "word" && /^[\d.]/.test(of.word) ? { kind: "word", word: `-${of.word}` } : operation("-", of);
}

function primary(reader: Reader): Tree {
  if (reader.has("(")) {
    const inner = anyOf(reader);
    reader.take(")");
    return inner;
  }
  if (reader.has("CASE")) return caseOf(reader);
  const { raw, word } = reader.take();
  if (/^N?'/i.test(raw)) return { kind: "text", text: raw.replace(/^N?'|'$/gi, "").replaceAll("''", "'") };
  if (/^(?:0X|\d|\.\d)/.test(word)) return { kind: "word", word };
  if (!/^[\p{L}_@#[" ]/u.test(raw)) throw unread;
  if (reader.peek()?.word === "(" && /^(?:CAST|TRY_CAST|CONVERT|TRY_CONVERT)$/.test(word)) return castOf(reader, word);
  const parts = [nameIn(raw)];
  while (reader.has(".")) parts.push(nameIn(reader.take().raw));
  if (reader.has("(")) return { kind: "call", name: parts.join("."), args: reader.has(")") ? [] : listOf(reader) };
  return parts.length === 1 && constants.has(word) ? { kind: "word", word } : { kind: "name", parts };
}

const constants = new Set(["NULL", "CURRENT_TIMESTAMP", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "USER"]);

const nameIn = (raw: string): string =>
  raw.startsWith("[")
    ? raw.slice(1, -1).replaceAll("]]", "]")
    : raw.startsWith('"')
      ? raw.slice(1, -1).replaceAll('""', '"')
      : raw;

/** To the closing parenthesis, which is taken. */
function listOf(reader: Reader): readonly Tree[] {
  const list = [anyOf(reader)];
  while (reader.has(",")) list.push(anyOf(reader));
  reader.take(")");
  return list;
}

/** `CAST(x AS t)` and `CONVERT(t, x)` are one thing. */
function castOf(reader: Reader, word: string): Tree {
  if (word.startsWith("TRY")) throw unread;
  reader.take("(");
  if (word === "CAST") {
    const of = anyOf(reader);
    reader.take("AS");
    const type = typeIn(reader);
    reader.take(")");
    return { kind: "cast", type, of };
  }
  const type = typeIn(reader);
  reader.take(",");
  const of = anyOf(reader);
  const style = reader.has(",") ? anyOf(reader) : undefined;
  reader.take(")");
  return { kind: "cast", type, of, ...(style && { style }) };
}

function typeIn(reader: Reader): string {
  const words = [nameIn(reader.take().raw)];
  while (/^[A-Z_]+$/.test(reader.peek()?.word ?? "")) words.push(reader.take().raw);
  if (!reader.has("(")) return words.join(" ");
  const sizes = [reader.take().raw];
  while (reader.has(",")) sizes.push(reader.take().raw);
  reader.take(")");
  return `${words.join(" ")}(${sizes.join(",")})`;
}

function caseOf(reader: Reader): Tree {
  const of = reader.peek()?.word === "WHEN" ? undefined : anyOf(reader);
  const whens: (readonly [Tree, Tree])[] = [];
  while (reader.has("WHEN")) {
    const when = anyOf(reader);
    reader.take("THEN");
    whens.push([when, anyOf(reader)]);
  }
  const last = reader.has("ELSE") ? anyOf(reader) : undefined;
  reader.take("END");
  return { kind: "case", ...(of && { of }), whens, ...(last && { last }) };
}
