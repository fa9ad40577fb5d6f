import type { ScriptSyntax } from "../../sql-files/syntax.ts";
import { isRelation, type ObjectName, type Touch } from "../touch.ts";
import { cursorOver, cutAt, hasWords, isWord } from "./cursor.ts";
import { takeObject, withArticle } from "./object.ts";
import type { Token } from "./token.ts";

/** What an ALTER changes, and what it adds to it or drops from it. */
export function readAlter(tokens: readonly Token[], syntax: ScriptSyntax): readonly Touch[] {
  const cursor = cursorOver(tokens, syntax);
  const offset = cursor.next()?.offset ?? 0;
  cursor.takeOne(["ONLINE", "IGNORE", "OFFLINE"]);
  const object = takeObject(cursor);
  if (!object) return [];
  cursor.take("IF", "EXISTS");
  cursor.take("ONLY");
  const name = cursor.name();
  if (!name) return [];
  cursor.take("*");
  if (object === "policy" || object === "trigger" || object === "rule") {
    const table = cursor.take("ON") ? cursor.name() : undefined;
    return [{ verb: "alter", object, name, ...(table && { table }), does: `alters ${withArticle(object)} of`, offset }];
  }
  const clauses = cutAt(cursor.rest(), ",");
  return [
    { verb: "alter", object, name, does: "alters", offset },
    ...clauses.flatMap((clause) => readClause(clause, { object, owner: name, syntax })),
  ];
}

interface Altered {
  readonly object: string;
  readonly owner: ObjectName;
  readonly syntax: ScriptSyntax;
}

function readClause(clause: readonly Token[], altered: Altered): readonly Touch[] {
  const { object, owner, syntax } = altered;
  const cursor = cursorOver(clause, syntax);
  const offset = clause[0]?.offset ?? owner.offset ?? 0;
  if (cursor.take("ADD")) return added(clause.slice(1), altered, offset);
  if (cursor.take("DROP")) return dropped(clause.slice(1), altered, offset);
  if (!isRelation(object)) return [];
  const renamed = cursor.take("RENAME", "TO") || cursor.take("RENAME", "AS");
  const moved = renamed ? cursor.name() : undefined;
  if (moved) return [{ verb: "create", object, name: inSchemaOf(owner, moved), does: "makes a new", offset }];
  const joins = cursor.takeOne(["ATTACH", "DETACH", "NO", "INHERIT", "EXCHANGE"]);
  if (joins === undefined) return [];
  cursor.take("PARTITION");
  cursor.take("INHERIT");
  if (joins === "EXCHANGE") while (cursor.peek() && !cursor.take("WITH", "TABLE")) cursor.next();
  const other = cursor.name();
  return other ? [{ verb: "alter", object: "table", name: other, does: "attaches or detaches", offset }] : [];
}

/** A new name says no schema: the table stays where it is. */
const inSchemaOf = ({ schema }: ObjectName, name: ObjectName): ObjectName => ({
  ...name,
  ...(schema !== undefined && name.schema === undefined && { schema }),
});

/** What is added to a type is no object of its own, but its values. */
function added(rest: readonly Token[], altered: Altered, offset: number): readonly Touch[] {
  const part = partOf(rest, altered);
  if (part === undefined) return [];
  const name = partName(rest, altered.syntax);
  return [
    {
      verb: "create",
      object: part,
      ...(name && { name }),
      table: altered.owner,
      guarded: hasWords(rest, "IF", "NOT", "EXISTS"),
      altering: true,
      does: `adds ${withArticle(part)} to`,
      offset,
    },
  ];
}

function dropped(rest: readonly Token[], altered: Altered, offset: number): readonly Touch[] {
  const part = partOf(rest, altered);
  // ALTER DOMAIN … DROP NOT NULL changes a property.
  if (part === undefined || isWord(rest[0], "NOT")) return [];
  const name = partName(rest, altered.syntax);
  return [
    {
      verb: "drop",
      object: part,
      ...(name && { name }),
      table: altered.owner,
      guarded: hasWords(rest, "IF", "EXISTS"),
      altering: true,
      does: `drops ${withArticle(part)} of`,
      offset,
    },
  ];
}

const constraintWords = ["CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE", "NOT"];

/** What is added or dropped; `undefined` for what has no guards in any database: partitions, tables of a publication. */
function partOf([first, second]: readonly Token[], { object }: Altered): string | undefined {
  if (object === "type") {
    if (isWord(first, "VALUE")) return "value";
    return isWord(first, "ATTRIBUTE") ? "attribute" : undefined;
  }
  if (object === "domain") return isWord(first, ...constraintWords) ? "constraint" : undefined;
  if (object !== "table") return undefined;
  if (isWord(first, "PARTITION", "PERIOD", "SYSTEM")) return undefined;
  if (isWord(first, "INDEX", "KEY") || (isWord(first, "FULLTEXT", "SPATIAL") && second?.kind === "word"))
    return "index";
  return isWord(first, ...constraintWords) ? "constraint" : "column";
}

function partName(rest: readonly Token[], syntax: ScriptSyntax): ObjectName | undefined {
  const cursor = cursorOver(rest, syntax);
  if (cursor.takeOne(["PRIMARY", "CHECK", "EXCLUDE", "NOT"])) return undefined;
  const unnamed = cursor.takeOne(["UNIQUE", "FOREIGN", "FULLTEXT", "SPATIAL"]);
  const key = cursor.takeOne(["CONSTRAINT", "COLUMN", "INDEX", "KEY", "ATTRIBUTE", "VALUE"]);
  cursor.take("IF", "NOT", "EXISTS");
  cursor.take("IF", "EXISTS");
  return unnamed !== undefined && key === undefined ? undefined : cursor.name();
}
