import { lexemeAt } from "../../sql-files/lexeme.ts";
import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { ObjectName } from "../touch.ts";

/** A piece of SQL that means something: blanks and comments are none. */
export interface Token {
  readonly kind: "word" | "name" | "string" | "symbol";
  /** Words in upper case; names without their quotes; strings and symbols as they stand. */
  readonly text: string;
  /** As it stands in the script. */
  readonly raw: string;
  readonly offset: number;
  /** Parentheses open around it; the parentheses themselves belong to the outside. */
  readonly depth: number;
}

/** Cuts SQL into tokens; `base` is where the text begins in the script that offsets are to count in. */
export function tokensOf(sql: string, base: number, syntax: ScriptSyntax): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { kind, raw, offset } of pieces(sql, base, syntax)) {
    if (raw === ")") depth = Math.max(0, depth - 1);
    tokens.push({ kind, text: textOf(kind, raw), raw, offset, depth });
    if (raw === "(") depth++;
  }
  return tokens;
}

/** The name that a word or a quoted name stands for. */
export const foldedName = ({ kind, raw, text }: Token, syntax: ScriptSyntax): string =>
  kind === "name" ? compared(text, syntax) : compared(raw.toLowerCase(), syntax);

/** A name that is written as it is, in an operation. */
export const plainName = (name: string, syntax: ScriptSyntax): ObjectName => ({
  name: compared(name, syntax),
  text: name,
});

const compared = (name: string, { exactNames }: ScriptSyntax): string => (exactNames ? name : name.toLowerCase());

interface Piece {
  readonly kind: Token["kind"];
  readonly raw: string;
  readonly offset: number;
}

function pieces(sql: string, base: number, syntax: ScriptSyntax): readonly Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, syntax);
    const raw = sql.slice(start, end);
    at = end;
    if (kind === "space" || kind === "comment") continue;
    if (kind !== "quoted") found.push({ kind, raw, offset: base + start });
    else if (raw.startsWith("/*")) found.push(...executable(raw, base + start, syntax));
    else found.push({ kind: /^["`[]/.test(raw) ? "name" : "string", raw, offset: base + start });
  }
  return found;
}

/** What MySQL executes although it looks like a comment, the number of a version left out; hints (`/*+`) say nothing of tables. */
function executable(raw: string, base: number, syntax: ScriptSyntax): readonly Piece[] {
  const open = /^\/\*M?!\d*/.exec(raw)?.[0];
  return open === undefined ? [] : pieces(raw.slice(open.length, -2), base + open.length, syntax);
}

function textOf(kind: Token["kind"], raw: string): string {
  if (kind === "word") return raw.toUpperCase();
  if (kind !== "name") return raw;
  const close = raw.startsWith("[") ? "]" : raw.slice(0, 1);
  return raw.slice(1, raw.endsWith(close) && raw.length > 1 ? -1 : undefined).replaceAll(close + close, close);
}
