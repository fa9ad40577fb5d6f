import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import type { ObjectName, Touch } from "../touch.ts";
import { cursorOver, isSymbol, isWord, nameAt, type ReadName } from "./cursor.ts";
import { takeObject } from "./object.ts";
import { tableItems } from "./table-items.ts";
import type { Token } from "./token.ts";

/** A place where SQL says a schema. */
export interface NamedSchema {
  readonly offset: number;
  readonly text: string;
  /** Absent where a schema is made, chosen or given, and nothing in it is named. */
  readonly schema?: string;
}

/**
 * Where a statement names a schema, each place once. What belongs to the database itself (`pg_catalog`) is the same everywhere and is
 * not meant. `touches` are those of the statement.
 */
export function namedSchemas(
  tokens: readonly Token[],
  touches: readonly Touch[],
  syntax: ScriptSyntax,
): readonly NamedSchema[] {
  const names = [
    ...touches.flatMap(({ name, table }) => [name ?? [], table ?? []].flat()),
    ...(touches.length === 0 ? objectNames(tokens, syntax) : []),
    ...tableItems(tokens, syntax),
    ...callsAndTypes(tokens, syntax),
  ];
  const found = new Map(names.flatMap((name) => qualified(name)).map((named) => [named.offset, named]));
  for (const named of schemaStatements(tokens)) found.set(named.offset, named);
  return [...found.values()].toSorted((a, b) => a.offset - b.offset);
}

/** Same in every database of its kind. */
const systemSchemas = new Set([
  ...["pg_catalog", "information_schema", "pg_temp", "pg_toast", "mysql", "performance_schema", "sys"],
]);

function qualified({ offset, text, schema }: ObjectName): readonly NamedSchema[] {
  if (schema === undefined || offset === undefined || systemSchemas.has(schema.toLowerCase())) return [];
  return [{ offset, text, schema }];
}

/** What COMMENT ON, GRANT ON and the statements that tend tables are about. */
function objectNames(tokens: readonly Token[], syntax: ScriptSyntax): readonly ObjectName[] {
  const cursor = cursorOver(tokens, syntax);
  const verb = cursor.takeOne([
    "COMMENT",
    "GRANT",
    "REVOKE",
    "LOCK",
    "REFRESH",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "CLUSTER",
    "PRAGMA",
  ]);
  if (verb === undefined) return [];
  if (verb === "COMMENT" || verb === "GRANT" || verb === "REVOKE")
    while (cursor.peek() && !cursor.take("ON")) cursor.next();
  const object = takeObject(cursor);
  cursor.take("CONCURRENTLY");
  // `COMMENT ON COLUMN t.c` names a table and its column.
  if (object === "schema" || cursor.take("COLUMN")) return [];
  const first = cursor.name();
  const on = cursor.take("ON") ? cursor.name() : undefined;
  return [first, on].flatMap((name) => name ?? []);
}

/** `app.f(…)`, `x::app.mood`, `CREATE TABLE t (x app.mood)`, `ADD x app.mood`, `TYPE app.mood`, `app.users.id`. */
function callsAndTypes(tokens: readonly Token[], syntax: ScriptSyntax): readonly ObjectName[] {
  const inTable = isWord(tokens[0], "CREATE") && tokens.slice(0, 5).some((token) => isWord(token, "TABLE"));
  return tokens.flatMap((token, i): readonly ObjectName[] => {
    if (isSymbol(tokens[i - 1], ".")) return [];
    const read = nameAt(tokens, i, syntax);
    if (!read || read.parts < 2) return [];
    if (read.parts > 2) return [outermost(tokens, i, read)];
    const called = isSymbol(tokens[read.end], "(") && !isWord(token, "NEW", "OLD", "EXCLUDED");
    const cast = isSymbol(tokens[i - 1], ":") && isSymbol(tokens[i - 2], ":");
    const typed = isWord(tokens[i - 1], "TYPE") || isColumnType(tokens, i, inTable);
    return called || cast || typed ? [read.name] : [];
  });
}

/** In `app.users.id` the schema stands first. */
function outermost(tokens: readonly Token[], start: number, { name }: ReadName): ObjectName {
  const first = tokens[start];
  return { ...name, schema: first?.kind === "name" ? first.text : (first?.raw.toLowerCase() ?? "") };
}

/** Whether what stands here follows the name of a column that is being declared. */
function isColumnType(tokens: readonly Token[], i: number, inTable: boolean): boolean {
  const before = tokens[i - 2];
  if (tokens[i - 1]?.kind !== "word" && tokens[i - 1]?.kind !== "name") return false;
  if (inTable && tokens[i]?.depth === 1 && (isSymbol(before, "(") || isSymbol(before, ",")))
    return !isWord(tokens[i - 1], "LIKE", "CONSTRAINT");
  return isWord(before, "COLUMN", "ADD") || (isWord(before, "EXISTS") && isWord(tokens[i - 5], "COLUMN", "ADD"));
}

/** Statements about schemas themselves, and the ways of choosing one. */
function schemaStatements(tokens: readonly Token[]): readonly NamedSchema[] {
  const [first, second] = tokens;
  const about = isWord(first, "CREATE", "ALTER", "DROP") && isWord(second, "SCHEMA", "DATABASE");
  if (about || isWord(first, "USE", "ATTACH", "DETACH")) return [spanOf(tokens.slice(0, 2))];
  const extension = tokens.findIndex((token) => isWord(token, "SCHEMA"));
  if (isWord(second, "EXTENSION") && extension > 0) return [spanOf(tokens.slice(extension, extension + 2))];
  return tokens.flatMap((token, i) => {
    if (isWord(token, "SET_CONFIG") && /^'search_path'$/i.test(tokens[i + 2]?.raw ?? ""))
      return [spanOf(tokens.slice(i, i + 1))];
    // In an UPDATE it is a column of that name.
    const setting = isWord(token, "SET") && !tokens.slice(0, i).some((before) => isWord(before, "UPDATE"));
    const length = setting ? settingLength(tokens.slice(i + 1)) : 0;
    return length > 0 ? [spanOf(tokens.slice(i, i + 1 + length))] : [];
  });
}

const spanOf = (tokens: readonly Token[]): NamedSchema => ({
  offset: tokens[0]?.offset ?? 0,
  text: tokens.map(({ raw }) => raw).join(" "),
});

/** How many tokens after SET make it one of SET [SESSION | LOCAL] search_path and SET SCHEMA; 0 for a column of that name. */
function settingLength(rest: readonly Token[]): number {
  const at = isWord(rest[0], "SESSION", "LOCAL") ? 1 : 0;
  const value = rest[at + 1];
  const schema =
    isWord(rest[at], "SCHEMA") && (value?.kind === "string" || value?.kind === "word" || value?.kind === "name");
  const path = isWord(rest[at], "SEARCH_PATH") && (isWord(value, "TO", "FROM") || isSymbol(value, "="));
  return schema || path ? at + 1 : 0;
}
