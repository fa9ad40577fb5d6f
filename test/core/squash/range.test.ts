import { describe, expect, test } from "bun:test";
import { findingsOfChange } from "../../../src/core/plan/finding.ts";
import { buildGraph } from "../../../src/core/plan/graph.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { squashRange } from "../../../src/core/squash/range.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const migration = (name: string, dependencies: readonly string[] = [], more: Partial<Migration> = {}): Migration => ({
  name,
  dependencies,
  operations: [],
  replaces: [],
  transaction: true,
  checksum: name,
  file: `migrations/${name}.ts`,
  ...more,
});

/** 1 forks into 2 and 3, which 4 joins; 5 builds on it. */
const forked = buildGraph([
  migration("1"),
  migration("2", ["1"]),
  migration("3", ["1"]),
  migration("4", ["2", "3"]),
  migration("5", ["4"]),
]);

describe("a range", () => {
  test("has all between its ends, both sides of a fork too, and what it depends on", () => {
    const range = squashRange(forked, { from: "1", to: "4" });
    expect(range.replaces).toEqual(["1", "2", "3", "4"]);
    expect(range.dependencies).toEqual([]);
    expect(squashRange(forked, { from: "4" })).toMatchObject({ replaces: ["4", "5"], dependencies: ["2", "3"] });
  });
  test("names what a finished squash stood for as well", () => {
    const graph = buildGraph([migration("S", [], { replaces: ["1", "2"] }), migration("3", ["2"])]);
    expect(squashRange(graph, {}).replaces).toEqual(["1", "2", "S", "3"]);
  });
});

describe("refused", () => {
  const refused = (work: () => unknown): string => errorOf(work).message;

  test("a middle on which something outside builds", () => {
    expect(refused(() => squashRange(forked, { from: "1", to: "2" }))).toStartWith(
      '"3" builds on "1", which is in the middle of the range',
    );
  });
  test("ends that do not build on each other, or are one", () => {
    expect(refused(() => squashRange(forked, { from: "2", to: "3" }))).toEndWith("name two of one branch");
    expect(refused(() => squashRange(forked, { from: "4", to: "1" }))).toEndWith('the other way round it is "1..4"');
    expect(refused(() => squashRange(forked, { from: "5" }))).toContain("is one migration already");
  });
  test("several heads, and none", () => {
    const open = buildGraph([migration("1"), migration("2", ["1"]), migration("3", ["1"])]);
    expect(refused(() => squashRange(open, {}))).toContain('2 heads ("2", "3")');
    expect(refused(() => squashRange(buildGraph([]), {}))).toContain("there are no migrations");
  });
  test("a squash whose originals are there", () => {
    const graph = buildGraph([
      migration("1"),
      migration("2", ["1"]),
      migration("S", [], { replaces: ["1", "2"] }),
      migration("3", ["2"]),
    ]);
    expect(refused(() => squashRange(graph, {}))).toContain("`godwit generate squash --finish S`");
  });
});

test("a squash is no late migration to those who compare commits, and what it replaces may go", () => {
  const merged = [migration("1"), migration("2", ["1"])];
  const squash = migration("1_squashed", [], { replaces: ["1", "2"] });
  expect(findingsOfChange({ merged, base: merged, head: [...merged, squash] })).toEqual([]);
  expect(findingsOfChange({ merged, base: merged, head: [squash] })).toEqual([]);
});
