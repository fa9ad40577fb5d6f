import { existsSync } from "node:fs";
import { join } from "node:path";
import { debianPackage } from "./debian-package.ts";

/** The words that run Ruby with the libraries of these Debian packages, and what it needs in its environment. */
export function rubyWith(...packages: readonly string[]): {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const roots = packages.map((name) => debianPackage(name));
  const program = roots.map((root) => join(root, "usr/bin/ruby")).find((path) => existsSync(path)) ?? "/usr/bin/ruby";
  if (!existsSync(program)) throw new Error("tests need Ruby: install the Debian package ruby");
  const libraries = within(roots, [
    ...["usr/lib/ruby/*", "usr/lib/x86_64-linux-gnu/ruby/*", "usr/lib/x86_64-linux-gnu/ruby/*/*"],
    ...["usr/share/rubygems-integration/*/gems/*/lib", "usr/share/rubygems-integration/*/gems/*/lib/concurrent-ruby"],
  ]);
  const gems = within(roots, ["usr/share/rubygems-integration/*", "usr/lib/x86_64-linux-gnu/rubygems-integration/*"]);
  const shared = roots.map((root) => join(root, "usr/lib/x86_64-linux-gnu"));
  return {
    program,
    env: { RUBYLIB: libraries.join(":"), GEM_PATH: gems.join(":"), LD_LIBRARY_PATH: shared.join(":") },
  };
}

const within = (roots: readonly string[], patterns: readonly string[]): readonly string[] =>
  roots.flatMap((cwd) =>
    patterns.flatMap((pattern) => [...new Bun.Glob(pattern).scanSync({ cwd, onlyFiles: false, absolute: true })]),
  );
