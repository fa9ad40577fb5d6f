import { expect, test } from "bun:test";
import { historyMermaid, historySvg } from "../../../src/core/diagram/history.ts";
import { lanesOf } from "../../../src/core/diagram/lanes.ts";
import type { Conflict } from "../../../src/core/plan/conflict-text.ts";
import { buildGraph, type Graph } from "../../../src/core/plan/graph.ts";

/** `a`, `b<a`, `c<a,b`: names with what they depend on. */
const graphOf = (...lines: readonly string[]): Graph =>
  buildGraph(
    lines.map((line) => {
      const [name = "", dependencies = ""] = line.split("<");
      return {
        name,
        dependencies: dependencies.split(",").filter(Boolean),
        // One that does nothing would be a merge, which decides on the order.
        operations: [{ kind: "runSQL", forward: "SELECT 1" }],
        replaces: [],
        transaction: true,
        checksum: "",
        file: name,
      };
    }),
  );

const lanes = (graph: Graph): string =>
  lanesOf(graph)
    .rows.map(({ name, lane }) => `${name}${lane}`)
    .join(" ");

test("a chain stays in its lane", () => {
  expect(lanes(graphOf("a", "b<a", "c<b"))).toBe("a0 b0 c0");
});

test("a branch has a lane of its own until it is merged, and the next one gets it again", () => {
  expect(lanes(graphOf("a", "b<a", "c<a", "d<b,c", "e<d", "f<d", "g<e,f"))).toBe("a0 b0 c1 d0 e0 f1 g0");
});

test("roots that nothing connects do not share a lane while they last", () => {
  expect(lanes(graphOf("a", "b", "c<a", "d<b"))).toBe("a0 b1 c0 d1");
});

test("no two branches are in one lane at once", () => {
  let random = 7;
  const next = (below: number): number => {
    random = (random * 48271) % 2147483647;
    return random % below;
  };
  const lines = Array.from({ length: 200 }, (_, i) => {
    const before = Array.from(
      { length: Math.min(i, 1 + next(2)) },
      () => `m${String(i - 1 - next(Math.min(i, 9))).padStart(3, "0")}`,
    );
    return `m${String(i).padStart(3, "0")}<${[...new Set(before)].join(",")}`;
  });
  const { rows, strands, width } = lanesOf(graphOf(...lines));
  expect(strands.length).toBeGreaterThan(200);
  for (const [i, row] of rows.entries()) {
    expect(row.lane).toBeLessThan(width);
    const passing = strands.filter(({ from, to }) => from < i && i < to).map(({ lane }) => lane);
    expect(passing).not.toContain(row.lane);
    expect(new Set(passing).size).toBe(passing.length);
  }
});

test("pictures of the graph name every migration, its state and the heads", () => {
  const graph = graphOf("a", "b<a", "c<a");
  const states = new Map([["a", "applied"] as const, ["b", "pending"] as const]);
  expect(historyMermaid(graph, { states })).toBe(`flowchart TD
  m0["a<br/>1 operation, applied"]
  m1["b<br/>1 operation, pending"]
  m2["c<br/>1 operation"]
  m0 --> m1
  m0 --> m2
  classDef applied fill:#047857,stroke:#047857,color:#fff
  class m0 applied
  classDef pending fill:#94a3b8,stroke:#94a3b8,color:#fff
  class m1 pending
  classDef head stroke:#7e22ce,stroke-width:4px
  class m1,m2 head
`);
  const svg = historySvg(graph, { states });
  expect(svg.match(/<circle [^>]*r="9"/g)).toHaveLength(2);
  expect(svg.match(/<circle [^>]*r="5.5"/g)).toHaveLength(3);
  expect(svg).toContain('fill="#047857">  applied');
});

test("pictures say what conflicts with what, also where the branches fit together in no order", () => {
  const graph = graphOf("a", "b<a", "c<a");
  const objects = ['field "x" of "t<1>"'];
  const conflicts: readonly Conflict[] = [{ heads: ["b", "c"], migrations: ["b", "c"], objects, opaque: [] }];
  const mermaid = historyMermaid(graph, { conflicts });
  expect(mermaid).toContain('  m1 -. "conflict over field #quot;x#quot; of #quot;t#lt;1#gt;#quot;" .- m2\n');
  expect(mermaid).toContain("  linkStyle 2 stroke:#be123c");
  const svg = historySvg(graph, { conflicts });
  expect(svg).toContain("  conflicts with c</tspan>");
  expect(svg).toContain("  conflicts with b</tspan>");
});
