import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { Touch } from "../touch.ts";
import { readAlter } from "./alter.ts";
import { readCreate } from "./create.ts";
import { cursorOver, isWord } from "./cursor.ts";
import { readDrop, readRename, readTruncate } from "./drop.ts";
import type { SqlStatement } from "./statement.ts";
import type { Token } from "./token.ts";
import { readWrites } from "./write.ts";

/** What a statement does, whenever it runs. */
export function touchesOf({ tokens, within }: SqlStatement, syntax: ScriptSyntax): readonly Touch[] {
  const [first] = tokens;
  if (!first) return [];
  const read = first.kind === "word" ? readers[first.text] : undefined;
  const touches = read ? read(tokens, syntax) : readWrites(tokens, syntax);
  // In PL/pgSQL, SELECT INTO fills a variable.
  return within ? touches.filter(({ verb }) => verb !== "create" || read !== undefined) : touches;
}

type Read = (tokens: readonly Token[], syntax: ScriptSyntax) => readonly Touch[];

const readers: Readonly<Record<string, Read>> = {
  CREATE: (tokens, syntax) => [...readCreate(tokens, syntax), ...references(tokens, syntax), ...inside(tokens, syntax)],
  ALTER: (tokens, syntax) => [...readAlter(tokens, syntax), ...references(tokens, syntax)],
  DROP: readDrop,
  TRUNCATE: readTruncate,
  RENAME: readRename,
};

/** The writes of `CREATE TABLE … AS WITH x AS (DELETE …) SELECT …`; what a trigger or a rule does is done later. */
const inside = (tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] => {
  const as = tokens.findIndex((token, i) => token.depth === 0 && isWord(token, "AS") && isWord(tokens[i + 1], "WITH"));
  return as < 0 ? [] : readWrites(tokens.slice(as + 1), syntax);
};

/** The tables that foreign keys point at. */
const references: Read = (tokens, syntax) =>
  tokens.flatMap((token, i): readonly Touch[] => {
    const name = isWord(token, "REFERENCES") ? cursorOver(tokens.slice(i + 1), syntax).name() : undefined;
    return name ? [{ verb: "refer", object: "table", name, does: "refers to", offset: token.offset }] : [];
  });
