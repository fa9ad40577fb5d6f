import { describe, expect, test } from "bun:test";
import { weigh } from "../../sandbox/host/weigh.ts";
import { evaluate, failure } from "./evaluate.ts";

const MIB = 1024 * 1024;

/** MiB that Bun 1.4.5 took for 400,000 characters of one construct. */
const measured: readonly (readonly [unit: string, mib: number])[] = [
  ["{}", 125],
  ["a(){}", 108],
  ["f();", 56],
  ["class{},", 41],
  ["var a;", 50],
  ['import"godwit";', 48],
  ["a:1,", 42],
  ["/*!a*/\n", 28],
  ["€", 17],
  ["\n", 13],
];

describe("what a file is estimated to take", () => {
  for (const [unit, mib] of measured) {
    test(`is not far below what ${JSON.stringify(unit)} takes`, () => {
      const { bundled } = weigh(unit.repeat(400_000 / unit.length));
      expect(bundled / MIB).toBeGreaterThan(mib * 0.85);
    });
  }

  test("grows with the square of the namespaces", () => {
    const unit = "namespace A{export let a=1}";
    expect(weigh(unit.repeat(15_000)).bundled / MIB).toBeGreaterThan(5000);
  });

  test("is little for a thousand rows", () => {
    const rows = Array.from({ length: 1000 }, (_, id) => `    { id: ${id}, name: "name ${id}", active: true },\n`);
    expect(weigh(rows.join("")).bundled / MIB).toBeLessThan(3);
  });
});

test("a file that may take too much is refused before it is translated", async () => {
  const error = await failure(evaluate(`const a = 1;\nexport default { a };\n${"{}".repeat(400_000)}`));
  expect(error).toMatchObject({ code: "limit", data: { limit: "size", line: 2 } });
  expect(error.message).toContain("may take");
});

test("files that are heavy together are translated one after the other", async () => {
  const { evaluateModules } = await import("../../sandbox/host/index.ts");
  const source = `const f = (n: number) => n;\nexport default { a: f(1) };\n${"f(1);".repeat(40_000)}`;
  const files = Array.from({ length: 6 }, (_, i) => ({ path: `${i}.ts`, source }));
  const modules = await evaluateModules(files, { deadlineMs: 20_000 });
  expect(modules.map(({ value }) => value)).toEqual(Array.from({ length: 6 }, () => ({ a: 1 })));
});
