import { closing, type Token } from "./tokens.ts";

/**
 * Without the parentheses that MySQL puts around every condition where nothing is meant by them: two pairs around one thing, a pair around all there is, and one around
 * all that follows WHERE or HAVING. A list of values and a query keep theirs.
 */
export function withoutSpareParentheses(tokens: readonly Token[]): readonly Token[] {
  const spare = new Set<number>();
  for (const [open, token] of tokens.entries()) {
    if (token.kind !== "symbol" || token.value !== "(") continue;
    const end = closing(tokens, open);
    if (end < 0 || !isPlain(tokens, open, end)) continue;
    if (isDoubled(tokens, open, end) || isWhole(tokens, open, end)) spare.add(open).add(end);
  }
  return spare.size === 0 ? tokens : tokens.filter((_, i) => !spare.has(i));
}

/** Nothing in it is separated by commas, and it is neither a query nor empty. */
function isPlain(tokens: readonly Token[], open: number, end: number): boolean {
  if (end === open + 1 || ["select", "with"].includes(tokens[open + 1]?.value ?? "")) return false;
  let depth = 0;
  for (const { kind, value } of tokens.slice(open + 1, end)) {
    if (kind !== "symbol") continue;
    if (value === "(") depth++;
    if (value === ")") depth--;
    if (value === "," && depth === 0) return false;
  }
  return true;
}

/** Within another pair that holds nothing else. */
const isDoubled = (tokens: readonly Token[], open: number, end: number): boolean =>
  tokens[open - 1]?.kind === "symbol" && tokens[open - 1]?.value === "(" && closing(tokens, open - 1) === end + 1;

function isWhole(tokens: readonly Token[], open: number, end: number): boolean {
  const [before, after] = [tokens[open - 1], tokens[end + 1]];
  if (before === undefined) return after === undefined;
  const isCondition = before.kind === "word" && (before.value === "where" || before.value === "having");
  return (
    isCondition && (after === undefined || after.value === ")" || (after.kind === "word" && ends.has(after.value)))
  );
}

/** What begins after a condition. */
const ends = new Set(["group", "having", "order", "limit", "union", "except", "intersect", "window", "for", "with"]);
