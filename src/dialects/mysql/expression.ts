import { asWritten } from "./as-written.ts";
import { withoutNegations } from "./negations.ts";
import { tokenize } from "./tokens.ts";

/**
 * The form in which two expressions are compared. The servers print them anew: MySQL with parentheses around everything and character sets
 * before texts, MariaDB with as few parentheses as possible, both with names in backquotes and functions by one of their names. So none of these counts.
 */
export const canonicalPredicate = (sql: string): string =>
  canonicalTokens(
    tokenize(sql).map(({ kind, value }) => (kind === "string" ? JSON.stringify(value) : value.toLowerCase())),
  ).join(" ");

/** The same for tokens that are names already, and texts in JSON. */
export function canonicalTokens(given: readonly string[]): readonly string[] {
  const tokens = withoutNegations(asWritten(given));
  const calls = tokens.map((token, i) =>
    tokens[i + 1] === "(" ? (synonyms[token] ?? token) : bare.has(token) ? "current_timestamp" : token,
  );
  return calls
    .map((token, i) => (token === "*" && calls[i - 1] === "(" && calls[i - 2] === "count" ? "0" : token))
    .filter((token) => !/^(?:[()]|_utf8mb[34]|_latin1|asc)$/i.test(token))
    .join("\n")
    .replace(/\n(?:charset|character\nset)\n\w+/g, "")
    .replace(/\n<>\n0(?=\n|$)/g, "")
    .replace(/(^|\n)([^\n]+)\n->\n("[^\n]+)/g, "$1json_extract\n$2\n,\n$3")
    .replace(/(^|\n)([^\n]+)\n->>\n("[^\n]+)/g, "$1json_unquote\njson_extract\n$2\n,\n$3")
    .replace(/(^|\n)=\n(?:any|some)(?=\n)/g, "$1in")
    .replace(/(^|\n)<>\nall(?=\n)/g, "$1not\nin")
    .replace(/(^|\n)!(?=\n)/g, "$1not")
    .replace(
      /(^|\n)date_(add|sub)\n([^\n]+)\n,\ninterval(?=\n)/g,
      (_, start, how, what) => `${start}${what}\n${how === "add" ? "+" : "-"}\ninterval`,
    )
    .replace(/(^|\n)limit\n(\d+)\noffset\n(\d+)/g, "$1limit\n$3\n,\n$2")
    .replace(
      /(^|\n)not\n([\p{L}_][\p{L}\p{N}_$.]*)(?=\n(?:and|or|xor|group|order|having|limit|then|as|,)(?:\n|$)|$)/gu,
      "$1$2\n=\n0",
    )
    .split("\n")
    .map((token) => signs[token] ?? token);
}

const signs: Readonly<Record<string, string>> = {
  "!=": "<>",
  "&&": "and",
  "||": "or",
  "%": "mod",
  "!": "not",
  rlike: "regexp",
  true: "1",
  false: "0",
};

/** Functions that are called without parentheses as well. */
const bare: ReadonlySet<string> = new Set(["localtime", "localtimestamp"]);

/** Names of functions that mean the same. */
const synonyms: Readonly<Record<string, string>> = {
  now: "current_timestamp",
  localtime: "current_timestamp",
  localtimestamp: "current_timestamp",
  curdate: "current_date",
  curtime: "current_time",
  lower: "lcase",
  upper: "ucase",
  substring: "substr",
  mid: "substr",
  character_length: "char_length",
  ceil: "ceiling",
  power: "pow",
  std: "stddev",
  stddev_pop: "stddev",
  variance: "var_pop",
};
