import { lines } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { hasOption } from "./options.ts";
import { quote } from "./quote.ts";

/** What the name of every such trigger begins with. */
const autoUpdatePrefix = "godwit_auto_update:";

/** Doubling the separator inside names keeps the names of two columns apart, whatever they are called. */
export const autoUpdateName = (table: string, column: string): string =>
  `${autoUpdatePrefix}${table.replaceAll(":", "::")}:${column.replaceAll(":", "::")}`;

/**
 * A trigger that sets the column when an UPDATE has not set it itself. It updates the row only when that changes something, which
 * ends the recursion where recursive triggers are on.
 */
export function createAutoUpdate(of: TableImage, column: string): string {
  const [table, name] = [of.name, quote(column)];
  return lines(
    `CREATE TRIGGER IF NOT EXISTS ${quote(autoUpdateName(table, column))} AFTER UPDATE ON ${quote(table)}`,
    `FOR EACH ROW WHEN NEW.${name} IS OLD.${name} AND NEW.${name} IS NOT CURRENT_TIMESTAMP`,
    "BEGIN",
    `  UPDATE ${quote(table)} SET ${name} = CURRENT_TIMESTAMP WHERE ${sameRow(of)};`,
    "END",
  );
}

export const dropAutoUpdate = (table: string, column: string): string =>
  `DROP TRIGGER IF EXISTS ${quote(autoUpdateName(table, column))}`;

/** What the number of a row is called, where it has one and a name is left for it. */
export function rowNumber(table: TableImage): string | undefined {
  const taken = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return hasOption(table, "without_rowid") ? undefined : rowNumbers.find((name) => !taken.has(name));
}

/** Rows that have no number have a key; a column may have taken a name of the number (https://www.sqlite.org/lang_createtable.html#rowid). */
function sameRow(table: TableImage): string {
  const number = rowNumber(table);
  const columns = number === undefined ? (table.primaryKey ?? []).map(quote) : [number];
  if (columns.length === 0) {
    const what = `nothing tells the rows of table "${table.name}" apart: it has no primary key, and fields called ${rowNumbers.join(", ")}`;
    throw new ToolError("unsupported", `${what}; give it a primary key, or take auto_update off its fields`, {
      table: table.name,
    });
  }
  return columns.map((column) => `${column} = NEW.${column}`).join(" AND ");
}

const rowNumbers = ["_rowid_", "rowid", "oid"];
