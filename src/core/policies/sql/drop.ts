import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import { isRelation, type ObjectName, type Touch } from "../touch.ts";
import { type Cursor, cursorOver } from "./cursor.ts";
import { takeObject, withArticle } from "./object.ts";
import type { Token } from "./token.ts";

/** What a DROP drops. */
export function readDrop(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const cursor = cursorOver(tokens, syntax);
  const offset = cursor.next()?.offset ?? 0;
  const temporary = cursor.take("TEMPORARY");
  const object = takeObject(cursor);
  if (!object) return [];
  cursor.take("CONCURRENTLY");
  const guarded = cursor.take("IF", "EXISTS");
  const names = namesOf(cursor);
  const table = cursor.take("ON") ? cursor.name() : undefined;
  return (names.length > 0 ? names : [undefined]).map((name) => ({
    verb: "drop",
    object,
    ...(name && { name }),
    ...(table && { table }),
    guarded,
    ...(temporary && { temporary }),
    does: isRelation(object) ? "drops" : `drops ${withArticle(object)} of`,
    offset,
  }));
}

/** TRUNCATE, and MySQL's RENAME TABLE. */
export function readTruncate(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const cursor = cursorOver(tokens, syntax);
  const offset = cursor.next()?.offset ?? 0;
  cursor.take("TABLE");
  return namesOf(cursor).map((name) => ({ verb: "write", object: "table", name, does: "truncates", offset }));
}

export function readRename(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const cursor = cursorOver(tokens, syntax);
  const offset = cursor.next()?.offset ?? 0;
  if (cursor.takeOne(["TABLE", "TABLES"]) === undefined) return [];
  cursor.take("IF", "EXISTS");
  const touches: Touch[] = [];
  do {
    const from = cursor.name();
    if (!from || !cursor.take("TO")) break;
    const to = cursor.name();
    touches.push({ verb: "alter", object: "table", name: from, does: "renames", offset });
    if (to) touches.push({ verb: "create", object: "table", name: to, does: "makes a new", offset });
  } while (cursor.take(","));
  return touches;
}

/** Names with commas between them; what functions and ONLY add to them is passed over. */
function namesOf(cursor: Cursor): readonly ObjectName[] {
  const names: ObjectName[] = [];
  do {
    cursor.take("ONLY");
    const name = cursor.name();
    if (!name) break;
    names.push(name);
    cursor.take("*");
    if (cursor.take("(")) while (cursor.peek() && !cursor.take(")")) cursor.next();
  } while (cursor.take(","));
  return names;
}
