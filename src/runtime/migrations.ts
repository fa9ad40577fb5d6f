import { dirname, join } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { type CacheUse, evaluateFiles } from "./evaluate.ts";
import { listDirectory, readTexts } from "./files.ts";
import { type Project, shownPath } from "./project.ts";
import { noteOf, recallMigration } from "./recall-migration.ts";
import { isSqlMigration, sqlNames } from "./sql-file-names.ts";
import { readSymbols, type SymbolPlaces, symbolMapOf, symbolPlaces } from "./symbols.ts";

export interface LoadOptions {
  /** Paths in messages are relative to it; absent: the directory that contains the migrations' directory. */
  readonly root?: string;
  /** What the project registers for migrations to import; absent: nothing. */
  readonly symbols?: SymbolPlaces;
  /** For all, or by the migration's name. */
  readonly cache: CacheUse | ((name: string) => CacheUse);
}

/** Where the names of a project's migrations lead. */
export const loadOptions = (
  project: Pick<Project, "root" | "migrationsDir" | "symbols" | "given">,
): Omit<LoadOptions, "cache"> => ({
  root: project.root,
  symbols: symbolPlaces(project),
});

/**
 * Reads, evaluates and checks the migrations of a directory, sorted by file name; none when there is no such directory. Throws
 * ToolError `migration` (`data`: file, line, column), `limit` or `file`.
 */
export async function loadMigrations(directory: string, options: LoadOptions): Promise<readonly Migration[]> {
  const files = await discover(directory, options);
  const folder = shownPath({ root: rootOf(directory, options) }, directory);
  const shown = (file: string): string => (folder === "" ? file : `${folder}/${file}`);
  const typed = await loadTyped(directory, files.typed, { shown, options });
  if (files.sql.length === 0) return typed;
  const before = orderOf([...files.typed.map(nameOf), ...sqlNames(files.sql)]);
  const { loadSqlMigrations } = await import("./sql-migrations.ts");
  const written = await loadSqlMigrations(directory, files.sql, { shown, before });
  return [...typed, ...written].toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

async function loadTyped(
  directory: string,
  files: readonly string[],
  { shown, options }: { readonly shown: (file: string) => string; readonly options: LoadOptions },
): Promise<readonly Migration[]> {
  const sources = await readTexts(directory, files);
  const nameAt = (path: string): string => nameOf(path.slice(path.lastIndexOf("/") + 1));
  const { cache } = options;
  const symbols = options.symbols && symbolMapOf(await readSymbols(options.symbols));
  const parsed = new Map<string, Migration>();
  const read = files.map((file, i) => ({ path: shown(file), source: sources[i] ?? "" }));
  const codeIn = async (path: string, hash?: string) => {
    const { codeOf } = await import("../../sandbox/host/code.ts");
    return codeOf(read.find((file) => file.path === path)?.source ?? "", symbols, hash);
  };
  let loading: Promise<typeof import("./parse-migration.ts")> | undefined;
  const evaluated = await evaluateFiles(read, {
    cache: typeof cache === "function" ? (path) => cache(nameAt(path)) : cache,
    ...(symbols && { symbols }),
    note: async (file) => {
      // With the definitions of all operations, which what is kept does without.
      loading ??= import("./parse-migration.ts");
      const { parseMigration } = await loading;
      const migration = await parseMigration(nameAt(file.path), { ...file, code: () => codeIn(file.path) });
      parsed.set(file.path, migration);
      return noteOf(migration, file.value);
    },
  });
  const migrations: Migration[] = [];
  for (const file of evaluated) {
    const recalled =
      parsed.get(file.path) ??
      recallMigration(nameAt(file.path), file, {
        confirm: cache !== "look",
        codeOf: (hash) => codeIn(file.path, hash),
      });
    migrations.push(recalled instanceof Promise ? await recalled : recalled);
  }
  return migrations;
}

/** Names of the files that are migrations or parts of such, sorted. */
export async function migrationFiles(
  directory: string,
  options: Pick<LoadOptions, "root"> = {},
): Promise<readonly string[]> {
  const { typed, sql } = await discover(directory, options);
  return [...typed, ...sql].toSorted();
}

const nameOf = (file: string): string => file.slice(0, -".ts".length);

const rootOf = (directory: string, { root }: Pick<LoadOptions, "root">): string => root ?? dirname(directory);

/** The migration just before one, by number and then by name: `9_x` comes before `10_a`. */
function orderOf(names: readonly string[]): (name: string) => string | undefined {
  const numbered = [...new Set(names)].map((name) => ({ name, number: BigInt(/^\d+/.exec(name)?.[0] ?? "0") }));
  const order = numbered.toSorted((a, b) => {
    if (a.number !== b.number) return a.number < b.number ? -1 : 1;
    return a.name < b.name ? -1 : 1;
  });
  const before = new Map(order.map(({ name }, i) => [name, order[i - 1]?.name]));
  return (name) => before.get(name);
}

interface Files {
  readonly typed: readonly string[];
  readonly sql: readonly string[];
}

/**
 * A file of another name would be taken for a migration by its author and passed over in silence by us. Hidden files are
 * those of editors and file systems.
 */
async function discover(directory: string, options: Pick<LoadOptions, "root">): Promise<Files> {
  const visible = (await listDirectory(directory)).filter((file) => !file.startsWith("."));
  const typed = visible.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
  const sql = visible.filter((file) => /\.sql$/i.test(file));
  const strayTyped = typed.find((file) => !/^\d+_[^.]+\.ts$/.test(file));
  const stray = strayTyped ?? sql.find((file) => !isSqlMigration(file));
  if (stray === undefined) return { typed, sql };
  const file = shownPath({ root: rootOf(directory, options) }, join(directory, stray));
  const example = strayTyped === undefined ? "0001_initial.up.sql" : "0001_initial.ts";
  throw new ToolError(
    "migration",
    `${file} is not named like a migration, such as "${example}"; rename it or move it out of this directory`,
    { file },
  );
}
