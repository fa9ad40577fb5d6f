import { stringLiteral } from "../../core/ddl/sql.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { canonicalType, isNumericType, isTextType } from "./types.ts";

/**
 * One spelling for the many that PostgreSQL and people have of the same expression: `status IN ('a', 'b')` comes back from the catalog
 * as `((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`. Casts of literals, casts to text and
 * redundant parentheses go, keywords become lower case, synonyms become one. What the reader does not know is only
 * freed of white space and case.
 */
export function canonicalExpression(sql: string): string {
  const tokens = tokensOf(sql);
  if (!tokens) return sql.trim();
  const reader: Reader = { tokens, at: 0 };
  try {
    const result = expression(reader, 0);
    if (reader.at === tokens.length) return result.text;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return tokens.map(tokenText).join(" ");
}

/** A number in its shortest form: `1.50` is `1.5`, `1e3` is `1000`. Numbers too long for a double keep their digits. */
export function canonicalNumber(text: string): string {
  const [, sign, before = "", after = "", exponent = "0"] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  // No numeric type holds more.
  if (sign === undefined || Math.abs(Number(exponent)) > 1000) return text.toLowerCase();
  const point = before.length + Number(exponent);
  const digits = `${"0".repeat(Math.max(0, 1 - point))}${before}${after}`.padEnd(point, "0");
  const whole = digits.slice(0, Math.max(1, point)).replace(/^0+(?=\d)/, "");
  const fraction = digits.slice(Math.max(1, point)).replace(/0+$/, "");
  const value = `${whole}${fraction && `.${fraction}`}`;
  return sign === "-" && value !== "0" ? `-${value}` : value;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

interface Part {
  readonly text: string;
  /** Literals lose their casts; everything else keeps all but those to text. */
  readonly literal?: boolean;
  /** Of AND and OR, which are associative: `(a AND b) AND c` and `a AND (b AND c)` are the same list. */
  readonly chain?: { readonly operator: string; readonly operands: readonly string[] };
}

class Unreadable extends Error {}

/** Binding powers of https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE. */
const powers: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  is: 4,
  "<": 5,
  ">": 5,
  "=": 5,
  "<=": 5,
  ">=": 5,
  "<>": 5,
  "!=": 5,
  between: 6,
  in: 6,
  like: 6,
  ilike: 6,
  not: 6,
  "+": 8,
  "-": 8,
  "*": 9,
  "/": 9,
  "%": 9,
  "^": 10,
  "[": 12,
  "::": 13,
};
const notPower = 3;
const isPower = 4;
const wordPower = 6;
const otherOperatorPower = 7;
const unaryPower = 11;

function expression(r: Reader, power: number): Part {
  let left = prefix(r);
  for (;;) {
    const token = r.tokens[r.at];
    const binding = token && powerOf(token);
    if (binding === undefined || binding <= power) return left;
    r.at++;
    left = infix(r, left, token?.text ?? "", binding);
  }
}

function powerOf({ kind, text }: Token): number | undefined {
  if (kind === "name") return Object.hasOwn(powers, text) ? powers[text] : undefined;
  if (kind !== "operator" || /^[()\],.]$/.test(text)) return undefined;
  return powers[text] ?? otherOperatorPower;
}

function prefix(r: Reader): Part {
  const token = take(r);
  if (token.kind === "string") return { text: stringLiteral(token.text), literal: true };
  if (token.kind === "number") return { text: canonicalNumber(token.text), literal: true };
  if (token.kind === "operator") return prefixOperator(r, token.text);
  if (token.kind === "quoted") return name(r, tokenText(token));
  if (token.text === "not") return { text: `(not ${expression(r, notPower).text})` };
  if (token.text === "array" && accept(r, "[")) return { text: `array[${list(r, "]").join(", ")}]`, literal: true };
  if (token.text === "cast" && accept(r, "(")) return castCall(r);
  if (reserved.has(token.text)) throw new Unreadable();
  const next = r.tokens[r.at];
  // `date '2020-01-01'`: a literal with its type in front.
  if (next?.kind === "string" && !Object.hasOwn(powers, token.text)) return prefix(r);
  return name(r, token.text);
}

const reserved = new Set([
  "case",
  "select",
  "extract",
  "position",
  "substring",
  "overlay",
  "trim",
  "collate",
  "row",
  "exists",
]);
const constants = new Set(["true", "false", "null"]);
const synonyms: Readonly<Record<string, string>> = {
  "now()": "current_timestamp",
  "transaction_timestamp()": "current_timestamp",
};

function prefixOperator(r: Reader, operator: string): Part {
  if (operator === "(") {
    const inner = expression(r, 0);
    expect(r, ")");
    return inner;
  }
  if (operator !== "-" && operator !== "+") throw new Unreadable();
  const operand = expression(r, unaryPower);
  if (operator === "+" && operand.literal) return operand;
  if (operand.literal && /^\d/.test(operand.text)) return { text: `-${operand.text}`, literal: true };
  return { text: `(${operator} ${operand.text})` };
}

/** A column, a constant or a call, perhaps qualified. */
function name(r: Reader, first: string): Part {
  let text = first;
  while (accept(r, ".")) {
    const part = take(r);
    text = `${text === "pg_catalog" ? "" : `${text}.`}${tokenText(part)}`;
  }
  if (!accept(r, "(")) return { text, ...(constants.has(text) && { literal: true }) };
  const call = `${text}(${list(r, ")").join(", ")})`;
  return { text: synonyms[call] ?? call };
}

