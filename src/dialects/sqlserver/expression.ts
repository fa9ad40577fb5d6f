import { isBareName } from "../../core/schema/sql-names.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { type Tree, treeOf } from "./expression-tree.ts";
import { stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType } from "./types.ts";

/** The one spelling of an expression that godwit compares. What is not understood counts as it is written, but for blanks and case. */
export function canonicalExpression(sql: string): string {
  const tree = treeOf(sql);
  return tree ? written(tree, canonical, 0) : wordsOf(sql, scriptSyntax).join(" ").toLowerCase();
}

/** What the catalog tells, as a person would write it: without the brackets and parentheses that mean nothing. */
export function readableExpression(sql: string): string {
  const tree = treeOf(sql);
  return tree ? written(tree, readable, 0) : sql;
}

/** The tree of what an expression converts to this type; `undefined` where that is not all that it does. */
export function convertedTo(sql: string, type: string): string | undefined {
  const tree = treeOf(sql);
  if (tree?.kind !== "cast" || tree.style || canonicalType(tree.type) !== canonicalType(type)) return undefined;
  return written(tree.of, readable, 0);
}

interface Style {
  name(part: string): string;
  word(word: string): string;
  type(type: string): string;
  call(name: string): string;
  operands(operator: string, list: readonly string[]): readonly string[];
}

/** In which order conditions stand means nothing. */
const canonical: Style = {
  name: (part) => part.toLowerCase(),
  word: (word) => (word === "CURRENT_TIMESTAMP" ? "getdate()" : word.toLowerCase()),
  type: canonicalType,
  call: (name) => name.toLowerCase(),
  operands: (operator, list) => (operator === "OR" || operator === "AND" ? list.toSorted() : list),
};

const readable: Style = {
  name: (part) => (isBareName(part.toLowerCase()) && /^\w+$/.test(part) ? part : `[${part.replaceAll("]", "]]")}]`),
  word: (word) => word,
  type: (type) => canonicalType(type).toUpperCase(),
  call: (name) => name,
  operands: (_, list) => list,
};

const ranks: Readonly<Record<string, number>> = {
  OR: 1,
  AND: 2,
  NOT: 3,
  "+": 5,
  "-": 5,
  "&": 5,
  "|": 5,
  "^": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  "~": 7,
};

/** `least`: how tightly an operator has to bind to do without parentheses. */
function written(tree: Tree, style: Style, least: number): string {
  switch (tree.kind) {
    case "name":
      return tree.parts.map(style.name).join(".");
    case "text":
      return stringLiteral(tree.text);
    case "word":
      return style.word(tree.word);
    case "call":
      return `${style.call(tree.name)}(${tree.args.map((arg) => written(arg, style, 0)).join(", ")})`;
    case "cast":
      return tree.style
        ? `CONVERT(${style.type(tree.type)}, ${written(tree.of, style, 0)}, ${written(tree.style, style, 0)})`
        : `CAST(${written(tree.of, style, 0)} AS ${style.type(tree.type)})`;
    case "case":
      return caseText(tree, style);
    case "operator":
      return operatorText(tree, style, least);
  }
}

function caseText({ of, whens, last }: Extract<Tree, { kind: "case" }>, style: Style): string {
  const branches = whens.map(([when, value]) => `WHEN ${written(when, style, 0)} THEN ${written(value, style, 0)}`);
  return [
    "CASE",
    ...(of ? [written(of, style, 0)] : []),
    ...branches,
    ...(last ? [`ELSE ${written(last, style, 0)}`] : []),
    "END",
  ].join(" ");
}

function operatorText({ operator, of }: Extract<Tree, { kind: "operator" }>, style: Style, least: number): string {
  const rank = operator === "-" && of.length === 1 ? 7 : (ranks[operator] ?? 4);
  const operands = style.operands(
    operator,
    of.map((operand, i) => written(operand, style, rank + (i > 0 || rank === 4 ? 1 : 0))),
  );
  const text = textOf(operator, operands);
  return rank < least ? `(${text})` : text;
}

function textOf(operator: string, operands: readonly string[]): string {
  const [only = ""] = operands;
  if (operands.length > 1) return operands.join(` ${operator} `);
  if (operator.startsWith("IS")) return `${only} ${operator}`;
  return operator === "NOT" ? `NOT ${only}` : `${operator}${only}`;
}
