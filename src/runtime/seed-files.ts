import { join } from "node:path";
import { type FileColumn, type FileValue, fileValue, type RowFormat } from "../core/data/file-value.ts";
import { tableOfStem } from "../core/data/given-rows.ts";
import { rowKeysOf } from "../core/data/keys.ts";
import type { DataRow } from "../core/data/order.ts";
import { columnImage, tableImage } from "../core/ddl/image.ts";
import { ToolError } from "../core/errors.ts";
import type { RowValue } from "../core/operations/params.ts";
import type { Schema } from "../core/schema/model.ts";
import { getField, getTable, resolveType } from "../core/schema/resolve.ts";
import type { TableData } from "./data-tables.ts";
import { type Project, shownPath } from "./project.ts";
import { headOf, lineOf, tailOf } from "./row-lines.ts";
import { findSeeds, type SeedFile } from "./seeds.ts";
import { stagedFiles } from "./staged-files.ts";

/** What came of writing rows as seeds. Part of the public JSON. */
export interface NewSeeds {
  /** In the order in which they run. */
  readonly files: readonly NewSeed[];
  readonly warnings: readonly string[];
}

export interface NewSeed {
  /** As people see it. */
  readonly file: string;
  readonly table: string;
  readonly rows: number;
  /** Whether it was written. */
  readonly created: boolean;
}

export interface SeedFilesOptions {
  readonly format: RowFormat;
  readonly environment: string | undefined;
  /** Writes nothing. */
  readonly dry: boolean;
  /** What the migrations make. */
  readonly schema: Schema;
}

/** Files of rows, which get their names together. */
export interface SeedFiles {
  /** Takes all rows of a table. Throws ToolError `usage` or `unsupported` for what no such file can hold. */
  take(data: TableData): Promise<void>;
  finish(warnings: readonly string[]): Promise<NewSeeds>;
  discard(): Promise<void>;
}

/** Characters and rows of one file: each is read whole when it is its turn. */
const maxText = 4 * 1024 * 1024;
const maxRows = 50_000;

/** Rows as files in `seeds/`, or in the directory of an environment there, numbered after those that are there. */
export async function seedFiles(project: Project, options: SeedFilesOptions): Promise<SeedFiles> {
  const { format, environment, dry } = options;
  const directory = join(project.root, "seeds", environment ?? "");
  const there = seedsIn(project, environment);
  const files = stagedFiles();
  const written: NewSeed[] = [];
  const numbers = there.map(({ file }) => BigInt(/^\d+/.exec(file)?.[0] ?? 0));
  let number = numbers.reduce((most, each) => (each > most ? each : most), 0n);
  const write = async (table: string, rows: number, text: string): Promise<void> => {
    number++;
    const path = join(directory, `${number}_${table}.${format}`);
    if (!dry) await files.add(path, text);
    written.push({ file: shownPath(project, path), table, rows, created: !dry });
  };
  return {
    take: async (data) => {
      refuseWaiting(data);
      refuseTable(data.table.name, number + 1n, { ...options, there });
      refuseKeyless(data, options.schema);
      const columns = fileColumns(data, options.schema);
      const names = [...columns.keys()];
      const head = headOf(names, format);
      let text = head;
      let rows = 0;
      const flush = async (): Promise<void> => {
        if (rows > 0) await write(data.table.name, rows, `${text}${tailOf(format)}`);
        text = head;
        rows = 0;
      };
      let row = 0;
      for await (const portion of data.portions)
        for (const found of portion) {
          row++;
          const values = valuesOf(found, columns, { format, place: `table "${data.table.name}", row ${row}` });
          const line = lineOf(names, values, format, rows === 0);
          if (rows >= maxRows || (rows > 0 && text.length + line.length > maxText)) await flush();
          text += rows === 0 ? lineOf(names, values, format, true) : line;
          rows++;
        }
      await flush();
    },
    finish: async (warnings) => {
      await files.place();
      return { files: written, warnings };
    },
    discard: () => files.discard(),
  };
}

/** Those beside which the new ones will lie. An environment may be new. */
function seedsIn(project: Project, environment: string | undefined): readonly SeedFile[] {
  const place = join(project.root, "seeds", environment ?? "");
  try {
    return findSeeds(join(project.root, "seeds"), { environment }).filter(({ directory }) => directory === place);
  } catch (error) {
    if (error instanceof ToolError && environment !== undefined && error.data["environment"] === environment) return [];
    throw error;
  }
}

/** A file whose name the reader would not take for the table's, and one more beside such a file. */
function refuseTable(
  name: string,
  number: bigint,
  { format, schema, there }: SeedFilesOptions & { readonly there: readonly SeedFile[] },
): void {
  const readable = /^[^\p{Cc}/\\:*?"<>|]{1,100}$/u.test(name) && tableOfStem(`${number}_${name}`, schema) === name;
  if (!readable)
    throw new ToolError(
      "usage",
      `a file cannot be named after table "${name}", which is how its rows are known to be of it; write a migration, without --file`,
      { table: name },
    );
  const same = there.find(
    ({ kind, file }) => (kind === "csv" || kind === "json") && tableOfStem(file.replace(/\.\w+$/, ""), schema) === name,
  );
  if (!same) return;
  const path = `seeds/${same.name}.${same.kind}`;
  throw new ToolError(
    "usage",
    `"${path}" has rows of table "${name}" already; remove it first, and they are written as ${format} anew`,
    { table: name, file: path },
  );
}

function refuseWaiting({ table: { name }, waits }: TableData): void {
  if (!waits) return;
  throw new ToolError(
    "unsupported",
    `rows of table "${name}" refer to rows of a later table by a foreign key that is checked when the transaction ends, and each seed has a transaction of its own; write a migration, without --file`,
    { table: name },
  );
}

function refuseKeyless({ table: { name }, dialect }: TableData, schema: Schema): void {
  try {
    rowKeysOf(tableImage(schema, name, dialect), undefined);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "usage") throw error;
    const what = `table "${name}" has neither a primary key nor a unique index without NULL, by which a file of rows is known`;
    throw new ToolError("usage", `${what}; write a migration, without --file and with --conflict-key`, { table: name });
  }
}

function fileColumns({ table, dialect }: TableData, schema: Schema): ReadonlyMap<string, FileColumn> {
  const declared = getTable(schema, table.name);
  return new Map(
    table.columns.map(({ name }) => {
      const field = getField(declared, name);
      const native = columnImage(schema, declared, field, dialect).type;
      return [name, { type: resolveType(schema, field).type, native, dialect }];
    }),
  );
}

function valuesOf(
  row: DataRow,
  columns: ReadonlyMap<string, FileColumn>,
  { format, place }: { readonly format: RowFormat; readonly place: string },
): readonly FileValue[] {
  return [...columns].map(([name, column]) => {
    const value = row[name] ?? null;
    const given = fileValue(value, format, column);
    if (given !== undefined) return given;
    const what = `${place}: no file of rows says what "${name}" has there, ${shown(value)} in a column of type ${column.type}`;
    throw new ToolError("unsupported", `${what}; leave the row out, or write a migration, without --file`, {
      column: name,
    });
  });
}

function shown(value: RowValue): string {
  if (value instanceof Uint8Array) return "bytes";
  if (value !== null && typeof value === "object") return value.defaultRef;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}
