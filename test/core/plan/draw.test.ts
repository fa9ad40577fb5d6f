import { expect, test } from "bun:test";
import { drawGraph } from "../../../src/core/plan/draw.ts";
import { buildGraph } from "../../../src/core/plan/graph.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";

const migration = (name: string, ...dependencies: readonly string[]): Migration => ({
  name,
  dependencies,
  operations: [],
  replaces: [],
  transaction: true,
  checksum: "",
  file: `${name}.ts`,
});

const draw = (...migrations: readonly Migration[]): readonly string[] => drawGraph(buildGraph(migrations)).split("\n");

test("a merge closes the fork in its own column, and each migration is there once", () => {
  const lines = draw(
    migration("1"),
    migration("2", "1"),
    migration("3a", "2"),
    migration("3b", "2"),
    migration("4a", "3a"),
    migration("5", "4a", "3b"),
    migration("6", "5"),
  );
  expect(lines).toEqual(["1", "2", "├─ 3a", "│  4a", "└─ 3b", "5  (merges 4a, 3b)", "6"]);
});

test("forks inside forks, and a merge of both levels", () => {
  const lines = draw(
    migration("1"),
    migration("2a", "1"),
    migration("2b", "1"),
    migration("3a", "2a"),
    migration("3b", "2a"),
    migration("4", "3a", "3b"),
    migration("5", "4", "2b"),
  );
  expect(lines).toEqual(["1", "├─ 2a", "│  ├─ 3a", "│  └─ 3b", "│  4  (merges 3a, 3b)", "└─ 2b", "5  (merges 4, 2b)"]);
});

test("a dependency that is implied by another one does not hide a migration", () => {
  expect(draw(migration("1"), migration("2", "1"), migration("3", "1", "2"))).toEqual(["1", "2", "3  (merges 1, 2)"]);
});

test("several roots, and a chain of ten thousand", () => {
  expect(draw(migration("1"), migration("2"))).toEqual(["├─ 1", "└─ 2"]);
  const chain = Array.from({ length: 10_000 }, (_, i) => migration(`m${i}`, ...(i === 0 ? [] : [`m${i - 1}`])));
  expect(draw(...chain)).toHaveLength(10_000);
});
