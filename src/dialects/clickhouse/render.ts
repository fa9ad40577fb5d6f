import { ansiRenderers, matchRow } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { chunks, lines, nameList, words } from "../../core/ddl/sql.ts";
import type { SqlRow, StatementOf, UpsertRows } from "../../core/ddl/statement.ts";
import { alterColumn, renameColumn } from "./alter.ts";
import { columnDefinition, hasValue } from "./columns.ts";
import { createTable } from "./create.ts";
import { addIndex, noConstraints, noForeignKeys } from "./keys.ts";
import { alterOptions } from "./options.ts";
import { quote as q, stringLiteral } from "./quote.ts";

const ansi = ansiRenderers({ quote: q, column: columnDefinition });
const noKeys =
  "the primary key of a table is the order of its rows on disk, settled when it is made; make a new table, copy the rows and exchange the two";
const noTransactions =
  "it has no transactions, so that of a function that fails half-way nobody could tell what is done; write its work as statements, with runSQL";
const noViews = "godwit keeps no views there; make them with runSQL";
const noUpdates = "no column there sets itself when its row is updated";

/** Ends a statement that goes on in the background: the next one is to find it done. */
export const awaited = "SETTINGS mutations_sync = 1";

/** What ClickHouse writes in its own way: https://clickhouse.com/docs/sql-reference/statements/alter */
export const renderers: Renderers = {
  ...ansi,
  createTable: ({ table }) => [execute(createTable(table))],
  renameTable: ({ from, to }) => [execute(`RENAME TABLE ${q(from)} TO ${q(to)}`)],
  addColumn,
  alterColumn,
  renameColumn,
  fillColumn: ({ table, column, value, onlyNull }) => [
    execute(
      words(
        `ALTER TABLE ${q(table)} UPDATE ${q(column)} = ${value} WHERE`,
        onlyNull ? `${q(column)} IS NULL` : "true",
        awaited,
      ),
    ),
  ],
  alterOptions,
  setComment: ({ table, comment = "" }) => [
    execute(`ALTER TABLE ${q(table)} MODIFY COMMENT ${stringLiteral(comment)}`),
  ],
  // Rows that are there already are not in a new index by themselves.
  createIndex: (s) => [
    execute(addIndex(s)),
    execute(`ALTER TABLE ${q(s.table)} MATERIALIZE INDEX ${q(s.index.name)} ${awaited}`),
  ],
  dropIndex: (s) => [execute(`ALTER TABLE ${q(s.table)} DROP INDEX ${q(s.index.name)}`)],
  renameIndex: ({ table, from, to }) => [
    execute(`ALTER TABLE ${q(table)} DROP INDEX ${q(from.name)}`),
    execute(addIndex({ kind: "createIndex", table, index: { ...from, name: to } })),
    execute(`ALTER TABLE ${q(table)} MATERIALIZE INDEX ${q(to)} ${awaited}`),
  ],
  addConstraint: unsupported(noConstraints),
  dropConstraint: unsupported(noConstraints),
  renameConstraint: unsupported(noConstraints),
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
  commentObject: unsupported("godwit keeps no functions, triggers and the like there; make them with runSQL"),
  upsertRows,
  runCode: unsupported(noTransactions),
};

/** The rows that are there would get an empty text or a zero, without a word, where nothing says what they are to have. */
function addColumn({ table, column }: StatementOf<"addColumn">): readonly Command[] {
  const add = execute(`ALTER TABLE ${q(table)} ADD COLUMN ${columnDefinition(column, table)}`);
  if (hasValue(column)) return [add];
  const refuseRows: Command = {
    kind: "check",
    sql: `SELECT 1 FROM ${q(table)} LIMIT 1`,
    message: `table "${table}" has rows, and the new column "${column.name}" is NOT NULL without a default: give it one, or say what to fill it with`,
  };
  return [refuseRows, add];
}

/** One mutation updates what is there; then each row that is not there yet is inserted. Both may run a second time. */
function upsertRows(statement: UpsertRows): readonly Command[] {
  return chunks(statement.rows, 200).flatMap((rows) => {
    const updates = rows.flatMap((row) => updateOf(statement, row));
    const update =
      updates.length === 0 ? [] : [`ALTER TABLE ${q(statement.table)}\n${updates.join(",\n")}\n${awaited}`];
    return [...update, ...rows.map((row) => insertOf(statement, row))].map(execute);
  });
}

function updateOf({ columns, keys }: UpsertRows, row: SqlRow): readonly string[] {
  const others = columns.filter((c) => row[c] !== undefined && !keys.includes(c));
  const changes = others.map((c) => `${q(c)} = ${row[c]}`).join(", ");
  return others.length === 0 ? [] : [`  UPDATE ${changes} WHERE ${matchRow(q, keys, row)}`];
}

function insertOf({ table, columns, keys }: UpsertRows, row: SqlRow): string {
  const given = columns.filter((c) => row[c] !== undefined);
  return lines(
    `INSERT INTO ${q(table)} ${nameList(q, given)}`,
    `SELECT ${given.map((c) => row[c]).join(", ")}`,
    `WHERE NOT EXISTS (SELECT 1 FROM ${q(table)} WHERE ${matchRow(q, keys, row)})`,
  );
}
