import { lines } from "../../core/ddl/sql.ts";
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
export function createAutoUpdate(table: string, column: string): string {
  const name = quote(column);
  return lines(
    `CREATE TRIGGER IF NOT EXISTS ${quote(autoUpdateName(table, column))} AFTER UPDATE ON ${quote(table)}`,
    `FOR EACH ROW WHEN NEW.${name} IS OLD.${name} AND NEW.${name} IS NOT CURRENT_TIMESTAMP`,
    "BEGIN",
    `  UPDATE ${quote(table)} SET ${name} = CURRENT_TIMESTAMP WHERE _rowid_ = NEW._rowid_;`,
    "END",
  );
}

export const dropAutoUpdate = (table: string, column: string): string =>
  `DROP TRIGGER IF EXISTS ${quote(autoUpdateName(table, column))}`;
