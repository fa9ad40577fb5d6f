import { closing } from "./tokens.ts";

/**
 * MySQL prints some of what people write in words of its own (https://dev.mysql.com/doc/refman/8.4/en/regexp.html#operator_regexp, and its
 * Item_func_* classes otherwise): `NOT a` as `(0 = a)`, `a` where a truth is wanted as `(0 <> a)`, `a REGEXP b` as `regexp_like(a,b)`, `a NOT LIKE b` as `(not((a like b)))`. These are
 * turned back. Tokens are as for `canonicalTokens`.
 */
export function asWritten(tokens: readonly string[]): readonly string[] {
  const at = tokens.findIndex((_, i) => rules.some((rule) => rule(tokens, i) !== undefined));
  if (at < 0) return tokens;
  const found = rules.map((rule) => rule(tokens, at)).find((each) => each !== undefined);
  if (!found) return tokens;
  return asWritten([...tokens.slice(0, at), ...found.tokens, ...tokens.slice(found.end + 1)]);
}

/** What begins at a place stands for these tokens, up to its end. */
type Rule = (
  tokens: readonly string[],
  at: number,
) => { readonly tokens: readonly string[]; readonly end: number } | undefined;

const endOf = (tokens: readonly string[], open: number): number =>
  closing(
    tokens.map((value) => ({ value })),
    open,
  );

/** `( 0 = a )` and `( 0 <> a )`. */
const compared: Rule = (tokens, at) => {
  const [open, zero, sign] = tokens.slice(at, at + 3);
  if (open !== "(" || zero !== "0" || (sign !== "=" && sign !== "<>") || tokens[at + 3] === "0") return undefined;
  const end = endOf(tokens, at);
  if (end < 0) return undefined;
  return { tokens: ["(", ...tokens.slice(at + 3, end), sign, "0", ")"], end };
};

/** `regexp_like ( a , b )`, with `not (` before it and without. */
const matched: Rule = (tokens, at) => {
  const negated = tokens[at] === "not" && tokens[at + 1] === "(" && tokens[at + 2] === "regexp_like";
  const start = negated ? at + 2 : at;
  if (tokens[start] !== "regexp_like" || tokens[start + 1] !== "(") return undefined;
  const end = endOf(tokens, start + 1);
  const commas = tokens.flatMap((token, i) =>
    token === "," && i > start && i < end && depth(tokens, start + 1, i) === 1 ? [i] : [],
  );
  const [comma = 0] = commas;
  if (end < 0 || commas.length !== 1) return undefined;
  const words = negated ? ["not", "regexp"] : ["regexp"];
  return {
    tokens: [...tokens.slice(start + 2, comma), ...words, ...tokens.slice(comma + 1, end)],
    end: negated ? end + 1 : end,
  };
};

/** `0 = a` and `0 <> a`, where one thing follows. */
const comparedOne: Rule = (tokens, at) => {
  const [zero, sign, first = ""] = tokens.slice(at, at + 3);
  if (zero !== "0" || (sign !== "=" && sign !== "<>") || first === "0" || !begins.has(tokens[at - 1] ?? "where"))
    return undefined;
  const open = first === "(" ? at + 2 : tokens[at + 3] === "(" ? at + 3 : -1;
  const end = open < 0 ? at + 2 : endOf(tokens, open);
  if (end < 0 || !stops.has(tokens[end + 1] ?? ")")) return undefined;
  return { tokens: [...tokens.slice(at + 2, end + 1), sign, "0"], end };
};

const begins = new Set(["where", "having", "on", "and", "or", "xor", "not", "when", "(", ",", "select"]);
const stops = new Set([
  "and",
  "or",
  "xor",
  "then",
  "as",
  ")",
  ",",
  "group",
  "having",
  "order",
  "limit",
  "union",
  "except",
  "intersect",
  "from",
]);

/** `not ( ( a like b ) )`, with one pair and with two. */
const unlike: Rule = (tokens, at) => {
  if (tokens[at] !== "not" || tokens[at + 1] !== "(") return undefined;
  const open = tokens[at + 2] === "(" ? at + 2 : at + 1;
  const [end, inner] = [endOf(tokens, at + 1), endOf(tokens, open)];
  const like = tokens.findIndex((token, i) => token === "like" && i > at && i < inner && depth(tokens, open, i) === 1);
  const isPlain = !tokens.slice(open + 1, inner).some((token) => ["and", "or", "xor", "not"].includes(token));
  if (end !== inner + (open - at - 1) || like < 0 || !isPlain) return undefined;
  return { tokens: [...tokens.slice(open + 1, like), "not", "like", ...tokens.slice(like + 1, inner)], end };
};

const depth = (tokens: readonly string[], from: number, to: number): number =>
  tokens.slice(from, to).reduce((sum, token) => sum + (token === "(" ? 1 : token === ")" ? -1 : 0), 0);

const rules: readonly Rule[] = [compared, comparedOne, matched, unlike];
