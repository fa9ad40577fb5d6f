import { basename, extname } from "node:path";
import { type RowFormat, rowFormats } from "../../core/data/file-value.ts";
import { tableOfStem, withoutNumber } from "../../core/data/given-rows.ts";
import { type GivenFile, type GivenTable, tablesOfFiles } from "../../core/data/given-tables.ts";
import type { DataRow } from "../../core/data/order.ts";
import type { Dialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import { replay } from "../../core/plan/state.ts";
import type { Schema } from "../../core/schema/model.ts";
import { dataChoices } from "../data-flags.ts";
import { dataMigrations } from "../data-migrations.ts";
import type { TableData } from "../data-tables.ts";
import { readFound } from "../files.ts";
import { loadDialect } from "../load-dialect.ts";
import { type NewMigration, refuseConflicting } from "../new-migration.ts";
import type { Project } from "../project.ts";
import { rowsOfText } from "../row-files.ts";
import { loadGraph } from "../survey.ts";
import { targetDialects } from "../target-dialects.ts";
import { dialectIfKnown, dialectNamed } from "../url.ts";

export interface DataFromFilesOptions {
  /** Paths of files of rows, each named after its table; one that is named twice counts once. */
  readonly files: readonly string[];
  /** `table:column,column`, or columns for every table. */
  readonly conflictKeys?: readonly string[] | undefined;
  /** Words for the file name. */
  readonly name?: string | undefined;
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Writes a migration with the rows of CSV and JSON files, as `generateData` does with those of a database, without asking one: they are read as the
 * tables that the migrations make have them. Throws ToolError `usage` for a file that is neither, for a table that is not there and for columns that do not tell rows apart, `file`,
 * `migration` with the place in the file, `unsupported` for circles that nothing opens, `limit` for too many rows, and `graph` when heads do not
 * commute; nothing is written then.
 */
export async function generateDataFromFiles(project: Project, options: DataFromFilesOptions): Promise<NewMigration> {
  const graph = await loadGraph(project);
  const schema = replay(graph.order, graph.surroundings);
  const files = [...new Set(options.files)].map((path) => readFile(path, schema));
  const names = [...new Set(files.map(({ table }) => table))];
  const { keysOf } = dataChoices({ conflictKeys: options.conflictKeys }, names);
  const dialect = await readingDialect(project);
  const tables = tablesOfFiles(files, { schema, dialect, keysOf });
  await refuseConflicting(graph);
  const words = options.name ?? (names.length === 1 ? `load_${names[0]}` : "load_data");
  const dry = Boolean(options.dryRun);
  const migrations = await dataMigrations(project, { heads: graph.heads, words, dry, fewer: "name fewer files" });
  try {
    for (const data of inOrder(tables, dialect)) await migrations.take(data);
    return await migrations.finish(
      files.filter(({ rows }) => rows.length === 0).map(({ file }) => `${file} has no rows`),
    );
  } finally {
    await migrations.discard();
  }
}

/** Where nothing says which database it is to be, texts that databases read differently stay as they are, such as `Infinity`. */
async function readingDialect(project: Project): Promise<Dialect> {
  const [target] = await targetDialects(project);
  const known = (await dialectIfKnown(project.database)) ?? target;
  if (known) return known;
  const dialect = await loadDialect(dialectNamed("postgresql"));
  const { infinity: _, ...rows } = dialect.rows;
  return { ...dialect, rows };
}

function readFile(path: string, schema: Schema): GivenFile {
  const kind = kindOf(path);
  const text = readFound(path);
  const stem = basename(path).slice(0, -`.${kind}`.length);
  const table = tableOfStem(stem, schema);
  if (table === undefined) throw noTable(path, withoutNumber(stem), schema);
  return { file: path, stem, table, rows: rowsOfText(path, kind, text) };
}

function kindOf(path: string): RowFormat {
  const kind = rowFormats.find((known) => extname(path) === `.${known}`);
  if (kind) return kind;
  const what = `"${path}" is no file of rows, whose name ends in .csv or .json`;
  throw new ToolError("usage", `${what}; with --from-file, all arguments are files, each named after its table`, {
    path,
  });
}

function noTable(file: string, table: string, schema: Schema): ToolError {
  const near = nearest(
    table,
    schema.tables.map(({ name }) => name),
  );
  const hint = near
    ? `did you mean "${near}"?`
    : "a file is named after its table, and for a new one run `godwit generate` first";
  return new ToolError("usage", `${file}: the migrations make no table "${table}"; ${hint}`, {
    file,
    table,
    ...(near && { nearest: near }),
  });
}

/** All rows, then what had to wait for them. */
function inOrder(tables: readonly GivenTable[], dialect: Dialect): readonly TableData[] {
  const about = ({ table, keys }: GivenTable) => ({ dialect, table, keys });
  return [
    ...tables.map((each) => ({
      ...about(each),
      portions: once(each.rows),
      ...(each.waits && { waits: true as const }),
    })),
    ...tables.flatMap((each) =>
      each.again.map(({ rows, columns }) => ({ ...about(each), portions: once(rows), again: columns })),
    ),
  ];
}

async function* once(rows: readonly DataRow[]): AsyncGenerator<readonly DataRow[]> {
  yield rows;
}
