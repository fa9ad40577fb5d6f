import type { NamelessConstraint } from "../../core/schema/constraints.ts";
import type { Generated } from "../../core/schema/model.ts";
import type { Clause } from "./clauses.ts";
import { columnDefinition, type Definition, type KeyText, ofColumn, tableDefinition } from "./definition.ts";
import { definitionsOf } from "./definitions.ts";
import { blanksFrom, endOfWord, tokenize } from "./tokens.ts";

/** What only the text of a CREATE TABLE tells. */
export interface TableText {
  readonly autoIncrement: boolean;
  /** In the order of their declaration. */
  readonly foreignKeys: readonly KeyText[];
  /** Checks and unique constraints in the order of their declaration; most have no name. */
  readonly constraints: readonly NamelessConstraint[];
  /** Column → what its definition says that no pragma tells; absent where it says nothing. */
  readonly columns: ReadonlyMap<string, Facts>;
  /** The columns that are said to be NOT NULL, where it was asked for; the pragma tells of those too that are so by being the key. */
  readonly required: readonly string[];
  /** Each clause that says what a schema has no place for, and all that are UNIQUE. */
  readonly clauses: readonly Clause[];
  /** What CONSTRAINT calls the primary key. */
  readonly keyName?: string;
  /** The names of what only has a name to be shown by, and is nowhere said else: NULL, GENERATED. */
  readonly labels: readonly string[];
}

interface Facts {
  readonly collation?: string;
  readonly generated?: Generated;
}

const noFacts: ReadonlyMap<string, Facts> = new Map();

const nothing: TableText = {
  required: [],
  columns: noFacts,
  labels: [],
  autoIncrement: false,
  foreignKeys: [],
  constraints: [],
  clauses: [],
};

/** What has none of these words says nothing that no pragma tells. A name can have one of them too: then it is read in vain. */
const telling = /CONSTRAINT|CHECK|COLLATE|UNIQUE|CONFLICT|REFERENCES|AUTOINCREMENT|\b(?:AS|DESC)\b/gi;
const tellingOrRequired = new RegExp(`${telling.source}|NOT`, "gi");

/**
 * Reads the texts that `sqlite_schema` keeps of tables, with `required` unless told that nobody needs it. What one of them says behind the name of a column,
 * others say too: ` TEXT NOT NULL` is read once.
 */
export function tableTextReader(): (sql: string, withRequired?: boolean) => TableText {
  const known = new Map<string, Definition>();
  const definition = (tail: string): Definition => {
    const found = known.get(tail);
    if (found) return found;
    const read = columnDefinition(tail);
    known.set(tail, read);
    return read;
  };
  return (sql, withRequired = true) => tableText(sql, withRequired ? tellingOrRequired : telling, definition);
}

function tableText(sql: string, words: RegExp, definition: (tail: string) => Definition): TableText {
  const parts = tellingParts(sql, words);
  if (parts.length === 0) return nothing;
  const required: string[] = [];
  const said: Definition[] = [];
  let columns: Map<string, Facts> | undefined;
  for (const part of parts) {
    const { name, end } = columnOf(part);
    const read = name === undefined ? tableDefinition(part) : definition(part.slice(blanksFrom(part, end)));
    if (name !== undefined && read.required) required.push(name);
    if (!saysMore(read)) continue;
    said.push(name === undefined ? read : ofColumn(read, name));
    const { collation, generated } = read;
    if (name !== undefined && (collation !== undefined || generated))
      columns = (columns ?? new Map<string, Facts>()).set(name, {
        ...(collation !== undefined && { collation }),
        ...(generated && { generated }),
      });
  }
  const keyName = said.find((d) => d.keyName !== undefined)?.keyName;
  return {
    ...(keyName !== undefined && { keyName }),
    required,
    columns: columns ?? noFacts,
    labels: joined(said, (d) => d.labels),
    autoIncrement: said.some((d) => d.autoIncrement),
    foreignKeys: joined(said, (d) => d.foreignKeys),
    constraints: joined(said, (d) => d.constraints),
    clauses: joined(said, (d) => d.clauses),
  };
}

/** What all of them say together; mostly it is said by one at most. */
function joined<T>(said: readonly Definition[], of: (definition: Definition) => readonly T[]): readonly T[] {
  let only: readonly T[] = [];
  for (const definition of said) {
    const own = of(definition);
    if (own.length > 0 && only.length > 0) return said.flatMap(of);
    if (own.length > 0) only = own;
  }
  return only;
}

/** The definitions with such words. */
function tellingParts(sql: string, words: RegExp): readonly string[] {
  let word = endOfNext(words, sql, 0);
  if (word === undefined) return [];
  const { parts, start } = definitionsOf(sql);
  const found: string[] = [];
  let end = start - 1;
  for (const part of parts) {
    const begin = end + 1;
    end = begin + part.length;
    if (word <= begin) word = endOfNext(words, sql, begin);
    if (word === undefined) break;
    if (word <= end) found.push(part);
  }
  return found;
}

function endOfNext(words: RegExp, sql: string, from: number): number | undefined {
  words.lastIndex = from;
  return words.test(sql) ? words.lastIndex : undefined;
}

/** Whether it says more than NOT NULL, as few definitions of columns do. */
const saysMore = (d: Definition): boolean =>
  d.autoIncrement ||
  d.foreignKeys.length + d.constraints.length + d.clauses.length + d.labels.length > 0 ||
  d.collation !== undefined ||
  d.generated !== undefined ||
  d.keyName !== undefined;

const tableConstraints: ReadonlySet<string> = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

/** The column that a part defines and where its name ends; no name for a constraint of the table. */
function columnOf(part: string): { readonly name?: string; readonly end: number } {
  const start = blanksFrom(part, 0);
  if (part[start] === '"') {
    const close = part.indexOf('"', start + 1);
    if (part[close + 1] !== '"') return { name: part.slice(start + 1, close), end: close + 1 };
  }
  const end = endOfWord(part, start);
  if (end > start) return named(part.slice(start, end), end);
  const [token] = tokenize(part);
  if (token?.kind === "word") return named(token.text, token.start + token.text.length);
  return { name: token?.value ?? "", end: (token?.start ?? 0) + (token?.text.length ?? 0) };
}

const named = (word: string, end: number) => (tableConstraints.has(word.toUpperCase()) ? { end } : { name: word, end });
