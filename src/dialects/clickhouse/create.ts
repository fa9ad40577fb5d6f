import { block, lines } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { columnDefinition } from "./columns.ts";
import { refuseConstraints } from "./keys.ts";
import { storage } from "./options.ts";
import { quote } from "./quote.ts";

/** CREATE TABLE. Throws ToolError `unsupported` for what the table cannot have. */
export function createTable(table: TableImage): string {
  refuseConstraints(table);
  return lines(
    block(
      `CREATE TABLE ${quote(table.name)}`,
      table.columns.map((column) => columnDefinition(column, table.name)),
    ),
    storage(table),
  );
}
