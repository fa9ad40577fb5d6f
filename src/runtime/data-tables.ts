import { type KeyedTable, openColumns, openedRow, orderedRows } from "../core/data/circles.ts";
import { rowKeysOf } from "../core/data/keys.ts";
import type { DataRow } from "../core/data/order.ts";
import { rowReader } from "../core/data/read.ts";
import { rowSize } from "../core/data/row-size.ts";
import { type PlacedTable, placedTables } from "../core/data/table-order.ts";
import type { Dialect } from "../core/ddl/dialect.ts";
import { selectRows } from "../core/ddl/select.ts";
import type { TableImage } from "../core/ddl/statement.ts";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { DataChoices } from "./data-flags.ts";
import { type Database, introspect, openDatabase } from "./database.ts";
import { withoutOwnTables } from "./own-tables.ts";
import type { Project } from "./project.ts";
import { inSnapshot } from "./transaction.ts";

/** Which rows are read. */
export interface DataReading {
  readonly choices: DataChoices;
  /** Of each table. */
  readonly limit: number | undefined;
  /** Those of the migrations. */
  readonly namespaces: readonly string[];
}

/** A table whose rows are being read. */
export interface TableData {
  readonly dialect: Dialect;
  /** Without what the database computes. */
  readonly table: TableImage;
  readonly keys: readonly string[];
  /** Rows in the order in which they can be inserted; a few megabytes at a time. */
  readonly portions: AsyncIterable<readonly DataRow[]>;
  /** They are there already, but for these columns, which were NULL until what they refer to was there, too. */
  readonly again?: readonly string[];
  /** All rows have to go in with one transaction. */
  readonly waits?: true;
}

/** Rows of a table that refers to itself that are kept in memory to bring them into an order: where they could wait for each other, and where not. */
const maxOrdered = 20_000;
const maxClosed = 100_000;

/** Characters of what is read at once, about; rows of the first portion, of which nothing is known yet, and of any. */
const portionSize = 3 * 1024 * 1024;
const firstPortion = 200;
const maxPortion = 50_000;

/**
 * Reads tables of a database in one snapshot, those that others refer to first, and gives each to `work`, which has to take all of its rows. Gives
 * warnings. Throws ToolError `usage` for a table or a column that is not there, `limit` for too many rows, and what asking the database throws.
 */
export async function readTables(
  project: Project,
  names: readonly string[],
  { reading, work }: { readonly reading: DataReading; readonly work: (data: TableData) => Promise<void> },
): Promise<readonly string[]> {
  const database = await openDatabase(project.database, { readOnly: true });
  try {
    return await inSnapshot(database, async () => {
      const live = withoutOwnTables(await introspect(database, reading.namespaces), project);
      const parents = new Set(live.tables.flatMap((table) => table.inherits ?? []));
      const tables = placedTables(
        names.map((name) => keyedTable(tableNamed(live.tables, name), reading)),
        database.dialect,
      );
      const empty: string[] = [];
      const later: TableData[] = [];
      for (const table of tables) {
        const counted = { rows: 0 };
        await work(tableData({ database, reading, counted, later, parents }, table));
        const { name } = table.table;
        const where = reading.choices.conditionsOf(name);
        if (counted.rows === 0) empty.push(`table "${name}" has no rows${where.length > 0 ? " that match" : ""}`);
      }
      for (const data of later) await work(data);
      return empty;
    });
  } finally {
    await database.close();
  }
}

function tableNamed(tables: readonly TableImage[], name: string): TableImage {
  const table = tables.find((t) => t.name === name);
  if (table) return table;
  const near = nearest(
    name,
    tables.map((t) => t.name),
  );
  const more = near ? `did you mean "${near}"?` : `godwit schema import shows what it has`;
  throw new ToolError("usage", `the database has no table "${name}"; ${more}`, {
    table: name,
    ...(near && { nearest: near }),
  });
}

function keyedTable(whole: TableImage, { choices }: DataReading): KeyedTable {
  // What the database computes it does not take from anybody.
  const table = { ...whole, columns: whole.columns.filter((column) => !column.generated) };
  return { table, keys: rowKeysOf(table, choices.keysOf(table.name)) };
}

interface TableReading {
  readonly database: Database;
  readonly reading: DataReading;
  readonly counted: { rows: number };
  /** What is to be read after all tables. */
  readonly later: TableData[];
  /** Tables that others inherit from, whose rows are not theirs. */
  readonly parents: ReadonlySet<string>;
}

