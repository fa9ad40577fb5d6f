import { sqlTokens, withoutEnd } from "../../core/schema/sql-text.ts";
import { canonicalExpression } from "./expression.ts";

/**
 * One spelling for a query as people write it and as the catalog gives it back: columns have their names spelled out, a single table is
 * not named before its columns, joins are called by their short names, expressions are in their canonical form. What cannot be read
 * stays as it is. `columns` are the names of what it gives, where the view says them.
 */
export const canonicalQuery = (sql: string, columns?: readonly string[]): string =>
  queryOf(nested(sqlTokens(withoutEnd(sql))), columns);

type Tokens = readonly string[];

/** Queries within become one token each. */
function nested(tokens: Tokens): Tokens {
  const result: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const end = tokens[i] === "(" && ["select", "with"].includes(tokens[i + 1] ?? "") ? closing(tokens, i) : -1;
    if (end < 0) result.push(tokens[i] ?? "");
    else {
      result.push(`( ${queryOf(nested(tokens.slice(i + 1, end)))} )`);
      i = end;
    }
  }
  return result;
}

function closing(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i] === "(") depth++;
    if (tokens[i] === ")" && --depth === 0) return i;
  }
  return -1;
}

/** The parts between tokens outside of parentheses that end a part; each begins with the token that ended the one before it. */
function cut(tokens: Tokens, ends: (token: string, next: string | undefined) => boolean): readonly Tokens[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token === ")") depth--;
    if (depth === 0 && i > 0 && ends(token, tokens[i + 1])) parts.push([]);
    if (token === "(") depth++;
    parts.at(-1)?.push(token);
  }
  return parts;
}

function queryOf(tokens: Tokens, columns?: readonly string[]): string {
  const parts = cut(tokens, (token) => ["union", "intersect", "except"].includes(token));
  if (parts.length > 1)
    return parts
      .map((part, i) => {
        const words = i === 0 ? 0 : ["all", "distinct"].includes(part[1] ?? "") ? 2 : 1;
        return [...part.slice(0, words), selectOf(part.slice(words), i === 0 ? columns : undefined)].join(" ");
      })
      .join(" ");
  return selectOf(tokens, columns);
}

const clauses: readonly string[] = [
  "from",
  "where",
  "group",
  "having",
  "window",
  "order",
  "limit",
  "offset",
  "fetch",
  "for",
];

function selectOf(tokens: Tokens, columns?: readonly string[]): string {
  const start = tokens.indexOf("select");
  if (start < 0) return tokens.join(" ");
  const [head = [], ...rest] = cut(tokens.slice(start), (token) => clauses.includes(token));
  const from = rest.find(([word]) => word === "from") ?? [];
  const plain = unqualified(from);
  const distinct = head[1] === "distinct" && head[2] !== "on" ? ["distinct"] : [];
  const items = listed(plain(head.slice(1 + distinct.length))).map((item, i) => itemOf(item, columns?.[i]));
  const shown = items.map(({ expression, name }) => `${expression} as ${name}`).join(", ");
  return [
    ...tokens.slice(0, start),
    "select",
    ...distinct,
    shown,
    ...rest.map((clause) => clauseOf(clause[0] === "from" ? clause : plain(clause), items)),
  ].join(" ");
}

interface Item {
  readonly expression: string;
  readonly name: string;
}

function clauseOf(clause: Tokens, items: readonly Item[]): string {
  const [word = ""] = clause;
  if (word === "from") return fromOf(clause);
  if (word === "where" || word === "having") return `${word} ${conditionOf(clause.slice(1))}`;
  if ((word === "group" || word === "order") && clause[1] === "by") {
    const by = listed(clause.slice(2)).map((part) => sortedBy(part, items));
    return `${word} by ${by.join(", ")}`;
  }
  return clause.join(" ");
}

/** `1` is what the query shows first; ascending goes without saying. */
function sortedBy(part: Tokens, items: readonly Item[]): string {
  const at = part.findIndex((token) => ["asc", "desc", "nulls", "using"].includes(token));
  const expression = at < 0 ? part : part.slice(0, at);
  const how = (at < 0 ? [] : part.slice(at)).filter((token) => token !== "asc");
  const [only = ""] = expression;
  const meant =
    expression.length === 1
      ? (items[/^\d+$/.test(only) ? Number(only) - 1 : -1]?.expression ??
        items.find(({ name }) => name === only)?.expression)
      : undefined;
  return [meant ?? expressionOf(expression), ...how].join(" ");
}

