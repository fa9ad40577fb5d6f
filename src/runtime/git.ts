import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, relative } from "node:path";
import { ToolError } from "../core/errors.ts";

/** A directory of a git repository, as it is at other commits. */
export interface GitDirectory {
  /** An existing directory inside the repository, from which git is called. */
  readonly cwd: string;
  /** The directory's path from the top of the repository, with `/`; empty for the top itself. */
  readonly path: string;
}

/** A regular file of a tree. */
export interface GitFile {
  readonly name: string;
  readonly object: string;
}

/**
 * Where a directory lies in its repository; it need not exist (any more). Throws ToolError `usage` outside a repository, `file` when
 * git cannot be run.
 */
export function gitDirectory(directory: string): GitDirectory {
  let near = directory;
  while (!existsSync(near) && dirname(near) !== near) near = dirname(near);
  const cwd = realpathSync(near);
  const { ok, text, problem } = git(cwd, ["rev-parse", "--show-prefix"]);
  if (!ok)
    throw new ToolError("usage", `"${directory}" is in no git repository that can be read: ${problem}`, { directory });
  const below = relative(near, directory).replaceAll("\\", "/");
  return { cwd, path: [text.trimEnd().replace(/\/$/, ""), below].filter((part) => part !== "").join("/") };
}

/** The commit that a branch, tag or hash names. Throws ToolError `usage`. */
export function resolveCommit({ cwd }: GitDirectory, ref: string): string {
  const { ok, text } = git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (ok && text.trim() !== "") return text.trim();
  throw new ToolError(
    "usage",
    `git knows no commit "${ref}"; give a branch, tag or hash that was fetched, such as origin/main`,
    { ref },
  );
}

/** Where HEAD branched off from a commit; `undefined` where the clone is too shallow to tell, or they share nothing. */
export function mergeBase({ cwd }: GitDirectory, commit: string): string | undefined {
  const { ok, text } = git(cwd, ["merge-base", commit, "HEAD"]);
  return ok ? text.trim() : undefined;
}

/** The commits that touched these files of the directory, newest first, `limit` at most; none where git does not know them. */
export function commitsOf({ cwd, path }: GitDirectory, files: readonly string[], limit: number): readonly string[] {
  const paths = files.map((file) => `:(top,literal)${path === "" ? file : `${path}/${file}`}`);
  const { ok, text } = git(cwd, ["log", `--max-count=${limit}`, "--format=%H", "--", ...paths]);
  return ok ? text.split("\n").filter((line) => line !== "") : [];
}

/** The regular files directly in the directory at a commit; `undefined` when it was not there. */
export function filesAt({ cwd, path }: GitDirectory, commit: string): readonly GitFile[] | undefined {
  const { ok, text } = git(cwd, ["ls-tree", "-z", "--full-tree", `${commit}:${path}`]);
  if (!ok) return undefined;
  return text.split("\0").flatMap((entry) => {
    const [, object, name] = /^100\d{3} blob (\S+)\t(.+)$/s.exec(entry) ?? [];
    return object !== undefined && name !== undefined ? [{ name, object }] : [];
  });
}

/** Paths of all files of the repository at a commit, from its top. */
export function pathsAt({ cwd }: GitDirectory, commit: string): readonly string[] {
  const { ok, text, problem } = git(cwd, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit]);
  if (!ok) throw new ToolError("file", `git cannot list the files of ${commit}: ${problem}`, { commit });
  return text.split("\0").filter((path) => path !== "");
}

/** The contents of files, in their order; one call for all. Throws ToolError `file`. */
export function contentsOf({ cwd }: GitDirectory, files: readonly GitFile[]): readonly Uint8Array[] {
  if (files.length === 0) return [];
  const { bytes, problem } = git(cwd, ["cat-file", "--batch"], files.map(({ object }) => `${object}\n`).join(""));
  let at = 0;
  return files.map(({ name }) => {
    const end = bytes.indexOf(10, at);
    const size = / blob (\d+)$/.exec(bytes.subarray(at, end).toString())?.[1];
    if (end === -1 || size === undefined)
      throw new ToolError("file", `git cannot read "${name}": ${problem || "it is not in this clone"}`, { file: name });
    const start = end + 1;
    at = start + Number(size) + 1;
    return bytes.subarray(start, start + Number(size));
  });
}

interface Answer {
  readonly ok: boolean;
  readonly text: string;
  readonly bytes: Buffer;
  /** The first line of what git complains about. */
  readonly problem: string;
}

function git(cwd: string, args: readonly string[], input = ""): Answer {
  const { error, status, stdout, stderr } = spawnSync("git", [...args], { cwd, input, maxBuffer: 1 << 30 });
  if (error)
    throw new ToolError(
      "file",
      `git cannot be run: ${error.message}; install it, or put it on the PATH`,
      {},
      { cause: error },
    );
  const problem =
    stderr
      .toString()
      .split("\n")[0]
      ?.replace(/^fatal: /, "") ?? "";
  return { ok: status === 0, text: stdout.toString(), bytes: stdout, problem };
}
