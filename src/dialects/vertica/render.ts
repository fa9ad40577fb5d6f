import { ansiRenderers, createView, matchRow } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { localName, namespaceOf, quoteQualified } from "../../core/ddl/qualified.ts";
import { block, lines, nameList, stacked, stringLiteral } from "../../core/ddl/sql.ts";
import type { SqlRow, StatementOf, UpsertRows } from "../../core/ddl/statement.ts";
import type { View } from "../../core/schema/model.ts";
import { addColumn, alterColumn } from "./alter.ts";
import { columnDefinition } from "./columns.ts";
import { addConstraint, addForeignKey, addPrimaryKey, dropPrimaryKey, keysOf } from "./keys.ts";
import { alterOptions, storage } from "./options.ts";
import { quote as plain } from "./quote.ts";
import { cannot } from "./refusal.ts";

const quote = quoteQualified(plain);
const ansi = ansiRenderers({ quote, column: columnDefinition });

const noIndexes =
  "it has no indexes but projections (https://docs.vertica.com/24.1.x/en/architecture/physical-schema/); say order_by among the options of the table, or make projections with runSQL";
const noTriggers = "it has no triggers, so no column sets itself when its row is updated";
const noSequences = unsupported("godwit keeps no sequences there; use type serial, or make them with runSQL");

/** What Vertica is sent: https://docs.vertica.com/24.1.x/en/sql-reference/statements/ */
export const renderers: Renderers = {
  ...ansi,
  createNamespace: ({ name, comment }) => [
    execute(`CREATE SCHEMA ${quote(name)}`),
    ...(comment === undefined ? [] : [describe(`SCHEMA ${quote(name)}`, comment)]),
  ],
  dropNamespace: ({ name }) => [execute(`DROP SCHEMA ${quote(name)}`)],
  commentNamespace: ({ name, comment }) => [describe(`SCHEMA ${quote(name)}`, comment)],
  createTable: ({ table }) => [
    execute(
      lines(
        block(`CREATE TABLE ${quote(table.name)}`, [
          ...table.columns.map((column) => columnDefinition(column, table.name)),
          ...keysOf(table),
        ]),
        storage(table),
      ),
    ),
  ],
  // Its projections go with it, and nothing else is left that would.
  dropTable: ({ table }) => [execute(`DROP TABLE ${quote(table.name)} CASCADE`)],
  renameTable,
  addColumn,
  // Projections that sort or divide rows by it are made anew without it.
  dropColumn: ({ table, column }) => [execute(`ALTER TABLE ${quote(table)} DROP COLUMN ${quote(column.name)} CASCADE`)],
  alterColumn,
  alterOptions,
  createIndex: unsupported(noIndexes),
  dropIndex: unsupported(noIndexes),
  renameIndex: unsupported(noIndexes),
  addConstraint,
  renameConstraint: unsupported("a constraint keeps its name there; drop it and add another one"),
  validateConstraint: unsupported("a constraint there is held against all rows when it is added"),
  addForeignKey,
  addPrimaryKey,
  dropPrimaryKey,
  setComment,
  renameThing: ({ what, from, to }) => {
    if (what === "namespace") return [execute(`ALTER SCHEMA ${quote(from)} RENAME TO ${quote(to)}`)];
    throw cannot(`rename the ${what} "${from}"`, "godwit keeps neither types nor domains and sequences there", {
      name: from,
    });
  },
  createSequence: noSequences,
  alterSequence: noSequences,
  dropSequence: noSequences,
  detachSequence: noSequences,
  attachSequence: noSequences,
  createAutoUpdate: unsupported(noTriggers),
  dropAutoUpdate: unsupported(noTriggers),
  createView: ({ view }) => [...makeView(view, ""), ...describedView(undefined, view)],
  replaceView: ({ before, after }) => [...makeView(after, "OR REPLACE"), ...describedView(before, after)],
  commentView: ({ before, view }) => describedView(before, view),
  upsertRows: (s) => s.rows.flatMap((row) => upsertRow(s, row)).map(execute),
};

