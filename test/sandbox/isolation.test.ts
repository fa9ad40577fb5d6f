import { describe, expect, test } from "bun:test";
import { evaluateModules } from "../../sandbox/host/index.ts";
import { isInert } from "../../sandbox/host/inert.ts";
import { evaluate, failure } from "./evaluate.ts";

describe("a migration sees nothing but itself", () => {
  test("the global scope holds the language and no more", async () => {
    const value = (await evaluate("export default { names: Object.getOwnPropertyNames(globalThis) };")) as {
      names: string[];
    };
    for (const name of [
      "process",
      "Bun",
      "require",
      "fetch",
      "setTimeout",
      "WebAssembly",
      "SharedArrayBuffer",
      "Atomics",
      "WeakRef",
      "FinalizationRegistry",
      "crypto",
      "Intl",
    ]) {
      expect(value.names).not.toContain(name);
    }
  });

  test("eval and the Function constructor work and have no power", async () => {
    const value = await evaluate(`
const seen = [];
for (const make of [eval, (code) => new Function("return " + code)(), (code) => (() => {}).constructor("return " + code)()]) {
  seen.push(make("1 + 1"), make("typeof process"), make("typeof require"), make("typeof Bun"));
}
export default { seen };`);
    expect(value).toEqual({ seen: Array(3).fill([2, "undefined", "undefined", "undefined"]).flat() });
  });

  test("code made from strings can import no more than the file", async () => {
    const error = await failure(
      evaluate(`const load = new Function("return import('node:fs')");\nawait load();\nexport default {};`),
    );
    expect(error.message).toContain('"node:fs" cannot be imported');
  });

  test("specifiers of every kind are refused", async () => {
    for (const name of [
      "../../etc/passwd",
      "/etc/passwd",
      "npm:x",
      "data:text/javascript,1",
      "file:///etc/passwd",
      "https://x.test/",
      "bun:ffi",
      "godwit:prelude",
      "migration",
      "Godwit",
      "godwit/../x",
      "__proto__",
      "constructor",
      "toString",
    ]) {
      const error = await failure(evaluate(`export default await import(${JSON.stringify(name)});`));
      expect(error.code).toBe("migration");
      expect(error.message).toContain(JSON.stringify(name));
    }
  });

  test("no clock in any spelling", async () => {
    for (const expression of [
      "new Date()",
      "Date()",
      "Date.now()",
      "Date.parse('x')",
      "Date.UTC(1)",
      "new Date(0)",
      "performance.now()",
      "eval('Date.now()')",
    ]) {
      expect((await failure(evaluate(`export default { a: ${expression} };`))).message).toContain("is not available");
    }
  });
});

describe("migrations do not influence each other", () => {
  test("a template is made a text by nobody else", async () => {
    const spoil = 'Object.defineProperty(String.prototype, "concat", { value: () => "forged" });\n';
    const error = await failure(evaluate(`${spoil}export default { a: "b" };`));
    expect(error.message).toContain("0001_test.ts:1:8: TypeError");
    const forged =
      'Reflect.defineProperty(String.prototype, "concat", { value: () => "=[1]" });\nexport default { a: "b" };';
    expect(await evaluate(forged)).toEqual({ a: "b" });
  });

  test("globals, prototypes and built-ins start afresh", async () => {
    const [, second] = await evaluateModules([
      {
        path: "1.ts",
        source: `globalThis.left = 1; Object.prototype.left = 2; Array.prototype.push = null; String.prototype.trim = () => "forged"; Math.max = () => -1; export default {};`,
      },
      {
        path: "2.ts",
        source: `const a = []; a.push(" x ".trim(), Math.max(1, 2)); export default { a, left: typeof globalThis.left, own: typeof ({}).left };`,
      },
    ]);
    expect(second?.value).toEqual({ a: ["x", 2], left: "undefined", own: "undefined" });
  });

  test("a migration that changes everything does not reach those that share a context", async () => {
    const inert = (name: string) =>
      `import { createTable, migration } from "godwit";\nexport default migration({ operations: [createTable({ name: "${name}", fields: [] })] });`;
    const evil = `import { migration, createTable } from "godwit";\nObject.prototype.toJSON = () => "forged"; Object.freeze = () => ({ forged: true }); JSON.stringify = () => "forged"; Object.defineProperty = () => { throw 1; };\nexport default { fine: true };`;
    const values = await evaluateModules([
      { path: "1.ts", source: inert("a") },
      { path: "2.ts", source: evil },
      { path: "3.ts", source: inert("b") },
    ]);
    expect(values.map(({ value }) => value)).toEqual([
      { operations: [{ kind: "createTable", name: "a", fields: [] }] },
      { fine: true },
      { operations: [{ kind: "createTable", name: "b", fields: [] }] },
    ]);
  });

  test("promises left pending by one do not run during another", async () => {
    const [, second] = await evaluateModules([
      { path: "1.ts", source: "const spin = () => Promise.resolve().then(spin);\nspin();\nexport default {};" },
      { path: "2.ts", source: "await null;\nexport default { fine: true };" },
    ]);
    expect(second?.value).toEqual({ fine: true });
  });

  test("the first failure in the order of the files is reported", async () => {
    const files = ["export default {};", "throw new Error('second');", "export default {"].map((source, i) => ({
      path: `${i}.ts`,
      source,
    }));
    const error = await failure(evaluateModules(files));
    expect(error.message).toMatch(/^[12]\.ts:/);
  });

  test("a value frozen by the functions of godwit stays what it was", async () => {
    const error = await failure(
      evaluate(
        `import { createTable } from "godwit";\nconst t = createTable({ name: "a", fields: [] });\n(t as any).name = "b";\nexport default { t };`,
      ),
    );
    expect(error.message).toContain("read-only");
  });

  test("the kind cannot be chosen by the author", async () => {
    const error = await failure(
      evaluate(
        `import { createTable } from "godwit";\nexport default { t: createTable({ kind: "runSQL", name: "a", fields: [] } as any) };`,
      ),
    );
    expect(error.message).toContain("sets the kind itself");
  });
});

