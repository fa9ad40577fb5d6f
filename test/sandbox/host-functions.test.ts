import { describe, expect, test } from "bun:test";
import type { SymbolMap } from "../../sandbox/host/index.ts";
import { shape } from "../../src/core/shapes/shape.ts";
import { hostModule } from "../../src/core/symbols/host-module.ts";
import { evaluate, evaluateModule, failure } from "./evaluate.ts";

const everything = shape.object({
  id: shape.bigint(),
  body: shape.bytes(),
  $: shape.optional(shape.nullable(shape.array(shape.number()))),
});

const seen: unknown[] = [];
const symbols: SymbolMap = {
  "acme/ids": hostModule({
    next: {
      params: [shape.string({ name: "prefix" }), shape.optional(shape.integer({ name: "step" }))],
      result: shape.string(),
      run: async (prefix, step = 1) => {
        await Bun.sleep(1);
        return `${prefix}-${step}`;
      },
    },
    rows: { params: [shape.array(shape.record(shape.string()))], result: shape.integer(), run: (rows) => rows.length },
  }),
  "acme/odd": hostModule({
    echo: {
      params: [everything],
      result: everything,
      run: (value) => {
        seen.push(value);
        return { ...value, id: value.id + 1n };
      },
    },
    nothing: { params: [], result: shape.nothing(), run: () => undefined },
    fail: {
      params: [],
      result: shape.nothing(),
      run: () => {
        throw new RangeError("the counter is full");
      },
    },
    wrong: { params: [], result: shape.integer(), run: () => 1.5 },
    trap: {
      params: [],
      result: shape.object({ a: shape.string() }),
      run: () => ({
        get a(): string {
          throw new Error("a getter of the host");
        },
      }),
    },
    hang: { params: [], result: shape.string(), run: () => new Promise<string>(() => undefined) },
    large: { params: [], result: shape.string(), run: () => "x".repeat(6 * 1024 * 1024) },
    double: { params: [shape.string()], result: shape.string(), run: (text) => text + text },
  }),
  uses: { kind: "guest", source: 'import { fail } from "acme/odd";\nexport const call = () => {\n  fail();\n};\n' },
};

const call = (code: string): string =>
  `import { next, rows } from "acme/ids";\nimport * as odd from "acme/odd";\nconst f = (): unknown => {\n  return ${code};\n};\nexport default { a: f() };\n`;
const result = async (code: string) => ((await evaluate(call(code), { symbols })) as { readonly a: unknown }).a;
const refused = (code: string) => failure(evaluate(call(code), { symbols }));

describe("host functions", () => {
  test("are called like any function, and awaited outside", async () => {
    expect(await result('[next("a"), next("b", 2), rows([{ x: "y" }, {}]), odd.nothing() === undefined]')).toEqual([
      "a-1",
      "b-2",
      2,
      true,
    ]);
  });

  test("get and give bigint, bytes and keys that look like tags exactly", async () => {
    const value = { id: 9007199254740994n, body: new Uint8Array([0, 127, 255]), $: [1, 0.5] };
    expect(
      await result("odd.echo({ id: 9007199254740993n, body: new Uint8Array([0, 127, 255]), $: [1, 0.5] })"),
    ).toEqual(value);
    expect(seen).toEqual([{ ...value, id: 9007199254740993n }]);
    expect(await result("odd.echo({ id: -5n, body: new Uint8Array(), $: null })")).toEqual({
      id: -4n,
      body: new Uint8Array(),
      $: null,
    });
  });

  test("are told of with the evaluation, so that nobody keeps what may change", async () => {
    const module = (code: string) => evaluateModule(call(code), { symbols });
    expect((await module('next("a")')).hosts).toEqual(["acme/ids"]);
    expect((await module("1")).hosts).toEqual([]);
  });

  test("have a time of their own, which is no time of the migration", async () => {
    const slow = hostModule({
      wait: { params: [], result: shape.nothing(), run: () => Bun.sleep(400).then(() => undefined) },
    });
    const source = 'import { wait } from "slow";\nwait();\nwait();\nexport default { a: 1 };';
    expect(await evaluate(source, { symbols: { slow }, deadlineMs: 500 })).toEqual({ a: 1 });
  });
});