const describe = (what: string, comment: string | undefined): Command =>
  execute(`COMMENT ON ${what} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`);

/** RENAME TO takes a name without its schema: https://docs.vertica.com/24.1.x/en/admin/working-with-native-tables/altering-table-definitions/ */
function renameTable({ from, to }: StatementOf<"renameTable">): readonly Command[] {
  const [old, next] = [namespaceOf(from), namespaceOf(to)];
  const rename =
    localName(from) === localName(to) ? [] : [`ALTER TABLE ${quote(from)} RENAME TO ${quote(localName(to))}`];
  if (old === next) return rename.map(execute);
  if (next === undefined)
    throw cannot(
      `move the table "${localName(from)}" to the current schema`,
      "SET SCHEMA there takes the name of a schema; say the namespace that it is to be in",
      { table: from },
    );
  const there = quote(from).slice(0, quote(from).length - plain(localName(from)).length);
  return [...rename, `ALTER TABLE ${there}${plain(localName(to))} SET SCHEMA ${plain(next)}`].map(execute);
}

/** https://docs.vertica.com/24.1.x/en/sql-reference/statements/comment-on-statements/ */
function setComment({ table, column, index, constraint, comment }: StatementOf<"setComment">): readonly Command[] {
  if (index !== undefined) throw cannot(`describe the index "${index}"`, noIndexes, { table });
  if (constraint !== undefined) return [describe(`CONSTRAINT ${quote(constraint)} ON ${quote(table)}`, comment)];
  return [
    describe(column === undefined ? `TABLE ${quote(table)}` : `COLUMN ${quote(table)}.${quote(column)}`, comment),
  ];
}

function makeView(view: View, how: string): readonly Command[] {
  const no = (why: string) => cannot(`make the view "${view.name}"`, why, { view: view.name });
  const [option] = Object.keys(view.options ?? {});
  if (view.materialized) throw no("it keeps the rows of no view; make a projection with runSQL");
  if (option !== undefined) throw no(`its views have no options; it is told "${option}"`);
  if (view.indexes && view.indexes.length > 0) throw no("it has no indexes");
  return [execute(createView(quote, view, how))];
}

function describedView(before: View | undefined, view: View): readonly Command[] {
  if (view.columnComments)
    throw cannot(
      `describe columns of the view "${view.name}"`,
      "COMMENT there knows views, and columns of tables only",
      {
        view: view.name,
      },
    );
  return before?.comment === view.comment ? [] : [describe(`VIEW ${quote(view.name)}`, view.comment)];
}

/** UPDATE, then INSERT where there is no such row: needs no key that is kept. A column that numbers itself takes no value. */
function upsertRow({ table, columns, keys, numbered = [] }: UpsertRows, row: SqlRow): readonly string[] {
  const given = columns.filter((column) => row[column] !== undefined);
  const told = numbered.find((column) => given.includes(column));
  if (told !== undefined)
    throw cannot(
      `write the column "${told}" of table "${table}"`,
      "a column that numbers itself takes no values there; use a field that is a plain integer",
      { table, column: told },
    );
  const others = given.filter((column) => !keys.includes(column));
  const match = matchRow(quote, keys, row);
  const update = lines(
    `UPDATE ${quote(table)} SET`,
    stacked(others.map((column) => `${quote(column)} = ${row[column]}`)),
    `WHERE ${match}`,
  );
  const insert = lines(
    `INSERT INTO ${quote(table)} ${nameList(quote, given)}`,
    `SELECT ${given.map((column) => row[column]).join(", ")} FROM DUAL`,
    `WHERE NOT EXISTS (SELECT 1 FROM ${quote(table)} WHERE ${match})`,
  );
  return others.length > 0 ? [update, insert] : [insert];
}
