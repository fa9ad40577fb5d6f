import { block, lines, nameList } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { columnDefinition } from "./columns.ts";
import { refuseConstraints } from "./keys.ts";
import { quote } from "./quote.ts";

/**
 * CREATE TABLE. Rows are sorted by the primary key, which is said in as many words, so that the catalog tells it from a sorting key that
 * nobody called so. Throws ToolError `unsupported` for what the table cannot have.
 */
export function createTable(table: TableImage): string {
  refuseConstraints(table);
  const { primaryKey } = table;
  return lines(
    block(
      `CREATE TABLE ${quote(table.name)}`,
      table.columns.map((column) => columnDefinition(column, table.name)),
    ),
    "ENGINE = MergeTree",
    primaryKey && `PRIMARY KEY ${nameList(quote, primaryKey)}`,
    `ORDER BY ${primaryKey ? nameList(quote, primaryKey) : "tuple()"}`,
  );
}
