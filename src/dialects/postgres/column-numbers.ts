import type { Row } from "../../core/ddl/dialect.ts";
import { byTable, type Rows } from "./rows-by-table.ts";

/** The rows of the catalog with the names of columns where the catalog has their numbers: putting them in by SQL takes many times as long. */
export function withColumnNames(rows: Rows): Rows {
  const columns = byTable(rows["columns"]);
  const namesAt = (table: unknown, numbers: unknown): readonly string[] => {
    if (typeof numbers !== "string") return [];
    const own = columns.get(String(table)) ?? [];
    return numbersIn(numbers).map((number) => nameOf(own, number));
  };
  return {
    ...rows,
    constraints: (rows["constraints"] ?? []).map((row) => ({
      ...row,
      columns: namesAt(row["table"], row["columns"]),
      referenced_columns: namesAt(row["referenced_table"], row["referenced_columns"]),
      on_delete_columns: namesAt(row["table"], row["on_delete_columns"]),
    })),
    indexes: (rows["indexes"] ?? []).map((row) =>
      row["elements"] === null ? { ...row, elements: plainElements(row, namesAt(row["table"], row["keys"])) } : row,
    ),
  };
}

/** A column is mostly where its number says; those behind one that was dropped are not. */
function nameOf(columns: readonly Row[], number: number): string {
  const usual = columns[number - 1];
  const found = isAt(usual, number) ? usual : columns.find((row) => isAt(row, number));
  return String(found?.["name"] ?? "");
}

const isAt = (row: Row | undefined, number: number): boolean => Number(row?.["number"]) === number;

/** As the query gives those of other indexes. */
function plainElements(row: Row, fields: readonly string[]) {
  const options = numbersIn(row["key_options"]);
  return fields.map((field, i) => ({ field, expression: null, option: options[i] ?? 0, class: null, collation: null }));
}

/** `{1,2}` of an array, or `1 2` of a vector. */
const numbersIn = (text: unknown): readonly number[] =>
  typeof text === "string" ? (text.match(/-?\d+/g) ?? []).map(Number) : [];
