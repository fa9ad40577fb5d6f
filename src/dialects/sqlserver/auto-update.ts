import { type Command, execute, type Row } from "../../core/ddl/dialect.ts";
import { beside, localName } from "../../core/ddl/qualified.ts";
import { lines } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./names.ts";
import { maxIdentifierLength } from "./quote.ts";
import { text } from "./row.ts";

/** Names of triggers are those of a schema, so that the table is part of them. */
const triggerName = (table: string, column: string): string =>
  beside(table, `godwit_auto_update_${localName(table)}_${column}`.slice(0, maxIdentifierLength));

/** The table and column, with a NUL between them, that each of such triggers is for. */
export function autoUpdateColumns(modules: readonly Row[]): ReadonlySet<string> {
  return new Set(
    modules.filter(isAutoUpdate).map((row) => {
      const column =
        /^\s*UPDATE t SET \[((?:[^\]]|\]\])*)\] = SYSUTCDATETIME\(\)/m.exec(text(row, "definition"))?.[1] ?? "";
      return `${text(row, "table")}\0${column.replaceAll("]]", "]")}`;
    }),
  );
}

/** Whether a row of the catalog is of a trigger that sets a field. */
export const isAutoUpdate = (row: Row): boolean =>
  text(row, "type").trim() === "TR" && /(?:^|\.)godwit_auto_update_/.test(text(row, "name"));

/** Rows get the time of the update, whatever the update says. What the trigger itself updates does not call it again. */
export function createAutoUpdate({ table, of, column }: StatementOf<"createAutoUpdate">): readonly Command[] {
  const key = of.primaryKey ?? [];
  if (key.length === 0)
    throw new ToolError(
      "unsupported",
      `SQL Server cannot set "${column.name}" of table "${table}" when a row is updated, because nothing tells its rows apart: give the table a primary key`,
      { table, field: column.name },
    );
  const same = key.map((name) => `t.${quote(name)} = i.${quote(name)}`).join(" AND ");
  return [
    execute(
      lines(
        `CREATE TRIGGER ${quote(triggerName(table, column.name))} ON ${quote(table)} AFTER UPDATE AS`,
        "BEGIN",
        "  SET NOCOUNT ON;",
        "  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;",
        `  UPDATE t SET ${quote(column.name)} = SYSUTCDATETIME() FROM ${quote(table)} AS t JOIN inserted AS i ON ${same};`,
        "END",
      ),
    ),
  ];
}

export const dropAutoUpdate = ({ table, column }: StatementOf<"dropAutoUpdate">): readonly Command[] => [
  execute(`DROP TRIGGER ${quote(triggerName(table, column.name))}`),
];
