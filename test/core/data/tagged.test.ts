import { describe, expect, test } from "bun:test";
import { tagged, untagged } from "../../../src/core/data/tagged.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const throughJson = (value: unknown): unknown => untagged(JSON.parse(JSON.stringify(tagged(value))));

describe("data goes through JSON and comes back as it was", () => {
  test.each([
    [
      "values that JSON lacks",
      { id: 9007199254740993n, none: -0n, body: Uint8Array.of(0, 200, 255), empty: new Uint8Array() },
    ],
    ["objects that look like tags", [{ $bigint: "5" }, { $bytes: "00" }, { $plain: { $plain: 1n } }, { $bigint: 5n }]],
    ["objects that hold more than a tag", { $bigint: "5", $bytes: "00" }],
    [
      "keys of prototypes",
      JSON.parse('{"constructor": 1, "toString": "x", "prototype": {"a": 2n}}'.replace("2n", "2")),
    ],
    ["plain values", [null, true, "a\u0000\ud800", 1.5, [], {}]],
  ])("%s", (_, value) => expect(throughJson(value)).toEqual(value));

  test("what is absent stays away", () => expect(tagged({ a: undefined, b: 1 })).toEqual({ b: 1 }));
});

describe("what it never writes is refused", () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  test.each([
    ['"__proto__"', JSON.parse('{"a": {"__proto__": {"polluted": true}}}')],
    ["deeper than 64", deep(100)],
    ['"$bigint"', { $bigint: "5n" }],
    ['"$bigint"', { $bigint: "9".repeat(5000) }],
    ['"$bigint"', { $bigint: 5 }],
    ['"$bytes"', { $bytes: "0g" }],
    ['"$plain"', { $plain: [1] }],
  ])("%s", (part, value) => {
    expect(errorOf(() => untagged(value)).message).toContain(part);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
