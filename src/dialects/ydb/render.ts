import { ansiRenderers, matchRow } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { block, lines, nameList, stacked } from "../../core/ddl/sql.ts";
import type { SqlRow, StatementOf, TableImage, UpsertRows } from "../../core/ddl/statement.ts";
import { addColumn, alterColumn } from "./alter.ts";
import { columnDefinition } from "./columns.ts";
import { indexDefinition, isNotUnique, noConstraints, noForeignKeys, primaryKeyOf } from "./keys.ts";
import { alterOptions, storage } from "./options.ts";
import { quote as q } from "./quote.ts";

const ansi = ansiRenderers({ quote: q, column: columnDefinition });

const noKeys =
  "the primary key of a table is the order of its rows, settled when it is made (https://ydb.tech/docs/en/dev/primary-key/row-oriented); make a new table and copy the rows";
const noRename =
  "no statement renames a column there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns); add a field, fill it from the old one, and drop that";
const noViews =
  "godwit keeps no views there, whose tables are named by the whole path of the database (https://ydb.tech/docs/en/yql/reference/syntax/create-view); make them with runSQL";
const noUpdates = "it has no triggers, so no column sets itself when its row is updated";

/** What YDB is sent: https://ydb.tech/docs/en/yql/reference/syntax/ */
export const renderers: Renderers = {
  ...ansi,
  createTable: ({ table }) => [execute(createTable(table))],
  renameTable: ({ from, to }) => [execute(`ALTER TABLE ${q(from)} RENAME TO ${q(to)}`)],
  addColumn,
  alterColumn,
  renameColumn: unsupported(noRename),
  alterOptions,
  createIndex,
  dropIndex: ({ table, index }) => [execute(`ALTER TABLE ${q(table)} DROP INDEX ${q(index.name)}`)],
  renameIndex: ({ table, from, to }) => [execute(`ALTER TABLE ${q(table)} RENAME INDEX ${q(from.name)} TO ${q(to)}`)],
  addConstraint: unsupported(noConstraints),
  dropConstraint: unsupported(noConstraints),
  renameConstraint: unsupported(noConstraints),
  validateConstraint: unsupported(noConstraints),
  addForeignKey: unsupported(noForeignKeys),
  dropForeignKey: unsupported(noForeignKeys),
  addPrimaryKey: unsupported(noKeys),
  dropPrimaryKey: unsupported(noKeys),
  createAutoUpdate: unsupported(noUpdates),
  dropAutoUpdate: unsupported(noUpdates),
  createView: unsupported(noViews),
  replaceView: unsupported(noViews),
  dropView: unsupported(noViews),
  commentView: unsupported(noViews),
  upsertRows: (s) => s.rows.flatMap((row) => upsertRow(s, row)).map(execute),
};

/** With its indexes, which are unique on a table of any version only when they come with it: https://github.com/ydb-platform/ydb/issues/15959 */
const createTable = (table: TableImage): string =>
  lines(
    block(`CREATE TABLE ${q(table.name)}`, [
      ...table.columns.map((column) => columnDefinition(column, table.name)),
      ...table.indexes.map((index) => indexDefinition(table.name, index, table.columns)),
      primaryKeyOf(table),
    ]),
    storage(table),
  );

function createIndex(statement: StatementOf<"createIndex">): readonly Command[] {
  const { table, index, columns } = statement;
  const add = execute(`ALTER TABLE ${q(table)} ADD ${indexDefinition(table, index, columns)}`);
  if (!index.unique) return [add];
  const told: Command = {
    kind: "check",
    sql: isNotUnique(statement),
    message: `this YDB has made the index "${index.name}" of table "${table}" without making it unique, as versions do that add no unique index to a table that is there: drop it, and make a new table with it, or leave unique out`,
  };
  return [add, told];
}

/** UPDATE, then INSERT where there is no such row: UPSERT goes by the primary key, whatever the keys are here. LEFT ONLY JOIN is what YQL has for NOT EXISTS. */
function upsertRow({ table, columns, keys }: UpsertRows, row: SqlRow): readonly string[] {
  const given = columns.filter((column) => row[column] !== undefined);
  const others = given.filter((column) => !keys.includes(column));
  const update = lines(
    `UPDATE ${q(table)} SET`,
    stacked(others.map((column) => `${q(column)} = ${row[column]}`)),
    `WHERE ${matchRow(q, keys, row)}`,
  );
  const insert = lines(
    `INSERT INTO ${q(table)} ${nameList(q, given)}`,
    `SELECT ${given.map((column) => `given.${q(column)} AS ${q(column)}`).join(", ")}`,
    `FROM (SELECT ${given.map((column) => `${row[column]} AS ${q(column)}`).join(", ")}) AS given`,
    `LEFT ONLY JOIN ${q(table)} AS there ON ${keys.map((key) => `given.${q(key)} = there.${q(key)}`).join(" AND ")}`,
  );
  return others.length > 0 ? [update, insert] : [insert];
}
