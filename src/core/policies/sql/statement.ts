import { splitScript } from "../../sql-files/split.ts";
import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import { isSymbol, isWord } from "./cursor.ts";
import { type Token, tokensOf } from "./token.ts";

/** One statement, taken out of the block or the function that it may stand in. */
export interface SqlStatement {
  readonly tokens: readonly Token[];
  /** `block`: a DO block runs it at once. `routine`: it runs whenever the function or the trigger does that it is part of. */
  readonly within?: "block" | "routine";
  /** Of one in a block: the block looks before it acts, or catches what fails. */
  readonly conditional?: true;
}

/** The statements of a script, and those inside of its DO blocks, functions, procedures and triggers. */
export const statementsOf = (script: string, syntax: ScriptSyntax): readonly SqlStatement[] =>
  splitScript(script, syntax).flatMap(({ text, offset }) => unfold(text, offset, syntax));

function unfold(text: string, offset: number, syntax: ScriptSyntax): readonly SqlStatement[] {
  const tokens = tokensOf(text, offset, syntax);
  if (isWord(tokens[0], "DO")) return blockStatements(tokens, syntax);
  const body = routineBody(tokens, syntax);
  if (body) return [{ tokens }, ...cutBody(body).map((piece) => ({ tokens: piece, within: "routine" }) as const)];
  const begin = compoundStart(text, offset, tokens, syntax);
  if (begin === undefined) return [{ tokens }];
  const inside = cutBody(tokens.slice(begin));
  return [
    { tokens: tokens.slice(0, begin) },
    ...inside.map((piece) => ({ tokens: piece, within: "routine" }) as const),
  ];
}

function blockStatements(tokens: readonly Token[], syntax: ScriptSyntax): readonly SqlStatement[] {
  const body = stringBody(
    tokens.find(({ kind }) => kind === "string"),
    syntax,
  );
  const conditional = body.some((token, i) =>
    isWord(token, "IF") ? isFirst(body, i) : isWord(token, "EXCEPTION") && isWord(body[i + 1], "WHEN"),
  );
  return cutBody(body)
    .flatMap((piece) => [piece, ...executed(piece, syntax)])
    .map((piece) => ({ tokens: piece, within: "block", ...(conditional && { conditional }) }));
}

/** The text of `EXECUTE 'DROP TABLE t'`; of `EXECUTE format('DROP TABLE %I', name)` what is not put in. */
function executed(piece: readonly Token[], syntax: ScriptSyntax): readonly (readonly Token[])[] {
  if (!isWord(piece[0], "EXECUTE")) return [];
  const text = isWord(piece[1], "FORMAT") && isSymbol(piece[2], "(") ? piece[3] : piece[1];
  return text?.kind === "string" ? cutBody(stringBody(text, syntax)) : [];
}

/** What a function in SQL or PL/pgSQL holds as a string; nothing for other languages. */
function routineBody(tokens: readonly Token[], syntax: ScriptSyntax): readonly Token[] | undefined {
  if (!/^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b/.test(firstWords(tokens))) return undefined;
  const language = tokens[tokens.findIndex((token) => isWord(token, "LANGUAGE")) + 1]?.raw.toLowerCase() ?? "";
  if (!/^["']?(?:sql|plpgsql)["']?$/.test(language)) return undefined;
  const body = tokens.find(({ kind }, i) => kind === "string" && isWord(tokens[i - 1], "AS"));
  return body && stringBody(body, syntax);
}

/** The tokens inside of a string. A quote that is doubled there becomes one, and a blank, so that offsets stay right. */
function stringBody(token: Token | undefined, syntax: ScriptSyntax): readonly Token[] {
  if (!token) return [];
  const open = /^(?:[eE]?'|\$[^$]*\$)/.exec(token.raw)?.[0] ?? "";
  const close = open.endsWith("'") ? "'" : open;
  const inside = token.raw.slice(open.length, -close.length);
  const text = close === "'" ? inside.replaceAll("''", "' ") : inside;
  return tokensOf(text, token.offset + open.length, syntax);
}

/** Index of the token that begins a body which is no string: `BEGIN` of a trigger, `BEGIN ATOMIC` of a function. */
function compoundStart(
  text: string,
  offset: number,
  tokens: readonly Token[],
  { compound }: ScriptSyntax,
): number | undefined {
  if (!compound?.statement.test(firstWords(tokens))) return undefined;
  const begin = tokens.findIndex(
    (token) => isWord(token, "BEGIN") && compound.body.test(text.slice(token.offset - offset)),
  );
  return begin < 0 ? undefined : begin;
}

const firstWords = (tokens: readonly Token[]): string =>
  tokens
    .slice(0, 12)
    .filter(({ kind }) => kind === "word")
    .map(({ text }) => text)
    .join(" ");

/** Cuts a body at semicolons, and before a statement that a word of control flow stands in front of. */
function cutBody(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const cuts = tokens.flatMap((token, i) => {
    const before = tokens[i - 1];
    if (token.depth > 0 || !before) return [];
    return isSymbol(before, ";") || (isWord(before, ...control) && isWord(token, ...verbs)) ? [i] : [];
  });
  return [...cuts, tokens.length]
    .map((cut, i) => tokens.slice(cuts[i - 1] ?? 0, cut).filter((token) => !isSymbol(token, ";")))
    .filter((piece) => piece.length > 0);
}

const isFirst = (tokens: readonly Token[], i: number): boolean =>
  i === 0 || isSymbol(tokens[i - 1], ";") || isWord(tokens[i - 1], ...control);

const control = ["BEGIN", "ATOMIC", "THEN", "ELSE", "LOOP", "DO"];

/** What begins a statement, and cannot stand after THEN or ELSE in an expression. */
const verbs = [
  ...[
    "ALTER",
    "COMMENT",
    "COPY",
    "CREATE",
    "DELETE",
    "DROP",
    "EXECUTE",
    "GRANT",
    "INSERT",
    "MERGE",
    "PERFORM",
    "RENAME",
  ],
  ...["REPLACE", "REVOKE", "SELECT", "SET", "TRUNCATE", "UPDATE", "WITH"],
];
