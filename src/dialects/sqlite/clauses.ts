import { words } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { isBareName } from "../../core/schema/sql-names.ts";
import { folded } from "./folded.ts";
import { quote } from "./quote.ts";
import { isKeyword, type Token, tokenize } from "./tokens.ts";

const kinds = ["PRIMARY KEY", "UNIQUE", "CHECK", "NOT NULL", "DEFAULT", "COLLATE"] as const;
export type ClauseKind = (typeof kinds)[number];

/** What CREATE TABLE says of a constraint or a column, and a schema has no place for. */
export interface Clause {
  readonly kind: ClauseKind;
  /** What CONSTRAINT calls it; only of what has no name in a schema. */
  readonly label?: string;
  /** The columns that it is about, with what a key says of them: `DESC`, `COLLATE NOCASE`. */
  readonly elements: readonly ClauseElement[];
  /** The condition of a CHECK, which has no elements. */
  readonly check?: string;
  /** What stands behind ON CONFLICT, in upper case. */
  readonly conflict?: string;
}

export interface ClauseElement {
  readonly name: string;
  readonly sorted: string;
}

/**
 * The clauses of the option `clauses`: `PRIMARY KEY (a DESC, b) ON CONFLICT REPLACE, CONSTRAINT told NOT NULL (c)`. Throws ToolError `schema` for text that is
 * none.
 */
export function clausesOf({ name, options }: Pick<TableImage, "name" | "options">): readonly Clause[] {
  const text = options?.["clauses"];
  if (text === undefined) return [];
  return split(tokenize(text), 0).map((tokens) => {
    const clause = clauseOf(tokens, text);
    if (clause) return clause;
    const first = tokens[0]?.start ?? 0;
    const part = text.slice(first, (tokens.at(-1)?.start ?? first) + (tokens.at(-1)?.text.length ?? 0));
    throw new ToolError(
      "schema",
      `option "clauses" of table "${name}" has "${part}"; write PRIMARY KEY (…), UNIQUE (…), CHECK (…), NOT NULL (…), DEFAULT (…) or COLLATE (…), and ON CONFLICT ABORT, FAIL, IGNORE, REPLACE or ROLLBACK behind it`,
      { table: name, option: "clauses" },
    );
  });
}

/** As the option has them. */
export const clausesText = (clauses: readonly Clause[]): string => clauses.map(clauseText).join(", ");

/** The clauses that make a difference to applications: not what a constraint is called, nor what happens anyway. */
export function effectiveClauses(clauses: readonly Clause[]): readonly Clause[] {
  return clauses
    .filter(({ kind }) => kind !== "CHECK")
    .map(({ label: _, conflict, ...rest }) => ({
      ...rest,
      ...(conflict !== undefined && conflict !== "ABORT" && { conflict }),
    }))
    .filter(saysSomething)
    .toSorted((a, b) => (clauseText(a) < clauseText(b) ? -1 : 1));
}

export const saysSomething = ({ label, conflict, elements }: Clause): boolean =>
  label !== undefined || conflict !== undefined || elements.some(({ sorted }) => sorted !== "");

/** ` ON CONFLICT …`, or nothing. */
export const onConflict = (clause: Clause | undefined): string | undefined =>
  clause?.conflict && `ON CONFLICT ${clause.conflict}`;

/** The column of a table's clauses that is about this one column. */
export const columnClause = (clauses: readonly Clause[], kind: ClauseKind, column: string): Clause | undefined =>
  clauses.find((clause) => clause.kind === kind && folded(clause.elements[0]?.name ?? "") === folded(column));

/** Whether a clause is about these columns, in this order. */
export const isAbout = ({ elements }: Clause, columns: readonly string[]): boolean =>
  elements.length === columns.length && elements.every(({ name }, i) => folded(name) === folded(columns[i] ?? ""));

/** SQL in one spelling, to find the CHECK that a clause is about. */
export const spelling = (sql: string): string =>
  tokenize(sql)
    .map(({ kind, text, value }) => (kind === "string" ? text : folded(value)))
    .join(" ");

/** What stands between commas, at a depth of parentheses. */
export function split(tokens: readonly Token[], depth: number): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens)
    if (token.depth === depth && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

/** A column with what follows it, ASC and AUTOINCREMENT left out. */
export function elementOf([name, ...rest]: readonly Token[]): readonly ClauseElement[] {
  if (!name) return [];
  const said = rest.filter((t) => !isKeyword(t, "ASC") && !isKeyword(t, "AUTOINCREMENT"));
  const upper = said.map((t, i) => (isKeyword(said[i - 1], "COLLATE") ? collation(t) : t.text.toUpperCase()));
  return [{ name: name.value, sorted: upper.join(" ") }];
}

const collation = ({ value }: Token): string => (/^\w+$/.test(value) ? value : quote(value));

const actions = ["ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK"];

function clauseOf(tokens: readonly Token[], text: string): Clause | undefined {
  const label = isKeyword(tokens[0], "CONSTRAINT") ? tokens[1]?.value : undefined;
  const rest = label === undefined ? tokens : tokens.slice(2);
  const open = rest.findIndex((t) => t.depth === 0 && t.text === "(");
  const close = rest.findIndex((t) => t.depth === 0 && t.text === ")");
  const head = rest.slice(0, Math.max(open, 0)).map((t) => t.text.toUpperCase());
  const kind = kinds.find((k) => k === head.join(" "));
  const tail = rest.slice(close + 1).map((t) => t.text.toUpperCase());
  const conflict = tail[2] ?? "";
  const isConflict = tail.length === 3 && tail[0] === "ON" && tail[1] === "CONFLICT" && actions.includes(conflict);
  if (!kind || close < open || !(tail.length === 0 || isConflict)) return undefined;
  const inner = rest.slice(open + 1, close);
  const said = { kind, ...(label !== undefined && { label }), ...(isConflict && { conflict }) };
  if (kind === "CHECK")
    return { ...said, elements: [], check: text.slice((rest[open]?.start ?? 0) + 1, rest[close]?.start).trim() };
  const elements = split(inner, 1).flatMap(elementOf);
  return elements.length === 0 ? undefined : { ...said, elements };
}

function clauseText({ kind, label, elements, check, conflict }: Clause): string {
  const name = (text: string): string => (isBareName(text) ? text : quote(text));
  const list = elements.map((e) => words(name(e.name), e.sorted)).join(", ");
  return words(
    label !== undefined && `CONSTRAINT ${name(label)}`,
    `${kind} (${check ?? list})`,
    conflict !== undefined && `ON CONFLICT ${conflict}`,
  );
}
