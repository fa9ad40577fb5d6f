import type { InStmt, InValue, RowsResult } from "@libsql/hrana-client";
import type { Row, Value } from "../../core/ddl/dialect.ts";

/** What a statement gave. */
export interface Found {
  readonly rows: readonly Row[];
  readonly changes: number;
}

/** Integers are numbers where that is exact, and else bigints; bytes are bytes. */
export const foundOf = ({ rows, columnNames, affectedRowCount }: Rows): Found => ({
  rows: rows.map((row) => Object.fromEntries(columnNames.map((name, i) => [name ?? "", plain(row[i])]))),
  changes: affectedRowCount,
});

export type Rows = Pick<RowsResult, "columnNames" | "affectedRowCount"> & {
  readonly rows: readonly { readonly [index: number]: unknown }[];
};

export const boundStatement = (sql: string, parameters: readonly Value[]): InStmt =>
  parameters.length === 0 ? sql : [sql, parameters.map(bindable)];

/** A whole number would go over the wire as a real. */
function bindable(value: Value): InValue {
  if (typeof value === "boolean") return value ? 1n : 0n;
  return typeof value === "number" && Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}
