import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { ObjectName } from "../touch.ts";
import { isSymbol, isWord, nameAt } from "./cursor.ts";
import type { Token } from "./token.ts";

/** The tables and views that FROM, JOIN and USING name. */
export function tableItems(tokens: readonly Token[], syntax: ScriptSyntax): readonly ObjectName[] {
  const places = tokens.flatMap((token, i) => (isPlace(tokens, token, i) ? [skipped(tokens, i + 1)] : []));
  return places.flatMap((i) => nameAt(tokens, i, syntax)?.name ?? []);
}

/** ONLY and LATERAL may stand before a table. */
const skipped = (tokens: readonly Token[], i: number): number => (isWord(tokens[i], "ONLY", "LATERAL") ? i + 1 : i);

function isPlace(tokens: readonly Token[], token: Token, i: number): boolean {
  if (isWord(token, "JOIN")) return true;
  if (isWord(token, "FROM")) return beginsList(tokens, i);
  // The USING of DELETE and MERGE; that of a join has parentheses, that of an index a method.
  if (isWord(token, "USING")) return levelOf(tokens, i).some((word) => isWord(word, "DELETE", "MERGE"));
  return isSymbol(token, ",") && inList(tokens, i);
}

/** Not the FROM of EXTRACT and TRIM, which stands in parentheses of its own, nor that of IS DISTINCT FROM. */
function beginsList(tokens: readonly Token[], from: number): boolean {
  if (isWord(tokens[from - 1], "DISTINCT") && isWord(tokens[from - 2], "IS", "NOT")) return false;
  return levelOf(tokens, from).some((token) => isWord(token, "SELECT", "DELETE", "UPDATE"));
}

/** Whether a comma stands in a list of tables. */
function inList(tokens: readonly Token[], comma: number): boolean {
  const last = levelOf(tokens, comma)
    .toReversed()
    .find((token) => isWord(token, ...clauses));
  const at = last ? tokens.indexOf(last) : -1;
  return isWord(last, "FROM") && beginsList(tokens, at);
}

const clauses = [
  ...["SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "RETURNING", "WINDOW", "UNION", "SET"],
  ...["EXCEPT", "INTERSECT", "FOR", "ON", "VALUES", "FETCH"],
];

/** What stands before a token in the same parentheses. */
function levelOf(tokens: readonly Token[], i: number): readonly Token[] {
  const depth = tokens[i]?.depth ?? 0;
  const before = tokens.slice(0, i);
  const open = before.findLastIndex((token) => token.depth < depth);
  return before.slice(open + 1).filter((token) => token.depth === depth);
}
