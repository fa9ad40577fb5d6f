import { ToolError } from "../core/errors.ts";
import type { OnEvent } from "./events.ts";
import { filesAt, type GitDirectory, gitDirectory, resolveCommit } from "./git.ts";
import type { Project } from "./project.ts";

/**
 * Names of the migrations that the main branch has, as git knows it here; `undefined` where there is no repository, or none can be told. `base` is a branch, tag or
 * commit in its place. Throws ToolError `usage` for a `base` that git does not know.
 */
export async function mergedNames(
  { migrationsDir }: Project,
  { base, onEvent }: { readonly base?: string | undefined; readonly onEvent?: OnEvent | undefined },
): Promise<ReadonlySet<string> | undefined> {
  const directory = repositoryOf(migrationsDir, base);
  if (!directory) return undefined;
  const commit = base === undefined ? mainOf(directory) : resolveCommit(directory, base);
  if (commit === undefined) {
    onEvent?.({
      type: "warning",
      message: "git knows no main branch here, so nothing tells what is merged; --base REF does",
    });
    return undefined;
  }
  const files = filesAt(directory, commit) ?? [];
  return new Set(files.map(({ name }) => name.replace(/(?:\.(?:up|down))?\.(?:ts|sql)$/, "")));
}

function repositoryOf(migrationsDir: string, base: string | undefined): GitDirectory | undefined {
  try {
    return gitDirectory(migrationsDir);
  } catch (error) {
    if (base === undefined && error instanceof ToolError && error.code === "usage") return undefined;
    throw error;
  }
}

/** Where others get what is merged: what the remote calls its own first, then the usual names. */
function mainOf(directory: GitDirectory): string | undefined {
  for (const ref of ["origin/HEAD", "origin/main", "origin/master", "main", "master"])
    try {
      return resolveCommit(directory, ref);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
    }
  return undefined;
}
