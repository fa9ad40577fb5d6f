import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Environment } from "../database-url.ts";
import { cacheDirectory } from "../evaluation-cache.ts";
import type { CacheFacts } from "./facts.ts";

/** Whether the cache can be kept: in its directory, or in the nearest one above it, in which it would be made. */
export function cacheFacts(env: Environment): CacheFacts {
  const directory = cacheDirectory(env);
  return directory === undefined ? { writable: false } : { directory, writable: isWritable(directory) };
}

function isWritable(path: string): boolean {
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return statSync(existing).isDirectory();
  } catch {
    return false;
  }
}
