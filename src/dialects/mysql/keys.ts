import { nameList, words } from "../../core/ddl/sql.ts";
import type { Column, ForeignKeyImage, IndexImage, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import type { ReferentialAction } from "../../core/schema/model.ts";
import { quote, stringLiteral } from "./quote.ts";
import { canonicalType, isLong } from "./types.ts";

/** Characters of a long text, or bytes, that an index holds: below the 3072 bytes of InnoDB, however they are encoded. */
export const prefixLength = 255;

/** Methods that are kinds of indexes of their own. All others are B-trees in InnoDB, whatever is written. */
export const indexKind = (method: string | undefined): "FULLTEXT" | "SPATIAL" | undefined =>
  (["FULLTEXT", "SPATIAL"] as const).find((kind) => kind === method?.toUpperCase());

/** What variants differ in. */
export interface Powers {
  /** A unique index may hold long values as a whole. */
  readonly uniqueLong: boolean;
  /** JSON is a text, and indexed as one. */
  readonly jsonIndexes: boolean;
  /** An index may cover an expression. */
  readonly expressionIndexes: boolean;
  /** A column may be added with a default such as `UUID()`, which is another one for each row. */
  readonly randomDefaults: boolean;
  /** The word for an index that queries do not use. */
  readonly hidden: "IGNORED" | "INVISIBLE";
  /** Indexes are made and dropped as far as they are there. */
  readonly guardsIndexes: boolean;
  /** As the capability of this name. */
  readonly servesForeignKeys?: (columns: readonly Column[]) => boolean;
  /** CREATE OR REPLACE is there for functions, procedures, triggers and events. */
  readonly replacesObjects: boolean;
  /** What follows the primary key and the whole of CREATE TABLE, which only the variant reads. */
  readonly marks?: { readonly primaryKey: string | false; readonly table: string | false };
}

/** Throws ToolError `unsupported` for a predicate, and for a unique index that could hold only the beginnings of its values. */
export function createIndex(
  { table, index, columns = [], unlessThere }: StatementOf<"createIndex">,
  powers: Powers,
): string {
  if (index.where !== undefined) throw partial(table, index);
  const kind = indexKind(index.method);
  if (index.include || index.nullsNotDistinct) throw lacking(table, index);
  const parts = index.fields.map((element) => {
    const { field, expression, order, operatorClass, collation, prefix } = elementOf(element);
    if (operatorClass !== undefined || collation !== undefined) throw lacking(table, index);
    const direction = order === "desc" ? " DESC" : "";
    if (field === undefined && !powers.expressionIndexes) throw lacking(table, index);
    if (field === undefined) return `(${expression})${direction}`;
    if (prefix !== undefined) return `${quote(field)}(${prefix})${direction}`;
    const type = columns.find((column) => column.name === field)?.type;
    if (kind || type === undefined || !isLong(type)) return `${quote(field)}${direction}`;
    if (!powers.jsonIndexes && canonicalType(type) === "json") throw ofJson(table, field, index);
    if (index.unique && powers.uniqueLong) return `${quote(field)}${direction}`;
    if (index.unique) throw tooLong(table, field, type, `the unique index "${index.name}"`);
    return `${quote(field)}(${prefixLength})${direction}`;
  });
  return words(
    "CREATE",
    index.unique ? "UNIQUE" : kind,
    `INDEX ${unlessThere ? "IF NOT EXISTS " : ""}${quote(index.name)} ON ${quote(table)} (${parts.join(", ")})`,
    ...indexOptions(table, index, powers),
  );
}

/** `hidden`: kept up to date, but not used by queries. */
function indexOptions(table: string, index: IndexImage, { hidden }: Powers): readonly (string | false)[] {
  const { hidden: isHidden, key_block_size: size, ...others } = index.with ?? {};
  if (Object.keys(others).length > 0) throw lacking(table, index);
  return [
    size !== undefined && `KEY_BLOCK_SIZE=${size}`,
    /^(?:true|1)$/i.test(isHidden ?? "") && hidden,
    index.comment !== undefined && `COMMENT ${stringLiteral(index.comment)}`,
  ];
}

const lacking = (table: string, index: IndexImage): ToolError =>
  new ToolError(
    "unsupported",
    `MySQL and MariaDB have no included fields, operator classes, collations, equal NULLs or other parameters than hidden and key_block_size in an index, and MariaDB no expressions; index "${index.name}" of table "${table}" has one of these`,
    { table, index: index.name },
  );

/** Throws ToolError `unsupported` for a key that a table cannot be made with. */
export function checkKeys(table: TableImage): void {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  for (const name of table.primaryKey ?? []) {
    const type = columns.get(name)?.type ?? "";
    if (isLong(type)) throw tooLong(table.name, name, type, "the primary key");
  }
  const numbered = table.columns.find((column) => column.autoIncrement);
  if (numbered && numbered.name !== table.primaryKey?.[0]) throw notNumberable(table.name, numbered.name);
}

export function notNumberable(table: string, field: string): ToolError {
  return new ToolError(
    "unsupported",
    `MySQL and MariaDB number a column only when it is the first of the primary key; "${field}" of table "${table}" is not: use type integer for it, or make it the key`,
    { table, field },
  );
}

/**
 * A foreign key with an index of its own, unless one serves it. The database would make one by itself where it finds none, and drop it silently
 * when another one comes; that one could then not be dropped any more.
 */
export function foreignKeyParts(key: ForeignKeyImage, isServed = false): readonly string[] {
  if (key.deferrable || key.matchFull || key.onDeleteColumns) throw notDeferrable(key);
  return [
    ...(isServed ? [] : [words("KEY", key.name !== undefined && quote(key.name), nameList(quote, key.columns))]),
    words(
      key.name !== undefined && `CONSTRAINT ${quote(key.name)}`,
      `FOREIGN KEY ${nameList(quote, key.columns)}`,
      `REFERENCES ${quote(key.table)} ${nameList(quote, key.referencedColumns)}`,
      // What is left out comes back from MariaDB as RESTRICT.
      `ON DELETE ${action(key, key.onDelete)}`,
      `ON UPDATE ${action(key, key.onUpdate)}`,
    ),
  ];
}

function notDeferrable(key: ForeignKeyImage): ToolError {
  return new ToolError(
    "unsupported",
    `InnoDB checks foreign keys by each statement, and for all of their columns; "${key.name ?? ""}" is to be deferrable, to match fully, or to change only some of them`,
    { foreignKey: key.name },
  );
}

function action(key: ForeignKeyImage, wanted: ReferentialAction): string {
  if (wanted !== "SET DEFAULT") return wanted;
  throw new ToolError(
    "unsupported",
    `InnoDB has no SET DEFAULT; the foreign key "${key.name ?? ""}" needs another action, such as SET NULL`,
    { foreignKey: key.name },
  );
}

function partial(table: string, index: IndexImage): ToolError {
  return new ToolError(
    "unsupported",
    `MySQL and MariaDB have no partial indexes; the index "${index.name}" on table "${table}" must do without "where"`,
    { table, index: index.name },
  );
}

function ofJson(table: string, field: string, index: IndexImage): ToolError {
  return new ToolError(
    "unsupported",
    `MySQL does not index JSON; the index "${index.name}" on table "${table}" must do without "${field}"`,
    { table, field, index: index.name },
  );
}

function tooLong(table: string, field: string, type: string, what: string): ToolError {
  return new ToolError(
    "unsupported",
    `MySQL and MariaDB index only the beginning of ${type} values, which is not enough for ${what} of table "${table}": give "${field}" a type with a length, such as varchar`,
    { table, field },
  );
}
