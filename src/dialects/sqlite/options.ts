import { withoutOwnCollations } from "../../core/ddl/own-collations.ts";
import type { ForeignKeyImage, RebuildTable, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { canonicalJson } from "../../core/schema/canonical.ts";
import { isDefaultName } from "../../core/schema/constraints.ts";
import { foreignKeyName } from "../../core/schema/names.ts";
import { clausesOf, clausesText, effectiveClauses } from "./clauses.ts";
import { quote } from "./quote.ts";

/**
 * What a table can be told beyond its columns.
 * - `strict`, `without_rowid`: as CREATE TABLE has them.
 * - `not_null_key`: whether the columns of the primary key are declared NOT NULL, or the names of those that are. SQLite lets the others be
 *   NULL, an old bug that it keeps. Absent: they are, but where SQLite requires them anyway.
 * - `clauses`: what CREATE TABLE says of constraints beyond the schema (`clauses.ts`).
 * - `named_keys`: foreign keys and constraints have their names in CREATE TABLE even where these are the ones that they have by default.
 */
export const tableOptions = ["strict", "without_rowid", "not_null_key", "named_keys", "clauses"] as const;

export type TableOption = (typeof tableOptions)[number];

/** Whether a table has an option. Throws ToolError `schema` for a value that is neither true nor false. */
export function hasOption(table: Pick<TableImage, "name" | "options">, option: TableOption): boolean {
  const value = table.options?.[option] ?? "false";
  if (value === "true" || value === "false") return value === "true";
  throw new ToolError(
    "schema",
    `option "${option}" of table "${table.name}" is "${value}"; it is either "true" or "false"`,
    { table: table.name, option },
  );
}

/** Whether the primary key is another name for the number that SQLite gives each row. */
export function isRowid(table: Pick<TableImage, "name" | "columns" | "primaryKey" | "options">): boolean {
  const [key, ...rest] = table.primaryKey ?? [];
  const column = table.columns.find((c) => c.name === key);
  if (!column || rest.length > 0 || hasOption(table, "without_rowid")) return false;
  if (column.autoIncrement === true) return true;
  return column.type.toUpperCase() === "INTEGER" && !sortsKey(table);
}

/** Whether the only column of the key says DESC, with which SQLite does not take it for the number of the row. */
const sortsKey = (table: Pick<TableImage, "name" | "options">): boolean =>
  clausesOf(table).some(({ kind, elements }) => kind === "PRIMARY KEY" && elements.some((e) => e.sorted !== ""));

/** Whether the columns of the key are never NULL, said or not. */
export const requiresKey = (table: TableImage): boolean =>
  hasOption(table, "strict") || hasOption(table, "without_rowid") || isRowid(table);

/** Whether CREATE TABLE says NOT NULL of a column. */
export function isRequired(table: TableImage, name: string): boolean {
  const column = table.columns.find((c) => c.name === name);
  if (!column || !table.primaryKey?.includes(name)) return column?.nullable === false;
  const declared = table.options?.["not_null_key"];
  if (declared === undefined) return !requiresKey(table);
  return declared === "true" || declared.split(/,\s*/).includes(name);
}

/** How tables are compared: what a key or a constraint is called, and whether a key says NOT NULL, is nothing that applications notice. */
export function canonicalTable(table: TableImage): TableImage {
  const { not_null_key: _, named_keys: __, clauses: ___, ...options } = table.options ?? {};
  const clauses = effectiveClauses(clausesOf(table));
  const kept = [
    ...Object.entries(options).filter(([, value]) => value !== "false"),
    ...(clauses.length > 0 ? [["clauses", clausesText(clauses)] as const] : []),
  ];
  return withoutOwnCollations({ ...table, options: Object.fromEntries(kept) }, "BINARY");
}

/** Whether a foreign key has a name that nobody need have given it; those of several with the same columns are numbered. */
export function hasDefaultName(table: string, { name = "", columns }: ForeignKeyImage): boolean {
  const byDefault = foreignKeyName(table, columns);
  return name.startsWith(byDefault) && /^\d*$/.test(name.slice(byDefault.length));
}

/**
 * Whether a rebuild would only give other names to constraints that have none in the database: one name is what such a constraint is called by default, the
 * other what it is called so before or after its table or column gets another name.
 */
export function onlyRenames({ before, after, copy }: RebuildTable): boolean {
  const [old, next] = [before.constraints ?? [], after.constraints ?? []];
  const kept = after.columns.every((c) => c.generated || copy[c.name] === quote(c.name));
  if (!kept || hasOption(before, "named_keys") || old.length !== next.length) return false;
  const rest = (table: TableImage): string =>
    canonicalJson({ ...table, constraints: table.constraints?.map((c) => ({ ...c, name: "" })) ?? [] });
  const renamed = old.flatMap(({ name }, i) => (name === next[i]?.name ? [] : [[name, next[i]?.name ?? ""]]));
  const fields = after.columns.map(({ name }) => name);
  const usual = new Set([...old, ...next].filter((c) => isDefaultName(after.name, c, fields)).map(({ name }) => name));
  const isUsual = (name: string): boolean => usual.has(name) || /^.+_.+_(?:check|key)\d*$/.test(name);
  const nameless = ([from = "", to = ""]: readonly string[]): boolean =>
    isUsual(from) && isUsual(to) && (usual.has(from) || usual.has(to));
  return renamed.length > 0 && renamed.every(nameless) && rest(before) === rest(after);
}
