import { foreignKeyConstraint } from "../../core/ddl/ansi.ts";
import { block, nameList, words } from "../../core/ddl/sql.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { isPlainDefault, quote, quoteInExpression } from "./quote.ts";

/** CREATE TABLE under the name of the image, or another one: a rebuild fills a table before it takes its name. */
export function createTable(table: TableImage, name: string = table.name): string {
  const numbered = table.columns.find((c) => c.autoIncrement);
  const [key, ...rest] = table.primaryKey ?? [];
  const alias = numbered !== undefined && numbered.name === key && rest.length === 0;
  if (numbered && !alias) throw notNumberable(table.name, numbered.name);
  return block(`CREATE TABLE ${quote(name)}`, [
    ...table.columns.map(columnDefinition),
    ...(table.primaryKey && !alias ? [`PRIMARY KEY ${nameList(quote, table.primaryKey)}`] : []),
    ...table.foreignKeys.map(foreignKey),
  ]);
}

/** An access method does not exist in SQLite and is left out: an index of another kind is still an index. */
export function createIndex(table: string, index: IndexImage): string {
  return words(
    `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quote(index.name)} ON ${quote(table)}`,
    nameList(quoteInExpression, index.fields),
    index.where && `WHERE ${index.where}`,
  );
}

/** A column inside CREATE TABLE or ADD COLUMN. A column that numbers itself has to be the whole key, and so says it. */
export function columnDefinition(column: Column): string {
  if (column.autoIncrement) return `${quote(column.name)} INTEGER PRIMARY KEY AUTOINCREMENT`;
  return words(
    quote(column.name),
    column.type,
    !column.nullable && "NOT NULL",
    column.default !== undefined &&
      `DEFAULT ${isPlainDefault(column.default) ? column.default : `(${column.default})`}`,
  );
}

/** Without columns a foreign key points at the primary key. */
function foreignKey(key: TableImage["foreignKeys"][number]): string {
  const sql = foreignKeyConstraint(quote, key);
  return key.referencedColumns.length > 0
    ? sql
    : sql.replace(`REFERENCES ${quote(key.table)} ()`, () => `REFERENCES ${quote(key.table)}`);
}

function notNumberable(table: string, column: string): ToolError {
  return new ToolError(
    "unsupported",
    `SQLite numbers a column only when it alone is the primary key; "${column}" of table "${table}" is not: use type integer for it, or make it the key`,
    { table, field: column },
  );
}
