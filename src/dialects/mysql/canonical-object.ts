import type { AroundView } from "../../core/ddl/dialect.ts";
import { plainObjectName } from "../../core/schema/managed.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { canonicalQuery } from "./query.ts";
import { closing, type Token, tokenize } from "./tokens.ts";
import { canonicalType } from "./types.ts";

/** The names of its columns become part of its query, as the catalog has it. Who has made it does not count. */
export function canonicalView({ columns, comment: _, columnComments: __, ...view }: View, around: AroundView): View {
  const { definer: ___, ...options } = view.options ?? {};
  const told = Object.entries(options)
    .map(([key, value]) => [key, /^(?:true|on|1)$/i.test(value) ? "true" : value.toLowerCase()] as const)
    .filter(([, value]) => !["undefined", "false", "off", "0"].includes(value));
  const { options: ____, ...rest } = view;
  return {
    ...rest,
    query: canonicalQuery(view.query, around, columns),
    ...(told.length > 0 && { options: Object.fromEntries(told) as Readonly<Record<string, string>> }),
  };
}

/** What the catalog tells of a function, a trigger or an event in one way, people write in several. */
export function canonicalObject({ comment, ...object }: ManagedObject): ManagedObject {
  const tokens = withoutDefiner(tokenize(object.definition));
  const kept = object.kind !== "trigger" && comment !== undefined ? { comment } : {};
  const definition = (canonical[object.kind] ?? plain)(tokens);
  return { ...object, ...kept, name: plainObjectName(object), definition };
}

const canonical: Readonly<Record<string, (tokens: readonly Token[]) => string>> = {
  function: routine,
  procedure: routine,
  trigger,
  event,
};

/** Texts in JSON, so that they can be no words. */
const text = ({ kind, value }: Token): string => (kind === "string" ? JSON.stringify(value) : value.toLowerCase());
const plain = (tokens: readonly Token[]): string => tokens.map(text).join(" ");

/** `CREATE OR REPLACE DEFINER = root@localhost FUNCTION` → `CREATE FUNCTION`. */
function withoutDefiner(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(({ kind, value }) => kind === "word" && dropped.has(value));
  const kind = tokens[at];
  const first = tokens[0];
  if (!kind || !first) return tokens;
  const rest = tokens.slice(at + 1);
  const guarded = ["if", "not", "exists"].every((word, i) => rest[i]?.value === word);
  return withoutEnd([first, kind, ...(guarded ? rest.slice(3) : rest)]);
}

const dropped = new Set(["function", "procedure", "trigger", "event"]);

const withoutEnd = (tokens: readonly Token[]): readonly Token[] =>
  tokens.at(-1)?.value === ";" ? withoutEnd(tokens.slice(0, -1)) : tokens;

/** What is said of it in one order, without what goes without saying; parameters have types of the catalog. */
function routine(tokens: readonly Token[]): string {
  const open = tokens.findIndex(({ value }) => value === "(");
  const end = closing(tokens, open);
  if (open < 0 || end < 0) return plain(tokens);
  const parameters = commaParts(tokens.slice(open + 1, end)).map(parameter);
  const rest = tokens.slice(end + 1);
  const returns = rest[0]?.value === "returns" ? typeLength(rest) : 0;
  const { said, body } = characteristics(rest.slice(returns));
  return [
    ...tokens.slice(0, open).map(text),
    `(${parameters.join(", ")})`,
    ...(returns > 0 ? [`returns ${typeText(rest.slice(1, returns))}`] : []),
    ...said,
    plain(body),
  ].join(" ");
}

