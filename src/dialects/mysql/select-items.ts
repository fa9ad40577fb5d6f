import { cut, type Relation } from "./select-scope.ts";
import { type Token, tokenize } from "./tokens.ts";

/** What stands between SELECT and FROM, one after the other. */
export interface Item {
  readonly tokens: readonly Token[];
  /** What the column is called. */
  readonly name: string;
  /** Somebody has called it that, or it is a column. */
  readonly isNamed: boolean;
}

/** Stars are the columns of the tables, as far as these are known. */
export function itemsOf(tokens: readonly Token[], relations: readonly Relation[]): readonly Item[] {
  const parts = cut(tokens, ({ kind, value }) => kind === "symbol" && value === ",");
  return parts
    .map((part, i) => (i === 0 ? part : part.slice(1)))
    .flatMap((part) => starOf(part, relations) ?? [itemOf(part)]);
}

function starOf(part: readonly Token[], relations: readonly Relation[]): readonly Item[] | undefined {
  if (part.at(-1)?.value !== "*" || (part.length > 1 && part.at(-2)?.value !== ".")) return undefined;
  const of = part.length > 1 ? part.at(-3)?.value.toLowerCase() : undefined;
  const meant = of === undefined ? relations : relations.filter(({ name }) => name === of);
  if (meant.length === 0 || meant.some(({ columns }) => !columns)) return undefined;
  return meant.flatMap(({ name, columns = [] }) =>
    columns.map((column) => ({ tokens: tokenize(`\`${name}\`.\`${column}\``), name: column, isNamed: true })),
  );
}

function itemOf(part: readonly Token[]): Item {
  const [last, before] = [part.at(-1), part.at(-2)];
  const isWord = last?.kind === "name" || last?.kind === "word" || last?.kind === "string";
  if (last && isWord && before?.kind === "word" && before.value === "as")
    return { tokens: part.slice(0, -2), name: last.value, isNamed: true };
  const ends = before && (before.kind !== "symbol" || before.value === ")") && !notBefore.has(before.value);
  if (
    last &&
    isWord &&
    ends &&
    !(last.kind === "word" && notAliases.has(last.value)) &&
    !(before.kind === "string" && last.kind === "string")
  )
    return { tokens: part.slice(0, -1), name: last.value, isNamed: true };
  const isColumn =
    last !== undefined && isWord && last.kind !== "string" && (part.length === 1 || before?.value === ".");
  return { tokens: part, name: isColumn ? last.value : part.map(({ text }) => text).join(""), isNamed: isColumn };
}

/** Words that cannot be what a column is called, but end an expression. */
const notAliases = new Set([
  "end",
  "null",
  "true",
  "false",
  "day",
  "month",
  "year",
  "hour",
  "minute",
  "second",
  "week",
  "quarter",
]);
/** Words after which an expression goes on. */
const notBefore = new Set([
  "and",
  "or",
  "not",
  "is",
  "in",
  "like",
  "between",
  "interval",
  "div",
  "mod",
  "xor",
  "case",
  "when",
  "then",
  "else",
  "binary",
  "collate",
  "distinct",
  "regexp",
  "rlike",
]);
