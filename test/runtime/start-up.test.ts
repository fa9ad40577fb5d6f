import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dir, "../..");
const transpiler = new Bun.Transpiler({ loader: "ts" });

/** What loading a file loads with it, as paths below the root; what is imported later is not in it. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !file.endsWith(".ts")) return seen;
  seen.add(file);
  for (const { kind, path } of transpiler.scanImports(readFileSync(join(root, file), "utf8"))) {
    if (kind === "import-statement" && path.startsWith("."))
      loadedWith(relative(root, join(root, dirname(file), path)), seen);
  }
  return seen;
}

// Each costs every `status`, and every container that starts with an `up` which finds nothing to do, a millisecond or more.
const notNeeded = [
  "src/core/operations/index.ts",
  "src/core/plan/steps.ts",
  "src/runtime/runner.ts",
  "src/runtime/parse-migration.ts",
  "sandbox/host/index.ts",
];

test("commands that find nothing to do load neither the definitions of operations nor what would run them", () => {
  for (const task of ["status", "up"]) {
    const loaded = loadedWith(`src/runtime/tasks/${task}.ts`);
    expect(loaded.size).toBeGreaterThan(20);
    expect(notNeeded.filter((file) => loaded.has(file))).toEqual([]);
  }
  // They are found where they are needed.
  expect(notNeeded.filter((file) => !loadedWith("src/runtime/run-pending.ts").has(file)).length).toBeLessThan(
    notNeeded.length,
  );
  for (const file of notNeeded) expect(existsSync(join(root, file))).toBe(true);
});

test("the parser of TypeScript is loaded by the import that needs it, and by nothing else", () => {
  const files = [...new Bun.Glob("{src,sandbox}/**/*.ts").scanSync({ cwd: root })];
  const imports = files.flatMap((file) =>
    transpiler
      .scanImports(readFileSync(join(root, file), "utf8"))
      .flatMap(({ path, kind }) => (path.startsWith("@babel/") ? `${file}: ${kind}` : [])),
  );
  expect(imports).toEqual(["src/runtime/typescript/source.ts: dynamic-import"]);
});
