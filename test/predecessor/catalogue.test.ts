import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Tests outside this directory that show a bug of the predecessor gone, or an acceptance case of it kept. They are named here so that
 * nobody takes one away, or gives it another name, without seeing what it stood for.
 */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "test/runtime/migrate.test.ts": ["B6:", "B7:", "B8:", "B28:", "case 18:", "case 19:", "case 21:"],
  "test/dialects/sqlite-rebuild.test.ts": ["B11:", "B25:"],
  "test/dialects/sqlite-catalog.test.ts": ["B17:"],
  "test/dialects/postgres-catalog.test.ts": ["B32:"],
  "test/dialects/sqlserver-text.test.ts": ["B26:", "B17:"],
  "test/core/plan/steps.test.ts": ["B8:"],
  "test/core/operations/dependents.test.ts": ["B3:", "B4:", "B10, B11:"],
  "test/core/operations/renames.test.ts": ["B12:"],
  "test/core/operations/alter-field.test.ts": ["B16:", "B23:", "B31:", "B32:"],
  "test/core/operations/data.test.ts": ["B24:", "B29:"],
  "test/core/ddl/image.test.ts": ["B2:", "B9:"],
  "test/core/ddl/default.test.ts": ["B18:"],
  "test/core/plan/graph.test.ts": ["case 22:"],
};

const root = join(import.meta.dir, "../..");

/** The names of a file's tests, as they are written. */
const namesIn = (path: string): readonly string[] => {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/(?:test|describe|onBoth|\]\))\(\s*"([^"]+)"|onOne\(\s*"\w+",\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
};

const here = readdirSync(import.meta.dir)
  .filter((file) => file.endsWith(".test.ts"))
  .flatMap((file) => namesIn(`test/predecessor/${file}`));

/** Numbers that a test is named after, here or where the table says. */
const covered = (letter: "B" | "case "): ReadonlySet<number> => {
  const names = [...here, ...Object.values(elsewhere).flat()];
  const numbers = names.flatMap((name) => [...name.matchAll(new RegExp(`\\b${letter}(\\d+)(?=[:,])`, "g"))]);
  return new Set(numbers.map((match) => Number(match[1])));
};

const from1To = (last: number): readonly number[] => Array.from({ length: last }, (_, i) => i + 1);

test("every bug of the predecessor has a test that is named after it", () => {
  const found = covered("B");
  expect(from1To(32).filter((number) => !found.has(number))).toEqual([]);
});

test("every acceptance case of the predecessor has a test that is named after it", () => {
  const found = covered("case ");
  expect(from1To(25).filter((number) => !found.has(number))).toEqual([]);
  const unnumbered = new Set(here.map((name) => /^(db-diff|loader|dump-data):/.exec(name)?.[1]));
  expect([...unnumbered].filter(Boolean).sort()).toEqual(["db-diff", "dump-data", "loader"]);
});

test("the tests that are elsewhere exist", () => {
  for (const [path, expected] of Object.entries(elsewhere)) {
    const names = namesIn(path);
    const missing = expected.filter((start) => !names.some((name) => name.startsWith(start)));
    expect({ path, missing }).toEqual({ path, missing: [] });
  }
});

test("the cases that run on both databases still have the bugs in their names", () => {
  const text = readdirSync(join(root, "test/cases"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => readFileSync(join(root, "test/cases", file), "utf8"))
    .join("\n");
  const found = new Set([...text.matchAll(/^- name: .*\((B\d+)\)/gm)].map((match) => match[1] ?? ""));
  const expected = ["B1", "B2", "B3", "B4", "B9", "B10", "B12", "B16", "B18", "B23", "B24", "B31"];
  expect(expected.filter((bug) => !found.has(bug))).toEqual([]);
});