/** Parts of a list, without their commas. */
const listed = (tokens: Tokens): readonly Tokens[] =>
  cut(tokens, (token) => token === ",").map((part) => (part[0] === "," ? part.slice(1) : part));

function itemOf(tokens: Tokens, given?: string): Item {
  const as = tokens.lastIndexOf("as");
  const explicit = as > 0 && as === tokens.length - 2;
  const bare =
    !explicit && tokens.length > 1 && isName(tokens.at(-1)) && /^(?:\)|'.*'|[\w"]+)$/.test(tokens.at(-2) ?? "");
  const implicit = bare && tokens.at(-1) !== "end" && !tokens.includes("::") && tokens.at(-2) !== "at";
  const expression = explicit ? tokens.slice(0, as) : implicit ? tokens.slice(0, -1) : tokens;
  const written = explicit || implicit ? tokens.at(-1) : nameOf(expression);
  return { expression: expressionOf(expression), name: given === undefined ? (written ?? "") : nameToken(given) };
}

const isName = (token: string | undefined): boolean =>
  token !== undefined && /^(?:[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|".*")$/s.test(token);

const nameToken = (name: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** What PostgreSQL calls a column that has no name (FigureColname in its parse_target.c). */
function nameOf(tokens: Tokens): string {
  const cast = cut(tokens, (token) => token === "::");
  if (cast.length > 1) return nameOf(cast[0] ?? []);
  const last = tokens.at(-1);
  if (tokens.length === 1 || tokens.at(-2) === ".") return isName(last) ? (last ?? "") : "?column?";
  if (tokens[0] === "case") return "case";
  const called = cut(tokens, (token) => token === "(")[0] ?? [];
  return isName(called.at(-1)) && closing(tokens, called.length) === tokens.length - 1
    ? (called.at(-1) ?? "")
    : "?column?";
}

/** Joins by their short names, tables and their aliases without AS. */
function fromOf(clause: Tokens): string {
  const short = clause.filter(
    (token, i) => !(token === "outer" || token === "as" || (token === "inner" && clause[i + 1] === "join")),
  );
  const joins = cut(short, (token, next) => token === "," || isJoin(token, next));
  return joins
    .map((join) => {
      const [relation = [], on] = cut(join, (token) => token === "on");
      const table = relation.filter(
        (token, i) => !isSchema(relation, i) && !(token === "." && isSchema(relation, i - 1)),
      );
      return on ? `${table.join(" ")} on ${conditionOf(on.slice(1))}` : table.join(" ");
    })
    .join(" ");
}

const isJoin = (token: string, next: string | undefined): boolean =>
  ["left", "right", "full", "cross", "natural"].includes(token) || (token === "join" && next !== undefined);

/** The current schema goes without saying. */
const isSchema = (tokens: Tokens, i: number): boolean => tokens[i] === "public" && tokens[i + 1] === ".";

/** Removes the only table's name before columns. */
function unqualified(from: Tokens): (tokens: Tokens) => Tokens {
  const names = from.slice(1).filter((token, i, all) => token !== "as" && token !== "." && !isSchema(all, i));
  const single = names.length > 0 && names.length <= 2 && names.every(isName);
  if (!single) return (tokens) => tokens;
  return (tokens) =>
    tokens.filter((token, i) => {
      if (names.includes(token) && tokens[i + 1] === "." && tokens[i - 1] !== ".") return false;
      return !(token === "." && names.includes(tokens[i - 1] ?? "") && tokens[i - 2] !== ".");
    });
}

/** A list of conditions that all hold, each without parentheses around it. */
function conditionOf(tokens: Tokens): string {
  const parts = cut(tokens, (token) => token === "and" || token === "or" || token === "between");
  if (parts.length < 2 || parts.slice(1).some(([word]) => word !== "and")) return expressionOf(bared(tokens));
  return parts.map((part, i) => conditionOf(bared(i === 0 ? part : part.slice(1)))).join(" and ");
}

const bared = (tokens: Tokens): Tokens =>
  tokens[0] === "(" && closing(tokens, 0) === tokens.length - 1 ? bared(tokens.slice(1, -1)) : tokens;

const expressionOf = (tokens: Tokens): string => canonicalExpression(tokens.join(" "));
