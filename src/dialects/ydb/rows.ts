import type { RowReading } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./quote.ts";

/** The driver gives each value exactly, times as ISO 8601 and what JavaScript has no number for as a text; the type of the column makes a literal of it again. */
export const rows: RowReading = {
  begin: "BEGIN READ ONLY",
  expression: ({ name }) => quote(name),
  value: (found, column) => {
    if (found === null || found === undefined) return null;
    if (typeof found === "string" || typeof found === "bigint" || typeof found === "boolean") return found;
    if (typeof found === "number" || found instanceof Uint8Array) return found;
    throw new ToolError(
      "unsupported",
      `a migration cannot hold the values of column "${column.name}", which is ${column.type}; leave the rows out`,
      { column: column.name },
    );
  },
};