function tableData(context: TableReading, placed: PlacedTable): TableData {
  const { database, reading, later, parents } = context;
  const { table, keys, open, waits } = placed;
  const { dialect } = database;
  const rows = (counted: { rows: number }): AsyncGenerator<readonly DataRow[]> => {
    const read = rowReader({ table, keys, loose: reading.choices.keysOf(table.name) !== undefined }, dialect);
    const query = rowQuery(database, { table, keys, reading, only: parents.has(table.name) });
    return portionsOf(reading.limit, async (limit, skip) => read(await query(limit, skip)), counted);
  };
  const about = { dialect, table, keys };
  const complete = (columns: readonly string[], portions = having(rows({ rows: 0 }), columns)): void => {
    later.push({ ...about, portions, again: columns });
  };
  const found = rows(context.counted);
  const refersToItself = table.foreignKeys.some((key) => key.table === table.name);
  const ordered = refersToItself ? inOrder(placed, found, complete) : found;
  if (open.length > 0) complete(open);
  const portions = open.length > 0 ? opened(ordered, open) : ordered;
  return { ...about, portions, ...(waits && { waits }) };
}

async function* opened(
  portions: AsyncIterable<readonly DataRow[]>,
  columns: readonly string[],
): AsyncGenerator<readonly DataRow[]> {
  for await (const rows of portions) yield rows.map((row) => openedRow(row, columns));
}

/** The rows in which one of these is not NULL. */
async function* having(
  portions: AsyncIterable<readonly DataRow[]>,
  columns: readonly string[],
): AsyncGenerator<readonly DataRow[]> {
  for await (const rows of portions) {
    const found = rows.filter((row) => columns.some((name) => (row[name] ?? null) !== null));
    if (found.length > 0) yield found;
  }
}

interface Asking {
  readonly table: TableImage;
  readonly keys: readonly string[];
  readonly reading: DataReading;
  readonly only: boolean;
}

function rowQuery({ driver, dialect }: Database, { table, keys, reading, only }: Asking) {
  const { choices, limit: most, namespaces } = reading;
  const where = choices.conditionsOf(table.name);
  const order = choices.orderOf(table.name);
  const first = order !== undefined && most !== undefined ? { order, most } : undefined;
  const rows = { table: table.name, namespaces, only, columns: table.columns, where, orderBy: keys, first };
  return (limit: number, skip: number) =>
    driver.query(selectRows({ ...rows, limit, skip }, dialect)).catch((error: unknown) => {
      throw where.length > 0 || first ? withConditions(error, table.name, where, order) : error;
    });
}

/** The database says what is wrong with SQL, but not that it is that of a flag. */
function withConditions(error: unknown, table: string, where: readonly string[], first: string | undefined): unknown {
  if (!(error instanceof ToolError) || error.code !== "database") return error;
  const given = where.map((condition) => `(${condition})`).join(" AND ");
  const flags = [given && `--where ${given}`, first !== undefined && `--order ${first}`].filter(Boolean).join(" and ");
  const what = `table "${table}" cannot be read with ${flags}: ${error.message}`;
  return new ToolError("database", what, error.data, { cause: error });
}

/** As many rows at a time as take about the same memory, whatever a row takes. */
async function* portionsOf(
  given: number | undefined,
  read: (limit: number, skip: number) => Promise<readonly DataRow[]>,
  counted: { rows: number },
): AsyncGenerator<readonly DataRow[]> {
  const most = given ?? Number.POSITIVE_INFINITY;
  let size = 0;
  let next = firstPortion;
  while (counted.rows < most) {
    const limit = Math.min(next, most - counted.rows);
    const rows = await read(limit, counted.rows);
    if (rows.length === 0) return;
    for (const row of rows) size += rowSize(row);
    counted.rows += rows.length;
    yield rows;
    if (rows.length < limit) return;
    next = Math.max(1, Math.min(maxPortion, Math.floor((portionSize * counted.rows) / size)));
  }
}

/**
 * Rows of a table that refers to itself: in one portion and in order, or, where there are too many, without what they refer to. `complete` is told
 * what has to come again.
 */
async function* inOrder(
  keyed: KeyedTable,
  portions: AsyncIterable<readonly DataRow[]>,
  complete: (columns: readonly string[], portions?: AsyncGenerator<readonly DataRow[]>) => void,
): AsyncGenerator<readonly DataRow[]> {
  const { table } = keyed;
  const columns = table.foreignKeys.filter((key) => key.table === table.name).map((key) => openColumns(keyed, key));
  const canWait = columns.every((names) => names.length > 0);
  const open = [...new Set(columns.flat())];
  let kept: DataRow[] = [];
  let streams = false;
  for await (const rows of portions) {
    for (const row of rows) kept.push(row);
    streams ||= canWait && kept.length > maxOrdered;
    if (kept.length > maxClosed && !streams) throw tooLong(table.name);
    if (!streams) continue;
    yield kept.map((row) => openedRow(row, open));
    kept = [];
  }
  if (streams) return complete(open);
  const { rows, again, columns: late } = orderedRows(keyed, kept);
  if (again.length > 0) complete(late, oncePortion(again));
  if (rows.length > 0) yield rows;
}

async function* oncePortion(rows: readonly DataRow[]): AsyncGenerator<readonly DataRow[]> {
  yield rows;
}

function tooLong(table: string): ToolError {
  const what = `table "${table}" refers to itself by columns that may not be NULL and has more than ${maxClosed} rows, too many to bring into an order`;
  return new ToolError("limit", `${what}; take fewer rows at a time with --where or --limit`, { table });
}
