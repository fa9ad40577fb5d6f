import { closing, type Token } from "./tokens.ts";

/** A table, a view or a query in FROM, in lower case by the name that columns are told of. */
export interface Relation {
  readonly name: string;
  readonly columns: readonly string[] | undefined;
}

/** What names in a query may mean, from within to without. */
export interface Scope {
  readonly relations: readonly Relation[];
  readonly outer?: Scope;
  columnsOf(relation: string): readonly string[] | undefined;
}

const notNames = new Set(
  "join left right inner cross outer natural straight_join on using where as use force ignore partition lateral and or not is in like between case when then else end interval null".split(
    " ",
  ),
);

/** The tables of a FROM clause, without the word itself. */
export function relationsOf(
  tokens: readonly Token[],
  columnsOfQuery: (tokens: readonly Token[]) => readonly string[],
  columnsOf: Scope["columnsOf"],
): readonly Relation[] {
  const found: Relation[] = [];
  let expected = true;
  for (let i = 0; i < tokens.length; i++) {
    const { kind, value } = tokens[i] ?? { kind: "symbol", value: "" };
    const isQuery = expected && value === "(" && ["select", "with"].includes(tokens[i + 1]?.value ?? "");
    if (isQuery) {
      const end = closing(tokens, i);
      const columns = columnsOfQuery(tokens.slice(i + 1, end));
      i = end;
      const alias = aliasAt(tokens, i + 1);
      if (alias) i = alias.at;
      found.push({ name: alias?.name ?? "", columns });
      expected = false;
    } else if (expected && isTableName(kind, value)) {
      while (tokens[i + 1]?.value === "." && tokens[i + 2]) i += 2;
      const table = tokens[i]?.value ?? "";
      const alias = aliasAt(tokens, i + 1);
      if (alias) i = alias.at;
      found.push({ name: (alias?.name ?? table).toLowerCase(), columns: columnsOf(table) });
      expected = false;
    } else if (kind === "word" && ["on", "using"].includes(value)) expected = false;
    else if ((kind === "word" && value.endsWith("join")) || (kind === "symbol" && value === "," && !expected))
      expected = true;
  }
  return found;
}

const isTableName = (kind: Token["kind"], value: string): boolean =>
  kind === "name" || (kind === "word" && !notNames.has(value));

function aliasAt(tokens: readonly Token[], at: number): { readonly name: string; readonly at: number } | undefined {
  const place = tokens[at]?.value === "as" ? at + 1 : at;
  const token = tokens[place];
  return token && isTableName(token.kind, token.value) ? { name: token.value.toLowerCase(), at: place } : undefined;
}

/** The parts between tokens outside of parentheses that end a part; each begins with the token that ended the one before it. */
export function cut(tokens: readonly Token[], ends: (token: Token) => boolean): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const symbol = token.kind === "symbol";
    if (symbol && token.value === ")") depth--;
    if (depth === 0 && i > 0 && ends(token)) parts.push([]);
    if (symbol && token.value === "(") depth++;
    parts.at(-1)?.push(token);
  }
  return parts;
}
