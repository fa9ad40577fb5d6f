import { rowKeysOf } from "../core/data/keys.ts";
import { type DataRow, parentsFirst } from "../core/data/order.ts";
import { rowReader } from "../core/data/read.ts";
import { rowSize } from "../core/data/row-size.ts";
import type { Dialect } from "../core/ddl/dialect.ts";
import { schemaOfLive } from "../core/ddl/live.ts";
import { selectRows } from "../core/ddl/select.ts";
import type { TableImage } from "../core/ddl/statement.ts";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { sortTables } from "../core/schema/sort.ts";
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
}

/** Rows of a table that refers to itself, all of which are kept in memory to bring them into an order. */
const maxOrdered = 100_000;

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
      const { tables, warnings } = inOrder(
        names.map((name) => tableNamed(live.tables, name)),
        database,
      );
      const empty: string[] = [];
      for (const whole of tables) {
        const counted = { rows: 0 };
        await work(tableData(database, whole, reading, counted));
        const where = reading.choices.conditionsOf(whole.name);
        if (counted.rows === 0) empty.push(`table "${whole.name}" has no rows${where.length > 0 ? " that match" : ""}`);
      }
      return [...warnings, ...empty];
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

/** Tables after those they refer to. */
function inOrder(tables: readonly TableImage[], { dialect }: Database) {
  const { order, cut } = sortTables(schemaOfLive({ tables }, dialect).tables);
  const byName = new Map(tables.map((table) => [table.name, table]));
  return {
    tables: order.flatMap(({ name }) => byName.get(name) ?? []),
    warnings: cut.map(
      ({ table, foreignKey }) =>
        `table "${table}" refers to "${foreignKey.references.table}" and the other way round; rows of "${table}" go in first and may be refused`,
    ),
  };
}

function tableData(database: Database, whole: TableImage, reading: DataReading, counted: { rows: number }): TableData {
  // What the database computes it does not take from anybody.
  const table = { ...whole, columns: whole.columns.filter((column) => !column.generated) };
  const given = reading.choices.keysOf(table.name);
  const keys = rowKeysOf(table, given);
  const query = rowQuery(database, { table, keys, reading });
  const read = rowReader({ table, keys, loose: given !== undefined }, database.dialect);
  const found = portionsOf(reading.limit, async (limit, skip) => read(await query(limit, skip)), counted);
  const ordered = table.foreignKeys.some((key) => key.table === table.name);
  return { dialect: database.dialect, table, keys, portions: ordered ? inOnePortion(table, found) : found };
}

interface Asking {
  readonly table: TableImage;
  readonly keys: readonly string[];
  readonly reading: DataReading;
}

function rowQuery({ driver, dialect }: Database, { table, keys, reading }: Asking) {
  const { choices, limit: most, namespaces } = reading;
  const where = choices.conditionsOf(table.name);
  const order = choices.orderOf(table.name);
  const first = order !== undefined && most !== undefined ? { order, most } : undefined;
  const rows = { table: table.name, namespaces, columns: table.columns, where, orderBy: keys, first };
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

async function* inOnePortion(
  table: TableImage,
  portions: AsyncIterable<readonly DataRow[]>,
): AsyncGenerator<readonly DataRow[]> {
  const all: DataRow[] = [];
  for await (const rows of portions) {
    for (const row of rows) all.push(row);
    if (all.length <= maxOrdered) continue;
    const what = `table "${table.name}" refers to itself and has more than ${maxOrdered} rows, too many to bring into an order`;
    throw new ToolError("limit", `${what}; take fewer rows at a time with --where or --limit`, { table: table.name });
  }
  if (all.length > 0) yield parentsFirst(table, all);
}
