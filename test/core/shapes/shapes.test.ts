import { describe, expect, test } from "bun:test";
import { declareFunction } from "../../../src/core/shapes/declare.ts";
import { fitShape } from "../../../src/core/shapes/fit.ts";
import { type Shape, shape, specOf } from "../../../src/core/shapes/shape.ts";
import { specProblem } from "../../../src/core/shapes/spec.ts";

const order = shape.object({
  id: shape.bigint(),
  lines: shape.array(shape.object({ sku: shape.string(), count: shape.optional(shape.integer()) })),
  state: shape.nullable(shape.oneOf(["open", "shipped"])),
});

describe("a value that fits", () => {
  test("comes out as a copy without what is undefined", () => {
    const lines = [
      { sku: "a", count: undefined },
      { sku: "b", count: 2 },
    ];
    const given = { id: 5n, lines, state: null };
    const found = fitShape(specOf(order), given);
    expect(found).toStrictEqual({ value: { id: 5n, lines: [{ sku: "a" }, { sku: "b", count: 2 }], state: null } });
    expect("value" in found && (found.value as typeof given).lines).not.toBe(lines);
  });

  test.each([
    [shape.record(shape.number()), { a: 1.5, constructor: 2 }],
    [shape.bytes(), new Uint8Array([1, 255])],
    [shape.nothing(), undefined],
    [shape.boolean(), false],
    [shape.oneOf([1, "a", true]), "a"],
    [shape.optional(shape.string()), undefined],
  ] as const)("%j", (of: Shape, value) => {
    expect(fitShape(specOf(of), value)).toEqual({ value });
  });
});

describe("a value that does not fit is named with its place", () => {
  const open = { id: 5n, lines: [], state: null };
  test.each([
    [order, { ...open, id: 5 }, "id", "is 5, and has to be a bigint of at most 128 bits"],
    [
      order,
      { ...open, id: 2n ** 127n },
      "id",
      "is a bigint beyond 128 bits, and has to be a bigint of at most 128 bits",
    ],
    [order, { ...open, lines: [{ sku: "a", count: 1.5 }] }, "lines[0].count", "is 1.5, and has to be a whole number"],
    [order, { ...open, lines: {} }, "lines", "is a plain object, and has to be a list"],
    [order, { ...open, state: "gone" }, "state", 'is the text "gone", and has to be one of "open", "shipped" or null'],
    [order, { id: 5n, lines: [] }, "state", 'is missing, and has to be one of "open", "shipped" or null'],
    [order, { ...open, extra: 1 }, "extra", 'is not declared; there are "id", "lines", "state"'],
    [order, new Map(), "", "is an instance of Map, and has to be a plain object"],
    [order, null, "", "is null, and has to be a plain object"],
    [shape.record(shape.string()), JSON.parse('{"__proto__": "x"}'), "__proto__", "is a key that is not allowed"],
    [shape.integer(), 2 ** 53, "", "is 9007199254740992, and has to be a whole number"],
    [shape.number(), Number.NaN, "", "is NaN, and has to be a finite number"],
    [shape.string(), () => "a", "", "is a function, and has to be a text"],
    [shape.array(shape.string()), Array(2), "[0]", "is missing, and has to be a text"],
  ] as const)("%#", (of: Shape, value, path, problem) => {
    expect(fitShape(specOf(of), value)).toEqual({ path, problem });
  });
});

test("what is no shape is said of programs that no compiler has read", () => {
  expect(specProblem(undefined)).toBe("is no shape; make one with shape.string() and the like");
  expect(specProblem({ type: "text" })).toBe('is of the unknown type "text"');
  expect(specProblem({ type: "array" })).toBe("of is no shape; make one with shape.string() and the like");
  expect(specProblem({ type: "object", fields: { a: shape.string(), b: { type: "literal", values: [] } } })).toBe(
    "b has to list texts, numbers or booleans",
  );
  const deep = Array.from({ length: 40 }).reduce<Shape>((of) => shape.array(of), shape.string());
  expect(specProblem(deep)).toContain("is nested deeper than 32 levels");
  expect(specProblem(order)).toBeUndefined();
});

test("a declaration says names, types and what is left out", () => {
  const params = [
    shape.string({ name: "prefix", description: "What it begins with." }),
    shape.optional(shape.array(shape.oneOf(["a", "b"]))),
  ].map(specOf);
  expect(
    declareFunction({ name: "next", description: "The next one.\nNever */ the same.", params, result: specOf(order) }),
  ).toBe(`/**
 * The next one.
 * Never * / the same.
 * @param prefix What it begins with.
 */
export declare function next(prefix: string, value2?: readonly ("a" | "b")[]): { readonly id: bigint; readonly lines: readonly { readonly sku: string; readonly count?: number }[]; readonly state: "open" | "shipped" | null };
`);
  expect(
    declareFunction({
      name: "log",
      params: [shape.optional(shape.bytes()), shape.boolean()].map(specOf),
      result: specOf(shape.nothing()),
    }),
  ).toBe("export declare function log(value1: Uint8Array | undefined, value2: boolean): void;\n");
});
