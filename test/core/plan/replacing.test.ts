import { describe, expect, test } from "bun:test";
import { buildGraph, graphFor } from "../../../src/core/plan/graph.ts";
import type { Applied, Migration } from "../../../src/core/plan/migration.ts";
import { reconcile } from "../../../src/core/plan/reconcile.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const migration = (
  name: string,
  dependencies: readonly string[] = [],
  replaces: readonly string[] = [],
): Migration => ({
  name,
  dependencies,
  operations: [],
  replaces,
  transaction: true,
  checksum: `sum of ${name}`,
  file: `migrations/${name}.ts`,
});

const row = (name: string, differences: Partial<Applied> = {}): Applied => ({
  track: "default",
  name,
  checksum: `sum of ${name}`,
  state: "applied",
  stepsDone: 1,
  appliedAt: "2026-01-01T00:00:00.000Z",
  durationMs: 1,
  toolVersion: "1",
  appliedBy: "somebody",
  ...differences,
});

const chain = [migration("1"), migration("2", ["1"]), migration("3", ["2"]), migration("4", ["3"])];

/** What counts with this history: each migration with its dependencies, `*` where it is applied. */
function counting(migrations: readonly Migration[], ...applied: readonly (string | Applied)[]): readonly string[] {
  const history = applied.map((each) => (typeof each === "string" ? row(each) : each));
  const graph = graphFor(buildGraph(migrations), history);
  const { entries } = reconcile(graph, history);
  return entries.map(({ name, state }) => {
    const dependencies = graph.find(name)?.dependencies ?? [];
    const mark = { applied: "*", pending: "", changed: " changed", missing: " missing", failed: " failed" }[state];
    return `${name}${mark}${dependencies.length > 0 ? ` < ${dependencies.join(", ")}` : ""}`;
  });
}

describe("what counts", () => {
  const squashed = [...chain, migration("S", ["1"], ["2", "3"])];

  test("is the one for the others where none of them is applied", () => {
    expect(counting(squashed)).toEqual(["1", "S < 1", "4 < S"]);
    expect(counting(squashed, "1")).toEqual(["1*", "S < 1", "4 < S"]);
  });
  test("is the one for the others where all of them are applied, or it is", () => {
    expect(counting(squashed, "1", "2", "3")).toEqual(["1*", "S* < 1", "4 < S"]);
    expect(counting(squashed, "1", "S", "4")).toEqual(["1*", "S* < 1", "4* < S"]);
  });
  test("is the others where some are applied, one is half-done, or one was changed", () => {
    expect(counting(squashed, "1", "2")).toEqual(["1*", "2* < 1", "3 < 2", "4 < 3"]);
    expect(counting(squashed, "1", "2", row("3", { state: "failed" }))).toContain("3 failed < 2");
    expect(counting(squashed, "1", "2", row("3", { checksum: "other" }))).toContain("3 changed < 2");
  });
  test("what depends on the one for the others depends on the last of these while they count", () => {
    const later = [...chain.slice(0, 3), migration("S", ["1"], ["2", "3"]), migration("5", ["S"])];
    expect(counting(later, "1", "2")).toEqual(["1*", "2* < 1", "3 < 2", "5 < 3"]);
  });
  test("is a squash of squashes, which stands for all that they do", () => {
    const twice = [...squashed, migration("T", [], ["1", "S", "4"])];
    expect(counting(twice)).toEqual(["T"]);
    expect(counting(twice, "1", "2", "3", "4")).toEqual(["T*"]);
    expect(counting(twice, "1", "S", "4")).toEqual(["T*"]);
    expect(counting(twice, "1", "2")).toEqual(["1*", "2* < 1", "3 < 2", "4 < 3"]);
    expect(counting(twice, "1", "2", "3")).toEqual(["1*", "S* < 1", "4 < S"]);
    expect(counting([migration("T", [], ["2", "3", "1", "S", "4"])], "T", "2", "3")).toEqual(["T*"]);
  });
  test("is one of several heads that are replaced each for itself", () => {
    const forked = [migration("1"), migration("2", ["1"]), migration("3", ["1"]), migration("S", ["1"], ["2", "3"])];
    expect(counting([...forked, migration("4", ["S"])], "2")).toEqual(["1", "2* < 1", "3 < 1", "4 < 2, 3"]);
  });
});

describe("refused", () => {
  test("two for the same", () => {
    const two = [...chain, migration("S", ["1"], ["2", "3"]), migration("T", ["2"], ["3", "4"])];
    expect(errorOf(() => buildGraph(two)).message).toBe(
      '"3" is replaced by "S" and by "T"; take it out of `replaces` of one of them',
    );
  });
  test("itself, also through another", () => {
    expect(errorOf(() => buildGraph([migration("S", [], ["S"])])).message).toContain('"S" replaces itself');
    const circle = [migration("S", [], ["T"]), migration("T", [], ["S"])];
    expect(errorOf(() => buildGraph(circle)).message).toContain('"S" replaces itself');
  });
  test("a name without a file beside others with one, unless it is history of these", () => {
    const typo = [...chain, migration("S", ["1"], ["2", "4x"])];
    expect(errorOf(() => buildGraph(typo)).message).toBe(
      'migrations/S.ts: replaces "4x", which does not exist; did you mean "4"?',
    );
    const gone = [...chain, migration("S", ["1"], ["2", "3", "something else"])];
    expect(errorOf(() => buildGraph(gone)).message).toStartWith(
      'migrations/S.ts: replaces "something else", which does not exist; take it out, or restore its file',
    );
    const again = [migration("S", [], ["1", "2"]), migration("3", ["2"]), migration("T", [], ["1", "2", "S", "3"])];
    expect(buildGraph(again).order.map(({ name }) => name)).toEqual(["T"]);
  });
  test("two without what runs between them", () => {
    const gap = [...chain, migration("S", [], ["1", "4"])];
    expect(errorOf(() => buildGraph(gap)).message).toBe(
      'migrations/S.ts: replaces "1" and "4", and not "3", which runs between them; add it to `replaces`, or leave one of the two out',
    );
  });
  test("a circle through it, which says for whom it stands", () => {
    const circle = [...chain, migration("S", ["4"], ["2", "3"])];
    expect(errorOf(() => buildGraph(circle)).message).toBe(
      'migrations depend on each other in a circle: "4" → "S" → "4"; "S" stands for "2", "3"; remove one of these dependencies',
    );
  });
});
