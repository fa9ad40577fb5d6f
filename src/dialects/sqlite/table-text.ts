import type { NamelessConstraint } from "../../core/schema/constraints.ts";
import type { Deferrable, Generated } from "../../core/schema/model.ts";
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
  /** What has an ON CONFLICT clause: the constraint or the column. */
  readonly conflictClauses: readonly string[];
  /** What CONSTRAINT calls the primary key. */
  readonly keyName?: string;
  /** Columns of keys and unique constraints that are sorted or compared there in a way of their own. */
  readonly sortedKeys: readonly string[];
  /** The names of constraints that only have a name to be shown by: NOT NULL, DEFAULT and the like. */
  readonly labels: readonly string[];
}

/** Reads the text that `sqlite_schema` keeps of a table. */
export function readTableText(sql: string): TableText {
  const parts = partsOf(tokenize(sql)).map((tokens) => readPart(tokens, sql));
  const keyName = parts.find((p) => p.keyName !== undefined)?.keyName;
  return {
    ...(keyName !== undefined && { keyName }),
    required: parts.flatMap((p) => p.required),
    sortedKeys: parts.flatMap((p) => p.sortedKeys),
    labels: parts.flatMap((p) => p.labels),
    autoIncrement: parts.some((p) => p.autoIncrement),
    foreignKeys: parts.flatMap((p) => p.foreignKeys),
    constraints: parts.flatMap((p) => p.constraints),
    columns: new Map(parts.flatMap((p) => [...p.columns])),
    conflictClauses: parts.flatMap((p) => p.conflictClauses),
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
    sortedKeys: found.flatMap((clause) => sortedKeys(r, clause)),
    labels: found.flatMap(({ word, name }) => (name !== undefined && labelled.includes(word) ? [name] : [])),
    autoIncrement: top.some((t, i) => i > 0 && isKeyword(t, "AUTOINCREMENT")),
    foreignKeys: found.filter(({ word }) => word === "REFERENCES").map((clause) => foreignKey(r, clause)),
    constraints: found.flatMap((clause) => constraint(r, clause) ?? []),
    columns: new Map(columns),
    conflictClauses: found.filter(({ word }) => word === "CONFLICT").map(({ name }) => name ?? column ?? ""),
  };
}

interface Clause {
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

function clauses({ top, column }: Reading): readonly Clause[] {
  const found: Clause[] = [];
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

/** Kinds of constraints that have no name in a schema. */
const labelled = ["NOT", "NULL", "DEFAULT", "GENERATED", "AS", "COLLATE"];

function sortedKeys(r: Reading, { word, at }: Clause): readonly string[] {
  if (word !== "PRIMARY" && word !== "UNIQUE") return [];
  if (r.column !== undefined) return word === "PRIMARY" && isKeyword(r.top[at + 2], "DESC") ? [r.column] : [];
  const elements = listOf(r, at);
  return elements.flatMap(([name, ...rest]) =>
    name !== undefined && rest.some((t) => !isKeyword(t, "ASC") && !isKeyword(t, "AUTOINCREMENT")) ? [name.value] : [],
  );
}

/** What stands between the commas of the first parentheses after a place. */
function listOf({ all, top }: Reading, at: number): readonly (readonly Token[])[] {
  const elements: Token[][] = [[]];
  for (const token of all.filter((t) => t.depth === 2 && t.start > (top[at]?.start ?? 0)))
    if (token.text === ",") elements.push([]);
    else elements.at(-1)?.push(token);
  return elements;
}

function foreignKey({ top }: Reading, { at, name }: Clause) {
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

function constraint(r: Reading, { word, at, name }: Clause): NamelessConstraint | undefined {
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
