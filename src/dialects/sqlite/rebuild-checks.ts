import type { Command } from "../../core/ddl/dialect.ts";
import { lines, stringLiteral } from "../../core/ddl/sql.ts";
import type { RebuildTable, TableImage } from "../../core/ddl/statement.ts";
import { clausesOf } from "./clauses.ts";
import { createTable } from "./create.ts";
import { hasOption, isRequired, isRowid, requiresKey } from "./options.ts";
import { quote } from "./quote.ts";

/** With enforcement on, the rebuild would delete the rows of other tables: it must not even begin. */
export function foreignKeyEnforcementCheck(table: string): Command {
  return {
    kind: "check",
    sql: "SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys = 1",
    message: `table "${table}" must be rebuilt, and foreign keys are still enforced, so that rows which refer to it would be deleted; run the migration outside any open transaction`,
  };
}

/** Columns and foreign keys are those that the migrations made; others would be lost without a word. */
export function shapeCheck(table: TableImage): Command {
  const name = stringLiteral(table.name);
  const columns = table.columns.map((c) => `(${stringLiteral(c.name)})`).join(", ");
  return {
    kind: "check",
    sql: lines(
      `SELECT name FROM pragma_table_xinfo(${name}) WHERE hidden <> 1 AND name COLLATE NOCASE NOT IN (VALUES ${columns})`,
      `UNION ALL SELECT column1 FROM (VALUES ${columns}) WHERE column1 COLLATE NOCASE NOT IN (SELECT name FROM pragma_table_xinfo(${name}))`,
      `UNION ALL SELECT 'foreign keys' WHERE (SELECT count(DISTINCT id) FROM pragma_foreign_key_list(${name})) <> ${table.foreignKeys.length}`,
    ),
    message: `table "${table.name}" does not have the columns or foreign keys that the migrations gave it, and rebuilding it could lose data; compare with "schema drift" and bring the two together first`,
  };
}

/** Words whose clauses the model has no place for. */
const unmanagedWords = ["CHECK", "COLLATE", "DEFERRABLE", "CONFLICT", "RANDOM ROWID"];

/** Parts of the table that the model does not know and that CREATE TABLE from the model would drop. */
export function unmanagedCheck(table: TableImage): Command {
  const name = stringLiteral(table.name);
  const known = createTable(table).replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, "");
  const unique = (table.constraints ?? []).filter((constraint) => "unique" in constraint).length;
  const sorted = clausesOf(table).flatMap((c) => c.elements.filter((e) => /\bDESC$/.test(e.sorted))).length;
  const generated = table.columns.filter((column) => column.generated).length;
  const excess = unmanagedWords.map(
    (word) =>
      `(length(sql) - length(replace(upper(sql), '${word}', ''))) / ${word.length} > ${occurrences(known, word)}`,
  );
  const options = [
    `wr > ${Number(hasOption(table, "without_rowid"))}`,
    `strict > ${Number(hasOption(table, "strict"))}`,
  ];
  return {
    kind: "check",
    sql: lines(
      `SELECT 'constraint' FROM (${bareText(name, excess.join(" OR "))}) WHERE ${excess.join(" OR ")}`,
      `UNION ALL SELECT 'unique constraint' WHERE (SELECT count(*) FROM pragma_index_list(${name}) WHERE origin = 'u') > ${unique}`,
      `UNION ALL SELECT 'sorted key' WHERE (SELECT count(*) FROM pragma_index_list(${name}) i, pragma_index_xinfo(i.name) x WHERE i.origin <> 'c' AND x.key AND x."desc") > ${sorted}`,
      `UNION ALL SELECT 'generated column' WHERE (SELECT count(*) FROM pragma_table_xinfo(${name}) WHERE hidden > 1) > ${generated}`,
      `UNION ALL SELECT 'table option' FROM pragma_table_list WHERE schema = 'main' AND name = ${name} COLLATE NOCASE AND (${options.join(" OR ")})`,
    ),
    message: `table "${table.name}" has parts that godwit does not manage and that rebuilding it would lose (CHECK, UNIQUE, COLLATE, ON CONFLICT, a deferrable or sorted key, a generated column, STRICT or WITHOUT ROWID); "schema drift" lists them: change this table with runSQL`,
  };
}

