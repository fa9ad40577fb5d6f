import { attributesOf } from "../../core/schema/composite-types.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { canonicalSql, sqlTokens, withoutEnd } from "../../core/schema/sql-text.ts";
import { canonicalExpression } from "./expression.ts";
import { canonicalQuery } from "./query.ts";
import { canonicalType } from "./types.ts";

/** The names of its columns become part of its query, as the catalog has it. */
export function canonicalView({ columns, ...view }: View): View {
  const options = Object.entries(view.options ?? {}).map(([key, value]) => [key.toLowerCase(), value.toLowerCase()]);
  return {
    ...view,
    query: canonicalQuery(view.query, columns),
    ...(view.options && { options: Object.fromEntries(options) as Readonly<Record<string, string>> }),
  };
}

/** What the server tells of a function, a trigger or a policy in one way, people write in several. */
export function canonicalObject(object: ManagedObject): ManagedObject {
  const { kind } = object;
  const tokens = sqlTokens(withoutEnd(object.definition));
  if (kind === "function" || kind === "procedure")
    return { ...object, name: routineName(object.name), definition: routine(tokens) };
  if (kind === "trigger") return { ...object, definition: trigger(tokens) };
  if (kind === "policy") return { ...object, definition: policy(tokens) };
  if (kind === "grant")
    return { ...object, name: object.name.replace(/^public$/i, "public"), definition: grants(tokens) };
  if (kind === "composite_type") return { ...object, definition: composite(object.definition, tokens) };
  return { ...object, name: named.has(kind) ? routineName(object.name) : object.name, definition: other(kind, tokens) };
}

/** Kinds whose names say types. */
const named: ReadonlySet<string> = new Set(["aggregate", "operator"]);

type Tokens = readonly string[];

/** `area(int, decimal)` → `area(integer, numeric)`. */
function routineName(name: string): string {
  const [, plain = name, types] = /^([^(]*)\(([\s\S]*)\)\s*$/.exec(name) ?? [];
  return types === undefined
    ? name
    : `${canonicalSql(plain)}(${types
        .split(",")
        .map((type) => canonicalType(type.trim()))
        .join(", ")})`;
}

/** Clauses in one order, without those that say what goes without saying. */
function routine(all: Tokens): string {
  const tokens = all.filter(
    (token, i) => !(token === "or" && all[i + 1] === "replace") && !(token === "replace" && all[i - 1] === "or"),
  );
  const end = closing(tokens, tokens.indexOf("("));
  const head = typed(unqualified(tokens.slice(0, end + 1)).filter((token) => token !== "in" && token !== "="));
  const clauses: string[][] = [];
  for (const [i, token] of tokens.slice(end + 1).entries()) {
    const before = tokens[end + i] ?? "";
    if (clauses.length === 0 || (starters.has(token) && !joined.has(before) && clauses.at(-1)?.[0] !== "begin"))
      clauses.push([]);
    clauses.at(-1)?.push(token);
  }
  const texts = clauses.map((clause) =>
    clause[0] === "returns" ? typed(clause) : clause.join(" ").replace(/^language '(.*)'$/, "language $1"),
  );
  const named = texts
    .map((text) => (text === "returns null on null input" ? "strict" : text))
    .map((text) => text.replace(/^(set \S+) to /, "$1 = "));
  return [head, ...named.filter((text) => !usual.has(text)).sort()].join(" ");
}

const starters = new Set(
  "returns language immutable stable volatile strict called security external leakproof not parallel cost rows set as window support transform return begin".split(
    " ",
  ),
);
/** Words that the next one belongs to, although it could begin a clause. */
const joined = new Set(["not", "external", "returns", "null"]);
const usual = new Set([
  "volatile",
  "called on null input",
  "security invoker",
  "not leakproof",
  "parallel unsafe",
  "cost 100",
  "rows 1000",
]);

/** Names of types as the catalog has them. */
const typed = (tokens: Tokens): string =>
  tokens
    .map((token) => (/^[a-z]\w*$/.test(token) && Object.hasOwn(short, token) ? (short[token] ?? token) : token))
    .join(" ");

const short: Readonly<Record<string, string>> = {
  int: "integer",
  int4: "integer",
  int2: "smallint",
  int8: "bigint",
  bool: "boolean",
  varchar: "character varying",
  char: "character",
  decimal: "numeric",
  float8: "double precision",
  float4: "real",
  timestamptz: "timestamp with time zone",
  default: "default",
};

/** Events in the order of the catalog; https://www.postgresql.org/docs/current/sql-createtrigger.html */
function trigger(all: Tokens): string {
  const tokens = unqualified(all).filter(
    (token, i, list) =>
      !(token === "or" && list[i + 1] === "replace") && !(token === "replace" && list[i - 1] === "or"),
  );
  const [first, on] = [
    tokens.findIndex((token) => ["before", "after", "instead"].includes(token)),
    tokens.indexOf("on"),
  ];
  if (first < 0 || on < first) return tokens.join(" ");
  const start = first + (tokens[first] === "instead" ? 2 : 1);
  const events = tokens.slice(start, on).join(" ").split(" or ").sort();
  const rest = tokens
    .slice(on)
    .map((token, i, list) => (token === "procedure" && list[i - 1] === "execute" ? "function" : token));
  const when = rest.indexOf("when");
  const told = when < 0 ? rest.join(" ") : withCondition(rest, when);
  const each = told.replace(/ for (row|statement) /, " for each $1 ");
  const whole = / for each (?:row|statement) /.test(each)
    ? each
    : each.replace(/ (?=when |execute )/, " for each statement ");
  return [...tokens.slice(0, start), events.join(" or "), whole].join(" ");
}

function withCondition(tokens: Tokens, at: number): string {
  const end = closing(tokens, at + 1);
  if (end < 0) return tokens.join(" ");
  const condition = canonicalExpression(tokens.slice(at + 2, end).join(" "));
  return [...tokens.slice(0, at), `when (${condition})`, ...tokens.slice(end + 1)].join(" ");
}

/** https://www.postgresql.org/docs/current/sql-createpolicy.html */
function policy(all: Tokens): string {
  const tokens = unqualified(all);
  const parts: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const open = tokens[i] === "(" && ["using", "check"].includes(tokens[i - 1] ?? "") ? closing(tokens, i) : -1;
    if (open < 0) parts.push(tokens[i] ?? "");
    else {
      parts.push(`(${canonicalExpression(tokens.slice(i + 1, open).join(" "))})`);
      i = open;
    }
  }
  return parts.join(" ").replace(" as permissive", "").replace(" for all", "").replace(" to public", "");
}

