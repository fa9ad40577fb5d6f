import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import { isRelation, type ObjectName, type Touch } from "../touch.ts";
import { type Cursor, cursorOver, isWord } from "./cursor.ts";
import { type ObjectWords, takeObject, withArticle } from "./object.ts";
import type { Token } from "./token.ts";

/** What a CREATE makes, and the tables it hangs that on. */
export function readCreate(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const cursor = cursorOver(tokens, syntax);
  const offset = cursor.next()?.offset ?? 0;
  const replaces = cursor.take("OR", "REPLACE");
  const modifiers: string[] = [];
  let object = takeObject(cursor);
  // What stands between CREATE and the object: UNIQUE, UNLOGGED, MySQL's DEFINER = 'x'@'y' …
  for (let i = 0; !object && i < 12; i++) {
    modifiers.push(cursor.next()?.text ?? "");
    object = takeObject(cursor);
  }
  if (!object) return [];
  cursor.take("CONCURRENTLY");
  const guarded = cursor.take("IF", "NOT", "EXISTS") || replaces;
  const temporary = modifiers.some((word) => word === "TEMP" || word === "TEMPORARY");
  return [
    ...made(object, { cursor, guarded, offset, temporary }),
    ...(object === "table" ? parentsOf(cursor.rest(), syntax, offset) : []),
  ];
}

interface Making {
  readonly cursor: Cursor;
  readonly guarded: boolean;
  readonly offset: number;
  readonly temporary: boolean;
}

function made(object: ObjectWords, { cursor, guarded, offset, temporary }: Making): readonly Touch[] {
  const hangs = hangsOn[object];
  const name = hangs && isWord(cursor.peek(), "ON") ? undefined : cursor.name();
  const table = hangs?.(cursor);
  return [
    {
      verb: "create",
      object,
      ...(name && { name }),
      ...(table && { table }),
      guarded,
      ...(temporary && { temporary }),
      does: isRelation(object) ? "creates" : `creates ${withArticle(object)} on`,
      offset,
    },
  ];
}

/** How the table is found that something is part of. */
const hangsOn: Readonly<Record<string, (cursor: Cursor) => ObjectName | undefined>> = {
  index: (cursor) => nameAfter(cursor, "ON"),
  trigger: (cursor) => nameAfter(cursor, "ON"),
  policy: (cursor) => nameAfter(cursor, "ON"),
  rule: (cursor) => nameAfter(cursor, "TO"),
  statistics: (cursor) => nameAfter(cursor, "FROM"),
};

/** The name behind the next such word outside of parentheses. */
function nameAfter(cursor: Cursor, word: string): ObjectName | undefined {
  for (let token = cursor.next(); token; token = cursor.next()) {
    if (token.depth > 0 || !isWord(token, word)) continue;
    cursor.take("ONLY");
    return cursor.name();
  }
  return undefined;
}

/** A partition, or a table that inherits, changes what its parent holds. */
function parentsOf(rest: readonly Token[], syntax: ScriptSyntax, offset: number): readonly Touch[] {
  return rest.flatMap((token, i): readonly Touch[] => {
    const partition = isWord(token, "PARTITION") && isWord(rest[i + 1], "OF") && token.depth === 0;
    const inherits = isWord(token, "INHERITS") && token.depth === 0;
    if (!partition && !inherits) return [];
    const name = cursorOver(rest.slice(i + 2), syntax).name();
    return name ? [{ verb: "alter", object: "table", name, does: "adds a part to", offset }] : [];
  });
}
