import type { NamelessConstraint } from "../../core/schema/constraints.ts";
import type { Deferrable, Generated } from "../../core/schema/model.ts";
import { type Clause, type ClauseKind, elementOf } from "./clauses.ts";
import { isKeyword, type Token, tokenize } from "./tokens.ts";

/** What only the text of a CREATE TABLE tells. */
export interface TableText {
  readonly autoIncrement: boolean;
  /** In the order of their declaration. */
  readonly foreignKeys: readonly {
    readonly name?: string;
    readonly deferrable?: Deferrable;
    readonly matchFull?: true;
  }[];
  /** Checks and unique constraints in the order of their declaration; most have no name. */
  readonly constraints: readonly NamelessConstraint[];
  /** Column → what its definition says that no pragma tells. */
  readonly columns: ReadonlyMap<string, { readonly collation?: string; readonly generated?: Generated }>;
  /** The columns that are said to be NOT NULL; the pragma tells of those too that are so by being the key. */
  readonly required: readonly string[];
  /** Each clause that may say what a schema has no place for, whether it does or not. */
  readonly clauses: readonly Clause[];
  /** What CONSTRAINT calls the primary key. */
  readonly keyName?: string;
  /** The names of what only has a name to be shown by, and is nowhere said else: NULL, GENERATED. */
  readonly labels: readonly string[];
}

/** Reads the text that `sqlite_schema` keeps of a table. */
export function readTableText(sql: string): TableText {
  const parts = partsOf(tokenize(sql)).map((tokens) => readPart(tokens, sql));
  const keyName = parts.find((p) => p.keyName !== undefined)?.keyName;
  return {
    ...(keyName !== undefined && { keyName }),
    required: parts.flatMap((p) => p.required),
    labels: parts.flatMap((p) => p.labels),
    autoIncrement: parts.some((p) => p.autoIncrement),
    foreignKeys: parts.flatMap((p) => p.foreignKeys),
    constraints: parts.flatMap((p) => p.constraints),
    columns: new Map(parts.flatMap((p) => [...p.columns])),
    clauses: parts.flatMap((p) => p.clauses),
  };
}

/** The predicate of a partial index, from the text that `sqlite_schema` keeps of it. */
export function indexPredicate(sql: string): string | undefined {
  const where = tokenize(sql).find((t) => t.depth === 0 && isKeyword(t, "WHERE"));
  return where && sql.slice(where.start + where.text.length).trim();
}

/** What an index covers, as it is written, without a trailing ASC or DESC. */
export function indexElements(sql: string): readonly string[] {
  return partsOf(tokenize(sql.slice(0, predicateStart(sql)))).map((tokens) => {
    const last = tokens.at(-1);
    const end = isKeyword(last, "ASC") || isKeyword(last, "DESC") ? tokens.at(-2) : last;
    return textOf(sql, tokens[0], end);
  });
}

const predicateStart = (sql: string): number =>
  tokenize(sql).find((t) => t.depth === 0 && isKeyword(t, "WHERE"))?.start ?? sql.length;

