import { type Command, execute } from "../../core/ddl/dialect.ts";
import { block, words } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { columnDefinition } from "./columns.ts";
import { setComment } from "./comments.ts";
import { check, checkKey, foreignKey, isUnchecked, primaryKey, withCheck } from "./keys.ts";
import { keyName, quote } from "./names.ts";
import { withOptions } from "./options.ts";

/** A table with all that it has but its indexes. What rows need not satisfy comes by itself: inside of CREATE TABLE it would count as checked. */
export function createTable(table: TableImage): readonly Command[] {
  checkKey(table);
  const { name, columns, primaryKey: key, constraints = [], foreignKeys } = table;
  const parts = [
    ...columns.map((column) => columnDefinition(column, name)),
    ...(key ? [primaryKey(name, { columns: key })] : []),
    ...constraints.filter((c) => !isUnchecked(c)).map(check),
    ...foreignKeys.filter((k) => !isUnchecked(k)).map(foreignKey),
  ];
  return [
    execute(words(block(`CREATE TABLE ${quote(name)}`, parts), withOptions(table))),
    ...[...constraints.filter(isUnchecked).map(check), ...foreignKeys.filter(isUnchecked).map(foreignKey)].map((part) =>
      execute(`ALTER TABLE ${quote(name)} ${withCheck({ notValid: true })} ${part}`),
    ),
    ...[...constraints, ...foreignKeys].flatMap((part) => constraintComment(name, part)),
    ...constraintComment(name, { name: keyName(name), comment: table.primaryKeyComment }),
  ];
}

/** Describes a constraint that has just been made. */
export const constraintComment = (
  table: string,
  { name, comment }: { readonly name?: string; readonly comment?: string | undefined },
): readonly Command[] =>
  name === undefined || comment === undefined ? [] : setComment({ table, constraint: name, comment });