describe("arguments that do not fit are a TypeError at the author's line", () => {
  test.each([
    ["next(5 as never)", '"prefix" is 5, and has to be a text'],
    ["next(undefined as never)", '"prefix" is missing, and has to be a text'],
    ['next("a", 1.5)', '"step" is 1.5, and has to be a whole number'],
    ['(next as any)("a", 1, 2)', "it takes 2 arguments, and got 3"],
    ["(next as any)(...Array(5000))", "it takes 2 arguments, and got 5000"],
    ['rows([{ a: "b" }, { a: 1 as never }])', '"value1[1].a" is 1, and has to be a text'],
    ["next((() => 1) as never)", '"prefix" is a function'],
    ["next(Symbol() as never)", '"prefix" is a symbol'],
    ["next(new Proxy({}, {}) as never)", '"prefix" is a Proxy'],
    ["rows(new Proxy([], {}))", '"value1" is a Proxy'],
    ['rows([{ get a() { return "x"; } }])', '"value1[0].a" is a getter'],
    ['rows([{ ["__proto__"]: "x" }])', '"value1[0].__proto__" is a key that is not allowed'],
    ["rows([new Map() as never])", '"value1[0]" is an instance of Map, not a plain object'],
    ["rows(Array(3))", '"value1[0]" is a hole in an array'],
    ['next("x".repeat(5e6))', '"prefix" is a text of 5000000 characters'],
    ["(next as any)(Array.from({ length: 70 }).reduce((a) => [a], 1))", "is nested deeper than 64 levels"],
    ["(next as any)(JSON.parse('{\"toString\": 1}'))", '"prefix" is a plain object, and has to be a text'],
  ])("%s", async (code, says) => {
    const error = await refused(code);
    expect(error).toMatchObject({ code: "migration", data: { line: 4 } });
    expect(error.message).toMatch(/^0001_test\.ts:4:\d+: TypeError: \w+\(\) of "acme\/ids": /);
    expect(error.message).toContain(says);
    expect(await result(`(() => { try { ${code}; } catch (error) { return error instanceof TypeError; } })()`)).toBe(
      true,
    );
  });
});

