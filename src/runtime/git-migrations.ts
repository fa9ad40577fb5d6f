import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { commitsOf, contentsOf, filesAt, type GitDirectory, gitDirectory, pathsAt } from "./git.ts";
import { loadMigrations, loadOptions } from "./migrations.ts";
import { type Project, shownPath } from "./project.ts";

/** The migrations of a project as they were at a commit. */
export interface PastMigrations {
  readonly migrations: readonly Migration[];
  /** Path of their directory from the top of the repository; absent when there was none. */
  readonly path?: string;
}

/**
 * Reads and evaluates the migrations of a commit. A directory that was called otherwise then is found by the names of the
 * `files` in it. `ref` is how messages call the commit. Throws what `loadMigrations` throws.
 */
export async function migrationsAt(
  project: Project,
  directory: GitDirectory,
  { commit, ref, files }: { readonly commit: string; readonly ref: string; readonly files: readonly string[] },
): Promise<PastMigrations> {
  const place = filesAt(directory, commit) ? directory : formerPlace(directory, commit, files);
  if (!place) return { migrations: [] };
  return { migrations: await evaluateAt(project, place, { commit, ref }), path: place.path };
}

/**
 * The version of a migration that has this checksum, among the last commits that touched its file; `undefined` where git does not
 * have it, or is not there at all.
 */
export async function findVersion(project: Project, now: Migration, checksum: string): Promise<Migration | undefined> {
  try {
    const directory = gitDirectory(project.migrationsDir);
    const files = extensions.map((extension) => `${now.name}${extension}`);
    for (const commit of commitsOf(directory, files, versionsToTry)) {
      const past = await evaluateAt(project, directory, { commit, ref: commit, files }).catch(() => []);
      const found = past.find((m) => m.name === now.name && m.checksum === checksum);
      if (found) return found;
    }
    return undefined;
  } catch (error) {
    // It only adds to a message; without git the message stands without it.
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

const versionsToTry = 20;

/** Of all forms that a migration's files may have. */
const extensions = [".ts", ".sql", ".up.sql", ".down.sql"];

/** Where most of these files were, of the directories that the commit has. */
function formerPlace(directory: GitDirectory, commit: string, files: readonly string[]): GitDirectory | undefined {
  const names = new Set(files.filter((name) => /^\d+_/.test(name)));
  const counts = new Map<string, number>();
  for (const path of pathsAt(directory, commit)) {
    const end = path.lastIndexOf("/");
    if (!names.has(path.slice(end + 1))) continue;
    const folder = path.slice(0, Math.max(end, 0));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return best && { ...directory, path: best[0] };
}

/** In a directory of its own, under the path that it has now, so that what did not change is in the cache already. */
async function evaluateAt(
  project: Project,
  place: GitDirectory,
  { commit, ref, files: only }: { readonly commit: string; readonly ref: string; readonly files?: readonly string[] },
): Promise<readonly Migration[]> {
  const files = (filesAt(place, commit) ?? []).filter(({ name }) => only?.includes(name) ?? true);
  const contents = contentsOf(place, files);
  const root = mkdtempSync(join(tmpdir(), "godwit-commit-"));
  try {
    const shown = shownPath(project, project.migrationsDir);
    const directory = join(root, isAbsolute(shown) ? "migrations" : shown);
    mkdirSync(directory, { recursive: true });
    for (const [i, { name }] of files.entries()) writeFileSync(join(directory, name), contents[i] ?? "");
    return await loadMigrations(directory, { ...loadOptions(project), root, cache: "use" });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(error.code, `at "${ref}": ${error.message}`, { ...error.data, ref }, { cause: error });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
