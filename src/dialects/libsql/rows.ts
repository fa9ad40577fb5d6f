import type { RowReading } from "../../core/ddl/dialect.ts";
import sqlite from "../sqlite/dialect.ts";

const infinite = { "r+": "9e999", "r-": "-9e999" } as const;

/** As SQLite's, but for numbers that are infinite, which the protocol has no word for: `r+` and `r-` stand for them. */
export const rows: RowReading = {
  ...sqlite.rows,
  expression: (column) => {
    const value = sqlite.quote(column.name);
    const is = (sign: string): string => `typeof(${value}) = 'real' AND ${value} = ${sign}9e999`;
    return `CASE WHEN ${is("")} THEN 'r+' WHEN ${is("-")} THEN 'r-' ELSE ${sqlite.rows.expression(column)} END`;
  },
  value: (found, column) =>
    found === "r+" || found === "r-" ? { sql: infinite[found] } : sqlite.rows.value(found, column),
};
