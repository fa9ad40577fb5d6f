import type { Dialect } from "../ddl/dialect.ts";
import { schemaOn } from "../ddl/schema-on.ts";
import { ToolError } from "../errors.ts";
import { objectsOf, viewsOf } from "../schema/managed.ts";
import type { Schema } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import { wordsOf } from "../sql-files/words.ts";
import type { Migration } from "./migration.ts";
import { atOperation } from "./state.ts";

/**
 * Throws ToolError `state` where migrations drop a table and leave a view that reads it, on a database that lets them: it would refuse to rename and to
 * rebuild any table from then on (https://sqlite.org/lang_altertable.html#altertabrename). `after`: the schema that they end with.
 */
export function refuseViewsWithoutGround(migrations: readonly Migration[], after: Schema, dialect: Dialect): void {
  if (!dialect.trialOf || viewsOf(after).length === 0) return;
  for (const migration of migrations)
    for (const [i, operation] of migration.operations.entries()) {
      if (operation.kind !== "dropTable" || operation.schemaOnly) continue;
      const view = readerOf(operation.name, after, dialect);
      if (view !== undefined) atOperation(migration, i, () => refuse(operation.name, view, dialect));
    }
}

function refuse(table: string, view: string, { title }: Dialect): never {
  throw new ToolError(
    "state",
    `view "${view}" reads table "${table}", and ${title} would drop that all the same, and then refuse to change other tables; drop or replace the view first`,
    { table, view },
  );
}

/** The view that is left without the table. */
function readerOf(table: string, after: Schema, dialect: Dialect): string | undefined {
  const there = schemaOn(after, dialect);
  const isTaken =
    findTable(there, table) ?? [...viewsOf(there), ...objectsOf(there)].find(({ name }) => name === table);
  if (isTaken) return undefined;
  return viewsOf(there).find(({ query }) => readsFrom(query, table, dialect.scriptSyntax))?.name;
}

/** Whether the name stands where a query says what it reads, and not for a query of its own before. */
function readsFrom(query: string, table: string, syntax: ScriptSyntax): boolean {
  const words = wordsOf(query, syntax).map((word) => word.replace(/^["`[]|["`\]]$/g, "").toLowerCase());
  const name = table.toLowerCase();
  const isOwn = words.some(
    (word, i) =>
      word === name && /^(?:with|recursive|,)$/.test(words[i - 1] ?? "") && /^(?:as|\()$/.test(words[i + 1] ?? ""),
  );
  return !isOwn && words.some((word, i) => word === name && isSource(words, i));
}

/** `FROM a, b` and `JOIN c`, with a schema before the name or not. */
function isSource(words: readonly string[], at: number): boolean {
  const before = words[at - 1] === "." ? at - 3 : at - 1;
  if (/^(?:from|join)$/.test(words[before] ?? "")) return true;
  const from = words.slice(0, before).findLastIndex((word) => word === "from" || word === "select");
  return words[before] === "," && words[from] === "from";
}
