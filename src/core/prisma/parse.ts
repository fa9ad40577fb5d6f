import { fault, type Place, type PrismaFile, type Token, tokenize } from "./tokens.ts";

/** `model User { … }`, `datasource db { … }`. */
export interface Block {
  readonly keyword: string;
  readonly name: string;
  readonly at: Place;
  readonly members: readonly Member[];
}

/** A line of a block: `email String? @unique`, `USER @map("user")`, `@@index([a])`, `provider = "sqlite"`. */
export interface Member {
  /** Absent for what is about the block as a whole. */
  readonly name?: string;
  readonly at: Place;
  /** Of a field. */
  readonly type?: TypeName;
  readonly attributes: readonly Attribute[];
  /** What is assigned. */
  readonly value?: Expression;
}

export interface TypeName {
  readonly name: string;
  readonly at: Place;
  readonly many: "one" | "optional" | "list";
  /** What stands in `Unsupported("…")`. */
  readonly native?: string;
}

/** `@db.VarChar(20)`; its name is `db.VarChar`. */
export interface Attribute {
  readonly name: string;
  readonly at: Place;
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly name?: string;
  readonly value: Expression;
}

export type Expression = { readonly at: Place } & (
  | { readonly kind: "text" | "number" | "word"; readonly value: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly Argument[] }
);

/**
 * The blocks of a file in Prisma's schema language. The grammar goes line by line and is small, so it is read here: what there is on npm for
 * it (`@mrleebo/prisma-ast`, on top of a parser generator) does not say where an attribute or an argument stands, and fails on what came
 * later, such as objects in arguments; Prisma's own is a WebAssembly of several megabytes that does not tell either. Throws ToolError
 * `schema` with the place of what cannot be read.
 */
export function parsePrisma(file: PrismaFile): readonly Block[] {
  const reader = readerOf(tokenize(file));
  const blocks: Block[] = [];
  for (reader.skipLines(); reader.peek().kind !== "end"; reader.skipLines()) blocks.push(readBlock(reader));
  return blocks;
}

interface Reader {
  peek(): Token;
  next(): Token;
  /** The next one if it is this mark. */
  take(mark: string): Token | undefined;
  expect(mark: string, what: string): Token;
  word(what: string): Token;
  skipLines(): void;
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const last = tokens[tokens.length - 1] as Token;
  const peek = (): Token => tokens[at] ?? last;
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  const take = (mark: string): Token | undefined =>
    peek().kind === "mark" && peek().value === mark ? next() : undefined;
  return {
    peek,
    next,
    take,
    expect: (mark, what) => take(mark) ?? unexpected(peek(), `"${mark}" ${what}`),
    word: (what) => (peek().kind === "word" ? next() : unexpected(peek(), what)),
    skipLines: () => {
      while (peek().kind === "line-end") at++;
    },
  };
}

function unexpected(token: Token, expected: string): never {
  const found =
    token.kind === "end"
      ? "the end of the file"
      : token.kind === "line-end"
        ? "the end of the line"
        : `"${token.value}"`;
  throw fault(token.at, `expected ${expected}, found ${found}`);
}

const keywords = ["model", "view", "type", "enum", "datasource", "generator"];

function readBlock(reader: Reader): Block {
  const keyword = reader.word("a block, such as a model or an enum");
  if (!keywords.includes(keyword.value)) unexpected(keyword, `one of ${keywords.join(", ")}`);
  const name = reader.word(`the name of the ${keyword.value}`);
  reader.expect("{", `after "${keyword.value} ${name.value}"`);
  const members: Member[] = [];
  for (reader.skipLines(); !reader.take("}"); reader.skipLines()) {
    members.push(readMember(reader, keyword.value));
    const end = reader.peek();
    if (end.kind !== "line-end" && end.value !== "}") unexpected(end, "the end of the line");
  }
  return { keyword: keyword.value, name: name.value, at: name.at, members };
}

function readMember(reader: Reader, keyword: string): Member {
  const { at } = reader.peek();
  if (reader.take("@@")) return { at, attributes: [readAttribute(reader, at)] };
  const name = reader.word(`a line of a ${keyword}, or "}"`).value;
  if (reader.take("=")) return { name, at, attributes: [], value: readExpression(reader) };
  if (keyword === "enum") return { name, at, attributes: readAttributes(reader) };
  if (keyword === "datasource" || keyword === "generator") unexpected(reader.peek(), `"=" after "${name}"`);
  reader.take(":");
  const type = readType(reader, name);
  return { name, at, type, attributes: readAttributes(reader) };
}

function readType(reader: Reader, field: string): TypeName {
  const type = reader.word(`the type of "${field}"`);
  let native: string | undefined;
  if (type.value === "Unsupported") {
    reader.expect("(", `after "Unsupported"`);
    const text = reader.next();
    if (text.kind !== "text") unexpected(text, "a type of the database as a text");
    native = text.value;
    reader.expect(")", "after the type");
  }
  const list = reader.take("[") !== undefined;
  if (list) reader.expect("]", `after "["`);
  const optional = reader.take("?") !== undefined;
  reader.take("!");
  return {
    name: type.value,
    at: type.at,
    many: list ? "list" : optional ? "optional" : "one",
    ...(native !== undefined && { native }),
  };
}

function readAttributes(reader: Reader): readonly Attribute[] {
  const attributes: Attribute[] = [];
  for (let mark = reader.take("@"); mark; mark = reader.take("@")) attributes.push(readAttribute(reader, mark.at));
  return attributes;
}

function readAttribute(reader: Reader, at: Place): Attribute {
  const { value: name } = reader.word("the name of an attribute");
  return { name, at, args: reader.take("(") ? readList(reader, ")", readArgument) : [] };
}

/** What is between brackets, over as many lines as it takes. */
function readList<T>(reader: Reader, close: string, read: (reader: Reader) => T): readonly T[] {
  const items: T[] = [];
  for (reader.skipLines(); !reader.take(close); reader.skipLines()) {
    items.push(read(reader));
    reader.skipLines();
    if (!reader.take(",") && reader.peek().value !== close) unexpected(reader.peek(), `"," or "${close}"`);
  }
  return items;
}

function readArgument(reader: Reader): Argument {
  const value = readExpression(reader);
  if (value.kind !== "word" || !reader.take(":")) return { value };
  reader.skipLines();
  return { name: value.value, value: readExpression(reader) };
}

function readExpression(reader: Reader): Expression {
  const { at } = reader.peek();
  if (reader.take("[")) return { kind: "list", at, items: readList(reader, "]", readExpression) };
  if (reader.take("{")) return { kind: "object", at, entries: readList(reader, "}", readArgument) };
  const token = reader.next();
  if (token.kind === "word" && reader.take("("))
    return { kind: "call", name: token.value, at, args: readList(reader, ")", readArgument) };
  if (token.kind === "text" || token.kind === "number" || token.kind === "word")
    return { kind: token.kind, value: token.value, at };
  return unexpected(token, "a value");
}
