import { describe, expect, test } from "bun:test";
import { evaluateModules, type SymbolMap } from "../../sandbox/host/index.ts";
import { evaluate, failure } from "./evaluate.ts";
import { callOfEvil, hostileSymbols } from "./hostile-symbols.ts";

/** What only the deadline ends; the rest gets time, however busy the machine is. */
const endless = /for \(;;\)(?! a\.push)/;

describe("a module that wants more than it may have", () => {
  for (const { what, source, migration = callOfEvil, code = "migration", says, fatal } of hostileSymbols) {
    // Only the end of the process stops these: test/scripts/hostile.test.ts plays them.
    if (fatal) continue;
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
    const files = [callOfEvil, next].map((source, i) => ({ path: `000${i}_a.ts`, source }));
    const [, second] = await evaluateModules(files, { symbols: spoil });
    expect(second?.value).toEqual({ value: [2], text: "{}" });
  });
});
