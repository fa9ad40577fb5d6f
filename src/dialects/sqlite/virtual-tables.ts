import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines, nameList, stringLiteral } from "../../core/ddl/sql.ts";
import type { ManagedObject } from "../../core/schema/model.ts";
import { withoutEnd } from "../../core/schema/sql-text.ts";
import { split } from "./clauses.ts";
import { folded } from "./folded.ts";
import { quote } from "./quote.ts";
import { isKeyword, type Token, tokenize } from "./tokens.ts";

/**
 * The statements that a CREATE VIRTUAL TABLE consists of. A full-text index of rows that another table keeps knows nothing of those that are there, and
 * deleting one of them would damage it (https://www.sqlite.org/fts5.html#external_content_tables), so it reads them first.
 */
export function virtualTableStatements(definition: string): readonly string[] {
  const { name, content } = readVirtualTable(definition);
  if (name === undefined || !content) return [definition];
  return [
    definition,
    lines(
      `INSERT INTO ${quote(name)} (${quote(name)}) SELECT 'rebuild'`,
      `WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ${stringLiteral(content)} COLLATE NOCASE)`,
    ),
  ];
}

/** Makes a virtual table anew and brings its rows back, in the columns that both have, where they are its own. */
export function replaceVirtualTable(before: ManagedObject, after: ManagedObject): readonly Command[] {
  const [old, next] = [readVirtualTable(before.definition), readVirtualTable(after.definition)];
  const made = virtualTableStatements(withoutEnd(after.definition)).map(execute);
  const drop = execute(`DROP TABLE ${quote(before.name)}`);
  const wanted = new Set(next.columns.map(folded));
  const shared = old.columns.filter((column) => wanted.has(folded(column)));
  // Where the rows are kept elsewhere, or not at all, there are none to bring back.
  if (shared.length === 0 || old.content !== undefined || next.content) return [drop, ...made];
  const [kept, number] = [`godwit_kept_${before.name}`, "godwit_row"];
  const rows = nameList(quote, shared).slice(1, -1);
  // The first column of an R-tree is the number of the row itself.
  const [target, source, all] = next.numbered
    ? [rows, rows, rows]
    : [`rowid, ${rows}`, `${quote(number)}, ${rows}`, `rowid AS ${quote(number)}, ${rows}`];
  return [
    execute(`CREATE TABLE ${quote(kept)} AS SELECT ${all} FROM ${quote(before.name)}`),
    drop,
    ...made,
    execute(`INSERT INTO ${quote(after.name)} (${target}) SELECT ${source} FROM ${quote(kept)}`),
    execute(`DROP TABLE ${quote(kept)}`),
  ];
}

interface VirtualTable {
  readonly name?: string;
  /** Of modules that keep rows as they are given; of others none are known. */
  readonly columns: readonly string[];
  /** The table whose rows a full-text index is of; empty: it keeps none. Absent: its own. */
  readonly content?: string;
  /** Whether its first column is the number of the row. */
  readonly numbered: boolean;
}

const fullText = /^fts[345]$/;
const trees = /^(?:rtree(?:_i32)?|geopoly)$/;

function readVirtualTable(definition: string): VirtualTable {
  const tokens = tokenize(definition);
  const using = tokens.findIndex((t) => t.depth === 0 && isKeyword(t, "USING"));
  const module = folded(tokens[using + 1]?.value ?? "");
  const name = tokens[using - 1]?.value;
  const inside = tokens.filter((t) => t.depth > 0);
  const parts = split(inside, 1).filter((part) => part.length > 0);
  const isKnown = fullText.test(module) || trees.test(module);
  const columns = isKnown ? parts.flatMap((part) => columnOf(part, module)) : [];
  const content = fullText.test(module)
    ? parts.find(([first, sign]) => isKeyword(first, "CONTENT") && sign?.text === "=")
    : undefined;
  return {
    ...(using > 0 && name !== undefined && { name: name.split(".").at(-1) ?? name }),
    columns: module === "geopoly" ? ["_shape", ...columns] : columns,
    ...(content && { content: content[2]?.value ?? "" }),
    numbered: module.startsWith("rtree"),
  };
}

/** The column that an argument of a module declares: none, where it is an option. */
function columnOf(part: readonly Token[], module: string): readonly string[] {
  const [first, second] = part;
  if (!first || second?.text === "=" || (module !== "fts5" && isKeyword(first, "TOKENIZE"))) return [];
  // Of an R-tree, a plus begins a column that it only carries.
  const name = first.text === "+" ? second : first;
  return name ? [name.value] : [];
}
