import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { ObjectName, Touch } from "../touch.ts";
import { type Cursor, cursorOver, cutAt, isSymbol, isWord, nameAt } from "./cursor.ts";
import type { Token } from "./token.ts";

/** The tables that a statement writes rows of, in its common table expressions too. */
export const readWrites = (tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] =>
  startsOf(tokens).flatMap((start) => readWrite(statementFrom(tokens, start), syntax));

/** Where INSERT, UPDATE … begin a statement; elsewhere they are part of one: ON UPDATE CASCADE, FOR UPDATE, DO UPDATE SET. */
function startsOf(tokens: readonly Token[]): readonly number[] {
  const withs = isWord(tokens[0], "WITH", "EXPLAIN", "PREPARE");
  return tokens.flatMap((token, i) => {
    if (!isWord(token, ...writing) || isWord(tokens[i + 1], "SET")) return [];
    const opens = isSymbol(tokens[i - 1], "(") && isWord(tokens[i - 2], "AS", "MATERIALIZED");
    const follows = withs && token.depth === 0 && (isSymbol(tokens[i - 1], ")") || isWord(tokens[i - 1], ...before));
    return i === 0 || opens || follows ? [i] : [];
  });
}

const writing = ["INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE", "COPY", "LOAD", "SELECT"];
const before = ["EXPLAIN", "ANALYZE", "VERBOSE", "AS"];

/** The tokens from a start to the end of the parentheses that it stands in. */
function statementFrom(tokens: readonly Token[], start: number): readonly Token[] {
  const depth = tokens[start]?.depth ?? 0;
  const length = tokens.slice(start).findIndex((token) => token.depth < depth);
  return tokens.slice(start, length < 0 ? undefined : start + length);
}

function readWrite(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const cursor = cursorOver(tokens, syntax);
  const offset = tokens[0]?.offset ?? 0;
  const writes = (name: ObjectName | undefined, does: string): readonly Touch[] =>
    name ? [{ verb: "write", object: "table", name, does, offset }] : [];
  switch (cursor.next()?.text) {
    case "INSERT":
    case "REPLACE":
    case "MERGE":
      return writes(intoName(cursor), "inserts into");
    case "COPY":
      return writes(copied(cursor), "copies rows into");
    case "LOAD":
      return writes(skipTo(cursor, "TABLE") ? cursor.name() : undefined, "loads rows into");
    case "UPDATE":
      return updated(tokens, syntax).flatMap((name) => writes(name, "updates"));
    case "DELETE":
      return deleted(tokens, syntax).flatMap((name) => writes(name, "deletes from"));
    case "SELECT":
      return selectedInto(tokens, syntax).map((touch) => ({ ...touch, offset }));
    default:
      return [];
  }
}

