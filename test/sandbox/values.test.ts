import { describe, expect, test } from "bun:test";
import { evaluate, evaluateModule, failure } from "./evaluate.ts";

describe("plain data arrives as it was written", () => {
  test("every kind of value", async () => {
    const value = await evaluate(`export default {
  text: "o'brien \\u0000 \\ud800 😀", empty: "", n: -1.5e300, zero: 0, yes: true, no: false, nothing: null,
  big: 9223372036854775807n, negative: -1n, bytes: new Uint8Array([0, 127, 255]),
  list: [], object: {}, bare: Object.assign(Object.create(null), { a: 1 }), left: undefined,
  "$": "bigint", v: "1", nested: { "$": { "$": 5n } },
};`);
    expect(value).toStrictEqual({
      text: "o'brien \u0000 \ud800 😀",
      empty: "",
      n: -1.5e300,
      zero: 0,
      yes: true,
      no: false,
      nothing: null,
      big: 9223372036854775807n,
      negative: -1n,
      bytes: new Uint8Array([0, 127, 255]),
      list: [],
      object: {},
      bare: { a: 1 },
      $: "bigint",
      v: "1",
      nested: { $: { $: 5n } },
    });
  });

  test("the same object twice is two equal values, not a cycle", async () => {
    expect(await evaluate("const f = { a: 1 };\nexport default { list: [f, f] };")).toEqual({
      list: [{ a: 1 }, { a: 1 }],
    });
  });

  test("data that imitates the wire format stays data", async () => {
    expect(await evaluate('export default { x: { "$": "bytes", v: "00" }, y: "~{}\\n[]" };')).toEqual({
      x: { $: "bytes", v: "00" },
      y: "~{}\n[]",
    });
  });

  test("console lines come along, bounded", async () => {
    const { log } = await evaluateModule(
      'for (let i = 0; i < 500; i++) console.log("line", i, { i });\nconsole.warn("x".repeat(5000));\nexport default {};',
    );
    expect(log).toHaveLength(100);
    expect(log[3]).toBe('line 3 {"i":3}');
    expect((await evaluateModule('console.error("x".repeat(5000));\nexport default {};')).log[0]).toHaveLength(1000);
  });
});

describe("no code of the author runs while the value is read", () => {
  test("toJSON, toString, Symbol.toPrimitive and valueOf are not called", async () => {
    for (const hook of ["toJSON", "toString", "valueOf", "[Symbol.toPrimitive]"]) {
      const error = await failure(evaluate(`export default { a: { ${hook}() { throw new Error("ran"); } } };`));
      expect(error.message).not.toContain("ran");
      expect(error.message).toMatch(/is a function|symbol as a key/);
    }
  });

  test("getters are refused, inherited ones are not seen", async () => {
    expect((await failure(evaluate("export default { list: [{ get a() { return 1; } }] };"))).message).toContain(
      "list[0].a is a getter",
    );
    expect(
      (await failure(evaluate("const a = [1];\nObject.defineProperty(a, 0, { get: () => 2 });\nexport default { a };")))
        .message,
    ).toContain("a[0] is a getter");
    expect((await failure(evaluate("export default { set a(x) {} };"))).message).toContain("a is a getter");
  });

  test("replaced built-ins and polluted prototypes change nothing", async () => {
    const value = await evaluate(`
Reflect.ownKeys = Object.keys = Object.getOwnPropertyDescriptor = () => { throw new Error("ran"); };
JSON.stringify = () => '{"forged":true}';
Array.isArray = () => false;
Number.isFinite = () => false;
WeakSet.prototype.has = () => false;
String.prototype.slice = () => "forged";
Object.defineProperty(Array.prototype, "0", { set() { throw new Error("set 0"); } });
for (const name of ["value", "get", "set", "enumerable", "toJSON", "parent", "key", "0", "1"]) {
  const trap = Object.create(null);
  trap.get = () => { throw new Error("ran " + name); };
  trap.set = () => { throw new Error("set " + name); };
  Object.defineProperty(Object.prototype, name, trap);
}
export default { a: [1, "two", { three: 3n }], b: new Uint8Array([7]) };`);
    expect(value).toEqual({ a: [1, "two", { three: 3n }], b: new Uint8Array([7]) });
  });

  test("a Proxy is found however it was made and wherever it hides", async () => {
    for (const expression of [
      "new Proxy({}, {})",
      "Proxy.revocable({}, {}).proxy",
      "Reflect.construct(Proxy, [{}, {}])",
      "new (class extends Proxy {})({}, {})",
      "new Proxy(new Proxy([], {}), {})",
    ]) {
      expect((await failure(evaluate(`export default { a: [${expression}] };`))).message).toContain("a[0] is a Proxy");
    }
    const prototype = await failure(
      evaluate(
        "export default { a: Object.create(new Proxy({}, { get() { throw 1; }, getOwnPropertyDescriptor() { throw 2; } })) };",
      ),
    );
    expect(prototype.message).toContain("a is an instance of a class");
  });
});

