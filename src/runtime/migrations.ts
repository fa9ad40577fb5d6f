import { dirname, join } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { type CacheUse, evaluateFiles } from "./evaluate.ts";
import { listDirectory, readTexts } from "./files.ts";
import { parseMigration } from "./parse-migration.ts";
import { shownPath } from "./project.ts";
import { noteOf, recallMigration } from "./recall-migration.ts";

export interface LoadOptions {
  /** Paths in messages are relative to it; absent: the directory that contains the migrations' directory. */
  readonly root?: string;
  /** For all, or by the migration's name. */
  readonly cache: CacheUse | ((name: string) => CacheUse);
}

/**
 * Reads, evaluates and checks the migrations of a directory, sorted by name; none when there is no such directory. Throws ToolError
 * `migration` (`data`: file, line, column), `limit` or `file`.
 */
export async function loadMigrations(directory: string, options: LoadOptions): Promise<readonly Migration[]> {
  const files = await discover(directory, options);
  const sources = await readTexts(directory, files);
  const shown = shownPath({ root: rootOf(directory, options) }, directory);
  const names = new Map(files.map((file) => [shown === "" ? file : `${shown}/${file}`, nameOf(file)]));
  const nameAt = (path: string): string => names.get(path) ?? path;
  const { cache } = options;
  const parsed = new Map<string, Migration>();
  const evaluated = await evaluateFiles(
    [...names.keys()].map((path, i) => ({ path, source: sources[i] ?? "" })),
    {
      cache: typeof cache === "function" ? (path) => cache(nameAt(path)) : cache,
      note: async (file) => {
        const migration = await parseMigration(nameAt(file.path), file);
        parsed.set(file.path, migration);
        return noteOf(migration, file.value);
      },
    },
  );
  return evaluated.map((file) => parsed.get(file.path) ?? recallMigration(nameAt(file.path), file));
}

/** Names of the migrations of a directory, sorted, without looking into the files. */
export async function migrationNames(
  directory: string,
  options: Pick<LoadOptions, "root"> = {},
): Promise<readonly string[]> {
  return (await discover(directory, options)).map(nameOf);
}

const nameOf = (file: string): string => file.slice(0, -".ts".length);

const rootOf = (directory: string, { root }: Pick<LoadOptions, "root">): string => root ?? dirname(directory);

/**
 * A TypeScript file of another name would be taken for a migration by its author and passed over in silence by us. Hidden
 * files are those of editors and file systems.
 */
async function discover(directory: string, options: Pick<LoadOptions, "root">): Promise<readonly string[]> {
  const files = (await listDirectory(directory)).filter((file) => /^[^.].*(?<!\.d)\.ts$/.test(file));
  const stray = files.find((file) => !/^\d+_[^.]+\.ts$/.test(file));
  if (stray === undefined) return files;
  const file = shownPath({ root: rootOf(directory, options) }, join(directory, stray));
  throw new ToolError(
    "migration",
    `${file} is not named like a migration, such as "0001_initial.ts"; rename it or move it out of this directory`,
    { file },
  );
}