/** INSERT [OR REPLACE | IGNORE …] [INTO] [ONLY] name. */
function intoName(cursor: Cursor): ObjectName | undefined {
  if (cursor.take("OR")) cursor.next();
  while (cursor.takeOne(["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "OVERWRITE"]));
  cursor.take("INTO");
  cursor.takeOne(["ONLY", "TABLE"]);
  return cursor.name();
}

/** COPY TO reads, COPY FROM writes. */
function copied(cursor: Cursor): ObjectName | undefined {
  const name = cursor.name();
  const direction = cursor.rest().find((token) => token.depth === 0 && isWord(token, "FROM", "TO"));
  return isWord(direction, "FROM") ? name : undefined;
}

function skipTo(cursor: Cursor, word: string): boolean {
  while (cursor.peek()) if (isWord(cursor.next(), word)) return true;
  return false;
}

/** `SELECT … INTO t FROM …` makes a table; a variable or a file of MySQL is none. */
function selectedInto(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const depth = tokens[0]?.depth ?? 0;
  const into = tokens.findIndex((token) => token.depth === depth && isWord(token, "INTO"));
  if (into < 0) return [];
  const cursor = cursorOver(tokens.slice(into + 1), syntax);
  const temporary = cursor.takeOne(["TEMP", "TEMPORARY", "UNLOGGED"]);
  cursor.take("TABLE");
  if (isWord(cursor.peek(), "OUTFILE", "DUMPFILE")) return [];
  const name = cursor.name();
  const passing = temporary !== undefined && temporary !== "UNLOGGED";
  return name ? [{ verb: "create", object: "table", name, ...(passing && { temporary: true }), does: "creates" }] : [];
}

/** Of MySQL's UPDATE of several tables, those that SET names are written, whatever else is joined. */
function updated(tokens: readonly Token[], syntax: ScriptSyntax): readonly ObjectName[] {
  const depth = tokens[0]?.depth ?? 0;
  const set = tokens.findIndex((token) => token.depth === depth && isWord(token, "SET"));
  if (set < 0) return [];
  const tables = tablesIn(tokens.slice(1, set), syntax);
  const [first, ...others] = tables;
  if (!first) return [];
  if (others.length === 0) return [first.name];
  const targets = cutAt(tokens.slice(set + 1), ",").flatMap((part) => nameAt(part, 0, syntax) ?? []);
  const written = targets.map(({ name }) => tables.find((t) => isCalled(t, name.schema)) ?? first);
  return [...new Set(written)].map(({ name }) => name);
}

/** `DELETE FROM t`, and MySQL's `DELETE a, b FROM t AS a JOIN …` and `DELETE FROM a USING t AS a JOIN …`. */
function deleted(tokens: readonly Token[], syntax: ScriptSyntax): readonly ObjectName[] {
  const parts = new Map<string, readonly Token[]>();
  let clause = "DELETE";
  let start = 1;
  const depth = tokens[0]?.depth ?? 0;
  for (const [i, token] of [...tokens.entries()].slice(1)) {
    if (token.depth !== depth || !isWord(token, "FROM", "USING", "WHERE", "RETURNING", "ORDER", "LIMIT")) continue;
    // The USING of a join has parentheses.
    if (token.text === "USING" && isSymbol(tokens[i + 1], "(")) continue;
    parts.set(clause, tokens.slice(start, i));
    clause = token.text;
    start = i + 1;
  }
  parts.set(clause, tokens.slice(start));
  const tablesOf = (word: string): readonly TableItem[] => tablesIn(parts.get(word) ?? [], syntax);
  const listed = tablesOf("DELETE");
  const targets = listed.length > 0 ? listed : tablesOf("FROM").slice(0, parts.has("USING") ? undefined : 1);
  const meant = [...tablesOf("USING"), ...(listed.length > 0 ? tablesOf("FROM") : [])];
  return targets.map(({ name }) => meant.find((table) => isCalled(table, name.name))?.name ?? name);
}

interface TableItem {
  readonly name: ObjectName;
  readonly alias?: string;
}

const isCalled = ({ name, alias }: TableItem, word: string | undefined): boolean =>
  word !== undefined && (alias ?? name.name) === word;

/** The tables in a list with commas and joins, each with its alias. */
function tablesIn(tokens: readonly Token[], syntax: ScriptSyntax): readonly TableItem[] {
  const depth = tokens[0]?.depth ?? 0;
  return tokens.flatMap((token, i): readonly TableItem[] => {
    const begins = i === 0 || isSymbol(tokens[i - 1], ",") || isWord(tokens[i - 1], "JOIN", ...modifiers);
    if (token.depth !== depth || !begins || isWord(token, ...modifiers)) return [];
    const cursor = cursorOver(tokens.slice(i), syntax);
    const name = cursor.name();
    if (!name) return [];
    cursor.take("*");
    cursor.take(".", "*");
    const named = cursor.take("AS") || !isWord(cursor.peek(), ...joining);
    const alias = named ? cursor.name()?.name : undefined;
    return [{ name, ...(alias !== undefined && { alias }) }];
  });
}

const modifiers = ["ONLY", "LOW_PRIORITY", "IGNORE", "QUICK"];
const joining = ["JOIN", "INNER", "LEFT", "RIGHT", "CROSS", "NATURAL", "STRAIGHT_JOIN", "ON", "USING", "FULL"];
