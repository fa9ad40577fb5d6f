import type { Row } from "../../core/ddl/dialect.ts";
import type { IndexElement } from "../../core/schema/model.ts";
import { indexElements, type TableText } from "./table-text.ts";
import { isKeyword, tokenize } from "./tokens.ts";

/** One table with all that was read of it. */
export interface LiveTable {
  readonly name: string;
  readonly row: Row;
  readonly text: TableText;
  readonly columns: readonly Row[];
  readonly indexes: readonly LiveIndex[];
}

export interface LiveIndex {
  readonly name: string;
  readonly row: Row;
  readonly columns: readonly Row[];
}

/** Whether it is an index of its own, and not that of a constraint. */
export const isOwnIndex = (index: LiveIndex): boolean => index.row["origin"] === "c";

/** Whether it names a collation, be it the one that its column has anyway. */
const says = (element = ""): boolean => tokenize(element).some((token) => isKeyword(token, "COLLATE"));

/** What an index covers; an expression as it is written. */
export function elementsOf(table: LiveTable, index: LiveIndex): readonly IndexElement[] {
  const texts = indexElements(String(index.row["sql"] ?? ""));
  return index.columns.map((column, i) => {
    const name = column["name"];
    const own = typeof name === "string" ? (table.text.columns.get(name)?.collation ?? "BINARY") : undefined;
    const collation = String(column["coll"]);
    return {
      ...(typeof name === "string" ? { field: name } : { expression: texts[i] ?? "" }),
      ...(column["desc"] === 1 && { order: "desc" as const }),
      ...(own !== undefined && (own.toUpperCase() !== collation.toUpperCase() || says(texts[i])) && { collation }),
    };
  });
}
