import { words } from "../../core/ddl/sql.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { canonicalText, partsOf } from "./text.ts";
import { canonicalType } from "./types.ts";

/** How values are compressed, and when they go by themselves: https://clickhouse.com/docs/sql-reference/statements/create/table#column_compression_codec */
export const columnOptions = ["codec", "ttl"] as const;

/** `CODEC(…) TTL …`, which end the definition of a column. */
export const optionClauses = ({ options = {} }: Column): string =>
  words(
    options["codec"] !== undefined && `CODEC(${options["codec"]})`,
    options["ttl"] !== undefined && `TTL ${options["ttl"]}`,
  );

/** What takes away the options that a column no longer has, as ends of `MODIFY COLUMN name`. */
export const removedOptions = (before: Column, after: Column): readonly string[] =>
  columnOptions
    .filter((key) => before.options?.[key] !== undefined && after.options?.[key] === undefined)
    .map((key) => `REMOVE ${key.toUpperCase()}`);

export const sameOptions = (before: Column, after: Column): boolean =>
  JSON.stringify(canonicalOptions(before)) === JSON.stringify(canonicalOptions(after));

/** The columns of a table with their options in one spelling, for comparing. */
export const canonicalColumns = (table: TableImage): TableImage =>
  table.columns.some(({ options }) => options)
    ? {
        ...table,
        columns: table.columns.map((column) =>
          column.options ? { ...column, options: canonicalOptions(column) } : column,
        ),
      }
    : table;

function canonicalOptions({ options = {}, type }: Column): Readonly<Record<string, string>> {
  const { codec, ttl } = options;
  return {
    ...(codec !== undefined && { codec: canonicalCodec(codec, type) }),
    ...(ttl !== undefined && { ttl: canonicalText(ttl) }),
  };
}

/** Without the parameters that the server adds by itself. */
function canonicalCodec(codec: string, type: string): string {
  const size = sizes[canonicalType(type).replace(/\(.*$/s, "")];
  return partsOf(canonicalText(codec))
    .map((part) => part.replace(/^ZSTD\(1\)$/i, "ZSTD").replace(/^LZ4HC\(9\)$/i, "LZ4HC"))
    .map((part) => (size === undefined ? part : part.replace(new RegExp(`^(\\w+)\\(${size}\\)$`), bareDelta)))
    .join(", ");
}

const bareDelta = (whole: string, name: string): string =>
  /^(?:Delta|DoubleDelta|Gorilla)$/i.test(name) ? name : whole;

/** Bytes of a value, which is what codecs of differences go by. */
const sizes: Readonly<Record<string, number>> = {
  Int8: 1,
  UInt8: 1,
  Bool: 1,
  Int16: 2,
  UInt16: 2,
  Date: 2,
  Int32: 4,
  UInt32: 4,
  Float32: 4,
  DateTime: 4,
  Date32: 4,
  Int64: 8,
  UInt64: 8,
  Float64: 8,
  DateTime64: 8,
};
