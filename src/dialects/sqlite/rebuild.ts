import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines, nameList, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { Column, RebuildTable, TableImage } from "../../core/ddl/statement.ts";
import { autoUpdateName, createAutoUpdate } from "./auto-update.ts";
import { converted } from "./convert.ts";
import { createIndex, createTable } from "./create.ts";
import { hasOption, isRowid, onlyRenames } from "./options.ts";
import { quote } from "./quote.ts";
import { foreignKeyEnforcementCheck, lostRowsCheck, nullChecks, shapeCheck, unmanagedCheck } from "./rebuild-checks.ts";

/**
 * The procedure of https://www.sqlite.org/lang_altertable.html#otheralter: a new table is filled and takes the place of the old one. Foreign keys
 * must be off, else dropping the old table deletes its rows one by one and ON DELETE CASCADE empties the tables that point at it.
 * The legacy rename leaves triggers, views and references of other tables alone, so that they mean the new table.
 */
export const rebuildTable = (statement: RebuildTable): readonly Command[] =>
  rebuiltBy(statement, {
    swap: (commands) => [
      execute("PRAGMA legacy_alter_table = ON"),
      ...commands,
      execute("PRAGMA legacy_alter_table = OFF"),
    ],
    triggersAgain: (except) => ({ captured: unmanagedTriggers(statement.before.name, except), views: [] }),
  });

/**
 * The same where the legacy rename is not to be had. The other rename reads all triggers and views of the database, and fails at those that name the
 * table which is not there at this moment. So all of them go before it and come back after it, in the order in which they were made.
 */
export const rebuildTableAndDependents = (statement: RebuildTable): readonly Command[] =>
  rebuiltBy(statement, {
    swap: (commands) => [{ kind: "replay", name: "drops" }, ...commands],
    triggersAgain: (except) => ({
      captured: everyTrigger(except),
      views: [
        { kind: "capture", name: "views", sql: everyView },
        { kind: "capture", name: "drops", sql: everyDrop },
      ],
    }),
  });

interface Procedure {
  /** What stands around the commands that put the new table in the place of the old one. */
  swap(commands: readonly Command[]): readonly Command[];
  /** Triggers to make again, but for those of these names, and what is kept besides. */
  triggersAgain(except: readonly string[]): { readonly captured: string; readonly views: readonly Command[] };
}

function rebuiltBy(statement: RebuildTable, { swap, triggersAgain }: Procedure): readonly Command[] {
  const { before, after } = statement;
  if (onlyRenames(statement)) return [];
  const name = before.name;
  const copy = copyExpressions(statement);
  const temporary = `godwit_rebuild_${name}`;
  const { captured, views } = triggersAgain(ownTriggers(before, after));
  return [
    foreignKeyEnforcementCheck(name),
    shapeCheck(before),
    unmanagedCheck(before),
    ...nullChecks(statement, copy),
    { kind: "capture", name: "indexes", sql: unmanagedIndexes(before, after) },
    ...views,
    { kind: "capture", name: "triggers", sql: captured },
    { kind: "capture", name: "dependents", sql: dependents(before, after) },
    execute(createTable(after, temporary)),
    execute(fill(statement, copy, temporary)),
    ...keepCounter(before, after, temporary),
    lostRowsCheck(name, temporary),
    ...swap([
      execute(`DROP TABLE ${quote(name)}`),
      execute(`ALTER TABLE ${quote(temporary)} RENAME TO ${quote(after.name)}`),
    ]),
    ...after.indexes.map((index) => execute(createIndex(after.name, index))),
    { kind: "replay", name: "indexes" },
    ...after.columns.filter((c) => c.autoUpdate).map((c) => execute(createAutoUpdate(after, c.name))),
    ...(views.length > 0 ? [{ kind: "replay", name: "views" } as const] : []),
    { kind: "replay", name: "triggers" },
    { kind: "replay", name: "dependents" },
  ];
}