describe("what is not plain data is refused with its path", () => {
  const cases: readonly (readonly [expression: string, says: string])[] = [
    ["() => 1", "a.b[1] is a function"],
    ["Symbol('x')", "a.b[1] is a symbol"],
    ["undefined", "a.b[1] is undefined"],
    ["NaN", "a.b[1] is NaN"],
    ["-Infinity", "a.b[1] is -Infinity"],
    ["2n ** 200n", "a.b[1] is a bigint beyond 128 bits"],
    ["new Map()", "a.b[1] is an instance of Map"],
    ["new Set()", "a.b[1] is an instance of Set"],
    ["/x/", "a.b[1] is an instance of RegExp"],
    ["new Error('x')", "a.b[1] is an instance of Error"],
    ["Promise.resolve(1)", "a.b[1] is an instance of Promise"],
    ["new Uint16Array(2)", "a.b[1] is an instance of Uint16Array"],
    ["new ArrayBuffer(2)", "a.b[1] is an instance of ArrayBuffer"],
    ["new Number(1)", "a.b[1] is an instance of Number"],
    ["new (class extends Array {})()", "a.b[1] is an instance of"],
    ["Object.assign([1], { extra: 2 })", "a.b[1] is an array with named properties"],
    ["{ [Symbol('x')]: 1 }", "a.b[1] has a symbol as a key"],
    ["new Array(100001).fill(0)", "a.b[1] is an array of 100001 elements"],
    ["'x'.repeat(4 * 1024 * 1024 + 1)", "a.b[1] is a text of 4194305 characters"],
    ["new Uint8Array(4 * 1024 * 1024 + 1)", "a.b[1] holds 4194305 bytes"],
    ["new Array(5).fill('x'.repeat(4 * 1024 * 1024))", "more than 16777216 characters"],
    ["(() => { let x = {}; for (let i = 0; i < 70; i++) x = { x }; return x; })()", "is nested deeper than 64 levels"],
    ["new Array(11).fill(new Array(100000).fill(0))", "holds more than 1000000 values"],
  ];
  for (const [expression, says] of cases) {
    test(expression, async () => {
      const error = await failure(evaluate(`export default { a: { b: [0, ${expression}] } };`));
      expect(error.code).toBe("migration");
      expect(error.message).toStartWith("0001_test.ts:1:1: ");
      expect(error.message).toContain(says);
    });
  }
});

describe("the host is not polluted", () => {
  test("by __proto__ as a key, however it is spelled", async () => {
    for (const source of [
      `export default JSON.parse('{"a":{"__proto__":{"polluted":1}}}');`,
      `export default { a: { ["__proto__"]: { polluted: 1 } } };`,
      `const a = {};\nObject.defineProperty(a, "__proto__", { value: { polluted: 1 }, enumerable: true });\nexport default { a };`,
    ]) {
      expect((await failure(evaluate(source))).message).toContain("a.__proto__ is a key that is not allowed");
    }
    expect(await failure(evaluate('export default { a: { "__proto__": { polluted: 1 } } };'))).toMatchObject({
      code: "migration",
    });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("by constructor and prototype as keys", async () => {
    expect(await evaluate("export default { constructor: { prototype: { polluted: 1 } } };")).toEqual({
      constructor: { prototype: { polluted: 1 } },
    });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
