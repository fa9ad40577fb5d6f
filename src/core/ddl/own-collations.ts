import { elementOf, indexField } from "../schema/index-fields.ts";
import type { TableImage } from "./statement.ts";

/**
 * The table without the collations of its indexes that its columns have anyway, which databases do not tell apart from none. `plain` is the one that
 * columns have by default, if it has a name.
 */
export function withoutOwnCollations(table: TableImage, plain?: string): TableImage {
  const isOwn = (field: string | undefined, collation: string): boolean => {
    const column = table.columns.find(({ name }) => name === field);
    return column !== undefined && (column.collation ?? plain)?.toLowerCase() === collation.toLowerCase();
  };
  return {
    ...table,
    indexes: table.indexes.map((index) => ({
      ...index,
      fields: index.fields.map((field) => {
        const { collation, ...element } = elementOf(field);
        return collation !== undefined && isOwn(element.field, collation) ? indexField(element) : field;
      }),
    })),
  };
}
