import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { sharedFolder } from "./server-folder.ts";

/**
 * The folder of a package of the npm registry that only some tests need, with what it depends on beside it; fetched once for all test runs.
 * Its install scripts do not run. Throws, saying what is missing, when npm cannot get it.
 */
export function npmPackage(name: string, version: string): string {
  const folder = sharedFolder(`npm-${name.replace("/", "-")}-${version}`, (directory) => {
    const flags = ["--prefix", directory, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
    const { status, stderr } = spawnSync("npm", ["install", ...flags, `${name}@${version}`], { encoding: "utf8" });
    if (status !== 0) throw new Error(`tests need the package "${name}", and npm cannot fetch it: ${stderr}`);
  });
  return join(folder, "node_modules", name);
}