/** Column definitions and table constraints: what stands between the commas of the outermost parentheses. */
function partsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.depth === 0) continue;
    if (token.depth === 1 && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** One part under way. */
interface Reading {
  readonly sql: string;
  /** All tokens of the part, and those outside of parentheses. */
  readonly all: readonly Token[];
  readonly top: readonly Token[];
  /** The column that it defines; `undefined` for a constraint of the table. */
  readonly column: string | undefined;
}

const tableConstraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

function readPart(all: readonly Token[], sql: string): TableText {
  const top = all.filter((t) => t.depth === 1);
  const column = tableConstraints.some((word) => isKeyword(top[0], word)) ? undefined : top[0]?.value;
  const r: Reading = { sql, all, top, column };
  const found = clauses(r);
  const columns = column === undefined ? [] : [[column, columnFacts(r)] as const];
  const keyName = found.find(({ word }) => word === "PRIMARY")?.name;
  return {
    ...(keyName !== undefined && { keyName }),
    required: column !== undefined && found.some(({ word }) => word === "NOT") ? [column] : [],
    labels: found.flatMap(({ word, name }) => (name !== undefined && labelled.includes(word) ? [name] : [])),
    // In the list of a key of the table, it stands in parentheses.
    autoIncrement: all.some((t, i) => i > 0 && t.depth <= 2 && isKeyword(t, "AUTOINCREMENT")),
    foreignKeys: found.filter(({ word }) => word === "REFERENCES").map((clause) => foreignKey(r, clause)),
    constraints: found.flatMap((clause) => constraint(r, clause) ?? []),
    columns: new Map(columns),
    clauses: found.flatMap((clause, i) => furtherClause(r, clause, found.slice(i + 1)) ?? []),
  };
}

interface FoundClause {
  readonly word: string;
  /** Among the tokens outside of parentheses. */
  readonly at: number;
  /** What CONSTRAINT calls it. */
  readonly name: string | undefined;
}

/** The words that begin a constraint. A name reaches only to the next of them, but for what belongs to it. */
const words = [
  "NOT",
  "NULL",
  "PRIMARY",
  "UNIQUE",
  "DEFAULT",
  "GENERATED",
  "CHECK",
  "REFERENCES",
  "FOREIGN",
  "COLLATE",
  "AS",
];

function clauses({ top, column }: Reading): readonly FoundClause[] {
  const found: FoundClause[] = [];
  let name: string | undefined;
  for (let at = column === undefined ? 0 : 1; at < top.length; at++) {
    const token = top[at];
    if (isKeyword(token, "CONSTRAINT")) {
      name = top[at + 1]?.value;
      at++;
    } else if (isKeyword(token, "CONFLICT")) found.push({ word: "CONFLICT", at, name });
    else {
      const word = words.find((w) => isKeyword(token, w));
      if (word === undefined || (word === "NOT" && isKeyword(top[at + 1], "DEFERRABLE"))) continue;
      found.push({ word, at, name });
      // FOREIGN KEY … REFERENCES is one constraint, and the action SET NULL or SET DEFAULT part of it.
      if (word !== "FOREIGN" && !(word === "NULL" && isKeyword(top[at - 1], "SET"))) name = undefined;
    }
  }
  return found;
}

/** What has no name anywhere but in the text. */
const labelled = ["NULL", "GENERATED", "AS"];

const clauseKinds: Readonly<Record<string, ClauseKind>> = {
  PRIMARY: "PRIMARY KEY",
  UNIQUE: "UNIQUE",
  CHECK: "CHECK",
  NOT: "NOT NULL",
  DEFAULT: "DEFAULT",
  COLLATE: "COLLATE",
};

function furtherClause(r: Reading, { word, at, name }: FoundClause, after: readonly FoundClause[]): Clause | undefined {
  const kind = clauseKinds[word];
  if (!kind) return undefined;
  const next = after.find((clause) => !(word === "NOT" && clause.word === "NULL"));
  const conflict = next?.word === "CONFLICT" ? r.top[next.at + 1]?.value.toUpperCase() : undefined;
  const hasLabel = name !== undefined && (word === "NOT" || word === "DEFAULT" || word === "COLLATE");
  const said = { kind, ...(hasLabel && { label: name }), ...(conflict !== undefined && { conflict }) };
  if (word === "CHECK") return { ...said, elements: [], check: inside(r, r.top[at]) };
  if (r.column === undefined) return { ...said, elements: listOf(r, at).flatMap(elementOf) };
  const sorted = word === "PRIMARY" && isKeyword(r.top[at + 2], "DESC") ? "DESC" : "";
  return { ...said, elements: [{ name: r.column, sorted }] };
}

/** What stands between the commas of the first parentheses after a place. */
function listOf({ all, top }: Reading, at: number): readonly (readonly Token[])[] {
  const elements: Token[][] = [[]];
  for (const token of all.filter((t) => t.depth === 2 && t.start > (top[at]?.start ?? 0)))
    if (token.text === ",") elements.push([]);
    else elements.at(-1)?.push(token);
  return elements;
}

function foreignKey({ top }: Reading, { at, name }: FoundClause) {
  const next = top.findIndex((t, i) => i > at && (isKeyword(t, "REFERENCES") || isKeyword(t, "CONSTRAINT")));
  const own = top.slice(at, next === -1 ? undefined : next);
  const deferrable = own.findIndex((t, i) => isKeyword(t, "DEFERRABLE") && !isKeyword(own[i - 1], "NOT"));
  const match = own.findIndex((t) => isKeyword(t, "MATCH"));
  return {
    ...(name !== undefined && { name }),
    ...(match !== -1 && isKeyword(own[match + 1], "FULL") && { matchFull: true as const }),
    ...(deferrable !== -1 && {
      deferrable: isKeyword(own[deferrable + 2], "DEFERRED") ? ("deferred" as const) : ("immediate" as const),
    }),
  };
}

function constraint(r: Reading, { word, at, name }: FoundClause): NamelessConstraint | undefined {
  const called = name !== undefined && { name };
  if (word === "CHECK") return { ...called, check: inside(r, r.top[at]) };
  if (word !== "UNIQUE") return undefined;
  if (r.column !== undefined) return { ...called, unique: [r.column] };
  return { ...called, unique: listOf(r, at).flatMap(([first]) => first?.value ?? []) };
}

function columnFacts(r: Reading): { readonly collation?: string; readonly generated?: Generated } {
  const collate = r.top.findIndex((t, i) => i > 0 && isKeyword(t, "COLLATE"));
  const as = r.top.findIndex((t, i) => i > 0 && isKeyword(t, "AS") && r.top[i + 1]?.text === "(");
  const collation = collate === -1 ? undefined : r.top[collate + 1]?.value;
  const stored = as !== -1 && r.top.slice(as).some((t) => isKeyword(t, "STORED"));
  return {
    ...(collation !== undefined && { collation }),
    ...(as !== -1 && { generated: { as: inside(r, r.top[as]), ...(stored && { stored }) } }),
  };
}

/** The text between the parentheses that follow a keyword. */
function inside({ sql, top }: Reading, keyword: Token | undefined): string {
  const open = top.find((t) => t.start > (keyword?.start ?? 0) && t.text === "(");
  const close = top.find((t) => t.start > (open?.start ?? 0) && t.text === ")");
  return sql.slice((open?.start ?? 0) + 1, close?.start).trim();
}

const textOf = (sql: string, first: Token | undefined, last: Token | undefined): string =>
  sql.slice(first?.start ?? 0, (last?.start ?? 0) + (last?.text.length ?? 0));
