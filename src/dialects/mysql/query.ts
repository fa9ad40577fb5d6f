import type { AroundView } from "../../core/ddl/dialect.ts";
import { canonicalTokens } from "./expression.ts";
import { reserved } from "./reserved.ts";
import { type Item, itemsOf } from "./select-items.ts";
import { cut, type Relation, relationsOf, type Scope } from "./select-scope.ts";
import { closing, type Token, tokenize } from "./tokens.ts";

/**
 * One spelling for a query as people write it and as the server gives it back: stars are the columns that they mean, columns say what they are of,
 * expressions are in their canonical form. `columns` are the names of what it gives, where the view says them.
 */
export const canonicalQuery = (sql: string, around: AroundView, columns?: readonly string[]): string =>
  queryOf(tokenize(sql), { relations: [], columnsOf: columnsIn(around) }, columns).text;

/** What the columns of a query of the catalog are called, which says so of each. */
export const namesIn = (sql: string): readonly string[] =>
  queryOf(tokenize(sql), { relations: [], columnsOf: () => undefined }).columns;

/** The columns of a table, or of a view by its query, or by the queries of the views that it is about. */
const columnsIn =
  ({ columnsOf, viewOf }: AroundView, depth = 0): Scope["columnsOf"] =>
  (relation) => {
    const found = columnsOf(relation);
    const view = found || depth > 20 ? undefined : viewOf(relation);
    if (!view) return found;
    return (
      view.columns ??
      queryOf(tokenize(view.query), { relations: [], columnsOf: columnsIn({ columnsOf, viewOf }, depth + 1) }).columns
    );
  };

interface Query {
  readonly text: string;
  /** What its columns are called. */
  readonly columns: readonly string[];
}

function queryOf(tokens: readonly Token[], scope: Scope, columns?: readonly string[]): Query {
  const { head, rest, known } = withClause(tokens, scope);
  const inner = { ...scope, columnsOf: (name: string) => known.get(name.toLowerCase()) ?? scope.columnsOf(name) };
  const parts = cut(rest, (token) => ["union", "except", "intersect"].includes(token.value));
  const selects = parts.map((part, i) => {
    const skip = i === 0 ? 0 : ["all", "distinct"].includes(part[1]?.value ?? "") ? 2 : 1;
    const word = part
      .slice(0, skip)
      .map(({ value }) => value)
      .filter((value) => value !== "distinct")
      .join(" ");
    const { text, columns: own } = selectOf(part.slice(skip), inner, i === 0 ? columns : undefined);
    return { text: `${word} ${text}`.trim(), columns: own };
  });
  return { text: [head, ...selects.map(({ text }) => text)].join(" ").trim(), columns: selects[0]?.columns ?? [] };
}

/** `WITH x AS (…)`: the names that it gives to queries. */
function withClause(tokens: readonly Token[], scope: Scope) {
  const known = new Map<string, readonly string[]>();
  if (tokens[0]?.value !== "with") return { head: "", rest: tokens, known };
  const texts: string[] = ["with"];
  let at = tokens[1]?.value === "recursive" ? 2 : 1;
  while (at < tokens.length) {
    const name = tokens[at]?.value ?? "";
    const open = tokens.findIndex(({ value }, i) => i > at && value === "as") + 1;
    const end = closing(tokens, open);
    if (open === 0 || end < 0) break;
    const named =
      open > at + 2
        ? tokens
            .slice(at + 2, open - 2)
            .filter(({ value }) => value !== ",")
            .map(({ value }) => value)
        : undefined;
    if (named) known.set(name.toLowerCase(), named);
    const columnsOf = (other: string) => known.get(other.toLowerCase()) ?? scope.columnsOf(other);
    const { text, columns } = queryOf(tokens.slice(open + 1, end), { ...scope, columnsOf }, named);
    known.set(name.toLowerCase(), named ?? columns);
    texts.push(`${name.toLowerCase()} as ${text}`);
    at = tokens[end + 1]?.value === "," ? end + 2 : end + 1;
    if (tokens[end + 1]?.value !== ",") break;
  }
  return { head: texts.join(" "), rest: tokens.slice(at), known };
}

