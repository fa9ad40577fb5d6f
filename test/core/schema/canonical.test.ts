import { expect, test } from "bun:test";
import { blog } from "../../../src/core/operations/example-schema.ts";
import { apply } from "../../../src/core/operations/index.ts";
import { canonicalJson, canonicalSchema, parseCanonical } from "../../../src/core/schema/canonical.ts";
import { errorOf } from "../../helpers/tool-error.ts";

test("equal values have equal texts, whatever the order of their members", () => {
  expect(canonicalJson({ b: [1, null, "ü\n"], a: { d: true, c: undefined } })).toBe(
    '{"a":{"d":true},"b":[1,null,"ü\\n"]}',
  );
  expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }));
});

test("bigints and bytes come back as they were", () => {
  const value = { id: 9007199254740993n, data: Uint8Array.from([0, 255]), list: [-1n] };
  expect(parseCanonical(canonicalJson(value))).toEqual(value);
  expect(canonicalJson(1n)).not.toBe(canonicalJson(1));
});

test("what is not plain data is refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol("s"), undefined, new Date(0), new Map()]) {
    expect(errorOf(() => canonicalJson({ value: [value] })).code).toBe("params");
  }
});

test("schemas that describe the same database are the same in canonical form", () => {
  const reversed = { ...blog, tables: blog.tables.toReversed().map((t) => ({ ...t, fields: t.fields.toReversed() })) };
  expect(canonicalSchema(reversed)).toEqual(canonicalSchema(blog));
  const longer = apply(blog, {
    kind: "alterField",
    table: "posts",
    field: { name: "title", type: "varchar", length: 201 },
  });
  expect(canonicalSchema(longer)).not.toEqual(canonicalSchema(blog));
});
