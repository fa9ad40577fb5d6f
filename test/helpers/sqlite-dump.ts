import { tokenize } from "../../src/dialects/sqlite/tokens.ts";
import type { Database } from "../../src/runtime/database.ts";
import type { DumpLine } from "./postgres-dump.ts";
import { definitionsOf } from "./sqlite-definitions.ts";

/**
 * What sqlite_schema and the pragmas say of a database. How the text is laid out and how names are quoted does not count, nor where the columns
 * and the constraints of a table stand, nor do godwit's own tables.
 */
export async function dumpSqlite({ driver }: Database): Promise<readonly DumpLine[]> {
  const objects = await driver.query(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name NOT LIKE 'godwit\\_%' ESCAPE '\\' ORDER BY type, name",
  );
  const lines: DumpLine[] = [];
  for (const { type, name, sql } of objects) {
    const object = `${type} ${name}`;
    if (type !== "table") lines.push({ object, text: normalSql(String(sql)) });
    else {
      const virtual = /^\s*create\s+virtual/i.test(String(sql));
      const parts = virtual ? [normalSql(String(sql))] : definitionsOf(normalTokens(String(sql)));
      lines.push(...parts.map((text) => ({ object, text })));
      for (const pragma of pragmas) lines.push(...(await pragmaLines({ driver }, object, String(name), pragma)));
    }
  }
  return lines;
}

const pragmas = [
  "SELECT lower(name), replace(replace(replace(replace(upper(type), ' ,', ','), ', ', ','), ' (', '('), '( ', '('), \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)",
  "SELECT l.\"unique\", l.origin, l.partial, group_concat(concat_ws(' ', x.name, x.\"desc\", x.coll, x.key), ',') FROM pragma_index_list(?) l, pragma_index_xinfo(l.name) x GROUP BY l.name",
  'SELECT group_concat(concat_ws(\' \', lower("from"), lower("table"), lower(ifnull("to", (SELECT p.name FROM pragma_table_info(f."table") p WHERE p.pk = f.seq + 1)))), \',\'), on_update, on_delete, match FROM pragma_foreign_key_list(?) f GROUP BY id',
  "SELECT type, ncol, wr, strict FROM pragma_table_list(?) WHERE schema = 'main'",
];

async function pragmaLines(
  { driver }: Pick<Database, "driver">,
  object: string,
  table: string,
  pragma: string,
): Promise<readonly DumpLine[]> {
  const rows = await driver.query(pragma.replace("?", `'${table.replaceAll("'", "''")}'`));
  const name = /pragma_(\w+)/.exec(pragma)?.[1];
  return rows.map((row) => ({ object, text: `${name}: ${Object.values(row).map(String).join(" | ")}` }));
}

/** Ascending goes without saying. */
const normalSql = (sql: string): string =>
  normalTokens(sql)
    .filter((token) => token !== "asc")
    .join(" ");

function normalTokens(sql: string): readonly string[] {
  return tokenize(sql).map(({ kind, text, value }) => {
    if (kind === "string") return text;
    return kind === "name" && !/^[\w\u0080-\uffff]+$/.test(value) ? JSON.stringify(value) : value.toLowerCase();
  });
}
