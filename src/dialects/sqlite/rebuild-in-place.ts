import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines, nameList, stringLiteral } from "../../core/ddl/sql.ts";
import type { RebuildTable, TableImage } from "../../core/ddl/statement.ts";
import { createAutoUpdate } from "./auto-update.ts";
import { createIndex, createTable } from "./create.ts";
import { onlyRenames } from "./options.ts";
import { quote } from "./quote.ts";
import {
  copyExpressions,
  dependents,
  fill,
  hiddenRowid,
  ownTriggers,
  unmanagedIndexes,
  unmanagedTriggers,
} from "./rebuild.ts";
import { lostRowsCheck, nullChecks, shapeCheck, unmanagedCheck } from "./rebuild-checks.ts";

/**
 * Makes a table anew where foreign keys are always enforced (D1). Dropping it deletes its rows one by one, and with them, by ON DELETE CASCADE, those of
 * other tables, or what these refer with (SET NULL): so the rows of all those tables are put aside first, and come back afterwards. What refers without an
 * action is counted by SQLite as missing its row when that is deleted, and as having it again when it is inserted under the old
 * name, as long as keys are deferred: so the new table is filled under its name, and not renamed to it.
 */
export function rebuildInPlace(statement: RebuildTable): readonly Command[] {
  const { before, after } = statement;
  if (onlyRenames(statement)) return [];
  const copy = copyExpressions(statement);
  const temporary = `godwit_rebuild_${before.name}`;
  return [
    shapeCheck(before),
    unmanagedCheck(before),
    ...nullChecks(statement, copy),
    { kind: "capture", name: "indexes", sql: unmanagedIndexes(before, after) },
    { kind: "capture", name: "triggers", sql: unmanagedTriggers(before.name, ownTriggers(before, after)) },
    { kind: "capture", name: "dependents", sql: dependents(before, after) },
    { kind: "capture", name: "aside", sql: putAside(before.name) },
    { kind: "capture", name: "back", sql: bringBack(before.name) },
    execute(createTable({ ...after, foreignKeys: [] }, temporary)),
    execute(fill(statement, copy, temporary)),
    lostRowsCheck(before.name, temporary),
    ...rememberCounter(before, after, temporary),
    { kind: "replay", name: "aside" },
    execute(`DROP TABLE ${quote(before.name)}`),
    execute(createTable(after, after.name)),
    execute(moved(before, after, temporary)),
    ...recallCounter(before, after, temporary),
    execute(`DROP TABLE ${quote(temporary)}`),
    ...after.indexes.map((index) => execute(createIndex(after.name, index))),
    { kind: "replay", name: "indexes" },
    ...after.columns.filter((c) => c.autoUpdate).map((c) => execute(createAutoUpdate(after, c.name))),
    { kind: "replay", name: "triggers" },
    { kind: "replay", name: "back" },
    { kind: "replay", name: "dependents" },
  ];
}

/** Drops a table where foreign keys are always enforced: nothing may be deleted with it that refers to it. */
export const dropUnreferenced = (table: string): readonly Command[] => [
  {
    kind: "check",
    sql: `SELECT m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE ${plainTables} AND m.name <> ${stringLiteral(table)} COLLATE NOCASE AND f."table" = ${stringLiteral(table)} COLLATE NOCASE AND f.on_delete ${withAction}`,
    message: `table "${table}" is referred to by a foreign key of another table with ON DELETE CASCADE, SET NULL or SET DEFAULT, so that dropping it would change the rows there; drop that foreign key or table first`,
  },
  execute(`DROP TABLE ${quote(table)}`),
];

/** D1's own tables may not be looked into. */
const plainTables = "m.type = 'table' AND m.name NOT GLOB '_cf_*'";

const withAction = "IN ('CASCADE', 'SET NULL', 'SET DEFAULT')";

