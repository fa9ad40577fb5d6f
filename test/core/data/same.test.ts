import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { sameData } from "../../../src/core/data/same.ts";
import { canonicalJson } from "../../../src/core/schema/canonical.ts";

test("data is the same exactly when its canonical text is", () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.constantFrom(undefined, null, true, "", "a", 0, 1),
      fc.array(
        tie("value").map((item) => item ?? null),
        { maxLength: 2 },
      ),
      fc.dictionary(fc.constantFrom("a", "b", "0"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
    ),
  }));
  const text = (data: unknown): string => canonicalJson({ data });
  void fc.assert(
    fc.property(value, value, (a, b) => {
      expect(sameData(a, b)).toBe(text(a) === text(b));
      expect(sameData(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test("a list is no mapping with numbers for keys", () => {
  expect(sameData(["a"], { 0: "a" })).toBe(false);
  expect(sameData({ 0: "a" }, ["a"])).toBe(false);
});
