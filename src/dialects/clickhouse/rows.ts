import type { RowReading } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./quote.ts";

/** The driver gives each value as it is. There is no transaction that would hold several tables still. */
export const rows: RowReading = {
  begin: "",
  expression: ({ name }) => quote(name),
  value: (found, column) => {
    if (found === null || found === undefined) return null;
    if (typeof found === "string" || typeof found === "bigint" || typeof found === "boolean") return found;
    if (found instanceof Uint8Array || (typeof found === "number" && Number.isFinite(found))) return found;
    throw new ToolError(
      "unsupported",
      `a migration cannot hold the values of column "${column.name}", which is ${column.type}; leave the rows out`,
      { column: column.name },
    );
  },
};
