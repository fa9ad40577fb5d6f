import { ansiRenderers, createView, insertOnConflict, upsertRow } from "../../core/ddl/ansi.ts";
import { execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import type { Column, Statement } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import type { View } from "../../core/schema/model.ts";
import { createAutoUpdate, dropAutoUpdate } from "./auto-update.ts";
import { columnDefinition, createIndex, createTable, refuseStrayClauses } from "./create.ts";
import { objects } from "./managed.ts";
import { isConstantDefault, quote } from "./quote.ts";
import { rebuildTable } from "./rebuild.ts";

const rebuilt = unsupported("SQLite cannot do this in place; the plan rebuilds the table");

export const renderers: Renderers = {
  ...ansiRenderers({ quote, column: (column) => columnDefinition(column) }),
  createTable: ({ table }) => {
    refuseStrayClauses(table);
    return [execute(createTable(table))];
  },
  renameTable: ({ from, to }) =>
    renames(from, to).map(([a, b]) => execute(`ALTER TABLE ${quote(a)} RENAME TO ${quote(b)}`)),
  createIndex: ({ table, index }) => [execute(createIndex(table, index))],
  alterColumn: rebuilt,
  addForeignKey: rebuilt,
  dropForeignKey: rebuilt,
  addPrimaryKey: rebuilt,
  dropPrimaryKey: rebuilt,
  addConstraint: rebuilt,
  dropConstraint: rebuilt,
  renameConstraint: rebuilt,
  alterOptions: rebuilt,
  renameIndex: ({ table, from, to }) => [
    execute(`DROP INDEX ${quote(from.name)}`),
    execute(createIndex(table, { ...from, name: to })),
  ],
  createAutoUpdate: ({ of, column }) => [execute(createAutoUpdate(of, column.name))],
  dropAutoUpdate: ({ table, column }) => [execute(dropAutoUpdate(table, column.name))],
  rebuildTable,
  createView: (s) => [execute(sqliteView(s.view))],
  replaceView: (s) => [execute(`DROP VIEW ${quote(s.before.name)}`), execute(sqliteView(s.after))],
  ...objects,
  upsertRows: (s) =>
    (s.uniqueKeys === false ? s.rows.flatMap((row) => upsertRow(quote, s, row)) : insertOnConflict(quote, s)).map(
      execute,
    ),
};

/**
 * ALTER TABLE of SQLite can rename, drop plain columns, and add columns whose value for the rows that are there is NULL or a constant
 * (https://www.sqlite.org/lang_altertable.html). All else needs a new table.
 */
export function needsRebuild(statement: Statement): boolean {
  switch (statement.kind) {
    case "alterColumn":
    case "addForeignKey":
    case "dropForeignKey":
    case "addPrimaryKey":
    case "dropPrimaryKey":
    case "addConstraint":
    case "dropConstraint":
    case "renameConstraint":
    case "alterOptions":
      return true;
    case "addColumn":
      return !isAddable(statement.column);
    default:
      return false;
  }
}

/** There is nothing like a view whose rows are kept, and nothing to tell a view. */
function sqliteView(view: View): string {
  const what = view.materialized ? "views whose rows are kept" : view.options ? "options of views" : undefined;
  if (what === undefined) return createView(quote, view);
  throw new ToolError("unsupported", `SQLite cannot create view "${view.name}": it has no ${what}`, {
    view: view.name,
  });
}

/** Names that differ in upper and lower case only are the same to SQLite, so there is one in between. */
function renames(from: string, to: string): readonly (readonly [string, string])[] {
  if (from.toLowerCase() !== to.toLowerCase()) return [[from, to]];
  const between = `godwit_rename_${to}`;
  return [
    [from, between],
    [between, to],
  ];
}

function isAddable(column: Column): boolean {
  if (column.autoIncrement) return false;
  if (column.generated) return !column.generated.stored && column.nullable;
  if (column.default === undefined) return column.nullable;
  return isConstantDefault(column.default) && (column.nullable || !/^NULL$/i.test(column.default));
}
