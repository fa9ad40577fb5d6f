import type { Dialect } from "./dialect.ts";
import type { Column, IndexImage, SetComment, Statement, TableImage } from "./statement.ts";

/** The statements that describe a new table, its columns and its indexes; none where the database keeps no comments. */
export const tableComments = (table: TableImage, dialect: Dialect): readonly Statement[] =>
  hasStatements(dialect)
    ? [
        ...(table.comment === undefined ? [] : [comment(table.name, {}, table.comment)]),
        ...table.columns.flatMap((column) => columnComment(table.name, column, dialect)),
        ...table.indexes.flatMap((index) => indexComment(table.name, index, dialect)),
      ]
    : [];

/** The statement that describes a new column. */
export const columnComment = (table: string, column: Column, { capabilities }: Dialect): readonly Statement[] =>
  hasStatements({ capabilities }) && column.comment !== undefined
    ? [comment(table, { column: column.name }, column.comment)]
    : [];

/** The statement that describes a new index. */
export const indexComment = (table: string, index: IndexImage, { capabilities }: Dialect): readonly Statement[] =>
  hasStatements({ capabilities }) && index.comment !== undefined
    ? [comment(table, { index: index.name }, index.comment)]
    : [];

/** Whether constraints, keys and views can be described. */
export const describesConstraints = ({ capabilities }: Pick<Dialect, "capabilities">): boolean =>
  hasStatements({ capabilities });

/** Whether there are statements that describe, beside those that make. */
const hasStatements = ({ capabilities }: Pick<Dialect, "capabilities">): boolean =>
  capabilities.comments === true && !capabilities.commentsAreInline;

const comment = (table: string, on: Pick<SetComment, "column" | "index">, text: string): SetComment => ({
  kind: "setComment",
  table,
  ...on,
  comment: text,
});