interface OldTable {
  readonly table: string;
  /** Quoted name → column. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** Column of `after` → expression over the old table, converted where the type changes and the author does not say how. */
export function copyExpressions({ before, after, copy }: RebuildTable): ReadonlyMap<string, string> {
  const old = { table: before.name, columns: new Map(before.columns.map((column) => [quote(column.name), column])) };
  return new Map(
    after.columns.flatMap((column): (readonly [string, string])[] => {
      const expression = copy[column.name];
      // SQLite computes what is generated, and takes no value for it.
      return expression === undefined || column.generated
        ? []
        : [[column.name, copyExpression(old, column, expression)]];
    }),
  );
}

/**
 * The values of an old column come as its bare name, perhaps with a value for those that are NULL. With its table a name that
 * does not exist is an error; alone, SQLite would take it for a string.
 */
function copyExpression({ table, columns }: OldTable, to: Column, expression: string): string {
  const convertedFrom = (name: string, from: Column): string =>
    converted(`${quote(table)}.${name}`, from.type, to.type);
  const plain = columns.get(expression);
  if (plain) return convertedFrom(expression, plain);
  if (!expression.startsWith("COALESCE(")) return expression;
  for (const [name, from] of columns) {
    const filled = `COALESCE(${name}, `;
    if (expression.startsWith(filled))
      return `COALESCE(${convertedFrom(name, from)}, ${expression.slice(filled.length)}`;
  }
  return expression;
}

export function fill({ before, after }: RebuildTable, copy: ReadonlyMap<string, string>, temporary: string): string {
  const [from, to] = [rowNumber(before), newRowNumber(after, copy)];
  const rowid = from !== undefined && to !== undefined;
  const target = [...copy.keys()];
  const source = [...copy.values()];
  if (target.length === 0 && !rowid)
    return `INSERT INTO ${quote(temporary)} SELECT ${after.columns
      .filter((c) => !c.generated)
      .map(() => "NULL")
      .join(", ")} WHERE 0`;
  return lines(
    `INSERT INTO ${quote(temporary)} ${nameList(quote, [...(rowid ? [to] : []), ...target])}`,
    `SELECT ${[...(rowid ? [from] : []), ...source].join(", ")} FROM ${quote(before.name)}`,
  );
}

/** What the number of a row is called in a query; `undefined` where rows have none, or none that can be asked for. */
function rowNumber(table: TableImage): string | undefined {
  if (hiddenRowid(table)) return "_rowid_";
  return isRowid(table) ? quote(table.primaryKey?.[0] ?? "") : undefined;
}

/** The column that takes it, where the rows do not bring a number of their own. */
function newRowNumber(table: TableImage, copy: ReadonlyMap<string, string>): string | undefined {
  if (hiddenRowid(table)) return "_rowid_";
  const key = table.primaryKey?.[0];
  return key !== undefined && isRowid(table) && !copy.has(key) ? key : undefined;
}

/** Whether rows have a number besides their columns, which full-text indexes and the like may refer to. */
export const hiddenRowid = (table: TableImage): boolean =>
  !isRowid(table) &&
  !hasOption(table, "without_rowid") &&
  !table.columns.some((c) => c.name.toLowerCase() === "_rowid_");

/** A number that was given out once is not given out again, although its row is gone. */
function keepCounter(before: TableImage, after: TableImage, temporary: string): readonly Command[] {
  if (!before.columns.some((c) => c.autoIncrement) || !after.columns.some((c) => c.autoIncrement)) return [];
  const [from, to] = [stringLiteral(before.name), stringLiteral(temporary)];
  return [
    execute(`DELETE FROM sqlite_sequence WHERE name = ${to}`),
    execute(
      `INSERT INTO sqlite_sequence (name, seq) SELECT ${to}, seq FROM sqlite_sequence WHERE name = ${from} COLLATE NOCASE`,
    ),
  ];
}

/** Indexes that nobody declared: they are not godwit's, so they come back as they were. */
export function unmanagedIndexes(before: TableImage, after: TableImage): string {
  return capturing(
    before.name,
    "index",
    [...before.indexes, ...after.indexes].map((index) => index.name),
  );
}

/** Those that keep columns up to date are made from the model. */
export const ownTriggers = (...tables: readonly TableImage[]): readonly string[] =>
  tables.flatMap((table) => table.columns.map((column) => autoUpdateName(table.name, column.name)));

export const unmanagedTriggers = (table: string, except: readonly string[]): string =>
  capturing(table, "trigger", except);

const everyTrigger = (except: readonly string[]): string =>
  `SELECT sql FROM sqlite_schema WHERE type = 'trigger'${unlessNamed(except)} ORDER BY rowid`;

const everyView = "SELECT sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid";

/** The triggers of a view would go with it. */
const everyDrop = lines(
  `SELECT 'DROP ' || upper(type) || ' "' || replace(name, '"', '""') || '"' AS sql FROM sqlite_schema`,
  "WHERE type IN ('trigger', 'view') ORDER BY type, rowid",
);

function capturing(table: string, type: "index" | "trigger", except: readonly string[]): string {
  return words(
    `SELECT sql FROM sqlite_schema WHERE type = '${type}' AND tbl_name = ${stringLiteral(table)} COLLATE NOCASE AND sql IS NOT NULL${unlessNamed(except)}`,
    "ORDER BY rowid",
  );
}

const unlessNamed = (names: readonly string[]): string =>
  names.length === 0 ? "" : ` AND name COLLATE NOCASE NOT IN (${[...new Set(names)].map(stringLiteral).join(", ")})`;

/**
 * When a column goes, statements that compile every view over the table and every trigger on it, as SQLite's own DROP COLUMN
 * does: what still uses the column is reported now and not by the first query of an application.
 */
export function dependents(before: TableImage, after: TableImage): string {
  const kept = new Set(after.columns.map((c) => c.name));
  if (before.columns.every((c) => kept.has(c.name))) return "SELECT NULL AS sql WHERE 0";
  const table = quote(after.name);
  const assignments = after.columns
    .filter((c) => !c.generated)
    .map((c) => `${quote(c.name)} = ${quote(c.name)}`)
    .join(", ");
  const probes = [`INSERT INTO ${table} DEFAULT VALUES`, `UPDATE ${table} SET ${assignments}`, `DELETE FROM ${table}`];
  return lines(
    `SELECT 'EXPLAIN SELECT * FROM "' || replace(name, '"', '""') || '"' AS sql FROM sqlite_schema`,
    `WHERE type = 'view' AND instr(lower(sql), lower(${stringLiteral(before.name)})) > 0`,
    `UNION ALL SELECT probe.column1 FROM (VALUES ${probes.map((p) => `(${stringLiteral(`EXPLAIN ${p}`)})`).join(", ")}) AS probe`,
    `WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ${stringLiteral(before.name)} COLLATE NOCASE)`,
  );
}
