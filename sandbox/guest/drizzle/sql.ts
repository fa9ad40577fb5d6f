import { COLUMN, ENUM, TABLE, VIEW } from "./marks.ts";
import { quoted, written } from "./names.ts";
import { isOpaque, needed, problem } from "./opaque.ts";

/** What stands in `sql\`…\``: text as it is, and what is put into it. */
type Chunk = { readonly text: string } | { readonly value: unknown };

/** SQL that is put together from parts; how a column is written is known only where it is used. */
export interface Sql {
  readonly chunks: readonly Chunk[];
  getSQL(): Sql;
  append(more: Sql): Sql;
  inlineParams(): Sql;
  mapWith(): Sql;
  as(alias: string): Sql;
  if(condition: unknown): Sql | undefined;
}

const SQL = Symbol("sql");

export const isSql = (value: unknown): value is Sql => has(value, SQL);

export function sqlOf(chunks: readonly Chunk[]): Sql {
  const self = {
    [SQL]: true,
    chunks,
    getSQL: () => self,
    append: (more: Sql): Sql => sqlOf([...chunks, ...more.chunks]),
    inlineParams: () => self,
    mapWith: () => self,
    as: (alias: string): Sql => sqlOf([...chunks, { text: " AS " }, { value: identifier(alias) }]),
    if: (condition: unknown) => (condition ? self : undefined),
  };
  return self;
}

const tag = (strings: readonly string[], ...values: readonly unknown[]): Sql =>
  sqlOf(strings.flatMap((text, i) => [{ text }, ...(i < values.length ? [{ value: values[i] }] : [])]));

const IDENTIFIER = Symbol("identifier");
const identifier = (name: string) => ({ [IDENTIFIER]: name });

/** The `sql` of Drizzle. */
export const sql = Object.assign(tag, {
  empty: (): Sql => sqlOf([]),
  raw: (text: string): Sql => sqlOf([{ text: String(text) }]),
  fromList: (list: readonly unknown[]): Sql => sqlOf(list.map((value) => ({ value }))),
  join: (list: readonly unknown[], separator?: unknown): Sql =>
    sqlOf(list.flatMap((value, i) => [...(i > 0 && separator !== undefined ? [{ value: separator }] : []), { value }])),
  identifier,
  param: (value: unknown) => value,
  placeholder: (name: string): never => {
    throw problem(`sql.placeholder("${name}") has no value, which only a query could give it`);
  },
});

/** How columns are written: alone, or behind their table as in a query over several. */
export type Writing = "alone" | "qualified";

/** The text of it, with values as literals. */
export function textOf(value: unknown, writing: Writing, quote = '"'): string {
  if (isOpaque(value)) return needed(value, "SQL");
  if (isSql(value)) return value.chunks.map((c) => ("text" in c ? c.text : textOf(c.value, writing, quote))).join("");
  if (Array.isArray(value)) return `(${value.map((item) => textOf(item, writing, quote)).join(", ")})`;
  if (has(value, IDENTIFIER)) return quoted(String(value[IDENTIFIER]), quote);
  if (has(value, COLUMN)) return columnText(value[COLUMN] as Named, writing, quote);
  for (const mark of [TABLE, VIEW, ENUM]) if (has(value, mark)) return placeText(value[mark] as Named, quote);
  return literal(value);
}

interface Named {
  readonly name: string;
  readonly table?: string;
  readonly schema?: string;
}

const placeText = ({ name, schema }: Named, quote: string): string =>
  [schema ?? [], name]
    .flat()
    .map((part) => written(part, quote))
    .join(".");

const columnText = ({ name, table = "", schema }: Named, writing: Writing, quote: string): string =>
  writing === "alone"
    ? written(name, quote)
    : `${placeText({ name: table, ...(schema !== undefined && { schema }) }, quote)}.${written(name, quote)}`;

function has<K extends symbol>(value: unknown, key: K): value is Readonly<Record<K, unknown>> {
  return (typeof value === "object" || typeof value === "function") && value !== null && key in value;
}

export { has as isMarked };

function literal(value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return "NULL";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return textLiteral(value);
  return textLiteral(JSON.stringify(value));
}

export const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
