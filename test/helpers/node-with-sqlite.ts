import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { npmPackage } from "./npm-package.ts";

/** The oldest whose `node:sqlite` tells whether a transaction is open. */
const since = [22, 16];
/** What is fetched where the installed one is older. */
const fetched = "22.23.3";

/** The Node that is installed; undefined where there is none. */
export const installedNode = (): string | undefined => Bun.which("node") ?? undefined;

/** Whether this Node has SQLite of its own. */
export function hasSqlite(node: string): boolean {
  const [major = 0, minor = 0] = spawnSync(node, ["--version"], { encoding: "utf8" })
    .stdout.slice(1)
    .split(".")
    .map(Number);
  return major > (since[0] ?? 0) || (major === since[0] && minor >= (since[1] ?? 0));
}

/**
 * A Node with SQLite of its own: the installed one, else one from the npm registry, in a folder that all test runs share. Throws, saying
 * what to install, when neither works.
 */
export function nodeWithSqlite(): string {
  const installed = installedNode();
  if (installed !== undefined && hasSqlite(installed)) return installed;
  const name = `node-${process.platform}-${process.arch}`;
  const path = join(npmPackage(name, fetched), "bin/node");
  if (!existsSync(path)) throw new Error(`"${name}" of the npm registry has no program "bin/node"`);
  return path;
}
