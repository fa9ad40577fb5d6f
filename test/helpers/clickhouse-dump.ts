import type { Database } from "../../src/runtime/database.ts";
import type { DumpLine } from "./postgres-dump.ts";

/**
 * What SHOW CREATE says of all that is in a database, and its users' functions. Where columns stand does not count, nor the database's own name, nor
 * godwit's own tables.
 */
export async function dumpClickhouse({ driver, dialect }: Database): Promise<readonly DumpLine[]> {
  const objects = await driver.query(
    "SELECT name, engine, database FROM system.tables WHERE database = currentDatabase() AND NOT startsWith(name, 'godwit_') AND NOT startsWith(name, '.inner') ORDER BY name",
  );
  const lines: DumpLine[] = [];
  for (const { name, engine, database } of objects) {
    const kind = /View$/.test(String(engine)) ? "view" : engine === "Dictionary" ? "dictionary" : "table";
    const [row = {}] = await driver.query(
      `SHOW CREATE ${kind === "dictionary" ? kind : "TABLE"} ${dialect.quote(String(name))}`,
    );
    const sql = String(row["statement"]).replaceAll(`${database}.`, "");
    lines.push(...linesOf(sql).map((text) => ({ object: `${kind} ${name}`, text })));
  }
  return lines;
}

/** A primary key that is the sorting key goes without saying. */
function linesOf(sql: string): readonly string[] {
  const found = sql.split(/,?\n/).map((line) => line.replace(/^((?:PRIMARY KEY|ORDER BY) )\((`?\w+`?)\)$/, "$1$2"));
  const order = found.find((line) => line.startsWith("ORDER BY "))?.slice("ORDER BY ".length);
  return found.filter((line) => line !== `PRIMARY KEY ${order}`).map(sorted);
}

/** Settings have no order. */
const sorted = (line: string): string =>
  line.startsWith("SETTINGS ") ? `SETTINGS ${line.slice("SETTINGS ".length).split(", ").toSorted().join(", ")}` : line;
