import { describe, expect, test } from "bun:test";
import { evaluateModules, type SymbolMap } from "../../sandbox/host/index.ts";
import { evaluate, failure } from "./evaluate.ts";

/** A module that must not get anywhere, what a migration does with it, and what is said about it. */
interface HostileSymbol {
  readonly what: string;
  readonly source: string;
  /** Default: it is imported and called. */
  readonly migration?: string;
  readonly code?: "migration" | "limit";
  readonly says: readonly string[];
}

const call = 'import { f } from "evil";\nexport default { value: f() };\n';

/** What only the deadline ends; the rest gets time, however busy the machine is. */
const endless = /for \(;;\)(?! a\.push)|again\(\)/;

const hostile: readonly HostileSymbol[] = [
  {
    what: "a loop when it is imported",
    source: "export const f = () => 1;\nfor (;;) f();",
    code: "limit",
    says: ["evil.ts:2:", "ran longer"],
  },
  {
    what: "a loop when it is called",
    source: "export const f = () => {\n for (;;) f.length;\n};",
    code: "limit",
    says: ["0001_test.ts:2:", "ran longer"],
  },
  {
    what: "promises without an end",
    source: "export const f = () => 1;\nconst again = (): unknown => Promise.resolve().then(again);\nawait again();",
    code: "limit",
    says: ["ran longer"],
  },
  {
    what: "waiting for ever",
    source: "export const f = 1;\nawait new Promise(() => {});",
    says: ["awaits something that never happens"],
  },
  {
    what: "memory",
    source: 'const a: string[] = [];\nfor (;;) a.push("x".repeat(1e6) + a.length);\nexport const f = () => a;',
    code: "limit",
    says: ["64 MiB"],
  },
  { what: "recursion", source: "export const f = (): number => f() + 1;", code: "limit", says: ["nested too deeply"] },
  {
    what: "files",
    source: 'import { readFileSync } from "node:fs";\nexport const f = () => readFileSync("/etc/passwd");',
    says: ['evil.ts:1:1: "node:fs" cannot'],
  },
  {
    what: "files on demand",
    source: 'export const f = () => 1;\nawait import("node:fs");',
    says: ['"node:fs" cannot'],
  },
  {
    what: "files as text",
    source: 'import f from "/etc/passwd" with { type: "text" };\nexport { f };',
    says: ['"/etc/passwd" cannot'],
  },
  {
    what: "the directory of another module",
    source: 'export { f } from "./other.ts";',
    says: ["evil.ts:1:", "cannot be imported"],
  },
  {
    what: "a file of another module by its inner name",
    source: 'export { f } from "good!secret.ts";',
    says: ['module "good!secret.ts" is not in'],
  },
  {
    what: "require",
    source: 'export const f = () => require("node:fs");',
    says: ['require("node:fs") is not available'],
  },
  {
    what: "macros",
    source: 'import { f } from "./evil.ts" with { type: "macro" };\nexport const g = f();\nexport { f };',
    says: ["evil.ts:2:", "macros"],
  },
  {
    what: "the network",
    source: 'export const f = () => fetch("http://127.0.0.1");',
    says: ['"fetch" is not available', "(at evil.ts:1:"],
  },
  { what: "the environment", source: "export const f = () => process.env;", says: ['"process" is not available'] },
  {
    what: "the process by way of a constructor",
    source: 'export const f = () => (f.constructor as never as (code: string) => () => object)("return process")();',
    says: ['"process" is not available'],
  },
  { what: "the clock", source: "export const f = () => Date.now();", says: ["Date.now() is not available"] },
  { what: "randomness", source: "export const f = () => Math.random();", says: ["Math.random() is not available"] },
  { what: "a Proxy as its value", source: "export const f = () => new Proxy({}, {});", says: ["value is a Proxy"] },
  { what: "a Proxy that is thrown", source: "throw new Proxy({}, {});\nexport const f = 1;", says: ["threw a Proxy"] },
  {
    what: "a getter in its value",
    source: "export const f = () => ({ get a() { return 1; } });",
    says: ["value.a is a getter"],
  },
  {
    what: "a text in place of a stack",
    source:
      'export const f = () => {\n const e = new Error("x");\n e.stack = "at f (migration:999999:1)";\n throw e;\n};',
    says: ["0001_test.ts:2:1: x"],
  },
  {
    what: "an error whose parts cannot be read",
    source:
      'export const f = () => {\n throw Object.defineProperty(new Error("x"), "message", { get() { for (;;); } });\n};',
    says: ["0001_test.ts:"],
  },
  {
    what: "the name of the SDK",
    source: "export const f = 1;",
    migration: 'import { f } from "godwit/evil";\nexport default { f };',
    says: ['there is no module "godwit/evil"'],
  },
];

describe("a module that wants more than it may have", () => {
  for (const { what, source, migration = call, code = "migration", says } of hostile) {
    test(`is refused ${what}`, async () => {
      const symbols: SymbolMap = {
        evil: { kind: "guest", path: "evil.ts", source },
        good: {
          kind: "guest",
          path: "good",
          source: "",
          files: { "index.ts": "export {};", "secret.ts": "export const f = 1;" },
        },
      };
      const error = await failure(
        evaluateModules([{ path: "0001_test.ts", source: migration }], {
          symbols,
          deadlineMs: endless.test(source) ? 250 : 20_000,
        }),
      );
      for (const part of says) expect(error.message).toContain(part);
      expect(error.code).toBe(code);
      expect(error.message).not.toContain("\n");
    });
  }
});

describe("a module that spoils what is around it", () => {
  const spoil: SymbolMap = {
    evil: {
      kind: "guest",
      source: `for (const name of ["map", "push", "join", "slice"]) Array.prototype[name as "map"] = () => ["spoilt"] as never;
        JSON.stringify = () => '{"value":"spoilt"}'; Object.freeze = () => ({ value: "spoilt" }) as never; Reflect.ownKeys = () => [];
        Object.defineProperty(Object.prototype, "toJSON", { value: () => "spoilt" });
        (globalThis as { Symbol: unknown }).Symbol = undefined; export const f = () => "own";`,
    },
  };

  test("does not reach the data that leaves the sandbox", async () => {
    expect(
      await evaluate('import { f } from "evil";\nexport default { value: f(), list: [1, [2]] };', { symbols: spoil }),
    ).toEqual({
      value: "own",
      list: [1, [2]],
    });
  });

  test("does not reach the next migration", async () => {
    const next = "export default { value: [1].map((n) => n + 1), text: JSON.stringify({}) };";
    const files = [call, next].map((source, i) => ({ path: `000${i}_a.ts`, source }));
    const [, second] = await evaluateModules(files, { symbols: spoil });
    expect(second?.value).toEqual({ value: [2], text: "{}" });
  });
});
