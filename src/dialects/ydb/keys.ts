import { nameList, words } from "../../core/ddl/sql.ts";
import type { Column, IndexImage, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import { quote } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { canBeKey } from "./types.ts";

export const noForeignKeys = "it has no foreign keys; leave the constraint out and keep the field as a plain one";
export const noConstraints = "it has no checks; have the program look at the values";

/** The primary key, which every table there has. Throws ToolError `unsupported` for a table without one, and for what a table cannot be held to. */
export function primaryKeyOf(table: TableImage): string {
  const no = (what: string, why: string) => cannot(`${what} of table "${table.name}"`, why, { table: table.name });
  const [key] = table.foreignKeys;
  if (key) throw no(`make the foreign key "${key.name ?? key.columns.join(", ")}"`, noForeignKeys);
  const [constraint] = table.constraints ?? [];
  if (constraint) throw no(`make the constraint "${constraint.name}"`, noConstraints);
  const { primaryKey = [] } = table;
  if (primaryKey.length === 0)
    throw cannot(
      `make the table "${table.name}"`,
      "every table there has a primary key (https://ydb.tech/docs/en/dev/primary-key/row-oriented); say primary_key of a field",
      { table: table.name },
    );
  const wrong = table.columns.find((column) => primaryKey.includes(column.name) && !canBeKey(column.type));
  if (wrong) throw no(`have "${wrong.name}" in the primary key`, `a ${wrong.type} cannot be part of a key there`);
  return `PRIMARY KEY ${nameList(quote, primaryKey)}`;
}

/**
 * `INDEX name GLOBAL SYNC ON (…) COVER (…)`: https://ydb.tech/docs/en/yql/reference/syntax/create_table/secondary_index. UNIQUE without SYNC made an index that was
 * not unique: https://github.com/ydb-platform/ydb/issues/17885. Throws ToolError `unsupported` for what an index cannot be.
 */
export function indexDefinition(table: string, index: IndexImage, columns: readonly Column[] = []): string {
  const no = (why: string) =>
    cannot(`make the index "${index.name}" of table "${table}"`, why, { table, index: index.name });
  const fields = index.fields.map((field) => {
    const { field: name, expression: _, ...others } = elementOf(field);
    if (name === undefined) throw no("an index covers columns there, and no expressions");
    if (Object.keys(others).length > 0)
      throw no("an index has no order there, nor anything else for one of its columns");
    return name;
  });
  if (index.where !== undefined) throw no("an index covers all rows there; leave its predicate out");
  if (index.nullsNotDistinct) throw no("rows with NULL are different there, in a unique index, too");
  if (index.with) throw no("an index has no options there when it is made; change them with runSQL");
  const wrong = columns.find((column) => fields.includes(column.name) && !canBeKey(column.type));
  if (wrong) throw no(`column "${wrong.name}" is ${wrong.type}, which no index can hold`);
  const kind = kindOf(index);
  if (kind === undefined)
    throw no(`it has no index method "${index.method}"; godwit makes sync and async ones, and others with runSQL`);
  if (index.unique && kind === "ASYNC") throw no("a unique index is always in step with its table there");
  return words(
    `INDEX ${quote(index.name)} GLOBAL`,
    index.unique && "UNIQUE",
    kind,
    `ON ${nameList(quote, fields)}`,
    index.include && `COVER ${nameList(quote, index.include)}`,
  );
}

/** What other databases have instead of a sorted table is the same here. */
const kindOf = ({ method = "sync" }: IndexImage): "SYNC" | "ASYNC" | undefined =>
  (({ sync: "SYNC", secondary: "SYNC", btree: "SYNC", async: "ASYNC" }) as const)[method.toLowerCase()];

/** How a method counts where indexes are compared: `undefined` for one in step with its table, which goes without saying. */
export const comparedMethod = (method: string): string | undefined =>
  kindOf({ name: "", fields: [], method }) === "SYNC" ? undefined : method.toLowerCase();

/** What a server that is older than its unique indexes on tables with rows makes of one without a word: https://github.com/ydb-platform/ydb/issues/15959 */
export const isNotUnique = ({ table, index }: StatementOf<"createIndex">): string =>
  `DESCRIBE INDEX ${quote(index.name)} ON ${quote(table)} NOT UNIQUE`;
