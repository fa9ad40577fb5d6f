import type { RowFormat } from "../../core/data/file-value.ts";
import { ToolError } from "../../core/errors.ts";
import { replay } from "../../core/plan/state.ts";
import type { Schema } from "../../core/schema/model.ts";
import { namespaceNames } from "../../core/schema/namespaces.ts";
import { findField, findTable } from "../../core/schema/resolve.ts";
import { type DataFlags, dataChoices } from "../data-flags.ts";
import { dataMigrations } from "../data-migrations.ts";
import { type DataReading, readTables, type TableData } from "../data-tables.ts";
import { type NewMigration, refuseConflicting } from "../new-migration.ts";
import type { Project } from "../project.ts";
import type { NewSeeds } from "../seed-files.ts";
import { loadGraph } from "../survey.ts";

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

/**
 * Writes a migration with rows of the project's database: an `upsertData` for each table that has any, in the order in which foreign keys
 * let them in; more than one where there are too many. Only reads from the database. Throws ToolError `usage` for a table or a column that is not
 * there, `state` for a table that the migrations do not have and for keys that do not tell rows apart, `unsupported` for a value that a migration cannot
 * hold, `limit` for too many rows, and what opening and asking the database throws, `graph` when heads do not commute; nothing is written then.
 */
export async function generateData(project: Project, options: GenerateDataOptions): Promise<NewMigration> {
  const { names, reading, graph, state } = await asked(project, options);
  await refuseConflicting(graph);
  const words = options.name ?? (names.length === 1 ? `dump_${names[0]}` : "dump_data");
  const dry = Boolean(options.dryRun);
  const migrations = await dataMigrations(project, { heads: graph.heads, words, dry, fewer });
  const misfits: string[] = [];
  const work = async (data: TableData): Promise<void> => {
    const misfit = misfitOf(data, state);
    if (misfit && !dry) throw misfit;
    if (misfit) misfits.push(misfit.message);
    await migrations.take(data);
  };
  try {
    const warnings = await readTables(project, names, { reading, work });
    return await migrations.finish([...warnings, ...misfits]);
  } finally {
    await migrations.discard();
  }
}

export interface GenerateSeedsOptions extends Omit<GenerateDataOptions, "name"> {
  readonly format: RowFormat;
  /** Whose they are to be; absent: of every environment. */
  readonly environment?: string | undefined;
}

/**
 * Writes rows of the project's database as files that `godwit seed` reads, one for each table or as many as they need, numbered in the order in
 * which foreign keys let them in. Throws what `generateData` throws, and ToolError `usage` for a table that has such a file already or whose name is none for
 * a file.
 */
export async function generateSeeds(project: Project, options: GenerateSeedsOptions): Promise<NewSeeds> {
  if (options.conflictKeys?.length)
    throw new ToolError(
      "usage",
      "a file of rows does not say what tells them apart: the primary key or a unique index does; leave out --conflict-key, or --file",
      { flag: "--conflict-key" },
    );
  const { names, reading, state } = await asked(project, options);
  const { seedFiles } = await import("../seed-files.ts");
  const { format, environment, dryRun = false } = options;
  const files = await seedFiles(project, { format, environment, dry: dryRun, schema: state });
  const work = async (data: TableData): Promise<void> => {
    const misfit = misfitOf(data, state);
    if (misfit) throw misfit;
    await files.take(data);
  };
  try {
    const warnings = await readTables(project, names, { reading, work });
    return await files.finish(warnings);
  } finally {
    await files.discard();
  }
}

const fewer = "take fewer rows with --where or --limit";

async function asked(project: Project, options: GenerateDataOptions) {
  const names = [...new Set(options.tables)];
  if (options.order?.length && options.limit === undefined)
    throw new ToolError("usage", "--order says which rows --limit takes; give --limit, too");
  const choices = dataChoices(options, names);
  const graph = await loadGraph(project);
  const state = replay(graph.order, graph.surroundings);
  const reading: DataReading = { choices, limit: options.limit, namespaces: namespaceNames(state) };
  return { names, reading, graph, state };
}

/** Why the rows do not fit the tables that the migrations make. */
function misfitOf({ table: { name, columns } }: TableData, state: Schema): ToolError | undefined {
  const table = findTable(state, name);
  const first = "run `godwit generate` first";
  if (!table)
    return new ToolError("state", `table "${name}" is in the database, but not in the migrations; ${first}`, {
      table: name,
    });
  const extra = columns.map((column) => column.name).filter((column) => !findField(table, column));
  if (extra.length === 0) return undefined;
  const list = extra.map((column) => `"${column}"`).join(", ");
  const what = `the migrations do not have ${list} of table "${name}", which the database has`;
  return new ToolError("state", `${what}; ${first}`, { table: name, columns: extra });
}
