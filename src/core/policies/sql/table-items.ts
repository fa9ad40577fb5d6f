import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { ObjectName } from "../touch.ts";
import { isSymbol, isWord, nameAt } from "./cursor.ts";
import type { Token } from "./token.ts";

/** The tables and views that FROM, JOIN and USING name. */
export function tableItems(tokens: readonly Token[], syntax: ScriptSyntax): readonly ObjectName[] {
  const levels: Level[] = [];
  return tokens.flatMap((token, i): readonly ObjectName[] => {
    levels.length = Math.min(levels.length, token.depth + 1);
    const level = levels[token.depth] ?? emptyLevel;
    const after = followed(level, token, tokens[i - 1], tokens[i - 2]);
    levels[token.depth] = after;
    const listed = after.clause === "FROM" && (isSymbol(token, ",") || (isWord(token, "FROM") && after !== level));
    // The USING of DELETE and MERGE; that of a join has parentheses, that of an index a method.
    const using = isWord(token, "USING") && level.joinsByUsing;
    if (!listed && !using && !isWord(token, "JOIN")) return [];
    const start = isWord(tokens[i + 1], "ONLY", "LATERAL") ? i + 2 : i + 1;
    const read = nameAt(tokens, start, syntax);
    return read ? [read.name] : [];
  });
}

/** What has been read between the same parentheses. */
interface Level {
  /** A FROM here begins a list of tables; that of EXTRACT and TRIM has parentheses of its own and no query in them. */
  readonly queries: boolean;
  readonly joinsByUsing: boolean;
  /** The last word that began a part of a query. */
  readonly clause?: string;
}

const emptyLevel: Level = { queries: false, joinsByUsing: false };

function followed(level: Level, token: Token, before: Token | undefined, twoBefore: Token | undefined): Level {
  if (token.kind !== "word" || !clauses.has(token.text)) return level;
  if (token.text === "FROM" && !level.queries) return level;
  // IS [NOT] DISTINCT FROM compares.
  if (token.text === "FROM" && isWord(before, "DISTINCT") && isWord(twoBefore, "IS", "NOT")) return level;
  return {
    queries: level.queries || querying.has(token.text),
    joinsByUsing: level.joinsByUsing || token.text === "DELETE" || token.text === "MERGE",
    clause: token.text,
  };
}

const querying = new Set(["SELECT", "DELETE", "UPDATE"]);

const clauses = new Set([
  ...["SELECT", "DELETE", "UPDATE", "MERGE", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"],
  ...["RETURNING", "WINDOW", "UNION", "SET", "EXCEPT", "INTERSECT", "FOR", "ON", "VALUES", "FETCH"],
]);
