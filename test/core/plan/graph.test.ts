import { describe, expect, test } from "bun:test";
import { ToolError } from "../../../src/core/errors.ts";
import { buildGraph, requireMigration } from "../../../src/core/plan/graph.ts";
import type { Applied, Migration } from "../../../src/core/plan/migration.ts";
import { reconcile, refuseChanged } from "../../../src/core/plan/reconcile.ts";
import { processorTime } from "../../helpers/processor-time.ts";

const migration = (name: string, ...dependencies: readonly string[]): Migration => ({
  name,
  dependencies,
  operations: [],
  replaces: [],
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

const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map((m) => m.name);

const failure = (run: () => unknown): ToolError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

const diamond = [
  migration("0004_merge", "0002_a", "0003_b"),
  migration("0003_b", "0001_base"),
  migration("0002_a", "0001_base"),
  migration("0001_base"),
];

describe("graph", () => {
  test("the order is the same whatever the order of the files", () => {
    const expected = ["0001_base", "0002_a", "0003_b", "0004_merge"];
    expect(names(buildGraph(diamond).order)).toEqual(expected);
    expect(names(buildGraph(diamond.toReversed()).order)).toEqual(expected);
  });

  test("a dependency comes first even when its name sorts last", () => {
    const graph = buildGraph([migration("0001_a", "0009_z"), migration("0009_z"), migration("0005_m")]);
    expect(names(graph.order)).toEqual(["0005_m", "0009_z", "0001_a"]);
  });

  test("case 22: a merged diamond has branches but one head", () => {
    const graph = buildGraph(diamond);
    expect(graph).toMatchObject({ roots: ["0001_base"], heads: ["0004_merge"], hasBranches: true });
    expect([...graph.ancestors("0002_a")]).toEqual(["0001_base"]);
    expect([...graph.descendants("0001_base")].toSorted()).toEqual(["0002_a", "0003_b", "0004_merge"]);
    expect(buildGraph(diamond.slice(1)).heads).toEqual(["0002_a", "0003_b"]);
    expect(buildGraph([migration("0001_a"), migration("0002_b", "0001_a")]).hasBranches).toBe(false);
  });

  test("a dependency that does not exist names the file and the nearest migration", () => {
    const error = failure(() => buildGraph([migration("0001_base"), migration("0002_a", "0001_bse")]));
    expect(error.code).toBe("graph");
    expect(error.message).toBe(
      'migrations/0002_a.ts: depends on "0001_bse", which does not exist; did you mean "0001_base"?',
    );
  });

  test("a circle is shown as a path, without those who only wait for it", () => {
    const error = failure(() =>
      buildGraph([migration("0001_a", "0003_c"), migration("0003_c", "0002_b"), migration("0002_b", "0003_c")]),
    );
    expect(error.code).toBe("graph");
    expect(error.message).toContain('"0003_c" → "0002_b" → "0003_c"');
    expect(error.message).not.toContain("0001_a");
    expect(failure(() => buildGraph([migration("0001_a", "0001_a")])).message).toContain('"0001_a" → "0001_a"');
  });

  test("two migrations of one name are refused with both files", () => {
    const error = failure(() => buildGraph([migration("0001_a"), { ...migration("0001_a"), file: "other/0001_a.ts" }]));
    expect(error.data["files"]).toEqual(["migrations/0001_a.ts", "other/0001_a.ts"]);
  });

  test("an unknown name suggests the one that begins like it", () => {
    const error = failure(() => requireMigration(buildGraph(diamond), "0003"));
    expect(error.code).toBe("unknown-migration");
    expect(error.data).toEqual({ migration: "0003", nearest: "0003_b" });
  });

  test("ten thousand migrations are ordered in well under a second", () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      i === 0 ? migration("m0") : migration(`m${i}`, `m${Math.floor((i - 1) / 2)}`),
    );
    const spent = processorTime();
    expect(buildGraph(many).order).toHaveLength(10_000);
    expect(spent()).toBeLessThan(1000);
  });
});

describe("reconcile", () => {
  const graph = buildGraph(diamond);

  test("each combination of file and row has its state", () => {
    const result = reconcile(graph, [
      row("0001_base"),
      row("0002_a", { checksum: "other" }),
      row("0003_b", { state: "failed", stepsDone: 2 }),
      row("0000_gone"),
    ]);
    expect(result.entries.map((e) => [e.name, e.state])).toEqual([
      ["0001_base", "applied"],
      ["0002_a", "changed"],
      ["0003_b", "failed"],
      ["0004_merge", "pending"],
      ["0000_gone", "missing"],
    ]);
    expect(names(result.pending)).toEqual(["0003_b", "0004_merge"]);
    expect(names(result.applied)).toEqual(["0001_base", "0002_a"]);
  });

  test("a migration that stopped while it was rolled back is not run forwards", () => {
    const result = reconcile(graph, [row("0001_base", { state: "failed", stepsDone: -1 })]);
    expect(names(result.applied)).toEqual(["0001_base"]);
    expect(names(result.failed)).toEqual(["0001_base"]);
  });

  test("a changed migration is refused with both ways out", () => {
    const error = failure(() => refuseChanged(reconcile(graph, [row("0001_base", { checksum: "other" })])));
    expect(error.code).toBe("history");
    expect(error.message).toContain("restore the file");
    expect(error.message).toContain("`godwit migrate fake 0001_base`");
  });
});

test("operations are looked at of merges only, because most commands need not decode any", () => {
  const undecoded = (name: string, ...dependencies: readonly string[]): Migration => ({
    ...migration(name, ...dependencies),
    get operations(): never {
      throw new Error(`the operations of ${name} were decoded`);
    },
  });
  const graph = buildGraph([
    undecoded("0001_a"),
    undecoded("0002_b", "0001_a"),
    undecoded("0002_c", "0001_a"),
    migration("0003_merge", "0002_c", "0002_b"),
  ]);
  expect(names(graph.order)).toEqual(["0001_a", "0002_c", "0002_b", "0003_merge"]);
  expect(reconcile(graph, [row("0001_a"), row("0002_b")]).pending).toHaveLength(2);
});
