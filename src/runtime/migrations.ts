import { basename, dirname, join } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { type EvaluatedFile, evaluateFiles } from "./evaluate.ts";
import { listDirectory, readTexts } from "./files.ts";
import { parseMigration } from "./parse-migration.ts";
import { shownPath } from "./project.ts";

/** Whether an evaluation kept from an earlier run will do. What is about to run is always evaluated afresh. */
export type CacheUse = "use" | "bypass";

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
  const names = await discover(directory, options);
  const sources = await readTexts(directory, names);
  const shown = shownPath({ root: rootOf(directory, options) }, directory);
  const files = names.map((name, i) => ({ path: shown === "" ? name : `${shown}/${name}`, source: sources[i] ?? "" }));
  const { cache } = options;
  const useOf = (path: string): CacheUse => (typeof cache === "function" ? cache(nameOf(path)) : cache);
  const evaluated = new Map<string, EvaluatedFile>();
  for (const use of ["use", "bypass"] as const) {
    const part = files.filter((file) => useOf(file.path) === use);
    if (part.length === 0) continue;
    for (const file of await evaluateFiles(part, { cache: use })) evaluated.set(file.path, file);
  }
  return Promise.all(files.map(({ path }) => parseMigration(nameOf(path), requireEvaluated(evaluated, path))));
}

/** Names of the migrations of a directory, sorted, without looking into the files. */
export async function migrationNames(
  directory: string,
  options: Pick<LoadOptions, "root"> = {},
): Promise<readonly string[]> {
  return (await discover(directory, options)).map(nameOf);
}

const nameOf = (path: string): string => basename(path, ".ts");

const rootOf = (directory: string, { root }: Pick<LoadOptions, "root">): string => root ?? dirname(directory);

/** A TypeScript file of another name would be taken for a migration by its author and passed over in silence by us. */
async function discover(directory: string, options: Pick<LoadOptions, "root">): Promise<readonly string[]> {
  const files = (await listDirectory(directory)).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
  const stray = files.find((file) => !/^\d+_[^.]+\.ts$/.test(file));
  if (stray === undefined) return files;
  const file = shownPath({ root: rootOf(directory, options) }, join(directory, stray));
  throw new ToolError(
    "migration",
    `${file} is not named like a migration, such as "0001_initial.ts"; rename it or move it out of this directory`,
    { file },
  );
}

function requireEvaluated(evaluated: ReadonlyMap<string, EvaluatedFile>, path: string): EvaluatedFile {
  const found = evaluated.get(path);
  if (!found) throw new ToolError("internal", `${path} was not evaluated`, { file: path });
  return found;
}
