import { stringLiteral } from "../../core/ddl/sql.ts";
import { canonicalInterval } from "./interval.ts";
import { accept, expect, type Part, powers, type Reader, reserved, take, tokenText, Unreadable } from "./reader.ts";
import { specialForm } from "./special-forms.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { canonicalType, isNumericType, isTextType } from "./types.ts";

/**
 * One spelling for the many that PostgreSQL and people have of the same expression: `status IN ('a', 'b')` comes back from the catalog
 * as `((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`. Casts of literals, casts to text and
 * redundant parentheses go, keywords become lower case, synonyms become one. What the reader does not know is only
 * freed of white space and case.
 */
export function canonicalExpression(sql: string, idle?: Reader["idle"]): string {
  const tokens = tokensOf(sql);
  if (!tokens) return sql.trim();
  const reader: Reader = { tokens, at: 0, ...(idle && { idle }) };
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

const notPower = 3;
const isPower = 4;
const wordPower = 6;
const otherOperatorPower = 7;
const unaryPower = 11;

function expression(r: Reader, power: number): Part {
  let left = prefix(r);
  for (;;) {
    const token = r.tokens[r.at];
    const binding = token && powerOf(token, r.tokens[r.at + 1]);
    if (binding === undefined || binding <= power) return left;
    r.at++;
    left = infix(r, left, token?.text ?? "", binding);
  }
}

function powerOf({ kind, text }: Token, next: Token | undefined): number | undefined {
  // Behind an operand, `at` is no name.
  if (kind === "name" && text === "at" && next?.text !== "time") return undefined;
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
  const form = specialForm(r, token.text, expression);
  if (form) return form;
  if (reserved.has(token.text)) throw new Unreadable();
  const next = r.tokens[r.at];
  // `date '2020-01-01'`: a literal with its type in front.
  if (next?.kind === "string" && (token.text === "at" || !Object.hasOwn(powers, token.text)))
    return cast(r, prefix(r), canonicalType(token.text));
  return name(r, token.text);
}

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
  if (operator !== "-" && operator !== "+") return { text: `(${operator} ${expression(r, otherOperatorPower).text})` };
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
  const given = list(r, ")");
  if (text === "timezone" && given.length === 2) return { text: `(${given[1]} at time zone ${given[0]})` };
  const call = `${text}(${given.join(", ")})`;
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
  if (operator === "::") return cast(r, left, typeName(r));
  if (operator === "[") {
    const index = expression(r, 0).text;
    expect(r, "]");
    return { text: `${left.text}[${index}]` };
  }
  if (operator === "is") return isTest(r, left);
  if (operator === "isnull" || operator === "notnull")
    return { text: `(${left.text} is ${operator === "notnull" ? "not " : ""}null)` };
  if (operator === "collate") return { text: `(${left.text} collate ${qualifiedName(r)})` };
  if (operator === "at") {
    expect(r, "time");
    expect(r, "zone");
    return { text: `(${left.text} at time zone ${expression(r, power).text})` };
  }
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

function qualifiedName(r: Reader): string {
  let text = tokenText(take(r));
  while (accept(r, ".")) text = `${text === "pg_catalog" ? "" : `${text}.`}${tokenText(take(r))}`;
  return text;
}

/** The tests that SQL writes in words and PostgreSQL in operators. */
function wordTest(r: Reader, left: Part, word: string, not: boolean): Part {
  if (word === "like" || word === "ilike") {
    const operator = `${not ? "!" : ""}~~${word === "ilike" ? "*" : ""}`;
    const pattern = expression(r, wordPower).text;
    const whole = accept(r, "escape") ? `like_escape(${pattern}, ${expression(r, wordPower).text})` : pattern;
    return { text: `(${left.text} ${operator} ${whole})` };
  }
  if (word === "similar") {
    expect(r, "to");
    return { text: `(${left.text} ${not ? "!" : ""}~ similar_to_escape(${expression(r, wordPower).text}))` };
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

function cast(r: Reader, operand: Part, type: string): Part {
  if (r.idle && !r.idle(type, operand.literal ? operand.text : undefined))
    return { text: `${operand.literal ? literalOf(operand.text, type) : operand.text}::${type}` };
  if (operand.literal) return { ...operand, text: literalOf(operand.text, type) };
  return isTextType(type) ? operand : { text: `${operand.text}::${type}` };
}

/** A literal as the server writes it out for a type, where that takes no more than a look. */
function literalOf(text: string, type: string): string {
  if (isNumericType(type)) return unquotedNumber(text);
  const inner = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (inner === undefined) return text;
  if (type === "boolean" && /^(?:t|true|y|yes|on|1)$/i.test(inner.trim())) return "true";
  if (type === "boolean" && /^(?:f|false|n|no|off|0)$/i.test(inner.trim())) return "false";
  if (type === "interval") return `'${canonicalInterval(inner)}'`;
  return type === "uuid" ? text.toLowerCase() : text;
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
  return cast(r, operand, type);
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
