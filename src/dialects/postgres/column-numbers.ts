import type { Row } from "../../core/ddl/dialect.ts";

type Rows = Readonly<Record<string, readonly Row[]>>;

/** The rows of the catalog with the names of columns where the catalog has their numbers: putting them in by SQL takes many times as long. */
export function withColumnNames(rows: Rows): Rows {
  const names = new Map<unknown, Map<number, string>>();
  for (const { table, number, name } of rows["columns"] ?? []) {
    const own = names.get(table) ?? new Map<number, string>();
    names.set(table, own.set(Number(number), String(name)));
  }
  const namesAt = (table: unknown, numbers: unknown): readonly string[] =>
    numbersIn(numbers).map((number) => names.get(table)?.get(number) ?? "");
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

/** As the query gives those of other indexes. */
function plainElements(row: Row, fields: readonly string[]) {
  const options = numbersIn(row["key_options"]);
  return fields.map((field, i) => ({ field, expression: null, option: options[i] ?? 0, class: null, collation: null }));
}

/** `{1,2}` of an array, or `1 2` of a vector. */
const numbersIn = (text: unknown): readonly number[] =>
  typeof text === "string" ? (text.match(/-?\d+/g) ?? []).map(Number) : [];
