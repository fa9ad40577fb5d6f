import { ansiRenderers, matchRow } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { block, lines, nameList, stacked, words } from "../../core/ddl/sql.ts";
import type { SqlRow, StatementOf, TableImage, UpsertRows } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { addColumn, alterColumn } from "./alter.ts";
import { columnDefinition } from "./columns.ts";
import { createIndex, noConstraints, noForeignKeys, refuseConstraints } from "./keys.ts";
import { alterOptions, inOrder, modelOf, storage } from "./options.ts";
import { quote as q, stringLiteral } from "./quote.ts";

const ansi = ansiRenderers({ quote: q, column: columnDefinition });
const noKeys =
  "what tells rows apart is settled when a table is made; make a new table, copy the rows and exchange the two";
const noTransactions =
  "it has no transactions over several statements, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL";
const noViews = "godwit keeps no views there; make views and materialized views with runSQL";
const noUpdates = "no column there sets itself when its row is updated";

/** What StarRocks writes in its own way: https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/ALTER_TABLE/ */
export const renderers: Renderers = {
  ...ansi,
  createTable: ({ table }) => [execute(createTable(table))],
  renameTable: ({ from, to }) => [execute(`ALTER TABLE ${q(from)} RENAME ${q(to)}`)],
  addColumn,
  alterColumn,
  renameColumn,
  // It updates no row without being told which.
  fillColumn: ({ table, column, value, onlyNull }) => [
    execute(words(`UPDATE ${q(table)} SET ${q(column)} = ${value} WHERE`, onlyNull ? `${q(column)} IS NULL` : "true")),
  ],
  setComment: ({ table, comment = "" }) => [execute(`ALTER TABLE ${q(table)} COMMENT = ${stringLiteral(comment)}`)],
  alterOptions,
  createIndex: (s) => [execute(createIndex(s))],
  dropIndex: ({ table, index }) => [execute(`DROP INDEX ${q(index.name)} ON ${q(table)}`)],
  renameIndex: ({ table, from, to }) => [
    execute(`DROP INDEX ${q(from.name)} ON ${q(table)}`),
    execute(createIndex({ kind: "createIndex", table, index: { ...from, name: to } })),
  ],
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
  // Of a table without a primary key, rows are deleted by one condition at a time.
  deleteRows: ({ table, keys, rows }) =>
    rows.map((row) => execute(`DELETE FROM ${q(table)} WHERE ${matchRow(q, keys, row)}`)),
  runCode: unsupported(noTransactions),
};

function createTable(table: TableImage): string {
  refuseConstraints(table);
  const model = modelOf(table);
  const columns = inOrder(table, model).map((column) => columnDefinition(column, table.name));
  return lines(block(`CREATE TABLE ${q(table.name)}`, columns), storage(table, model));
}

/** Names of columns that differ in case only are one name there: https://docs.starrocks.io/docs/sql-reference/System_limit/ */
function renameColumn({ table, from, to }: StatementOf<"renameColumn">): readonly Command[] {
  if (from.toLowerCase() !== to.toLowerCase())
    return [execute(`ALTER TABLE ${q(table)} RENAME COLUMN ${q(from)} TO ${q(to)}`)];
  throw new ToolError(
    "unsupported",
    `StarRocks cannot rename column "${from}" of table "${table}" to "${to}": names of columns that differ in case only are the same there`,
    { table, column: from },
  );
}

/** UPDATE, then INSERT where there is no such row: an INSERT alone would give the columns that are not named their defaults. Both may run a second time. */
function upsertRow({ table, columns, keys }: UpsertRows, row: SqlRow): readonly string[] {
  const given = columns.filter((column) => row[column] !== undefined);
  const others = given.filter((column) => !keys.includes(column));
  const match = matchRow(q, keys, row);
  const update = lines(
    `UPDATE ${q(table)} SET`,
    stacked(others.map((column) => `${q(column)} = ${row[column]}`)),
    `WHERE ${match}`,
  );
  const insert = lines(
    `INSERT INTO ${q(table)} ${nameList(q, given)}`,
    `SELECT ${given.map((column) => row[column]).join(", ")} FROM (SELECT 1) AS \`one\``,
    `WHERE NOT EXISTS (SELECT 1 FROM ${q(table)} WHERE ${match})`,
  );
  return others.length > 0 ? [update, insert] : [insert];
}
