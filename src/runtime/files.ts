import { constants, copyFile, link, mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../core/errors.ts";
import { embeddedFiles } from "./embedded-files.ts";

/** Names of the entries of a directory, sorted; none when it does not exist. Throws ToolError `file`. */
export async function listDirectory(directory: string): Promise<readonly string[]> {
  const embedded = embeddedFiles(directory);
  if (embedded) return [...embedded.keys()].toSorted();
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
    const text = embeddedFiles(dirname(path))?.get(basename(path)) ?? (await readFile(path, "utf8"));
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** The texts of files in one directory, in the order of the names. */
export const readTexts = (directory: string, names: readonly string[]): Promise<readonly string[]> =>
  Promise.all(names.map((name) => readText(join(directory, name))));

/**
 * Writes a new file, with the directories it lies in. It appears whole or not at all, and what has the name already stays. Throws
 * ToolError `file`.
 */
export const createFile = (path: string, text: string): Promise<void> =>
  writing("create", path, text, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      // Not every file system has links.
      if (codeOf(error) === "EEXIST") throw error;
      await copyFile(temporary, path, constants.COPYFILE_EXCL);
    }
    await unlink(temporary);
  });

/** Writes a file in place of the one of that name, if there is one; readers see the old or the new one. Throws ToolError `file`. */
export const replaceFile = (path: string, text: string): Promise<void> =>
  writing("write", path, text, (temporary) => rename(temporary, path));

async function writing(
  verb: string,
  path: string,
  text: string,
  place: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await place(temporary);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw fileError(verb, path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "this user may not",
  EPERM: "this user may not",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EEXIST: "there is a file of that name already, and it is not overwritten",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EMFILE: "too many files are open",
};

/** What went wrong with a file, as ToolError `file`; `verb` as in "cannot read". */
export function fileError(verb: string, path: string, cause: unknown): ToolError {
  const code = codeOf(cause);
  const why = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new ToolError("file", `cannot ${verb} "${path}": ${why}`, { path, code }, { cause });
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? "");