const clauses = new Set(["from", "where", "group", "having", "window", "order", "limit", "for", "lock"]);

function selectOf(all: readonly Token[], outer: Scope, columns?: readonly string[]): Query {
  const tokens = all[0]?.value === "(" && closing(all, 0) === all.length - 1 ? all.slice(1, -1) : all;
  if (tokens[0]?.value !== "select") return { text: expression(tokens, outer, []), columns: [] };
  const [head = [], ...rest] = cut(tokens, ({ kind, value }) => kind === "word" && clauses.has(value));
  const from = rest.find(([word]) => word?.value === "from") ?? [];
  const relations = relationsOf(from.slice(1), (inner) => queryOf(inner, outer).columns, outer.columnsOf);
  const scope: Scope = { relations, outer, columnsOf: outer.columnsOf };
  const distinct = ["distinct", "distinctrow"].includes(head[1]?.value ?? "");
  const list = itemsOf(head.slice(distinct ? 2 : 1), relations);
  const items = list.map((item) => ({ ...item, text: expression(item.tokens, scope, []) }));
  const names = columns ?? list.map((item) => item.name);
  const shown = items.map((item, i) => itemText(item, names[i] ?? item.name, columns !== undefined));
  const further = rest.map((clause) => clauseText(clause, scope, items));
  return {
    text: [distinct ? "select distinct" : "select", shown.join(" , "), ...further].join(" "),
    columns: names,
  };
}

interface Shown extends Item {
  readonly text: string;
}

/** What is called after its own text is not called anything. */
function itemText({ text, tokens, isNamed }: Shown, name: string, told: boolean): string {
  const own = tokens.at(-1)?.value;
  const plain =
    /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) &&
    (isNamed || told) &&
    !(tokens.length === 1 && own?.toLowerCase() === name.toLowerCase());
  const isColumn = /^[\w$.\u0080-\uffff]+$/.test(text) && text.split(".").at(-1) === name.toLowerCase();
  return plain && !isColumn ? `${text} as ${name.toLowerCase()}` : text;
}

function clauseText(clause: readonly Token[], scope: Scope, items: readonly Shown[]): string {
  const [word] = clause;
  if (word?.value === "from") return fromText(clause, scope);
  if (word?.value !== "group" && word?.value !== "order" && word?.value !== "having")
    return expression(clause, scope, []);
  return expression(
    clause.flatMap((token, i) => placed(clause, i, items) ?? [token]),
    scope,
    items,
  );
}

/** `ORDER BY 2`: the second of what is selected, which is what the server makes of it. */
function placed(clause: readonly Token[], at: number, items: readonly Shown[]): readonly Token[] | undefined {
  const [before, token, after] = [clause[at - 1], clause[at], clause[at + 1]];
  const begins = before?.value === "by" || before?.value === ",";
  const ends = after === undefined || [",", "asc", "desc"].includes(after.value);
  if (token?.kind !== "number" || !begins || !ends || clause[0]?.value === "having") return undefined;
  return items[Number(token.value) - 1]?.tokens;
}

/** Joins by their short names, with the condition that USING means. */
function fromText(clause: readonly Token[], scope: Scope): string {
  const relations = scope.relations.map(({ name }) => name);
  const plain = clause.filter(
    ({ kind, value }, i) =>
      !(kind === "word" && ["inner", "cross", "outer"].includes(value)) &&
      !(kind === "word" && value === "as" && clause[i + 1]?.kind !== "symbol"),
  );
  const depths = plain.map((_, i) =>
    plain
      .slice(0, i)
      .reduce((n, { kind, value }) => n + (kind !== "symbol" ? 0 : value === "(" ? 1 : value === ")" ? -1 : 0), 0),
  );
  const joined = plain.map((token, i) =>
    token.kind === "symbol" && token.value === "," && isBetweenTables(plain, i, depths)
      ? { ...token, value: "join", text: "join", kind: "word" as const }
      : token,
  );
  return rightToLeft(expression(withoutUsing(joined, scope.relations), scope, [], relations));
}

