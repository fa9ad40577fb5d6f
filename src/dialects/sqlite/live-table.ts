import type { Row } from "../../core/ddl/dialect.ts";
import type { TableText } from "./table-text.ts";

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

/** Whether the model can say all there is to an index: plain columns, ascending, in the usual order of texts. */
export const isPlainIndex = (index: LiveIndex): boolean =>
  index.row["origin"] === "c" &&
  index.columns.every((c) => c["name"] !== null && c["desc"] === 0 && c["coll"] === "BINARY");
