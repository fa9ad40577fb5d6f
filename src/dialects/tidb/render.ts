import { type Command, execute, type Renderer, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { nameList } from "../../core/ddl/sql.ts";
import type { IndexImage, Statement, StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import mysql, { renderersWith } from "../mysql/dialect.ts";
import { alterColumn } from "./alter.ts";
import { checkDefault } from "./defaults.ts";
import { markedColumn, marksOf, optionChanges, plainTable } from "./options.ts";

const q = mysql.quote;
const powers = {
  uniqueLong: false,
  jsonIndexes: false,
  expressionIndexes: true,
  randomDefaults: false,
  replacesObjects: false,
  hidden: "INVISIBLE",
  guardsIndexes: false,
} as const;
const base = renderersWith(powers);

const noObjects = unsupported(
  "it has no triggers, functions, procedures and events (https://docs.pingcap.com/tidb/stable/mysql-compatibility/); let the application do their work",
);
const alter = (table: string, change: string): Command => execute(`ALTER TABLE ${q(table)} ${change}`);

/** What TiDB writes otherwise than MySQL: https://docs.pingcap.com/tidb/stable/mysql-compatibility/#ddl-operations */
export const renderers: Renderers = {
  ...base,
  createTable,
  addColumn,
  alterColumn: alterColumn(rendererOf(base.alterColumn)),
  createIndex: (s) => {
    checkIndex(s.table, s.index);
    return rendererOf(base.createIndex)(s);
  },
  addConstraint: (s) => [
    ...("check" in s.constraint ? [keepsChecks(s.table)] : []),
    ...rendererOf(base.addConstraint)(s),
  ],
  addForeignKey,
  // Each in a statement of its own: a key and its index are two changes of one name, which TiDB does not take together.
  dropForeignKey: ({ table, foreignKey: { name = "" } }) => [
    alter(table, `DROP FOREIGN KEY ${q(name)}`),
    execute(`DROP INDEX ${q(name)} ON ${q(table)}`),
  ],
  dropPrimaryKey: (s) => {
    if (s.options?.["clustered"]?.toLowerCase() !== "false") throw clustered(s.table);
    return rendererOf(base.dropPrimaryKey)(s);
  },
  alterOptions: (s) => [
    ...rendererOf(base.alterOptions)({ ...s, before: plainTable(s.before), after: plainTable(s.after) }),
    ...optionChanges(s.before, s.after).map((change) => alter(s.after.name, change)),
  ],
  createView: (s) => {
    if (s.view.options?.["check_option"] !== undefined)
      throw new ToolError(
        "unsupported",
        `TiDB writes nothing through views, so that "${s.view.name}" can have no check_option`,
        {
          view: s.view.name,
        },
      );
    return rendererOf(base.createView)(s);
  },
  createObject: noObjects,
  replaceObject: noObjects,
  dropObject: noObjects,
  commentObject: noObjects,
};

/** A renderer of MySQL, which renders all that is asked for here. */
function rendererOf<S extends Statement>(renderer: Renderer<S> | { readonly unsupported: string }): Renderer<S> {
  if (typeof renderer === "function") return renderer;
  throw new ToolError("internal", renderer.unsupported);
}

function createTable({ table }: StatementOf<"createTable">): readonly Command[] {
  for (const column of table.columns) checkDefault(table.name, column);
  const marked = { ...plainTable(table), columns: table.columns.map((column) => markedColumn(table.name, column)) };
  const { createTable: create } = renderersWith({ ...powers, marks: marksOf(table) });
  return [
    ...(table.constraints?.some((c) => "check" in c) ? [keepsChecks(table.name)] : []),
    ...(table.foreignKeys.length > 0 ? [keepsKeys(table.name)] : []),
    ...rendererOf(create)({ kind: "createTable", table: marked }),
  ];
}

/** https://docs.pingcap.com/tidb/stable/sql-statement-add-column/#mysql-compatibility */
function addColumn(s: StatementOf<"addColumn">): readonly Command[] {
  const { table, column, primaryKey, ...rest } = s;
  checkDefault(table, column);
  const no = (why: string): ToolError =>
    new ToolError("unsupported", `TiDB cannot add the column "${column.name}" to table "${table}": ${why}`, {
      table,
      column: column.name,
    });
  if (column.autoIncrement || column.options?.["auto_random"] !== undefined)
    throw no(
      "it numbers only columns that a table was made with; make a new table, copy the rows and exchange the two",
    );
  if (column.generated?.stored)
    throw no("it adds generated columns only where they are virtual; leave out stored, or make the table with it");
  const add = rendererOf(base.addColumn)({ ...rest, table, column });
  return primaryKey ? [...add, alter(table, `ADD PRIMARY KEY ${nameList(q, [column.name])}`)] : add;
}

function addForeignKey(s: StatementOf<"addForeignKey">): readonly Command[] {
  const { name = "", columns } = s.foreignKey;
  return [
    keepsKeys(s.table),
    ...(s.served ? [] : [execute(`CREATE INDEX ${q(name)} ON ${q(s.table)} ${nameList(q, columns)}`)]),
    ...rendererOf(base.addForeignKey)({ ...s, served: true }),
  ];
}

/** Throws ToolError `unsupported` for what TiDB would read and forget: https://docs.pingcap.com/tidb/stable/sql-statement-add-index/#mysql-compatibility */
function checkIndex(table: string, index: IndexImage): void {
  const no = (why: string): ToolError =>
    new ToolError("unsupported", `TiDB cannot make the index "${index.name}" of table "${table}": ${why}`, {
      table,
      index: index.name,
    });
  if (/^(?:fulltext|spatial)$/i.test(index.method ?? "")) throw no(`it has no ${index.method?.toUpperCase()} indexes`);
  if (index.fields.some((field) => elementOf(field).order === "desc"))
    throw no("it has no descending indexes, and reads any of them backwards; leave the order out");
  if (index.with?.["key_block_size"] !== undefined) throw no("key_block_size has no effect there; leave it out");
}

/** A query that finds a row unless the variable of the server is on. */
const unless = (variable: string): string =>
  `SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM information_schema.variables_info WHERE variable_name = '${variable}' AND current_value IN ('ON', '1'))`;

/** https://docs.pingcap.com/tidb/stable/constraints/#check: read and forgotten, unless somebody asks for it. */
const keepsChecks = (table: string): Command => ({
  kind: "check",
  sql: unless("tidb_enable_check_constraint"),
  message: `table "${table}" has checks, which this TiDB reads and forgets: SET GLOBAL tidb_enable_check_constraint = ON, from version 7.2 on`,
});

/** https://docs.pingcap.com/tidb/stable/foreign-key/ */
const keepsKeys = (table: string): Command => ({
  kind: "check",
  sql: unless("tidb_enable_foreign_key"),
  message: `table "${table}" has foreign keys, which this TiDB reads and forgets: SET GLOBAL tidb_enable_foreign_key = ON, from version 6.6 on`,
});

/** https://docs.pingcap.com/tidb/stable/clustered-indexes/#limitations */
const clustered = (table: string): ToolError =>
  new ToolError(
    "unsupported",
    `TiDB keeps the rows of table "${table}" by its primary key, which it then cannot change: make a new table, copy the rows and exchange the two; tables that are made with the option clustered: "false" can change theirs`,
    { table },
  );
