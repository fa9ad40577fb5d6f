import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines } from "../../core/ddl/sql.ts";
import type { AlterColumn, Column, StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { columnDefinition, countingOf, defaultOf, typeWithCollation } from "./columns.ts";
import { setComment } from "./comments.ts";
import { defaultName, objectId, quote, renaming } from "./names.ts";
import { stringLiteral } from "./quote.ts";
import { canonicalType } from "./types.ts";

/** Rows that are there get the default only where the column may not be NULL, or where that is said. */
export function addColumn({ table, column }: StatementOf<"addColumn">): readonly Command[] {
  const withValues = column.nullable && defaultOf(column) !== undefined ? " WITH VALUES" : "";
  return [execute(`ALTER TABLE ${quote(table)} ADD ${columnDefinition(column, table)}${withValues}`)];
}

/** The constraint that holds the default of a column is in its way. */
export const dropColumn = ({ table, column }: StatementOf<"dropColumn">): readonly Command[] => [
  ...(defaultOf(column) === undefined ? [] : [dropDefault(table, column.name)]),
  execute(`ALTER TABLE ${quote(table)} DROP COLUMN ${quote(column.name)}`),
];

/**
 * Type, collation and NULL are said together, because what is left out is not kept; the default is a constraint beside it
 * (https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#alter-column).
 */
export function alterColumn(s: AlterColumn): readonly Command[] {
  const { table, before, after } = s;
  const retypes = canonicalType(before.type) !== canonicalType(after.type) || before.collation !== after.collation;
  const changes = retypes || before.nullable !== after.nullable;
  const [old, next] = [defaultOf(before), defaultOf(after)];
  const moves = old !== next || (retypes && old !== undefined) || isReplaced(s);
  const commands = [
    ...(moves && old !== undefined ? [dropDefault(table, before.name)] : []),
    ...(isReplaced(s) ? replaced(s) : changes ? [retyped(table, after)] : []),
    ...(moves && next !== undefined ? [addDefault(table, after.name, next)] : []),
    ...(before.comment === after.comment ? [] : setComment({ table, column: after.name, ...described(after) })),
  ];
  // Whoever says a column again without changing it gets what is there already.
  return commands.length === 0 && !after.generated && countingOf(after) === undefined
    ? [retyped(table, after)]
    : commands;
}

const described = ({ comment }: Column) => (comment === undefined ? {} : { comment });

const retyped = (table: string, column: Column): Command =>
  execute(
    `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column.name)} ${typeWithCollation(column)} ${column.nullable ? "NULL" : "NOT NULL"}`,
  );

/** A conversion of one's own, and a column that is computed or counts no longer, need a column that takes the place of the old one. */
const isReplaced = ({ before, after, using }: AlterColumn): boolean =>
  using !== undefined ||
  Boolean(before.generated) !== Boolean(after.generated) ||
  countingOf(before) !== countingOf(after);

/** What a column is called until it takes the place of another one. */
const converted = "godwit_converted";

/** The new column is the last of its table. */
function replaced({ table, before, after, using }: AlterColumn): readonly Command[] {
  if (after.generated || countingOf(after) !== undefined) throw cannotBecome(table, after);
  const fresh = {
    name: converted,
    type: after.type,
    nullable: true,
    ...(after.collation !== undefined && { collation: after.collation }),
  };
  return [
    execute(`ALTER TABLE ${quote(table)} ADD ${columnDefinition(fresh, table)}`),
    execute(`UPDATE ${quote(table)} SET ${quote(converted)} = ${using ?? quote(before.name)}`),
    execute(`ALTER TABLE ${quote(table)} DROP COLUMN ${quote(before.name)}`),
    execute(renaming([table, converted], after.name, "COLUMN")),
    ...(after.nullable ? [] : [retyped(table, after)]),
  ];
}

const cannotBecome = (table: string, { name, generated }: Column): ToolError =>
  new ToolError(
    "unsupported",
    generated
      ? `column "${name}" of table "${table}" has values and cannot become a computed one in SQL Server; drop the field and add it anew`
      : `column "${name}" of table "${table}" cannot begin to count, or count in another way, in SQL Server; only a new column can (IDENTITY): add a field, or make a new table and copy the rows`,
    { table, column: name },
  );

/** Somebody else may have chosen its name, so that it is looked up. */
export function dropDefault(table: string, column: string): Command {
  return execute(
    lines(
      "DECLARE @drop NVARCHAR(MAX) = (",
      `  SELECT ${stringLiteral(`ALTER TABLE ${quote(table)} DROP CONSTRAINT `)} + QUOTENAME(name) FROM sys.default_constraints`,
      `  WHERE parent_object_id = ${objectId(table)} AND parent_column_id = COLUMNPROPERTY(${objectId(table)}, ${stringLiteral(column)}, 'ColumnId')`,
      ");",
      "EXEC (@drop)",
    ),
  );
}

const addDefault = (table: string, column: string, sql: string): Command =>
  execute(
    `ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(defaultName(table, column))} DEFAULT ${sql} FOR ${quote(column)}`,
  );
