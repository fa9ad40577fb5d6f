import { MAX_SOURCE_LENGTH } from "../../../sandbox/host/limits.ts";
import { rowKeysOf } from "../../core/data/keys.ts";
import { upsertOf } from "../../core/data/read.ts";
import { schemaOfLive } from "../../core/ddl/live.ts";
import { selectRows } from "../../core/ddl/select.ts";
import type { TableImage } from "../../core/ddl/statement.ts";
import type { Change } from "../../core/diff/change.ts";
import { ToolError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import { type Operation, snakeKindOf, tableOf, titleOf } from "../../core/operations/index.ts";
import { nextName } from "../../core/plan/naming.ts";
import { printMigration } from "../../core/plan/source.ts";
import { replay } from "../../core/plan/state.ts";
import type { Schema } from "../../core/schema/model.ts";
import { namespaceNames } from "../../core/schema/namespaces.ts";
import { findField, findTable } from "../../core/schema/resolve.ts";
import { sortTables } from "../../core/schema/sort.ts";
import { checksumOf } from "../checksum.ts";
import { type DataChoices, type DataFlags, dataChoices } from "../data-flags.ts";
import { type Database, introspect, openDatabase } from "../database.ts";
import { evaluateFiles } from "../evaluate.ts";
import {
  existingNames,
  type NewMigration,
  nothingToWrite,
  refuseConflicting,
  writeMigration,
} from "../new-migration.ts";
import { withoutOwnTables } from "../own-tables.ts";
import { parseMigration } from "../parse-migration.ts";
import type { Project } from "../project.ts";
import { loadGraph } from "../survey.ts";
import { inSnapshot } from "../transaction.ts";

export interface GenerateDataOptions extends DataFlags {
  /** Names of tables; one that is named twice counts once. */
  readonly tables: readonly string[];
  /** At most so many rows of each table, the first by `order`, then by its key. */
  readonly limit?: number | undefined;
  /** Words for the file name. */
  readonly name?: string | undefined;
  /** Writes nothing; tables that the migrations do not have become warnings. */
  readonly dryRun?: boolean | undefined;
}

/** Rows of one table that are read at once, and kept in memory. */
const maxRows = 100_000;

/**
 * Writes a migration with rows of the project's database: one `upsertData` per table that has any, in the order in which foreign keys
 * let them in. Only reads from the database. Throws ToolError `usage` for a table or a column that is not there, `state` for a table that the
 * migrations do not have and for keys that do not tell rows apart, `unsupported` for a value that a migration cannot hold, `limit` for too many
 * rows, and what opening and asking the database throws, `graph` when heads do not commute; nothing is written then.
 */
export async function generateData(project: Project, options: GenerateDataOptions): Promise<NewMigration> {
  const names = [...new Set(options.tables)];
  if (options.order?.length && options.limit === undefined)
    throw new ToolError("usage", "--order says which rows --limit takes; give --limit, too");
  const choices = dataChoices(options, names);
  const graph = await loadGraph(project);
  await refuseConflicting(graph);
  const state = replay(graph.order, graph.surroundings);
  const namespaces = namespaceNames(state);
  const { operations, warnings } = await readTables(project, names, { choices, limit: options.limit, namespaces });
  if (operations.length === 0) return nothingToWrite(warnings);
  const misfits = misfitsOf(operations, state);
  const [first] = misfits;
  if (first && !options.dryRun) throw first;
  const words = options.name ?? (names.length === 1 ? `dump_${names[0]}` : "dump_data");
  const name = nextName(await existingNames(project.migrationsDir), operations, words);
  const source = printMigration({ dependencies: graph.heads, operations });
  await checkSource(name, source, operations);
  return writeMigration(project, {
    name,
    source,
    operations: operations.map(changeOf),
    warnings: [...warnings, ...misfits.map((error) => error.message)],
    dry: Boolean(options.dryRun),
  });
}

interface Reading {
  readonly choices: DataChoices;
  readonly limit: number | undefined;
  /** Those of the migrations. */
  readonly namespaces: readonly string[];
}

interface Found {
  readonly operations: readonly Operation[];
  readonly warnings: readonly string[];
}

async function readTables(project: Project, names: readonly string[], reading: Reading): Promise<Found> {
  const database = await openDatabase(project.database, { readOnly: true });
  try {
    return await inSnapshot(database, async () => {
      const live = withoutOwnTables(await introspect(database, reading.namespaces), project);
      const { tables, warnings } = inOrder(
        names.map((name) => tableNamed(live.tables, name)),
        database,
      );
      const operations: Operation[] = [];
      const empty: string[] = [];
      for (const table of tables) {
        const operation = await readTable(database, table, reading);
        if (operation) operations.push(operation);
        else empty.push(`table "${table.name}" has no rows${thatMatch(reading.choices.conditionsOf(table.name))}`);
      }
      return { operations, warnings: [...warnings, ...empty] };
    });
  } finally {
    await database.close();
  }
}

const thatMatch = (where: readonly string[]): string => (where.length > 0 ? " that match" : "");

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

/** Nothing for a table without rows. */
async function readTable(
  { driver, dialect }: Database,
  whole: TableImage,
  { choices, limit, namespaces }: Reading,
): Promise<Operation | undefined> {
  // What the database computes it does not take from anybody.
  const table = { ...whole, columns: whole.columns.filter((column) => !column.generated) };
  const keys = rowKeysOf(table, choices.keysOf(table.name));
  const where = choices.conditionsOf(table.name);
  // One more than allowed, to see that there are more.
  const most = Math.min(limit ?? maxRows + 1, maxRows + 1);
  const rows = { columns: table.columns, where, orderBy: keys, limit: most };
  const first = choices.orderOf(table.name);
  const query = selectRows({ table: table.name, namespaces, ...rows, first }, dialect);
  const found = await driver.query(query).catch((error: unknown) => {
    throw where.length > 0 || first !== undefined ? withConditions(error, table.name, where, first) : error;
  });
  if (found.length > maxRows) throw tooMuch(`table "${table.name}" has more than ${maxRows} rows${thatMatch(where)}`);
  return found.length === 0 ? undefined : upsertOf({ table, keys, found }, dialect);
}

/** The database says what is wrong with SQL, but not that it is that of a flag. */
function withConditions(error: unknown, table: string, where: readonly string[], first: string | undefined): unknown {
  if (!(error instanceof ToolError) || error.code !== "database") return error;
  const given = where.map((condition) => `(${condition})`).join(" AND ");
  const flags = [given && `--where ${given}`, first !== undefined && `--order ${first}`].filter(Boolean).join(" and ");
  const what = `table "${table}" cannot be read with ${flags}: ${error.message}`;
  return new ToolError("database", what, error.data, { cause: error });
}

const tooMuch = (what: string): ToolError =>
  new ToolError("limit", `${what}, too much for one migration; take fewer rows at a time with --where or --limit`);

/** Why the rows do not fit the tables that the migrations make. */
function misfitsOf(operations: readonly Operation[], state: Schema): readonly ToolError[] {
  return operations.flatMap((operation) => {
    if (operation.kind !== "upsertData") return [];
    const { table: name, rows } = operation;
    const table = findTable(state, name);
    const first = "run `godwit generate` first";
    if (!table)
      return [
        new ToolError("state", `table "${name}" is in the database, but not in the migrations; ${first}`, {
          table: name,
        }),
      ];
    const extra = Object.keys(rows[0] ?? {}).filter((column) => !findField(table, column));
    const list = extra.map((column) => `"${column}"`).join(", ");
    const what = `the migrations do not have ${list} of table "${name}", which the database has`;
    return extra.length > 0 ? [new ToolError("state", `${what}; ${first}`, { table: name, columns: extra })] : [];
  });
}

/** A file that cannot be loaded again, or not as what was read, is worse than none. */
async function checkSource(name: string, source: string, operations: readonly Operation[]): Promise<void> {
  if (source.length > MAX_SOURCE_LENGTH) throw tooMuch(`the rows need ${source.length} characters`);
  const path = `${name}.ts`;
  const [file] = await evaluateFiles([{ path, source }], { cache: "bypass", cacheDirectory: undefined }).catch(
    (error: unknown) => {
      throw error instanceof ToolError && error.code === "limit"
        ? tooMuch(`the rows do not fit (${error.message})`)
        : error;
    },
  );
  const { checksum } = await parseMigration(name, { path, value: file?.value });
  if (checksum !== checksumOf(operations, true))
    throw new ToolError("internal", `the rows cannot be written as a migration without a change`);
}

/** A changing of data: the same whatever the tables are. */
const changeOf = (operation: Operation): Change => ({
  kind: snakeKindOf(operation),
  table: tableOf(operation) ?? null,
  object: null,
  detail: titleOf(operation),
  destructive: false,
});
