import { type Command, execute } from "../../core/ddl/dialect.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import { usualKeyName } from "./following-names.ts";

/** Describes a constraint, where there is something to say. */
export const constraintComment = (
  quote: Quote,
  table: string,
  { name, comment }: { readonly name?: string | undefined; readonly comment?: string | undefined },
): readonly Command[] =>
  name === undefined || comment === undefined
    ? []
    : [execute(`COMMENT ON CONSTRAINT ${quote(name)} ON ${quote(table)} IS ${stringLiteral(comment)}`)];

/** Describes the constraints that came with a table, its keys among them. */
export const constraintComments = (quote: Quote, table: TableImage): readonly Command[] =>
  [
    { name: table.primaryKeyName ?? usualKeyName(table.name), comment: table.primaryKeyComment },
    ...(table.constraints ?? []),
    ...table.foreignKeys,
  ].flatMap((constraint) => constraintComment(quote, table.name, constraint));
