import { words } from "../../core/ddl/sql.ts";
import type { IndexImage, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import type { IndexElement } from "../../core/schema/model.ts";
import { quote } from "./quote.ts";

const foreignKeys = "it has no foreign keys; leave the constraint out and keep the field as a plain one";
const uniqueness =
  "nothing there keeps two rows from having the same values, the primary key neither; look for a ReplacingMergeTree, or make the index without unique";

/** Throws ToolError `unsupported` for constraints that ClickHouse would read and forget. */
export function refuseConstraints(table: TableImage): void {
  const [key] = table.foreignKeys;
  if (key)
    throw cannot(
      `make the foreign key "${key.name ?? key.columns.join(", ")}" of table "${table.name}"`,
      foreignKeys,
      table.name,
    );
  const [constraint] = table.constraints ?? [];
  if (constraint)
    throw cannot(`make the constraint "${constraint.name}" of table "${table.name}"`, noConstraints, table.name);
  for (const index of table.indexes) indexKind(table.name, index);
}

export const noForeignKeys = foreignKeys;

export const noConstraints =
  "nothing keeps two rows there from having the same values, and its checks hold for inserted rows only and cannot be read back; add a check with runSQL";

/** `ADD INDEX "name" (…) TYPE …`: a data-skipping index, which says what blocks of rows cannot hold. */
export function addIndex({ table, index }: StatementOf<"createIndex">): string {
  const list = index.fields.map((field) => covered(elementOf(field), { table, index })).join(", ");
  return words(
    `ALTER TABLE ${quote(table)} ADD INDEX ${quote(index.name)}`,
    index.fields.length === 1 ? list : `(${list})`,
    `TYPE ${indexKind(table, index)} GRANULARITY 1`,
  );
}

/** Throws ToolError `unsupported` for an order, which means nothing to an index that is no list. */
function covered(
  { field, expression, ...order }: IndexElement,
  { table, index }: { readonly table: string; readonly index: IndexImage },
): string {
  if (Object.keys(order).length > 0 || index.include || index.with)
    throw cannot(
      `make the index "${index.name}" of table "${table}"`,
      "an index has no order and no included columns there",
      table,
    );
  return field === undefined ? `(${expression})` : quote(field);
}

/** The type of an index in the words of ClickHouse, with its parameters. Throws ToolError `unsupported` for what it has not. */
function indexKind(table: string, index: IndexImage): string {
  const what = `make the index "${index.name}" of table "${table}"`;
  if (index.unique) throw cannot(what, uniqueness, table);
  if (index.where !== undefined) throw cannot(what, "an index covers all rows there; leave its predicate out", table);
  const kind = indexKinds[(index.method ?? "minmax").toLowerCase()];
  if (kind === undefined)
    throw cannot(
      what,
      `it has no index method "${index.method}"; use one of ${Object.keys(indexKinds).join(", ")}`,
      table,
    );
  return kind;
}

/** Methods of this and of other databases, with the parameters that https://clickhouse.com/docs/optimize/skipping-indexes starts from. */
export const indexKinds: Readonly<Record<string, string>> = {
  minmax: "minmax",
  btree: "minmax",
  brin: "minmax",
  set: "set(100)",
  bloom_filter: "bloom_filter",
  hash: "bloom_filter",
  ngrambf_v1: "ngrambf_v1(3, 8192, 3, 0)",
  tokenbf_v1: "tokenbf_v1(8192, 3, 0)",
};

/** How a method counts where indexes are compared: `undefined` for minmax, which goes without saying. */
export const comparedMethod = (method: string): string | undefined => {
  const kind = (indexKinds[method.toLowerCase()] ?? method).replace(/\(.*$/, "");
  return kind === "minmax" ? undefined : kind;
};

const cannot = (what: string, why: string, table: string): ToolError =>
  new ToolError("unsupported", `ClickHouse cannot ${what}: ${why}`, { dialect: "clickhouse", table });
