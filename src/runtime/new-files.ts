import { existsSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { ToolError } from "../core/errors.ts";
import { createFile } from "./files.ts";

/**
 * Writes new files, all or none: where a path is taken nothing is written, and what was written before a failure is removed again. Throws ToolError
 * `file`.
 */
export async function createFiles(files: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
  const there = files.find(({ path }) => existsSync(path));
  if (there)
    throw new ToolError(
      "file",
      `cannot create "${there.path}": there is a file of that name already, and it is not overwritten`,
      { path: there.path },
    );
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await createFile(path, text);
      written.push(path);
    }
  } catch (error) {
    await Promise.all(written.map((path) => unlink(path)));
    throw error;
  }
}
