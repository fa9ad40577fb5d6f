import { type Position, ToolError } from "../errors.ts";

/** A file in Prisma's schema language. */
export interface PrismaFile {
  /** What messages call it. */
  readonly path: string;
  readonly text: string;
}

export interface Token {
  readonly kind: "word" | "text" | "number" | "mark" | "line-end" | "end";
  /** As written; of a text what it stands for. */
  readonly value: string;
  readonly at: Place;
}

/** Where something stands: the file, and the offset in it. */
export interface Place {
  readonly file: PrismaFile;
  readonly offset: number;
}

/** The tokens of a file, without blanks and comments. Throws ToolError `schema` for a character that begins none, or a text without an end. */
export function tokenize(file: PrismaFile): readonly Token[] {
  const tokens: Token[] = [];
  const { text } = file;
  let offset = 0;
  while (offset < text.length) {
    forms.lastIndex = offset;
    const found = forms.exec(text)?.groups ?? {};
    const at = { file, offset };
    const kind = (["word", "text", "number", "mark", "lineEnd"] as const).find((name) => found[name] !== undefined);
    if (found["blank"] === undefined && kind === undefined) throw fault(at, `${unreadable(text.slice(offset))}`);
    if (kind === "text") tokens.push({ kind, value: textOf(found["text"] ?? "", at), at });
    else if (kind === "lineEnd") tokens.push({ kind: "line-end", value: "\n", at });
    else if (kind) tokens.push({ kind, value: found[kind] ?? "", at });
    offset = forms.lastIndex;
  }
  return [...tokens, { kind: "end", value: "", at: { file, offset } }];
}

/** An error that says where. */
export function fault(at: Place, message: string): ToolError {
  const position = positionOf(at);
  const { file, line, column } = position;
  return new ToolError("schema", `${file}:${line}:${column}: ${message}`, { ...position });
}

export function positionOf({ file, offset }: Place): Position {
  const before = file.text.slice(0, offset).split("\n");
  return { file: file.path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const forms = new RegExp(
  [
    String.raw`(?<blank>[ \t\r\f\uFEFF]+|//[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<lineEnd>\n)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)`,
    String.raw`(?<number>-?\d+(?:\.\d+)?)`,
    String.raw`(?<text>"(?:[^"\\\n]|\\.)*")`,
    String.raw`(?<mark>@@|[@{}()[\]?=:,!])`,
  ].join("|"),
  "uy",
);

const unreadable = (rest: string): string =>
  rest.startsWith('"')
    ? "the text that begins here has no end in its line"
    : rest.startsWith("/*")
      ? "the comment that begins here has no end"
      : `${JSON.stringify([...rest][0])} means nothing here`;

/** Texts are escaped as in JSON. */
function textOf(written: string, at: Place): string {
  try {
    return JSON.parse(written.replaceAll("\t", "\\t")) as string;
  } catch {
    throw fault(at, `${written} is no text: a backslash stands before ", \\, n, r, t or uXXXX`);
  }
}
