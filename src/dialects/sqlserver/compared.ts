import type { IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import { writtenAction } from "./keys.ts";
import { optionsIn } from "./options.ts";

/**
 * A table as the catalog tells it: RESTRICT is NO ACTION, an identity of ones is what a serial is, a computed column that is not kept says nothing of NULL,
 * and NULLs are no matter to an index over columns that have none.
 */
export function canonicalTable(table: TableImage): TableImage {
  const { options: given, ...rest } = table;
  const options = optionsIn(given?.["data_compression"] ?? "") ?? {};
  return {
    ...rest,
    columns: table.columns.map(({ identity, ...column }) => ({
      ...column,
      ...(column.generated && !column.generated.stored && { nullable: true }),
      ...(identity && told(identity)),
    })),
    indexes: table.indexes.map((index) => canonicalIndex(index, table)),
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      onDelete: writtenAction(key.onDelete),
      onUpdate: writtenAction(key.onUpdate),
    })),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function told({ start = 1, increment = 1 }: NonNullable<TableImage["columns"][number]["identity"]>) {
  return String(start) === "1" && String(increment) === "1"
    ? { autoIncrement: true }
    : { identity: { start, increment } };
}

function canonicalIndex(index: IndexImage, { columns }: TableImage): IndexImage {
  const { nullsNotDistinct, with: given, ...rest } = index;
  const open = index.fields.some((element) =>
    columns.some((column) => column.nullable && column.name === elementOf(element).field),
  );
  const options = Object.entries(given ?? {}).map(([key, value]) => [key.toLowerCase(), value.toLowerCase()]);
  return {
    ...rest,
    fields: index.fields.map((element) => {
      const { nulls: _, ...plain } = elementOf(element);
      return plain.order === undefined && plain.field !== undefined ? plain.field : plain;
    }),
    ...(nullsNotDistinct && open && { nullsNotDistinct }),
    ...(options.length > 0 && { with: Object.fromEntries(options) as Readonly<Record<string, string>> }),
  };
}
