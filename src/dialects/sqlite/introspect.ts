import type { Introspection, LiveSchema, Row } from "../../core/ddl/dialect.ts";
import { autoUpdateName } from "./auto-update.ts";
import { unsupportedKeys } from "./dangling-keys.ts";
import { type LiveTable, liveTables } from "./live-table.ts";
import { objectOf, viewOf } from "./managed.ts";
import { withPlainNames } from "./own-names.ts";
import { liveKeys } from "./read-keys.ts";
import { readTable } from "./read-table.ts";
import { type Rows, text } from "./rows-by.ts";
import { unsupportedObjects } from "./unsupported.ts";

/** Tables that are neither SQLite's own nor godwit's; virtual tables would need their module to be looked into. */
const tablesBut = (others: string): string => `(
  SELECT name, sql, rowid AS position FROM sqlite_schema
  WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 7) <> 'godwit_'
    AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'
    AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')${others}
)`;

export const introspect: Introspection = introspectBut("");

/** The same without further tables: `condition` begins with AND and holds for all others. */
export function introspectBut(condition: string): Introspection {
  const tables = tablesBut(condition);
  return {
    queries: {
      tables: `SELECT m.name, m.sql FROM ${tables} AS m ORDER BY m.position`,
      kinds: `SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND (wr OR strict)`,
      // The pragma gives columns in their order, so that sorting by tables costs nothing and sorting by both a fifth.
      columns: `SELECT m.name AS "table", x.name, x.type, x."notnull" AS required, x.dflt_value AS "default", x.pk, x.hidden
FROM ${tables} AS m CROSS JOIN pragma_table_xinfo(m.name, 'main') AS x ORDER BY m.position`,
      indexes: `SELECT s.tbl_name AS "table", s.name AS "index", s.sql, x.name, x."desc", x.coll
FROM sqlite_schema AS s CROSS JOIN pragma_index_xinfo(s.name, 'main') AS x WHERE s.type = 'index' AND x.key = 1 ORDER BY s.rowid`,
      // Only of tables that have such without a text is it not clear what made them.
      keyIndexes: `SELECT i.name FROM (SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NULL) AS t
CROSS JOIN pragma_index_list(t.tbl_name, 'main') AS i WHERE i.origin = 'pk'`,
      // The pragma gives the columns of a key in their order; sorting by tables costs nothing here either.
      foreignKeys: `SELECT m.name AS "table", f.id, f."table" AS target, f."from", f."to", f.on_delete, f.on_update
FROM ${tables} AS m CROSS JOIN pragma_foreign_key_list(m.name, 'main') AS f
WHERE instr(m.sql, 'REFERENCES') > 0 OR instr(upper(m.sql), 'REFERENCES') > 0 ORDER BY m.position`,
      others: `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema
WHERE type IN ('view', 'trigger') OR sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY rowid`,
    },
    read,
  };
}

function read(rows: Rows): LiveSchema {
  const live = liveTables(rows);
  const keysOf = liveKeys(live, rows["foreignKeys"] ?? []);
  const found = rows["others"] ?? [];
  const triggers = new Set(found.filter((row) => row["type"] === "trigger").map((row) => text(row, "name")));
  const others = managedOnly(live, found);
  const views = others.filter((row) => row["type"] === "view");
  const objects = others.filter((row) => row["type"] !== "view");
  return {
    tables: live.map((table) => withPlainNames(readTable(table, { ...keysOf, triggers }))),
    ...(views.length > 0 && { views: views.map(viewOf) }),
    ...(objects.length > 0 && { objects: objects.map(objectOf) }),
    unsupported: [...unsupportedObjects(live), ...unsupportedKeys(keysOf.dangling)],
  };
}

/** Views, triggers and virtual tables, without the triggers that are godwit's own. */
function managedOnly(tables: readonly LiveTable[], others: readonly Row[]): readonly Row[] {
  if (others.length === 0) return others;
  const own = new Set(tables.flatMap((t) => t.columns.map((c) => autoUpdateName(t.name, text(c, "name")))));
  return others.filter((row) => !own.has(text(row, "name")) && !text(row, "name").startsWith("godwit_"));
}
