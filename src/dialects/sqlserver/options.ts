import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./names.ts";

/** How the rows of a table are kept: `data_compression: page`. */
export const tableOptions = ["data_compression"] as const;

const kinds = ["none", "row", "page"] as const;

/** What stands behind the columns in CREATE TABLE. Throws ToolError `schema` for a compression that there is not. */
export function withOptions({ name, options }: Pick<TableImage, "name" | "options">): string {
  const compression = compressionOf(name, options);
  return compression === "none" ? "" : `WITH (DATA_COMPRESSION = ${compression.toUpperCase()})`;
}

/** The table is written anew. */
export function alterOptions({ before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [compressionOf(before.name, before.options), compressionOf(after.name, after.options)];
  return old === next
    ? []
    : [execute(`ALTER TABLE ${quote(after.name)} REBUILD WITH (DATA_COMPRESSION = ${next.toUpperCase()})`)];
}

function compressionOf(table: string, options: TableImage["options"]): (typeof kinds)[number] {
  const said = options?.["data_compression"] ?? "none";
  const found = kinds.find((kind) => kind === said.toLowerCase());
  if (found) return found;
  throw new ToolError(
    "schema",
    `table "${table}" has the data_compression "${said}"; it is one of ${kinds.join(", ")}`,
    { table, option: "data_compression" },
  );
}

/** No compression goes without saying. */
export const optionsIn = (compression: string): TableImage["options"] =>
  compression === "" || compression.toLowerCase() === "none" ? {} : { data_compression: compression.toLowerCase() };
