import { closeSync, constants as flags, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { constants, copyFile, link, mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../core/errors.ts";
import { embeddedFiles } from "./embedded-files.ts";

/** Names of the entries of a directory, sorted; none when it does not exist. Throws ToolError `file`. */
export async function listDirectory(directory: string): Promise<readonly string[]> {
  const embedded = embeddedFiles(directory);
  if (embedded) return [...embedded.keys()].toSorted();
  try {
    return readdirSync(directory).sort();
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

/** Bytes of a file of TypeScript, JavaScript or settings; a migration of 4 MiB of characters has less. */
export const MAX_SOURCE_BYTES: number = 16 * 1024 * 1024;
/** Bytes of a script of SQL. */
export const MAX_SCRIPT_BYTES: number = 256 * 1024 * 1024;

/**
 * The text of a file that was found rather than named by the user, without its byte order mark. It has to be a regular file, because a link may
 * lead to a device, which has no end, or to a pipe that nobody writes to; and it has to be of a reasonable size. Throws ToolError `file`.
 */
export function readFound(path: string, maxBytes: number = MAX_SOURCE_BYTES): string {
  return withoutMark(embeddedFiles(dirname(path))?.get(basename(path)) ?? readRegular(path, maxBytes));
}

const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

function readRegular(path: string, maxBytes: number): string {
  let file: number | undefined;
  try {
    // Opening a pipe would wait for whoever writes to it.
    file = openSync(path, flags.O_RDONLY | (flags.O_NONBLOCK ?? 0));
    const text = readSmall(file);
    if (text !== undefined) return text;
    const found = fstatSync(file);
    if (found.isDirectory()) throw Object.assign(new Error("it is a directory"), { code: "EISDIR" });
    if (!found.isFile()) throw new Error("it is not a regular file, but a device or a pipe");
    if (found.size > maxBytes) throw new Error(`it has ${found.size} bytes, and such a file has ${maxBytes} at most`);
    return readFileSync(file, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Most files are read with one call into one place, and what does not fit is looked at first: asking for size and kind of each is a third of what a thousand files
 * take. A pipe cannot be read from a position, a directory not at all, and a device is empty or has no end.
 */
function readSmall(file: number): string | undefined {
  small ??= Buffer.allocUnsafeSlow(SMALL_BYTES);
  try {
    const length = readSync(file, small, 0, SMALL_BYTES, 0);
    return length > 0 && length < SMALL_BYTES ? small.toString("utf8", 0, length) : undefined;
  } catch {
    return undefined;
  }
}

const SMALL_BYTES = 64 * 1024;
let small: Buffer | undefined;

/** The texts of files that were found in one directory, in the order of the names. Throws as `readFound` does. */
export const readTexts = async (directory: string, names: readonly string[]): Promise<readonly string[]> => {
  const embedded = embeddedFiles(directory);
  return names.map((name) => {
    const most = name.endsWith(".sql") ? MAX_SCRIPT_BYTES : MAX_SOURCE_BYTES;
    return withoutMark(embedded?.get(name) ?? readRegular(`${directory}/${name}`, most));
  });
};

/**
 * Writes a new file, with the directories it lies in. It appears whole or not at all, and what has the name already stays. Throws
 * ToolError `file`.
 */
export const createFile = (path: string, text: string): Promise<void> =>
  writing("create", path, text, (temporary) => placeNew(temporary, path));

/** Gives a file its name, unless something has it. */
export async function placeNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    // Not every file system has links.
    if (codeOf(error) === "EEXIST") throw error;
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
  }
  await unlink(temporary);
}

/** Writes a file in place of the one of that name, if there is one; readers see the old or the new one. Throws ToolError `file`. */
export const replaceFile = (path: string, text: string): Promise<void> =>
  writing("write", path, text, (temporary) => rename(temporary, path));

/** Removes a file. Throws ToolError `file`. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => Promise.reject(fileError("remove", path, error)));
}

async function writing(
  verb: string,
  path: string,
  text: string,
  place: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await place(temporary);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw fileError(verb, path, error);
  }
}

/** A name for what is to have that of `path` when it is whole. */
export const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.tmp`);

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