/** The tables whose rows would change when those of the table are deleted, and how far they are from it. */
const affected = (table: string): string =>
  lines(
    "WITH RECURSIVE keys (child, parent) AS MATERIALIZED (",
    `  SELECT m.name, f."table" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE ${plainTables} AND f.on_delete ${withAction}`,
    "), reached (name, depth) AS (",
    `  SELECT child, 1 FROM keys WHERE parent = ${stringLiteral(table)} COLLATE NOCASE AND child <> ${stringLiteral(table)} COLLATE NOCASE`,
    "  UNION",
    "  SELECT k.child, r.depth + 1 FROM reached r JOIN keys k ON k.parent = r.name COLLATE NOCASE",
    // A circle has no end, and no chain of tables is that long.
    `  WHERE r.depth < 40 AND k.child <> ${stringLiteral(table)} COLLATE NOCASE`,
    "), affected (name, depth) AS MATERIALIZED (SELECT name, max(depth) FROM reached GROUP BY name)",
  );

const quoted = (column: string): string => `'"' || replace(${column}, '"', '""') || '"'`;
const kept = `'"godwit_kept_' || replace(a.name, '"', '""') || '"'`;

/** Generated columns are not inserted; where there are none, nothing but the table is named, so that its columns may have changed. */
const listed = `(SELECT ' (' || group_concat(${quoted("x.name")}, ', ') || ')' FROM pragma_table_xinfo(a.name) x WHERE x.hidden = 0 AND EXISTS (SELECT 1 FROM pragma_table_xinfo(a.name) WHERE hidden > 1))`;

/** Triggers must not fire for rows that only go aside. The tables farthest away go first. */
const putAside = (table: string): string =>
  lines(
    affected(table),
    "SELECT sql FROM (",
    `  SELECT 1 AS part, a.depth, 'DROP TRIGGER ' || ${quoted("t.name")} AS sql FROM affected a JOIN sqlite_schema t ON t.type = 'trigger' AND t.tbl_name = a.name COLLATE NOCASE`,
    `  UNION ALL SELECT 2, a.depth, 'CREATE TABLE ' || ${kept} || ' AS SELECT * FROM ' || ${quoted("a.name")} FROM affected a`,
    `  UNION ALL SELECT 3, a.depth, 'DELETE FROM ' || ${quoted("a.name")} FROM affected a`,
    ") ORDER BY part, depth DESC, sql",
  );

/** The other way round. */
const bringBack = (table: string): string =>
  lines(
    affected(table),
    "SELECT sql FROM (",
    `  SELECT 1 AS part, a.depth, 'INSERT INTO ' || ${quoted("a.name")} || ifnull(${listed}, '') || ' SELECT ' || ifnull(trim(${listed}, ' ()'), '*') || ' FROM ' || ${kept} AS sql FROM affected a`,
    `  UNION ALL SELECT 2, a.depth, 'DROP TABLE ' || ${kept} FROM affected a`,
    "  UNION ALL SELECT 3, t.rowid, t.sql FROM affected a JOIN sqlite_schema t ON t.type = 'trigger' AND t.tbl_name = a.name COLLATE NOCASE",
    ") ORDER BY part, depth, sql",
  );

function moved(before: TableImage, after: TableImage, temporary: string): string {
  const names = after.columns.map((column) => column.name);
  const rowid = hiddenRowid(before) && hiddenRowid(after) ? "_rowid_, " : "";
  const columns = `(${rowid}${nameList(quote, names).slice(1)}`;
  return lines(
    `INSERT INTO ${quote(after.name)} ${columns}`,
    `SELECT ${rowid}${names.map(quote).join(", ")} FROM ${quote(temporary)}`,
  );
}

/** Numbers that were given out once are not given out again; dropping a table forgets them. */
function rememberCounter(before: TableImage, after: TableImage, temporary: string): readonly Command[] {
  return counted(before, after) ? copyCounter(before.name, temporary) : [];
}

function recallCounter(before: TableImage, after: TableImage, temporary: string): readonly Command[] {
  return counted(before, after) ? copyCounter(temporary, after.name) : [];
}

const counted = (...tables: readonly TableImage[]): boolean =>
  tables.every((table) => table.columns.some((column) => column.autoIncrement));

const copyCounter = (from: string, to: string): readonly Command[] => [
  execute(`DELETE FROM sqlite_sequence WHERE name = ${stringLiteral(to)} COLLATE NOCASE`),
  execute(
    `INSERT INTO sqlite_sequence (name, seq) SELECT ${stringLiteral(to)}, seq FROM sqlite_sequence WHERE name = ${stringLiteral(from)} COLLATE NOCASE`,
  ),
];