describe("what a host function throws", () => {
  test("is an Error of the same name and message in the guest, without the host's stack", async () => {
    const caught = await result(
      "(() => { try { odd.fail(); } catch (e: any) { return [e instanceof RangeError, e.name, e.message, e.stack.includes(':/') || e.stack.includes('host-functions.test')]; } })()",
    );
    expect(caught).toEqual([true, "RangeError", "the counter is full", false]);
  });

  test.each([
    ["at once", "odd.fail()", 4, "RangeError: the counter is full"],
    [
      "as the cause of another error",
      "(() => { try { odd.fail(); } catch (cause) { throw new Error('no id', { cause }); } })()",
      4,
      "no id",
    ],
  ])("ends the migration %s with both stacks", async (_, code, line, says) => {
    const error = await refused(code);
    expect(error).toMatchObject({ code: "migration", data: { module: "acme/odd", function: "fail", line } });
    expect(error.message).toContain(`${says} (thrown by fail() of host module "acme/odd")`);
    expect(error.data["guest_stack"]).toMatch(/at f \(0001_test\.ts:4:\d+\)\n {4}at .*\(0001_test\.ts:6:\d+\)$/);
    expect(error.data["host_stack"]).toContain("host-functions.test.ts");
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  test("in a module of the project names the migration's line, and both in the stack", async () => {
    const error = await failure(evaluate('import { call } from "uses";\nexport default { a: call() };', { symbols }));
    expect(error.message).toMatch(/^0001_test\.ts:2:\d+: RangeError: the counter is full/);
    expect(error.data["guest_stack"]).toMatch(/at call \(uses:3:\d+\)\n.*0001_test\.ts:2:\d+/);
  });

  test("on the way out of its result is the same", async () => {
    expect((await refused("odd.trap()")).message).toContain("a getter of the host (thrown by trap()");
  });
});

describe("what ends a migration, whatever it does about it", () => {
  const swallow = (code: string) =>
    `(() => { try { ${code}; } catch {} for (let i = 0; i < 3; i++) try { ${code}; } catch {} return 1; })()`;

  test("a result that is not what the host module declares", async () => {
    const error = await refused(swallow("odd.wrong()"));
    expect(error).toMatchObject({ code: "config", data: { module: "acme/odd", function: "wrong", line: 4 } });
    expect(error.message).toContain(
      'wrong() of host module "acme/odd": the result is 1.5, and has to be a whole number',
    );
  });

  test("a function that does not answer", async () => {
    const started = performance.now();
    const error = await failure(evaluate(call(swallow("odd.hang()")), { symbols, hostDeadlineMs: 200 }));
    expect(error).toMatchObject({ code: "limit", data: { limit: "time", function: "hang", line: 4 } });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("too many calls", async () => {
    const error = await refused("(() => { for (;;) try { odd.nothing(); } catch {} })()");
    expect(error).toMatchObject({ code: "limit", data: { limit: "calls" } });
    expect(error.message).toContain("more than 10000 times");
  }, 60_000);

  test("too much that goes and comes", async () => {
    expect(await refused(swallow("odd.large()"))).toMatchObject({ code: "limit", data: { limit: "size" } });
    const grown = '(() => { let s = "x".repeat(1e6); for (;;) try { odd.double(s); } catch {} })()';
    expect(await refused(grown)).toMatchObject({ code: "limit", data: { limit: "size" } });
  });
});

describe("a hostile migration", () => {
  test("cannot reach what host functions are made of", async () => {
    expect(
      await result(
        '[Object.getOwnPropertyNames(globalThis).filter((name) => /host/.test(name)), Object.hasOwn(next, "caller"), Object.getOwnPropertyNames(next).sort(), (next.constructor as any)("return typeof process")(), "prototype" in next]',
      ),
    ).toEqual([[], false, ["length", "name"], "undefined", false]);
  });

  test("changes nothing by replacing what JavaScript is made of", async () => {
    const spoil = `
const { defineProperty, ownKeys } = Reflect;
const given = { id: 1n, body: new Uint8Array([7]), $: [2] };
const owners = [String, Array, WeakMap, Function, Object, Map, RegExp, Uint8Array, BigInt, Number];
for (let i = 0; i < owners.length; i++) {
  const { prototype } = owners[i] as { prototype: object };
  const keys = ownKeys(prototype);
  for (let k = 0; k < keys.length; k++)
    if (keys[k] !== "constructor" && keys[k] !== "length") defineProperty(prototype, keys[k]!, { __proto__: null, value: () => "spoilt", configurable: true } as never);
}
defineProperty(Object.prototype, "get", { value: () => "spoilt" });
defineProperty(Object.prototype, "id", { __proto__: null, set() { throw new Error("a setter was called"); } } as never);
defineProperty(Object.prototype, "0", { __proto__: null, set() { throw new Error("a setter was called"); } } as never);
defineProperty(Object.prototype, "toJSON", { __proto__: null, value: () => ({ name: 1, host: "constructor" }) } as never);
defineProperty(Error, "prepareStackTrace", { __proto__: null, value: () => ({}) } as never);
JSON.parse = JSON.stringify = Reflect.apply = (() => "spoilt") as never;
globalThis.Error = globalThis.TypeError = globalThis.Uint8Array = globalThis.BigInt = (() => "spoilt") as never;`;
    const source = `import { echo, fail } from "acme/odd";
${spoil}
let caught = "";
try { fail(); } catch (e: any) { caught = e.message; }
export default { caught, value: echo(given) };`;
    expect(await evaluate(source, { symbols })).toEqual({
      caught: "the counter is full",
      value: { id: 2n, body: new Uint8Array([7]), $: [2] },
    });
    const error = await failure(evaluate(source.replace("try { fail(); }", "fail(); try {}"), { symbols }));
    expect(error.message).toContain("the counter is full (thrown by fail()");
  });

  test("gets no further by calling from where an error is read", async () => {
    const source = `import { next } from "acme/ids";
throw Object.defineProperty(new Error("x"), "message", { get: () => next("a") + next(5 as never) });`;
    expect((await failure(evaluate(source, { symbols }))).code).toBe("migration");
  });

  test("is stopped in a built-in function after a call", async () => {
    const program = `
import { evaluateModules } from "../../sandbox/host/index.ts";
import { hostModule } from "../../src/core/symbols/host-module.ts";
import { shape } from "../../src/core/shapes/shape.ts";
const symbols = { h: hostModule({ f: { params: [], result: shape.nothing(), run: () => undefined } }) };
const source = 'import { f } from "h";\\nf();\\nnew Array(3e8).join("x");\\nexport default {};';
await evaluateModules([{ path: "a.ts", source }], { symbols, deadlineMs: 300 }).catch((e) => console.log(e.data.fatal, e.data.limit));
process.exit(0);`;
    const child = Bun.spawn([process.execPath, "--eval", program], {
      cwd: import.meta.dir,
      stdout: "pipe",
      timeout: 20_000,
    });
    expect(await child.stdout.text()).toBe("true time\n");
  }, 30_000);
});

describe("a host module that was put together wrongly is refused", () => {
  const run = () => "a";
  const next = { params: [], result: shape.string(), run };
  test.each([
    [
      "a name that cannot be exported",
      { exports: { default: next } },
      '"default" cannot be the name of an exported function',
    ],
    ["no function", { exports: { next: { ...next, run: 5 } } }, '"next" has no function "run"'],
    ["no shape", { exports: { next: { ...next, params: ["string"] } } }, 'the parameter 1 of "next": is no shape'],
    ["pure without a version", { exports: { next }, pure: true }, 'it is said to be pure, and has no "version"'],
    [
      "two parameters of one name",
      { exports: { next: { ...next, params: [shape.string({ name: "a" }), shape.string({ name: "a" })] } } },
      'two parameters of "next" are called "a"',
    ],
    ["a version that is no text", { exports: { next }, version: 5 }, '"version" is a number; give a text'],
  ])("%s", async (_, module, says) => {
    const error = await failure(
      evaluate("export default {};", { symbols: { "acme/x": { kind: "host", ...module } as never } }),
    );
    expect(error).toMatchObject({ code: "config", data: { module: "acme/x" } });
    expect(error.message).toContain(`host module "acme/x": ${says}`);
  });
});

test("what is no module at all is refused", async () => {
  for (const module of [
    "export const a = 1;",
    undefined,
    { kind: "guest" },
    { source: "" },
    { kind: "guest", source: "", files: { "index.ts": 1 } },
  ])
    expect((await failure(evaluate("export default {};", { symbols: { "acme/x": module as never } }))).message).toBe(
      'module "acme/x" is neither hostModule() nor guestModule({ source })',
    );
});
