import { quote } from "./quote.ts";
import { isBare } from "./reserved.ts";
import { withoutSpareParentheses } from "./spare-parentheses.ts";
import { closing, type Token, tokenize } from "./tokens.ts";

/**
 * A query, or an expression, as somebody would have written it, from what the server tells: without the name of the database and quotes that nothing needs, columns
 * not called by their own name once more, a line for each clause. It means the same.
 */
export function readableQuery(sql: string, database = ""): string {
  const plain = withoutSpareParentheses(withoutCharacterSets(tokenize(sql)));
  const tokens = withCommas(withoutOwnNames(withoutDatabase(plain, database)));
  const parts: string[] = [];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.value === ")" && token.kind === "symbol") depth--;
    const before = tokens[i - 1];
    parts.push(gap(token, { before, next: tokens[i + 1], depth }), written(token, tokens[i + 1], before));
    if (token.value === "(" && token.kind === "symbol") depth++;
  }
  return parts.join("").trim();
}

/** `_utf8mb4'x'` → `'x'`, as it is in godwit's sessions. */
const withoutCharacterSets = (tokens: readonly Token[]): readonly Token[] =>
  tokens.filter(
    ({ kind, value }, i) => !(kind === "word" && /^_utf8mb[34]$/.test(value) && tokens[i + 1]?.kind === "string"),
  );

/** `db`.`t` → `t`. */
const withoutDatabase = (tokens: readonly Token[], database: string): readonly Token[] =>
  tokens.filter((token, i) => {
    const isDatabase = (at: Token | undefined, next: Token | undefined): boolean =>
      at?.kind === "name" && at.value === database && next?.value === ".";
    if (tokens[i - 1]?.value === "." && isDatabase(tokens[i - 2], tokens[i - 1])) return true;
    if (isDatabase(token, tokens[i + 1]) && tokens[i - 1]?.value !== ".") return false;
    return !(token.value === "." && isDatabase(tokens[i - 1], token) && tokens[i - 2]?.value !== ".");
  });

/** `t`.`id` AS `id` → `t`.`id`. */
function withoutOwnNames(tokens: readonly Token[]): readonly Token[] {
  const redundant = (i: number): boolean => {
    const [as, alias, next] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (as?.kind !== "word" || as.value !== "as" || alias?.kind !== "name") return false;
    const [column, dot, , start] = [tokens[i - 1], tokens[i - 2], tokens[i - 3], tokens[i - 4]];
    const isColumn = column?.kind === "name" && column.value === alias.value && dot?.value === ".";
    const begins = start?.value === "," || start?.value === "select" || start?.value === "distinct";
    return isColumn && begins && (next === undefined || [",", "from", ")", "union", "where"].includes(next.value));
  };
  return tokens.filter((_, i) => !redundant(i) && !redundant(i - 1));
}

/** Tables that were listed with commas are joined without parentheses, and others within; so no parentheses are needed around these. */
function withCommas(tokens: readonly Token[]): readonly Token[] {
  const result = [...tokens];
  const gone = new Set<number>();
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== "word" || token.value !== "from") continue;
    const end = endOfFrom(tokens, i + 1);
    for (let at = i + 1, depth = 0; at < end; at++) {
      const { kind, value } = tokens[at] ?? token;
      if (kind === "symbol" && value === "(") depth++;
      if (kind === "symbol" && value === ")") depth--;
      if (depth === 0 && kind === "word" && value === "join" && isComma(tokens[at - 1])) result[at] = comma;
    }
    for (let at = i + 1; tokens[at]?.value === "(" && tokens[at]?.kind === "symbol" && !isQuery(tokens[at + 1]); at++) {
      gone.add(at);
      gone.add(closing(tokens, at));
    }
  }
  return result.filter((_, i) => !gone.has(i));
}

const comma: Token = { kind: "symbol", text: ",", value: "," };
const isQuery = (token: Token | undefined): boolean => token?.value === "select" || token?.value === "with";
const isComma = (before: Token | undefined): boolean => !(before?.kind === "word" && joined.has(before.value));

/** Where the FROM clause ends. */
function endOfFrom(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    const { kind, value } = tokens[i] ?? comma;
    if (kind === "symbol" && value === "(") depth++;
    if (kind === "symbol" && value === ")" && --depth < 0) return i;
    if (depth === 0 && kind === "word" && endsFrom.has(value)) return i;
  }
  return tokens.length;
}

const endsFrom = new Set([
  "where",
  "group",
  "having",
  "order",
  "limit",
  "union",
  "except",
  "intersect",
  "window",
  "for",
]);

function written(token: Token, next: Token | undefined, before: Token | undefined): string {
  if (token.kind === "word")
    return keywords.has(token.value) && before?.value !== "." ? token.value.toUpperCase() : token.text;
  if (token.kind !== "name") return token.text;
  // A name before a parenthesis would be taken for a function, and one of a function for a column.
  return isBare(token.value) && next?.value !== "(" ? token.value : quote(token.value);
}

interface Around {
  readonly before: Token | undefined;
  readonly next: Token | undefined;
  readonly depth: number;
}

function gap(token: Token, { before, next, depth }: Around): string {
  if (!before) return "";
  const { value, kind } = token;
  const symbol = kind === "symbol";
  if (before.value === "." || (symbol && [".", ",", ")"].includes(value))) return "";
  if (before.value === "(" && before.kind === "symbol") return "";
  if (kind === "string" && before.kind === "word" && /^(?:[xbn]|_\w+)$/.test(before.value)) return "";
  if (symbol && value === "(" && isCall(before)) return "";
  const isFunction = functions.has(value) && next?.value === "(";
  if (depth === 0 && kind === "word" && lineStarts.has(value) && !joined.has(before.value) && !isFunction) return "\n";
  if (before.kind === "symbol" && ["-", "+", "!", "~"].includes(before.value) && kind === "number") return "";
  return " ";
}

/** A blank after the name of a function makes it something else. */
const isCall = (before: Token): boolean =>
  before.kind === "name" || (before.kind === "word" && !(keywords.has(before.value) && !functions.has(before.value)));

const lineStarts = new Set([
  "from",
  "where",
  "group",
  "having",
  "order",
  "limit",
  "union",
  "except",
  "intersect",
  "join",
  "left",
  "right",
  "straight_join",
  "select",
]);
/** Words that the next one belongs to. */
const joined = new Set(["left", "right", "inner", "cross", "outer", "within", "natural", "for"]);
/** Words that are functions, too. */
const functions = new Set(["if", "left", "right", "replace"]);
const keywords = new Set(
  (
    "select from where group by having order limit union all distinct except intersect join left right inner outer cross straight_join natural on using as and or not " +
    "in is null like between exists case when then else end with recursive over partition rows range unbounded preceding following current row desc asc " +
    "interval separator div mod xor regexp rlike escape collate binary offset window true false for against"
  ).split(" "),
);
