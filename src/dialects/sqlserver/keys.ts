import type { AddPrimaryKey } from "../../core/ddl/key-statements.ts";
import { nameList, words } from "../../core/ddl/sql.ts";
import type { ForeignKeyImage, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import type { Constraint, ReferentialAction } from "../../core/schema/model.ts";
import { keyName, quote } from "./names.ts";
import { isLong } from "./types.ts";

type Key = Pick<AddPrimaryKey, "columns" | "name">;

/** `CONSTRAINT [pk_users] PRIMARY KEY ([id])`; the rows of a table are kept in the order of its key. */
export const primaryKey = (table: string, { columns, name = keyName(table) }: Key): string =>
  `CONSTRAINT ${quote(name)} PRIMARY KEY ${nameList(quote, columns)}`;

/** Throws ToolError `unsupported` for a key over values that no index takes. */
export function checkKey({ name, columns, primaryKey: key = [] }: TableImage): void {
  for (const column of columns) {
    if (key.includes(column.name) && isLong(column.type)) throw tooLong(name, column, "the primary key");
  }
}

export const tooLong = (
  table: string,
  { name, type }: { readonly name: string; readonly type: string },
  what: string,
): ToolError =>
  new ToolError(
    "unsupported",
    `SQL Server has no keys and indexes over ${type}, and "${name}" of table "${table}" is in ${what}: give the field a type with a length, such as varchar`,
    { table, field: name },
  );

/** RESTRICT is what NO ACTION does there. Throws ToolError `unsupported` for what foreign keys of SQL Server cannot be told. */
export function foreignKey(key: ForeignKeyImage): string {
  const lacking = key.deferrable
    ? "wait for the end of a transaction"
    : key.matchFull
      ? "match fully"
      : key.onDeleteColumns && "change only some of its fields";
  if (lacking !== undefined)
    throw new ToolError(
      "unsupported",
      `SQL Server checks foreign keys by each statement, and for all of their fields; "${key.name ?? ""}" is to ${lacking}`,
      { foreignKey: key.name },
    );
  return words(
    key.name !== undefined && `CONSTRAINT ${quote(key.name)}`,
    `FOREIGN KEY ${nameList(quote, key.columns)}`,
    `REFERENCES ${quote(key.table)} ${nameList(quote, key.referencedColumns)}`,
    action("DELETE", key.onDelete),
    action("UPDATE", key.onUpdate),
  );
}

const action = (on: string, what: ReferentialAction): string | false => {
  const said = writtenAction(what);
  return said !== "NO ACTION" && `ON ${on} ${said}`;
};

export const writtenAction = (action: ReferentialAction): ReferentialAction =>
  action === "RESTRICT" ? "NO ACTION" : action;

/** `CONSTRAINT [name] CHECK (…)`; unique constraints are indexes. Throws ToolError `unsupported` for constraints of other databases. */
export function check(constraint: Constraint): string {
  if ("check" in constraint && !constraint.noInherit)
    return `CONSTRAINT ${quote(constraint.name)} CHECK (${constraint.check})`;
  const what = "exclude" in constraint ? "exclusion constraints" : "checks that only some tables have";
  throw new ToolError("unsupported", `SQL Server has no ${what}; "${constraint.name}" is one`, {
    constraint: constraint.name,
  });
}

/** Whether the rows that were there before it need not satisfy it. */
export const isUnchecked = (part: object): boolean => "notValid" in part && part.notValid === true;

/** What ALTER TABLE says before ADD: rows that are there are held against a new constraint, or not. */
export const withCheck = (part: object): string => (isUnchecked(part) ? "WITH NOCHECK ADD" : "ADD");