describe("after a fault the sandbox is as good as new", () => {
  for (const [name, source] of [
    ["out of memory", "const a = [];\nfor (;;) a.push(new Uint8Array(1 << 20));"],
    [
      "out of memory, caught",
      "const a = [];\ntry { for (;;) a.push('x'.repeat(1 << 20) + a.length); } catch {}\nexport default { caught: true };",
    ],
    [
      "stack overflow on the host",
      "let f = [];\nfor (let i = 0; i < 1e6; i++) f = [f];\nexport default JSON.stringify(f);",
    ],
    ["recursion through a getter", "const o = { get a() { return this.a; } };\nexport default o.a;"],
    ["recursion through sort", "function f() { [2, 1].sort(f); }\nf();\nexport default {};"],
    ["deep regular expression", `export default { x: new RegExp("(".repeat(20000) + ")".repeat(20000)).test("") };`],
  ] as const) {
    test(name, async () => {
      await evaluateModules([{ path: "1.ts", source }]).catch(() => undefined);
      expect(await evaluate("export default { fine: [1, 'two'.toUpperCase()] };")).toEqual({ fine: [1, "TWO"] });
    });
  }

  test("the memory limit holds for typed arrays, which QuickJS itself does not count", async () => {
    const error = await failure(
      evaluate(
        "const a = [];\nfor (let i = 0; i < 40; i++) a.push(new Uint8Array(1 << 20).fill(1));\nexport default {};",
        { memoryMiB: 32 },
      ),
    );
    expect(error).toMatchObject({ code: "limit", data: { limit: "memory" } });
    expect(
      await evaluate(
        "const a = [];\nfor (let i = 0; i < 40; i++) a.push(new Uint8Array(1 << 20).fill(1));\nexport default { n: a.length };",
      ),
    ).toEqual({ n: 40 });
  });

  test("the deadline is per file", async () => {
    const busy = "let n = 0;\nfor (let i = 0; i < 1e6; i++) n += i;\nexport default { n };";
    const files = Array.from({ length: 8 }, (_, i) => ({ path: `${i}.ts`, source: busy }));
    expect(await evaluateModules(files, { deadlineMs: 1000 })).toHaveLength(8);
  });
});

describe("only data may share a context", () => {
  const script = (body: string) =>
    `import{createTable,migration}from"godwit";var x_default=${body};export{x_default as default};\n\n//# debugId=0\n`;

  for (const body of [
    "migration({})",
    'migration({ operations: [createTable({ name: "x", "a b": -1.5, c: true, d: null, e: `a\nb`, f: [], g: {}, h: 1 /* One */ })] })',
  ]) {
    test(`data: ${JSON.stringify(body)}`, () => expect(isInert(script(body))).toBe(true));
  }

  for (const body of [
    'migration({})["constructor"]["constructor"]("x")()',
    "migration({ a: [1, , 2] })",
    "migration({ __proto__: {} })",
    'migration({ "__proto__": {} })',
    'migration({ "\\u005f_proto__": {} })',
    "migration({ a: b })",
    "migration({ a: createTable })",
    "migration({ a: eval() })",
    "migration({ get a() {} })",
    "migration({ ...createTable({}) })",
    "migration({ a: 1e400 })",
    "migration({ a: 1n })",
    "migration({ a: `${1}` })",
    "createTable`x`",
    'migration({ a: "x"`y` })',
    "migration({ createTable({ a: {} }) {} })",
    "migration({})\n[1]",
    "(migration({}))",
    "migration({ a: [1][0] })",
    'migration({ a: "x"["length"] })',
    "migration({ a: /x/ })",
    "migration({}); globalThis.x = 1",
    "migration({ a: 1 + 1 })",
    "migration({ a: b = 1 })",
    "migration(() => {})",
    `migration(${"[".repeat(40)}${"]".repeat(40)})`,
  ]) {
    test(`code: ${JSON.stringify(body).slice(0, 60)}`, () => expect(isInert(script(body))).toBe(false));
  }
});
