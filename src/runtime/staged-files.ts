import { mkdir, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileError, placeNew, temporaryBeside } from "./files.ts";

/** New files that get their names together. */
export interface StagedFiles {
  /** Writes it aside. Throws ToolError `file`. */
  add(path: string, text: string): Promise<void>;
  /** Gives all of them their names; where one is taken, none is left. Throws ToolError `file`. */
  place(): Promise<void>;
  /** Removes what has no name yet. */
  discard(): Promise<void>;
}

/** Files that are too many or too large to be kept in memory until all of them are sure. */
export function stagedFiles(): StagedFiles {
  const aside = new Map<string, string>();
  const placed: string[] = [];
  const remove = (paths: Iterable<string>) =>
    Promise.all([...paths].map((path) => unlink(path).catch(() => undefined)));
  return {
    add: async (path, text) => {
      const temporary = temporaryBeside(path);
      aside.set(path, temporary);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(temporary, text);
      } catch (error) {
        throw fileError("create", path, error);
      }
    },
    place: async () => {
      for (const [path, temporary] of aside) {
        try {
          await placeNew(temporary, path);
        } catch (error) {
          await remove(placed);
          throw fileError("create", path, error);
        }
        placed.push(path);
        aside.delete(path);
      }
    },
    discard: async () => void (await remove(aside.values())),
  };
}