function list(r: Reader, end: string): readonly string[] {
  const items: string[] = [];
  if (accept(r, end)) return items;
  do items.push(expression(r, 0).text);
  while (accept(r, ","));
  expect(r, end);
  return items;
}

function infix(r: Reader, left: Part, operator: string, power: number): Part {
  if (operator === "::") return cast(left, typeName(r));
  if (operator === "[") {
    const index = expression(r, 0).text;
    expect(r, "]");
    return { text: `${left.text}[${index}]` };
  }
  if (operator === "is") return isTest(r, left);
  if (operator === "not") return wordTest(r, left, take(r).text, true);
  if (power === wordPower) return wordTest(r, left, operator, false);
  const symbol = operator === "!=" ? "<>" : operator;
  if (accept(r, "any") || accept(r, "some")) return { text: `(${left.text} ${symbol} any(${argument(r)}))` };
  if (accept(r, "all")) return { text: `(${left.text} ${symbol} all(${argument(r)}))` };
  const right = expression(r, power);
  return symbol === "and" || symbol === "or"
    ? chain(symbol, left, right)
    : { text: `(${left.text} ${symbol} ${right.text})` };
}

function chain(operator: string, left: Part, right: Part): Part {
  const operands = [left, right].flatMap((part) =>
    part.chain?.operator === operator ? part.chain.operands : [part.text],
  );
  return { text: `(${operands.join(` ${operator} `)})`, chain: { operator, operands } };
}

/** `IS [NOT] NULL | TRUE | FALSE | UNKNOWN | DISTINCT FROM …` */
function isTest(r: Reader, left: Part): Part {
  const not = accept(r, "not");
  if (!accept(r, "distinct")) return { text: `(${left.text} is ${not ? "not " : ""}${take(r).text})` };
  expect(r, "from");
  const test = `(${left.text} is distinct from ${expression(r, isPower).text})`;
  return { text: not ? `(not ${test})` : test };
}

/** The tests that SQL writes in words and PostgreSQL in operators. */
function wordTest(r: Reader, left: Part, word: string, not: boolean): Part {
  if (word === "like" || word === "ilike") {
    const operator = `${not ? "!" : ""}~~${word === "ilike" ? "*" : ""}`;
    return { text: `(${left.text} ${operator} ${expression(r, wordPower).text})` };
  }
  if (word === "between") {
    const low = expression(r, wordPower).text;
    expect(r, "and");
    const high = expression(r, wordPower).text;
    const bounds = [`(${left.text} ${not ? "<" : ">="} ${low})`, `(${left.text} ${not ? ">" : "<="} ${high})`].map(
      (text) => ({ text }),
    );
    return chain(not ? "or" : "and", bounds[0] as Part, bounds[1] as Part);
  }
  if (word !== "in") throw new Unreadable();
  expect(r, "(");
  const items = list(r, ")");
  const equal = not ? "<>" : "=";
  if (items.length === 1) return { text: `(${left.text} ${equal} ${items[0]})` };
  return { text: `(${left.text} ${equal} ${not ? "all" : "any"}(array[${items.join(", ")}]))` };
}

function cast(operand: Part, type: string): Part {
  if (operand.literal) return isNumericType(type) ? { ...operand, text: unquotedNumber(operand.text) } : operand;
  return isTextType(type) ? operand : { text: `${operand.text}::${type}` };
}

const unquotedNumber = (literal: string): string => {
  const digits = /^'([+-]?\d+(?:\.\d+)?)'$/.exec(literal)?.[1];
  return digits === undefined ? literal : canonicalNumber(digits);
};

function castCall(r: Reader): Part {
  const operand = expression(r, 0);
  expect(r, "as");
  const type = typeName(r);
  expect(r, ")");
  return cast(operand, type);
}

const typeWords = new Set(["precision", "varying", "with", "without", "time", "zone"]);

function typeName(r: Reader): string {
  let text = tokenText(take(r));
  for (;;) {
    const next = r.tokens[r.at];
    if (accept(r, "[")) text = `${text}${emptyBrackets(r)}`;
    else if (accept(r, ".")) text = `${text}.${tokenText(take(r))}`;
    else if (next?.kind === "name" && typeWords.has(next.text)) text = `${text} ${take(r).text}`;
    else if (accept(r, "(")) text = `${text}(${list(r, ")").join(",")})`;
    else return canonicalType(text);
  }
}

function emptyBrackets(r: Reader): string {
  expect(r, "]");
  return "[]";
}

function argument(r: Reader): string {
  expect(r, "(");
  const inner = expression(r, 0).text;
  expect(r, ")");
  return inner;
}

/** A quoted name that need not be quoted is the same as the plain one. */
function tokenText({ kind, text }: Token): string {
  if (kind === "string") return stringLiteral(text);
  if (kind === "quoted")
    return /^[a-z_][a-z0-9_]*$/.test(text) && !reserved.has(text) && !Object.hasOwn(powers, text)
      ? text
      : `"${text.replaceAll('"', '""')}"`;
  return text;
}

function take(r: Reader): Token {
  const token = r.tokens[r.at++];
  if (!token) throw new Unreadable();
  return token;
}

function accept(r: Reader, text: string): boolean {
  const token = r.tokens[r.at];
  const found = token?.text === text && (token.kind === "operator" || token.kind === "name");
  if (found) r.at++;
  return found;
}

function expect(r: Reader, text: string): void {
  if (!accept(r, text)) throw new Unreadable();
}
