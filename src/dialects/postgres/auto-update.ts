import { type Command, execute } from "../../core/ddl/dialect.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { doBlock, dollarTag } from "./procedure.ts";

/** One function serves all columns of a schema: a trigger gives it the name of its column. */
export const autoUpdateFunction = "godwit_auto_update";

/** Trigger names are local to their table, so a table that is renamed keeps its own. */
const triggerName = (column: string): string => {
  let name = `godwit_auto_update_${column}`;
  while (encodeURIComponent(name).replace(/%../g, "x").length > 63) name = Array.from(name).slice(0, -1).join("");
  return name;
};

/** Rows get the time of the transaction that updates them, whatever the update says. */
export function createAutoUpdate(quote: Quote, table: string, column: Column): readonly Command[] {
  return [
    execute(createFunction(quote)),
    execute(
      [
        `CREATE TRIGGER ${quote(triggerName(column.name))}`,
        `  BEFORE UPDATE ON ${quote(table)}`,
        `  FOR EACH ROW EXECUTE FUNCTION ${quote(autoUpdateFunction)}(${stringLiteral(column.name)})`,
      ].join("\n"),
    ),
  ];
}

export function dropAutoUpdate(quote: Quote, table: string, column: Column): readonly Command[] {
  return [
    execute(`DROP TRIGGER ${quote(triggerName(column.name))} ON ${quote(table)}`),
    execute(dropUnusedFunction(quote)),
  ];
}

/** Only the last trigger takes the function with it. */
function dropUnusedFunction(quote: Quote): string {
  const name = quote(autoUpdateFunction);
  return doBlock([
    "BEGIN",
    `  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgfoid = to_regproc(${stringLiteral(name)})) THEN`,
    `    DROP FUNCTION IF EXISTS ${name}();`,
    "  END IF;",
    "END",
  ]);
}

/** The row's other columns are not touched: `jsonb_populate_record` takes from the object only what the object has. */
function createFunction(quote: Quote): string {
  const body = [
    "BEGIN",
    "  NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CURRENT_TIMESTAMP));",
    "  RETURN NEW;",
    "END",
  ].join("\n");
  const tag = dollarTag(body);
  return `CREATE OR REPLACE FUNCTION ${quote(autoUpdateFunction)}() RETURNS TRIGGER LANGUAGE plpgsql AS ${tag}\n${body}\n${tag}`;
}
