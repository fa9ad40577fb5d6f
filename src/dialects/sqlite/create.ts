import { constraintDefinition, foreignKeyConstraint, indexElement } from "../../core/ddl/ansi.ts";
import { block, nameList, words } from "../../core/ddl/sql.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { isDefaultName } from "../../core/schema/constraints.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import type { Constraint } from "../../core/schema/model.ts";
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
    ...(table.constraints ?? []).map((constraint) => constraintPart(table, constraint)),
    ...table.foreignKeys.map(foreignKey),
  ]);
}

/** SQLite has no use for the name of a constraint but to show it; one that nobody gave is left out. */
function constraintPart(table: TableImage, constraint: Constraint): string {
  if (
    "exclude" in constraint ||
    "include" in constraint ||
    "nullsNotDistinct" in constraint ||
    "deferrable" in constraint
  )
    throw lacking(`constraint "${constraint.name}" of table "${table.name}"`);
  const sql = constraintDefinition(quote, constraint);
  const fields = table.columns.map((column) => column.name);
  return isDefaultName(table.name, constraint, fields) ? sql.replace(`CONSTRAINT ${quote(constraint.name)} `, "") : sql;
}

/** An access method does not exist in SQLite and is left out: an index of another kind is still an index. */
export function createIndex(table: string, index: IndexImage): string {
  if (index.include || index.nullsNotDistinct || index.with || index.fields.some((f) => elementOf(f).operatorClass))
    throw lacking(`index "${index.name}" of table "${table}"`);
  return words(
    `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quote(index.name)} ON ${quote(table)}`,
    `(${index.fields.map((field) => indexElement(quoteInExpression, field)).join(", ")})`,
    index.where && `WHERE ${index.where}`,
  );
}

/** A column inside CREATE TABLE or ADD COLUMN. A column that numbers itself has to be the whole key, and so says it. */
export function columnDefinition(column: Column): string {
  if (column.identity)
    throw new ToolError("unsupported", `SQLite has no identity columns; use type serial for "${column.name}"`, {
      field: column.name,
    });
  if (column.autoIncrement) return `${quote(column.name)} INTEGER PRIMARY KEY AUTOINCREMENT`;
  return words(
    quote(column.name),
    column.type,
    column.collation !== undefined && `COLLATE ${quote(column.collation)}`,
    !column.nullable && "NOT NULL",
    column.generated &&
      `GENERATED ALWAYS AS (${column.generated.as}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
    column.default !== undefined &&
      `DEFAULT ${isPlainDefault(column.default) ? column.default : `(${column.default})`}`,
  );
}

const lacking = (what: string): ToolError =>
  new ToolError(
    "unsupported",
    `SQLite has no exclusion constraints, included fields, operator classes, storage parameters, equal NULLs, or unique constraints that wait for the end of a transaction; ${what} has one of these`,
    { what },
  );

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
