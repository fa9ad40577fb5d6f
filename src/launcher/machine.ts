import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Machine } from "./executable.ts";
import type { Libc } from "./platforms.ts";

/** The machine that this process runs on, with the packages that a module at this URL finds. */
export const thisMachine = (url: string): Machine => ({
  os: process.platform,
  cpu: process.arch,
  chosen: process.env["GODWIT_BINARY"] || undefined,
  libc: usualLibc,
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  isLauncher: (path) => existsSync(path) && realpathSync(path) === realpathSync(fileURLToPath(url)),
  installed: (name) => {
    try {
      const manifest = createRequire(url).resolve(`${name}/package.json`);
      const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
      return { folder: dirname(manifest), version };
    } catch {
      return undefined;
    }
  },
});

/** As scripts/install.sh tells it: on a system with both, the one that everything else uses. */
function usualLibc(): Libc {
  const glibc = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"].some((path) => existsSync(path));
  return !glibc && existsSync("/lib") && readdirSync("/lib").some((name) => name.startsWith("ld-musl-"))
    ? "musl"
    : "glibc";
}
