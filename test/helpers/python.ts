import { existsSync } from "node:fs";
import { join } from "node:path";
import { debianPackage } from "./debian-package.ts";

/** The words that run Python with the modules of these Debian packages, and what it needs in its environment. */
export function pythonWith(...packages: readonly string[]): {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const roots = packages.map((name) => debianPackage(name));
  const program = "/usr/bin/python3";
  if (!existsSync(program)) throw new Error("tests need Python 3: install the Debian package python3");
  const modules = roots.map((root) => join(root, "usr/lib/python3/dist-packages"));
  const libraries = roots.map((root) => join(root, "usr/lib/x86_64-linux-gnu"));
  return { program, env: { PYTHONPATH: modules.join(":"), LD_LIBRARY_PATH: libraries.join(":") } };
}
