/** A module that must not get anywhere, what a migration does with it, and what is said about it. */
export interface HostileSymbol {
  readonly what: string;
  readonly source: string;
  /** Default: it is imported and called. */
  readonly migration?: string;
  readonly code?: "migration" | "limit";
  readonly says: readonly string[];
  /** Only the end of the process stops it, so it needs a process of its own. */
  readonly fatal?: true;
}

/** A migration that imports the module and calls it. */
export const callOfEvil: string = 'import { f } from "evil";\nexport default { value: f() };\n';

export const hostileSymbols: readonly HostileSymbol[] = [
  {
    what: "a loop when it is imported",
    source: "export const f = () => 1;\nfor (;;) f();",
    code: "limit",
    // At the statement before it, or at the call in it: wherever it was met.
    says: ["evil.ts:", "ran longer"],
  },
  {
    what: "a loop when it is called",
    source: "export const f = () => {\n for (;;) f.length;\n};",
    code: "limit",
    says: ["0001_test.ts:2:", "ran longer"],
  },
  {
    what: "promises without an end",
    source: "export const f = () => 1;\nfor (;;) await null;",
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
  {
    what: "a loop inside a built-in function",
    source: 'export const f = () => new Array(3e8).join("x");',
    code: "limit",
    says: ["migrations/0001_test.ts:", "inside one built-in function"],
    fatal: true,
  },
  {
    what: "an enum that explodes",
    source: `enum E { a = "xxxxxxxxxxxxxxxx", ${Array.from({ length: 40 }, (_, i) => `b${i} = ${i === 0 ? "a + a" : `b${i - 1} + b${i - 1}`}`).join(", ")} }\nexport const f = () => E;`,
    code: "limit",
    says: ["evil.ts:1:", "more than 64 MiB of memory"],
  },
];
