import { join } from "node:path";
import { MAX_SOURCE_LENGTH } from "../../sandbox/host/limits.ts";
import type { DataRow } from "../core/data/order.ts";
import { rowSize } from "../core/data/row-size.ts";
import type { Change } from "../core/diff/change.ts";
import { ToolError } from "../core/errors.ts";
import { type Operation, snakeKindOf, tableOf, titleOf } from "../core/operations/index.ts";
import { nextName } from "../core/plan/naming.ts";
import { printMigration } from "../core/plan/source.ts";
import { checksumOf } from "./checksum.ts";
import type { TableData } from "./data-tables.ts";
import { evaluateFiles } from "./evaluate.ts";
import { existingNames, type NewMigration, nothingToWrite } from "./new-migration.ts";
import { parseMigration } from "./parse-migration.ts";
import { type Project, shownPath } from "./project.ts";
import { stagedFiles } from "./staged-files.ts";

/** Characters of rows in one migration, as `rowSize` counts them: about half of what a file may have. */
const maxRowSize = MAX_SOURCE_LENGTH / 2;

/** Characters of all of them together. Whoever looks at the migrations reads every one, and compiled ones may not be larger. */
const maxTotal = 64 * 1024 * 1024;

/** Migrations with rows, which get their names together. */
export interface DataMigrations {
  /** Takes all rows of a table. Throws ToolError `limit` for what does not fit. */
  take(data: TableData): Promise<void>;
  /** Writes the files, and says what is in them. Throws ToolError `file`. */
  finish(warnings: readonly string[]): Promise<NewMigration>;
  /** Leaves nothing behind of what has no name yet. */
  discard(): Promise<void>;
}

export interface DataMigrationsOptions {
  /** What the first of them depends on. */
  readonly heads: readonly string[];
  /** Words of the file names. */
  readonly words: string;
  /** Writes nothing. */
  readonly dry: boolean;
  /** How there would be fewer rows. */
  readonly fewer: string;
}

/** Rows as migrations: one, or as many as they need, each of which depends on the one before. */
export async function dataMigrations(project: Project, options: DataMigrationsOptions): Promise<DataMigrations> {
  const files = stagedFiles();
  const existing = await existingNames(project.migrationsDir);
  const written: Written[] = [];
  let operations: RowsOfTable[] = [];
  let size = 0;
  let total = 0;
  let together: string | undefined;
  const flush = async (): Promise<void> => {
    if (operations.length === 0) return;
    const migration = await printed(operations, { ...options, existing, written });
    total += migration.source.length;
    if (total > maxTotal)
      throw tooMuch(`the rows need more than ${maxTotal / 1024 / 1024} MiB as migrations`, options.fewer);
    if (!options.dry) await files.add(join(project.migrationsDir, `${migration.name}.ts`), migration.source);
    // One is enough to look at.
    written.push(written.length === 0 ? migration : { ...migration, source: "" });
    operations = [];
    size = 0;
  };
  return {
    take: async (data) => {
      if (data.waits) together = data.table.name;
      let rows: DataRow[] | undefined;
      for await (const portion of data.portions)
        for (const row of portion) {
          const more = rowSize(row);
          if (size + more > maxRowSize) {
            await flush();
            rows = undefined;
          }
          if (!rows) {
            rows = [];
            operations.push(begun(data, rows));
          }
          rows.push(row);
          size += more;
        }
    },
    finish: async (warnings) => {
      await flush();
      if (together !== undefined && written.length > 1) throw tooLongTogether(together, options.fewer);
      await files.place();
      return resultOf(project, { written, warnings, dry: options.dry });
    },
    discard: () => files.discard(),
  };
}

const begun = ({ table, keys, again }: TableData, rows: DataRow[]): RowsOfTable => ({
  kind: "upsertData",
  table: table.name,
  keys: [...keys],
  rows,
  ...(again && { completes: [...again] }),
});

type RowsOfTable = Extract<Operation, { kind: "upsertData" }>;

interface Written {
  readonly name: string;
  readonly source: string;
  readonly changes: readonly Change[];
}

interface Printing extends DataMigrationsOptions {
  readonly existing: readonly string[];
  readonly written: readonly Written[];
}

async function printed(
  operations: readonly Operation[],
  { existing, written, words, heads, fewer }: Printing,
): Promise<Written> {
  const names = written.map(({ name }) => name);
  const own = written.length === 0 ? words : `${words}_${written.length + 1}`;
  const name = nextName([...existing, ...names], operations, own);
  const source = printMigration({ dependencies: names.length === 0 ? heads : names.slice(-1), operations });
  await checkSource({ name, source, operations, fewer });
  return { name, source, changes: operations.map(changeOf) };
}

const tooMuch = (what: string, fewer: string): ToolError =>
  new ToolError(
    "limit",
    `${what}, too much for migrations, all of which are read each time; ${fewer}, or let godwit seed bring them from files in seeds/`,
  );

const tooLongTogether = (table: string, fewer: string): ToolError =>
  new ToolError(
    "limit",
    `rows of table "${table}" refer to rows of a later table by a foreign key that is checked when the transaction ends, and they are too many for one migration; ${fewer}`,
    { table },
  );

interface Checked {
  readonly name: string;
  readonly source: string;
  readonly operations: readonly Operation[];
  readonly fewer: string;
}

/** A file that cannot be loaded again, or not as what was read, is worse than none. */
async function checkSource({ name, source, operations, fewer }: Checked): Promise<void> {
  if (source.length > MAX_SOURCE_LENGTH)
    throw tooMuch(`a row and those around it need ${source.length} characters`, fewer);
  const path = `${name}.ts`;
  const [file] = await evaluateFiles([{ path, source }], { cache: "bypass", cacheDirectory: undefined }).catch(
    (error: unknown) => {
      throw error instanceof ToolError && error.code === "limit"
        ? tooMuch(`the rows do not fit (${error.message})`, fewer)
        : error;
    },
  );
  const { checksum } = await parseMigration(name, { path, value: file?.value });
  if (checksum !== checksumOf(operations, true))
    throw new ToolError("internal", `the rows cannot be written as a migration without a change`);
}

function resultOf(
  project: Project,
  {
    written,
    warnings,
    dry,
  }: { readonly written: readonly Written[]; readonly warnings: readonly string[]; dry: boolean },
): NewMigration {
  const [first, ...more] = written;
  if (!first) return nothingToWrite(warnings);
  const createdOf = (name: string) => (dry ? null : shownPath(project, join(project.migrationsDir, `${name}.ts`)));
  return {
    created: createdOf(first.name),
    name: first.name,
    operations: written.flatMap(({ changes }) => changes),
    warnings,
    source: first.source,
    ...(more.length > 0 && { more: more.map(({ name }) => ({ created: createdOf(name), name })) }),
  };
}

/** A changing of data: the same whatever the tables are. */
const changeOf = (operation: Operation): Change => ({
  kind: snakeKindOf(operation),
  table: tableOf(operation) ?? null,
  object: null,
  detail: titleOf(operation),
  destructive: false,
});
