/**
 * Without NOT before what can be negated itself, as the servers keep a condition: `NOT (a = 1 OR b LIKE 'x')` is `a <> 1 AND b NOT LIKE 'x'`, and NOT
 * of a number is that it is 0. https://dev.mysql.com/doc/refman/8.4/en/logical-operators.html,
 * https://dev.mysql.com/doc/refman/8.4/en/operator-precedence.html
 */
export function withoutNegations(tokens: readonly string[]): readonly string[] {
  // From the last on, so that what is within is done before.
  let done = tokens;
  for (let at = done.length - 1; at >= 0; at--) {
    if (!isPrefix(done, at)) continue;
    const end = operandEnd(done, at + 1);
    const negated = negation(done.slice(at + 1, end));
    if (negated) done = [...done.slice(0, at), ...negated, ...done.slice(end)];
  }
  return done;
}

/** `NOT a`, and neither `a NOT IN` nor `IS NOT`. */
const isPrefix = (tokens: readonly string[], at: number): boolean =>
  (tokens[at] === "not" || (tokens[at] === "!" && tokens[at + 1] === "(")) &&
  (at === 0 || starts.has(tokens[at - 1] ?? "")) &&
  tokens[at + 1] !== undefined;

const starts: ReadonlySet<string> = new Set(
  "( , and or xor && || where on having when then else select not ! case distinct".split(" "),
);
const ends: ReadonlySet<string> = new Set(
  ") , and or xor && || group having order limit union except intersect window for when then else end as asc desc on join left right natural straight_join from where with".split(
    " ",
  ),
);
const parts: ReadonlySet<string> = new Set(["and", "&&", "or", "||", "xor"]);

/** Where the operand ends that begins there. */
function operandEnd(tokens: readonly string[], from: number): number {
  let depth = 0;
  let ranges = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    if (token === "between") ranges++;
    if (depth === 0 && ends.has(token) && !(token === "and" && ranges-- > 0)) return at;
    if (token === "(") depth++;
    if (token === ")") depth--;
  }
  return tokens.length;
}

/** What is true where the condition is false; `undefined` where that cannot be said in another way. */
function negation(condition: readonly string[]): readonly string[] | undefined {
  if (condition.includes("case") || condition.length === 0) return undefined;
  if (isWhole(condition)) return negation(condition.slice(1, -1));
  for (const [words, other] of [
    [["or", "||"], "and"],
    [["and", "&&"], "or"],
  ] as const) {
    const sides = cut(condition, words);
    if (sides.length < 2) continue;
    const negated = sides.map(negation);
    return negated.every((side) => side !== undefined)
      ? negated.flatMap((side, i) => (i === 0 ? side : [other, ...side]))
      : undefined;
  }
  const [first = [], ...others] = cut(condition, ["xor"]);
  if (others.length === 0) return simple(condition);
  const negated = negation(first);
  return negated && [...negated, ...others.flatMap((side) => ["xor", ...side])];
}

const inverse: Readonly<Record<string, string>> = {
  "=": "<>",
  "<>": "=",
  "!=": "=",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};
const negatable: ReadonlySet<string> = new Set(["in", "between", "like", "regexp", "rlike"]);
const calculating: ReadonlySet<string> = new Set(["<=>", "any", "some", "all", "sounds", "member"]);

/** Of what has no AND or OR in it. */
function simple(condition: readonly string[]): readonly string[] | undefined {
  const [first] = condition;
  if (first === "not" || first === "!") return condition.slice(1);
  if (first === "exists") return ["not", ...condition];
  const depths = depthsOf(condition);
  const top = (token: string, i: number): boolean => depths[i] === 0 && token !== "";
  if (condition.some((token, i) => top(token, i) && calculating.has(token))) return ["not", ...condition];
  const is = condition.findIndex((token, i) => top(token, i) && token === "is");
  if (is >= 0) {
    if (condition.at(-1) !== "null") return ["not", ...condition];
    return [...condition.slice(0, is + 1), ...(condition[is + 1] === "not" ? ["null"] : ["not", "null"])];
  }
  const word = condition.findIndex((token, i) => top(token, i) && negatable.has(token));
  if (word > 0)
    return condition[word - 1] === "not"
      ? [...condition.slice(0, word - 1), ...condition.slice(word)]
      : [...condition.slice(0, word), "not", ...condition.slice(word)];
  const signs = condition.flatMap((token, i) => (top(token, i) && token in inverse ? [i] : []));
  if (signs.length > 1) return undefined;
  const [sign] = signs;
  return sign === undefined
    ? [...condition, "=", "0"]
    : [...condition.slice(0, sign), inverse[condition[sign] ?? ""] ?? "", ...condition.slice(sign + 1)];
}

/** Within one pair of parentheses, which is no list. */
function isWhole(tokens: readonly string[]): boolean {
  if (tokens[0] !== "(" || tokens.at(-1) !== ")") return false;
  const depths = depthsOf(tokens);
  return !depths.slice(1, -1).includes(0) && !tokens.some((token, i) => token === "," && depths[i] === 1);
}

/** How many parentheses each is within; of those themselves, how many are around them. */
function depthsOf(tokens: readonly string[]): readonly number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (token === ")") depth--;
    const here = depth;
    if (token === "(") depth++;
    return here;
  });
}

/** At these words where nothing is around them; the AND of BETWEEN is none of its own. */
function cut(tokens: readonly string[], words: readonly string[]): readonly (readonly string[])[] {
  const depths = depthsOf(tokens);
  const found: string[][] = [[]];
  let ranges = 0;
  for (const [i, token] of tokens.entries()) {
    const top = depths[i] === 0;
    if (top && token === "between") ranges++;
    const ofRange = top && token === "and" && ranges > 0;
    if (ofRange) ranges--;
    if (top && !ofRange && parts.has(token) && words.includes(token)) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}
