import type { Command } from "./dialect.ts";
import { unmarked } from "./qualified.ts";
import type { Quote } from "./sql.ts";
import type { AddColumn } from "./statement.ts";

/** What stops a column from coming back empty in rows that must name others; nothing where it may. */
export const lostValues = (quote: Quote, { table, column, lost }: AddColumn): readonly Command[] =>
  lost === undefined
    ? []
    : [
        {
          kind: "check",
          sql: `SELECT 1 FROM ${quote(table)} LIMIT 1`,
          message: `table "${unmarked(table)}" has rows, and which rows of "${lost}" they named in column "${column.name}" went with it: delete them, or go forward with a new migration that adds the field and says what to fill it with`,
        },
      ];