function commaParts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "symbol" && token.value === "(") depth++;
    if (token.kind === "symbol" && token.value === ")") depth--;
    if (token.kind === "symbol" && token.value === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function parameter(tokens: readonly Token[]): string {
  const [first] = tokens;
  const direction = tokens.length > 2 && first?.kind === "word" && ["in", "out", "inout"].includes(first.value);
  const [name, ...type] = direction ? tokens.slice(1) : tokens;
  return [
    ...(direction && first?.value !== "in" ? [first?.value] : []),
    name?.value.toLowerCase(),
    typeText(type),
  ].join(" ");
}

/** Its character set goes with its collation, which a parameter need not say. */
function typeText(tokens: readonly Token[]): string {
  const kept: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const { value } = tokens[i] ?? { value: "" };
    if (value === "character" && tokens[i + 1]?.value === "set") i += 2;
    else if (value === "charset" || value === "collate") i += 1;
    else kept.push(tokens[i]?.text ?? "");
  }
  const type = canonicalType(kept.join(" "));
  return type === "json" ? "longtext" : type;
}

/** How many tokens RETURNS has with its type. */
function typeLength(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [i, { kind, value }] of tokens.entries()) {
    if (kind === "symbol" && value === "(") depth++;
    if (kind === "symbol" && value === ")") depth--;
    if (i > 1 && depth === 0 && kind === "word" && !ofType.has(value) && !ofType.has(tokens[i - 1]?.value ?? ""))
      return i;
    if (i > 1 && depth === 0 && kind === "word" && !ofType.has(value) && ofEnd.has(tokens[i - 1]?.value ?? ""))
      return i;
  }
  return tokens.length;
}

const ofEnd = new Set(["unsigned", "zerofill", "precision", "varying"]);
const ofType = new Set([...ofEnd, "character", "charset", "set", "collate"]);

function characteristics(tokens: readonly Token[]): {
  readonly said: readonly string[];
  readonly body: readonly Token[];
} {
  const said: string[] = [];
  let at = 0;
  for (;;) {
    const rest = plain(tokens.slice(at, at + 3));
    const found = phrases.find(({ pattern }) => pattern.test(`${rest} `));
    if (!found) break;
    const words = (found.pattern.exec(`${rest} `)?.[0] ?? "").trim().split(" ");
    if (!found.usual) said.push(words.join(" ").replace(/^not deterministic$/, ""));
    at += found.tokens;
  }
  return { said: said.filter((each) => each !== "").toSorted(), body: tokens.slice(at) };
}

/** https://dev.mysql.com/doc/refman/8.4/en/create-procedure.html; comments are told beside. */
const phrases: readonly { readonly pattern: RegExp; readonly tokens: number; readonly usual?: true }[] = [
  { pattern: /^not deterministic /, tokens: 2, usual: true },
  { pattern: /^deterministic /, tokens: 1 },
  { pattern: /^contains sql /, tokens: 2, usual: true },
  { pattern: /^no sql /, tokens: 2 },
  { pattern: /^(?:reads|modifies) sql data /, tokens: 3 },
  { pattern: /^sql security definer /, tokens: 3, usual: true },
  { pattern: /^sql security invoker /, tokens: 3 },
  { pattern: /^language sql /, tokens: 2, usual: true },
  { pattern: /^comment "/, tokens: 2, usual: true },
];

/** After which other it fires is not compared: what others there are may change. */
function trigger(tokens: readonly Token[]): string {
  const at = tokens.findIndex(
    ({ value }, i) => i > 4 && (value === "follows" || value === "precedes") && tokens[i - 1]?.value === "row",
  );
  return plain(at < 0 ? tokens : [...tokens.slice(0, at), ...tokens.slice(at + 2)]);
}

/** When it starts is when it was made, where nothing is said. */
function event(tokens: readonly Token[]): string {
  const at = tokens.findIndex(({ kind, value }) => kind === "word" && value === "do");
  const head = plain(tokens.slice(0, at))
    .replace(/ starts (?:"[^"]*"|.*?)(?= ends | on completion | enable| disable| comment|$)/, "")
    .replace(" on completion not preserve", "")
    .replace(/ (?:enable)(?= |$)/, "")
    .replace(/ comment "(?:[^"\\]|\\.)*"/, "")
    .replace(/(?<= every )"(\d+)"/, "$1");
  return `${head} ${plain(tokens.slice(at))}`;
}