/** Privileges in one order. ALL means those of a table, and MAINTAIN is among them since version 17. */
function grants(tokens: Tokens): string {
  const statements: string[][] = [[]];
  for (const token of unqualified(tokens)) {
    if (token === ";") statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.map(privileges).sort().join("; ");
}

function privileges(tokens: Tokens): string {
  const on = tokens.indexOf("on");
  const list = tokens
    .slice(1, on)
    .join(" ")
    .split(/ , (?![^(]*\))/)
    .map((text) => text.replace(/\((.*)\)/, (_, columns: string) => `(${columns.split(" , ").sort().join(", ")})`));
  const words = list.flatMap((word) =>
    /^all(?: privileges)?$/.test(word) && tokens[on + 1] !== "function" ? ofTables : [word],
  );
  const isAll = ofTables.every((word) => words.includes(word));
  const told = words.filter((word) => !(isAll && word === "maintain"));
  const target = tokens.slice(on).filter((token, i) => !(i === 1 && token === "table"));
  return [tokens[0] ?? "", told.sort().join(", "), typed(target)].join(" ");
}

const ofTables = ["delete", "insert", "references", "select", "trigger", "truncate", "update"];

/** Types of attributes as the catalog has them, and what describes them. */
function composite(definition: string, tokens: Tokens): string {
  const attributes = attributesOf(definition) ?? [];
  const end = tokens.indexOf(";");
  return [
    tokens.slice(0, tokens.indexOf("(")).join(" "),
    ...attributes.map(({ name, type }) => `${name} ${typeOf(type)}`),
    ...(end < 0 ? [] : [unqualified(tokens.slice(end)).join(" ")]),
  ].join(", ");
}

function typeOf(written: string): string {
  const [type = "", collation] = written.split(" collate ");
  return collation === undefined ? canonicalType(type) : `${canonicalType(type)} collate ${collation}`;
}

/** Lists of options in one order, without what goes without saying. */
function other(kind: string, all: Tokens): string {
  const tokens = unqualified(
    all.filter(
      (token, i) => !(token === "pg_catalog" && all[i + 1] === ".") && !(token === "." && all[i - 1] === "pg_catalog"),
    ),
  );
  if (kind === "event_trigger" || kind === "cast")
    return typed(tokens.map((token) => (token === "procedure" ? "function" : token)));
  if (!listed.has(kind)) return typed(tokens);
  const open = kind === "aggregate" ? closing(tokens, tokens.indexOf("(")) + 1 : tokens.indexOf("(");
  const end = closing(tokens, open);
  if (open < 0 || end < 0) return typed(tokens);
  const options: string[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open + 1, end)) {
    depth += token === "(" ? 1 : token === ")" ? -1 : 0;
    if (token === "," && depth === 0) options.push([]);
    else options.at(-1)?.push(token);
  }
  const texts = options
    .map(([key = "", ...rest]) => typed([key === "procedure" ? "function" : key, ...rest.map(lower)]))
    .filter((text) => !goesWithoutSaying.has(text));
  return [typed(tokens.slice(0, open)), `(${texts.sort().join(", ")})`, typed(tokens.slice(end + 1))].join(" ");
}

/** Kinds that are made with a list of `key = value`. */
const listed: ReadonlySet<string> = new Set([
  "aggregate",
  "operator",
  "collation",
  "range_type",
  "text_search_dictionary",
]);

const goesWithoutSaying: ReadonlySet<string> = new Set([
  "parallel = unsafe",
  "deterministic = true",
  "provider = libc",
  "deterministic = 'true'",
]);

/** An option may stand in quotes or not. */
const lower = (token: string): string => (/^'[a-z0-9_]+'$/i.test(token) ? token.slice(1, -1) : token);

/** Without the schema that names lead to anyway. */
const unqualified = (tokens: Tokens): Tokens =>
  tokens.filter(
    (token, i) => !(token === "public" && tokens[i + 1] === ".") && !(token === "." && tokens[i - 1] === "public"),
  );

function closing(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let i = open; i >= 0 && i < tokens.length; i++) {
    if (tokens[i] === "(") depth++;
    if (tokens[i] === ")" && --depth === 0) return i;
  }
  return -1;
}