/** The server has no other outer join than the left one. */
const rightToLeft = (from: string): string =>
  from.replace(
    /^from (\S+(?: (?!join |left |right )\S+)?) right join (\S+(?: (?!on )\S+)?) on /,
    "from $2 left join $1 on ",
  );

const isBetweenTables = (tokens: readonly Token[], at: number, depths: readonly number[]): boolean =>
  depths[at] === 0 || !tokens.slice(0, at).some(({ value }) => value === "on" || value === "using");

/** `USING (id)` → `ON a.id = b.id`: of the first table that has it, and the one that is joined. */
function withoutUsing(tokens: readonly Token[], relations: readonly Relation[]): readonly Token[] {
  const at = tokens.findIndex(({ kind, value }) => kind === "word" && value === "using");
  const end = at < 0 ? -1 : closing(tokens, at + 1);
  if (end < 0) return tokens;
  const right = relations.findLast(({ name }) => tokens.slice(0, at).some(({ value }) => value.toLowerCase() === name));
  const names = tokens
    .slice(at + 2, end)
    .filter(({ value }) => value !== ",")
    .map(({ value }) => value);
  const conditions = names.flatMap((name, i) => {
    const left = relations.find(({ columns }) =>
      columns?.some((column) => column.toLowerCase() === name.toLowerCase()),
    );
    return tokenize(`${i > 0 ? "AND " : ""}\`${left?.name ?? ""}\`.\`${name}\` = \`${right?.name ?? ""}\`.\`${name}\``);
  });
  return withoutUsing([...tokens.slice(0, at), ...tokenize("ON"), ...conditions, ...tokens.slice(end + 1)], relations);
}

/** `aliases` are items that a name may mean; `own` are names of tables, which are no columns. */
function expression(
  tokens: readonly Token[],
  scope: Scope,
  aliases: readonly Shown[],
  own: readonly string[] = [],
): string {
  const parts: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) continue;
    const end =
      token.value === "(" && ["select", "with"].includes(tokens[i + 1]?.value ?? "") ? closing(tokens, i) : -1;
    if (end >= 0) {
      const exists = tokens[i - 1]?.value === "exists";
      const { text } = queryOf(tokens.slice(i + 1, end), scope);
      parts.push(
        exists ? `{ ${text.replace(/^select .*? from /, "select from ").replace(/ limit 1$/, "")} }` : `{ ${text} }`,
      );
      i = end;
    } else if (isName(token, tokens[i + 1])) {
      const chain = [token.value];
      while (tokens[i + 1]?.value === "." && tokens[i + 2]) {
        chain.push(tokens[i + 2]?.value ?? "");
        i += 2;
      }
      parts.push(columnText(chain.slice(-2), scope, aliases, own));
    } else parts.push(token.kind === "string" ? JSON.stringify(token.value) : token.value);
  }
  return canonicalTokens(parts).join(" ");
}

/** A word before a parenthesis is a function. */
const isName = ({ kind, value }: Token, next: Token | undefined): boolean =>
  kind === "name" || (kind === "word" && next?.value !== "(" && !reserved.has(value));

function columnText(chain: readonly string[], scope: Scope, aliases: readonly Shown[], own: readonly string[]): string {
  const names = chain.map((part) => part.toLowerCase());
  const [first = ""] = names;
  if (names.length > 1 || own.includes(first)) return names.join(".");
  const alias = aliases.find(({ name, isNamed }) => isNamed && name.toLowerCase() === first);
  if (alias) return alias.text;
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const having = at.relations.filter(({ columns }) => columns?.some((column) => column.toLowerCase() === first));
    const unknown = at.relations.filter(({ columns }) => !columns);
    const [of] = having.length === 0 && unknown.length === 1 ? unknown : having;
    if (of) return `${of.name}.${first}`;
  }
  return first;
}
