import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { exportsOf, filesOf, type LibraryEntry, libraryEntries } from "../../src/build/library-entries.ts";

const root = join(import.meta.dir, "../..");

test("package.json exports what the library has", () => {
  expect(manifest.exports as object).toEqual(exportsOf(libraryEntries, "./dist/library"));
});

test("entries have a source, and none writes over the file of another", () => {
  expect(libraryEntries.filter(({ source }) => !existsSync(join(root, source)))).toEqual([]);
  const names = libraryEntries.flatMap((entry) => filesOf(entry).map(({ file }) => file));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(libraryEntries.map(({ path }) => path)).size).toBe(libraryEntries.length);
});

test("each runtime finds its file, the types before it, and others the one that suits any", () => {
  const edge: LibraryEntry = { path: "./edge", source: "x.ts", files: { any: "edge" } };
  const cli: LibraryEntry = { path: "./cli", source: "y.ts", files: { bun: "cli" } };
  const exports = exportsOf([edge, cli], "./lib");
  expect(JSON.stringify(exports)).toBe(
    JSON.stringify({
      "./edge": { types: "./lib/edge.d.ts", default: "./lib/edge.js" },
      "./cli": {
        bun: { types: "./lib/cli.d.ts", default: "./lib/cli.js" },
        types: "./lib/cli.d.ts",
        default: "./lib/cli.js",
      },
      "./package.json": "./package.json",
    }),
  );
});
