import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../core/errors.ts";

/** Names of the entries of a directory, sorted; none when it does not exist. Throws ToolError `file`. */
export async function listDirectory(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).toSorted();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw fileError("read the directory", directory, error);
  }
}

/** The text of a file without its byte order mark. Throws ToolError `file`. */
export async function readText(path: string): Promise<string> {
  try {
    const text = await readFile(path, "utf8");
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** The texts of files in one directory, in the order of the names. */
export const readTexts = (directory: string, names: readonly string[]): Promise<readonly string[]> =>
  Promise.all(names.map((name) => readText(join(directory, name))));

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "this user may not",
  EPERM: "this user may not",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EMFILE: "too many files are open",
};

function fileError(verb: string, path: string, cause: unknown): ToolError {
  const code = codeOf(cause);
  const why = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new ToolError("file", `cannot ${verb} "${path}": ${why}`, { path, code }, { cause });
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? "");
