import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { lines, nameList, words } from "../../core/ddl/sql.ts";
import type { Column, CreateIndex, IndexImage, StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import { tooLong } from "./keys.ts";
import { objectId, quote, renaming } from "./names.ts";
import { stringLiteral } from "./quote.ts";
import { isLong } from "./types.ts";

export const indexRenderers: Pick<Renderers, "createIndex" | "dropIndex" | "renameIndex"> = {
  createIndex: (s) => [execute(createIndex(s))],
  dropIndex: (s) => [dropIndex(s)],
  renameIndex: ({ table, from, to }) => [execute(renaming([table, from.name], to, "INDEX"))],
};

/** The kind of an index; `undefined` for the one that goes without saying. Equality alone, which `hash` is for, any index can tell. */
export const comparedMethod = (method: string): string | undefined => {
  const kind = method.toLowerCase();
  return ["btree", "hash", "nonclustered"].includes(kind) ? undefined : kind;
};

const kinds: Readonly<Record<string, string>> = {
  clustered: "CLUSTERED",
  columnstore: "NONCLUSTERED COLUMNSTORE",
};

/**
 * A unique index of SQL Server takes one NULL only, where elsewhere two NULLs are never the same; so that one over columns which may be NULL is over the rows
 * that have none, unless it says that NULLs are equal.
 */
export function uniquePredicate(index: IndexImage, columns: readonly Column[]): string | undefined {
  if (!index.unique || index.nullsNotDistinct || index.where !== undefined) return undefined;
  const open = index.fields.flatMap((element) => {
    const { field } = elementOf(element);
    return columns.some((column) => column.name === field && column.nullable)
      ? [`${quote(field ?? "")} IS NOT NULL`]
      : [];
  });
  return open.length > 0 ? open.join(" AND ") : undefined;
}

/** Where the edition of the server can make an index while others write, it does so on request: 3 is Enterprise, 5 and 8 are Azure. */
function createIndex(s: CreateIndex): string {
  const { table, index, columns = [], concurrently } = s;
  refuseLacking(s);
  const statement = (online: boolean): string =>
    words(
      "CREATE",
      index.unique && "UNIQUE",
      kindOf(table, index),
      `INDEX ${quote(index.name)} ON ${quote(table)} (${index.fields.map((field) => partOf(s, field)).join(", ")})`,
      index.include && `INCLUDE ${nameList(quote, index.include)}`,
      predicate(index.where ?? uniquePredicate(index, columns)),
      optionsOf(index, online),
    );
  if (!concurrently) return statement(false);
  return lines(
    "IF CAST(SERVERPROPERTY(N'EngineEdition') AS INT) IN (3, 5, 8)",
    `  ${statement(true)}`,
    "ELSE",
    `  ${statement(false)}`,
  );
}

const predicate = (where: string | undefined): string | undefined => where && `WHERE ${where}`;

function kindOf(table: string, { name, method }: IndexImage): string | undefined {
  const kind = method === undefined ? undefined : comparedMethod(method);
  if (kind === undefined) return undefined;
  const word = kinds[kind];
  if (word !== undefined) return word;
  throw new ToolError(
    "unsupported",
    `SQL Server has no indexes of method "${method}"; index "${name}" of table "${table}" can be clustered or columnstore, or say no method`,
    { table, index: name },
  );
}

function partOf({ table, index, columns = [] }: CreateIndex, field: IndexImage["fields"][number]): string {
  const element = elementOf(field);
  const name = element.field ?? "";
  const type = columns.find((column) => column.name === name)?.type;
  if (type !== undefined && isLong(type) && !/columnstore/i.test(index.method ?? ""))
    throw tooLong(table, { name, type }, `index "${index.name}"`);
  return words(quote(name), element.order === "desc" && "DESC");
}

function refuseLacking({ table, index }: CreateIndex): void {
  const lacks = index.fields.map(elementOf).map((element) => {
    if (element.expression !== undefined) return "over an expression (add a generated field, and index that)";
    if (element.collation !== undefined) return "with a collation of its own";
    if (element.operatorClass !== undefined) return "with an operator class";
    return element.nulls === undefined || element.nulls === (element.order === "desc" ? "last" : "first")
      ? undefined
      : "that sorts NULLs elsewhere than SQL Server does, where they are the least of values";
  });
  const lack = lacks.find((why) => why !== undefined);
  if (lack !== undefined)
    throw new ToolError(
      "unsupported",
      `SQL Server has no indexes ${lack}; "${index.name}" of table "${table}" is one`,
      {
        table,
        index: index.name,
      },
    );
}

/** https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql, those that are kept with an index. */
export const indexOptions = ["fillfactor", "pad_index", "ignore_dup_key", "data_compression"] as const;

function optionsOf({ name, with: given = {} }: IndexImage, online: boolean): string | undefined {
  const options = Object.entries(given).map(([key, value]) => {
    if (indexOptions.some((known) => known === key.toLowerCase()) && /^\w+$/.test(value))
      return `${key.toUpperCase()} = ${value.toUpperCase()}`;
    throw new ToolError(
      "unsupported",
      `index "${name}" has the parameter "${key}", which indexes of SQL Server do not have like this; they have ${indexOptions.join(", ")}`,
      { index: name, option: key },
    );
  });
  const all = [...options, ...(online ? ["ONLINE = ON"] : [])];
  return all.length > 0 ? `WITH (${all.join(", ")})` : undefined;
}

/** Somebody may have made a unique one as a constraint, which is the same but for how it goes. */
function dropIndex({ table, index }: StatementOf<"dropIndex">): Command {
  const drop = `DROP INDEX ${quote(index.name)} ON ${quote(table)}`;
  if (!index.unique) return execute(drop);
  return execute(
    lines(
      `IF EXISTS (SELECT 1 FROM sys.key_constraints WHERE parent_object_id = ${objectId(table)} AND name = ${stringLiteral(index.name)})`,
      `  ALTER TABLE ${quote(table)} DROP CONSTRAINT ${quote(index.name)}`,
      "ELSE",
      `  ${drop}`,
    ),
  );
}