/**
 * The text of a table with nothing in it that only looks like a clause: comments, texts and names in quotes are cut out character by character, where the
 * whole text has what is looked for.
 */
const bareText = (name: string, suspicious: string): string => {
  const here = "substr(sql, at, 1)";
  const comment = "until = '' AND substr(sql, at, 2) IN ('--', '/*')";
  const opens = `until = '' AND (substr(sql, at, 2) IN ('--', '/*') OR ${here} IN ('[', '''', '"', '\`'))`;
  const closes = "until <> '' AND substr(sql, at, length(until)) = until";
  return lines(
    "WITH RECURSIVE source (sql) AS (",
    `  SELECT replace(upper(sql), 'NOT DEFERRABLE', '') FROM sqlite_schema WHERE type = 'table' AND name = ${name} COLLATE NOCASE`,
    "), scan (at, until, kept) AS (",
    `  SELECT 1, '', '' FROM source WHERE ${suspicious}`,
    "  UNION ALL",
    `  SELECT at + CASE WHEN ${comment} THEN 2 WHEN ${closes} THEN length(until) ELSE 1 END,`,
    `    CASE WHEN ${closes} THEN '' WHEN until <> '' THEN until WHEN substr(sql, at, 2) = '--' THEN char(10) WHEN substr(sql, at, 2) = '/*' THEN '*/'`,
    `      WHEN ${here} = '[' THEN ']' WHEN ${here} IN ('''', '"', '\`') THEN ${here} ELSE '' END,`,
    `    CASE WHEN until <> '' OR ${opens} THEN kept ELSE kept || ${here} END`,
    "  FROM scan, source WHERE at <= length(sql)",
    ") SELECT ifnull((SELECT kept FROM scan ORDER BY at DESC LIMIT 1), '') AS sql FROM source",
  );
};

/** Rows without a value for a column that must have one, told before SQLite tells it of a table with a strange name. */
export function nullChecks({ before, after }: RebuildTable, copy: ReadonlyMap<string, string>): readonly Command[] {
  const wasRequired = new Set(
    before.columns
      .filter((c) => isRequired(before, c.name) || (requiresKey(before) && before.primaryKey?.includes(c.name)))
      .map((c) => `${quote(before.name)}.${quote(c.name)}`),
  );
  return after.columns
    .filter((c) => isRequired(after, c.name) && !c.autoIncrement && !c.generated)
    .flatMap((column): Command[] => {
      const value = copy.get(column.name);
      if (value === undefined && column.default !== undefined) return [];
      if (value !== undefined && wasRequired.has(value)) return [];
      // The number of the row is there whether it has a name or not.
      if (value === undefined && isRowid(after) && after.primaryKey?.includes(column.name)) return [];
      const rows = `SELECT 1 FROM ${quote(before.name)}`;
      return [
        {
          kind: "check",
          sql: `${rows}${value === undefined ? "" : ` WHERE (${value}) IS NULL`} LIMIT 1`,
          message: `table "${before.name}" has rows without a value for column "${column.name}", which becomes NOT NULL; give the operation a fill expression or the field a default`,
        },
      ];
    });
}

export function lostRowsCheck(table: string, temporary: string): Command {
  return {
    kind: "check",
    sql: `SELECT 1 WHERE (SELECT count(*) FROM ${quote(table)}) <> (SELECT count(*) FROM ${quote(temporary)})`,
    message: `rebuilding table "${table}" did not copy every row; nothing was changed`,
  };
}

function occurrences(text: string, word: string): number {
  return text.toUpperCase().split(word).length - 1;
}
