import { words } from "../../core/ddl/sql.ts";
import type { IndexImage, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import { quote, stringLiteral } from "./quote.ts";

/** https://docs.starrocks.io/docs/table_design/data_modification/ and CREATE TABLE: nothing is said there of either but as advice to the optimizer. */
export const noForeignKeys =
  "it has no foreign keys; leave the constraint out and keep the field as a plain one (foreign_key_constraints among the properties of a table is advice to the optimizer)";
export const noConstraints = "it has no checks and unique constraints; the primary key is all that keeps rows apart";

/** Throws ToolError `unsupported` for what a table cannot be held to. */
export function refuseConstraints(table: TableImage): void {
  const [key] = table.foreignKeys;
  if (key)
    throw cannot(
      `make the foreign key "${key.name ?? key.columns.join(", ")}" of table "${table.name}"`,
      noForeignKeys,
      table.name,
    );
  const [constraint] = table.constraints ?? [];
  if (constraint)
    throw cannot(`make the constraint "${constraint.name}" of table "${table.name}"`, noConstraints, table.name);
  for (const index of table.indexes) checkIndex(table.name, index);
}

/** `CREATE INDEX … USING BITMAP`: https://docs.starrocks.io/docs/table_design/indexes/Bitmap_index/ */
export function createIndex({ table, index }: StatementOf<"createIndex">): string {
  const { field, parameters } = checkIndex(table, index);
  return words(
    `CREATE INDEX ${quote(index.name)} ON ${quote(table)} (${quote(field)}) USING ${kindOf(index)}`,
    parameters !== "" && `(${parameters})`,
    index.comment !== undefined && `COMMENT ${stringLiteral(index.comment)}`,
  );
}

function checkIndex(table: string, index: IndexImage): { readonly field: string; readonly parameters: string } {
  const what = `make the index "${index.name}" of table "${table}"`;
  if (index.unique) throw cannot(what, "only the primary key keeps two rows from having the same values", table);
  if (index.where !== undefined) throw cannot(what, "an index covers all rows there; leave its predicate out", table);
  const [first, second] = index.fields.map(elementOf);
  if (!first || second)
    throw cannot(
      what,
      "an index covers one column there; make one for each, or sort the rows by the option order_by",
      table,
    );
  const { field, expression: _, ...others } = first;
  if (field === undefined || Object.keys(others).length > 0 || index.include || index.nullsNotDistinct)
    throw cannot(what, "an index covers a column there, without an order or anything else", table);
  kindOf(index);
  const parameters = Object.entries(index.with ?? {}).map(([key, value]) => `"${key}" = ${JSON.stringify(value)}`);
  return { field, parameters: parameters.join(", ") };
}

/** The kind of an index in the words of StarRocks. Throws ToolError `unsupported` for what it has not. */
function kindOf({ name, method = "bitmap" }: IndexImage): string {
  const kind = indexKinds[method.toLowerCase()];
  if (kind !== undefined) return kind;
  throw cannot(
    `make the index "${name}"`,
    `it has no index method "${method}"; use one of ${Object.keys(indexKinds).join(", ")}`,
  );
}

/** Methods of this and of other databases. */
export const indexKinds: Readonly<Record<string, string>> = {
  bitmap: "BITMAP",
  btree: "BITMAP",
  hash: "BITMAP",
  ngrambf: "NGRAMBF",
  gin: "GIN",
};

/** How a method counts where indexes are compared: `undefined` for bitmaps, which go without saying. */
export const comparedMethod = (method: string): string | undefined => {
  const kind = (indexKinds[method.toLowerCase()] ?? method).toLowerCase();
  return kind === "bitmap" ? undefined : kind;
};

const cannot = (what: string, why: string, table?: string): ToolError =>
  new ToolError("unsupported", `StarRocks cannot ${what}: ${why}`, { dialect: "starrocks", ...(table && { table }) });
