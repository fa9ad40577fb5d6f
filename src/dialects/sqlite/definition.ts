import type { NamelessConstraint } from "../../core/schema/constraints.ts";
import type { Deferrable, Generated } from "../../core/schema/model.ts";
import { type Clause, type ClauseKind, elementOf, saysSomething } from "./clauses.ts";
import { isKeyword, type Token, tokenize } from "./tokens.ts";

/** What one definition of a CREATE TABLE says that no pragma tells. */
export interface Definition {
  /** Whether it says NOT NULL. */
  readonly required: boolean;
  readonly autoIncrement: boolean;
  readonly foreignKeys: readonly KeyText[];
  readonly constraints: readonly NamelessConstraint[];
  readonly collation?: string;
  readonly generated?: Generated;
  readonly clauses: readonly Clause[];
  readonly keyName?: string;
  readonly labels: readonly string[];
}

/** What is said of a foreign key beyond what it is of. */
export interface KeyText {
  readonly name?: string;
  readonly deferrable?: Deferrable;
  readonly matchFull?: true;
}

/** Reads a constraint of a table, from the word CONSTRAINT or its kind on. */
export function tableDefinition(sql: string): Definition {
  const key = plainKey.exec(sql);
  if (!key) return read(sql, undefined);
  const name = key[1] ?? key[2];
  return { ...silent, foreignKeys: [name === undefined ? {} : { name }] };
}

const name = String.raw`(?:"[^"]*"|[\w$]+)`;
const list = String.raw`\s*\(\s*${name}(?:\s*,\s*${name})*\s*\)\s*`;
const action = String.raw`\s*\bON\s+(?:DELETE|UPDATE)\s+(?:CASCADE|RESTRICT|SET\s+NULL|SET\s+DEFAULT|NO\s+ACTION)`;
const target = String.raw`REFERENCES\s+${name}(?:${list})?(?:${action})*\s*$`;

/** A foreign key as nearly all are written, of which nothing but its name has to be read. */
const plainKey = new RegExp(
  String.raw`^\s*(?:CONSTRAINT\s+(?:"([^"]*)"|([\w$]+))\s+)?FOREIGN\s+KEY${list}${target}`,
  "i",
);

/** What is said by what says nothing. */
const silent: Definition = {
  required: false,
  autoIncrement: false,
  foreignKeys: [],
  constraints: [],
  clauses: [],
  labels: [],
};

/** Reads what stands behind the name of a column. Whatever it says of that column, it says of one with the name `""`. */
export function columnDefinition(sql: string): Definition {
  const key = plainColumnKey.exec(sql);
  return key ? { ...silent, required: key[1] !== undefined, foreignKeys: [{}] } : read(sql, "");
}

/** The words that begin a constraint. A name reaches only to the next of them, but for what belongs to it. */
const words: ReadonlySet<string> = new Set([
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
]);

/** The same for one column, which may be NOT NULL. The word before it is a type, unless it begins a constraint. */
const plainColumnKey = new RegExp(
  String.raw`^\s*(?:(?!(?:${[...words].join("|")}|CONSTRAINT)\b)\w+\s+)?(NOT\s+NULL\s+)?${target}`,
  "i",
);

/** What `columnDefinition` has read, with the name of the column. */
export const ofColumn = (definition: Definition, name: string): Definition =>
  definition.constraints.length + definition.clauses.length === 0
    ? definition
    : {
        ...definition,
        constraints: definition.constraints.map((c) => ("unique" in c ? { ...c, unique: [name] } : c)),
        clauses: definition.clauses.map((c) => ({ ...c, elements: c.elements.map((e) => ({ ...e, name })) })),
      };

/** One definition under way. */
interface Reading {
  readonly sql: string;
  /** All tokens, and those outside of parentheses. */
  readonly all: readonly Token[];
  readonly top: readonly Token[];
  /** The column that it defines; `undefined` for a constraint of the table. */
  readonly column: string | undefined;
}

function read(sql: string, column: string | undefined): Definition {
  const all = tokenize(sql);
  const top = all.filter((t) => t.depth === 0);
  const r: Reading = { sql, all, top, column };
  const found = clauses(top);
  const keyName = found.find(({ word }) => word === "PRIMARY")?.name;
  return {
    ...(keyName !== undefined && { keyName }),
    required: column !== undefined && found.some(({ word }) => word === "NOT"),
    labels: found.flatMap(({ word, name }) => (name !== undefined && labelled.includes(word) ? [name] : [])),
    // In the list of a key of the table, it stands in parentheses.
    autoIncrement: all.some((t) => t.depth <= 1 && isKeyword(t, "AUTOINCREMENT")),
    foreignKeys: found.filter(({ word }) => word === "REFERENCES").map((clause) => foreignKey(r, clause)),
    constraints: found.flatMap((clause) => constraint(r, clause) ?? []),
    ...(column !== undefined && columnFacts(r)),
    clauses: found.flatMap((clause, i) => furtherClause(r, clause, found.slice(i + 1)) ?? []).filter(mayMatter),
  };
}

/** Of unique constraints, those that say nothing are needed to tell which one does. */
const mayMatter = (clause: Clause): boolean => clause.kind === "UNIQUE" || saysSomething(clause);

interface FoundClause {
  readonly word: string;
  /** Among the tokens outside of parentheses. */
  readonly at: number;
  /** What CONSTRAINT calls it. */
  readonly name: string | undefined;
}

function clauses(top: readonly Token[]): readonly FoundClause[] {
  const found: FoundClause[] = [];
  let name: string | undefined;
  for (let at = 0; at < top.length; at++) {
    const token = top[at];
    if (token?.kind !== "word") continue;
    const word = token.text.toUpperCase();
    if (word === "CONSTRAINT") {
      name = top[at + 1]?.value;
      at++;
    } else if (word === "CONFLICT") found.push({ word, at, name });
    else {
      if (!words.has(word) || (word === "NOT" && isKeyword(top[at + 1], "DEFERRABLE"))) continue;
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
  for (const token of all.filter((t) => t.depth === 1 && t.start > (top[at]?.start ?? 0)))
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
  const collate = r.top.findIndex((t) => isKeyword(t, "COLLATE"));
  const as = r.top.findIndex((t, i) => isKeyword(t, "AS") && r.top[i + 1]?.text === "(");
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
