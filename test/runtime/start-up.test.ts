import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dir, "../..");
const transpiler = new Bun.Transpiler({ loader: "ts" });

/** Every file that is loaded with one, from the repository's root; what is imported when it is needed does not count. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { kind, path } of transpiler.scanImports(readFileSync(join(root, file)))) {
    if (kind === "import-statement" && path.startsWith(".") && path.endsWith(".ts"))
      loadedWith(relative(root, join(root, dirname(file), path)), seen);
  }
  return seen;
}

/** What reading commands can do without, and what is loaded when a migration is to run. */
const heavy =
  /core\/operations\/|core\/diff\/|core\/plan\/steps|runtime\/(?:lock|lease|row-lock|runner|execute|batches|sql-migrations)\.ts|dialects\/\w+\/dialect\.ts|dialects\/registry/;

test.each(["src/main.ts", "src/runtime/config.ts", "src/runtime/tasks/status.ts", "src/runtime/tasks/up.ts"])(
  "%s starts without what only some runs need",
  (file) => {
    const loaded = loadedWith(file);
    expect(loaded.size).toBeGreaterThan(10);
    expect([...loaded].filter((each) => heavy.test(each))).toEqual([]);
  },
);
