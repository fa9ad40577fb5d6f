import { describe, expect, test } from "bun:test";
import { readData } from "../../sandbox/host/data.ts";
import { encodePlain } from "../../sandbox/host/decode.ts";
import { isInert } from "../../sandbox/host/inert.ts";
import { defaultLimits } from "../../sandbox/host/limits.ts";
import { guestModules } from "../../sandbox/host/modules.ts";
import type { Script } from "../../sandbox/host/script.ts";
import { runScripts } from "../../sandbox/host/thread.ts";
import { transpile } from "../../sandbox/host/transpile.ts";
import { definitions, type Operation } from "../../src/core/operations/index.ts";
import { printMigration } from "../../src/core/plan/source.ts";

const modules = await guestModules().sources();

/** What the sandbox makes of a script: its text, or `undefined` for any fault. */
async function run(script: Script): Promise<string | undefined> {
  const [outcome] = await runScripts([script], modules, { ...defaultLimits, deadlineMs: 20_000 });
  return outcome === undefined || "fault" in outcome ? undefined : outcome.text;
}

/** Whether the script was read as data; the sandbox agrees then. */
async function agree(script: Script): Promise<boolean> {
  const read = readData(script);
  if (read === undefined) return false;
  expect({ code: script.code, text: encodePlain(read.value) }).toEqual({
    code: script.code,
    text: (await run(script)) ?? "a fault",
  });
  return true;
}

const scriptOf = async (body: string): Promise<Script> => {
  const source = `import { createTable, migration, runSQL } from "godwit";\nexport default ${body};\n`;
  const [script] = await transpile([{ path: "0001_test.ts", source }]);
  if (script === undefined) throw new Error("nothing was translated");
  return script;
};

describe("what is read as data is what the sandbox makes of it", () => {
  test("every example of every operation, but those with values beyond JSON", async () => {
    const sources = definitions.flatMap(({ kind, examples }) =>
      examples
        .filter(({ source }) => source === undefined)
        .map(({ params }) =>
          printMigration({ dependencies: ["0000_a"], operations: [{ ...(params as object), kind } as Operation] }),
        ),
    );
    const scripts = await transpile(sources.map((source, i) => ({ path: `${i}.ts`, source })));
    let read = 0;
    for (const script of scripts) if (await agree(script)) read++;
    expect(read).toBeGreaterThan(scripts.length * 0.9);
  });

  for (const body of [
    "migration({})",
    "migration({ operations: [] })",
    'migration({ a: "x\\ty\\"\\\\", b: \'it\', "c d": "😀", e: [[], {}, [null]], f: true })',
    "migration({ a: `SELECT 1\n  FROM t` })",
    'migration({ a: `it\'s \\`a\\`\n\t"b" \\${c} \\\\ $1` })',
    `migration({ a: 'it\\'s "x" \\u0041' })`,
    "migration({ a: 1, b: -0, c: 0.5, d: 123456789012345, a: 2, 'b': 3 })",
    'createTable({ constructor: 1, toString: "x" })',
  ]) {
    test(body, async () => expect(await agree(await scriptOf(body))).toBe(true));
  }

  for (const body of [
    'createTable("x")',
    "createTable([])",
    "createTable(null)",
    'createTable({ kind: "dropTable" })',
    "migration([])",
    "migration()",
    "migration({}, {})",
    "createTable({}, {})",
    "migration({ a: 1n })",
    "migration({ a: undefined })",
    "migration({ 1: 2, 0: 3 })",
    'migration({ a: "\\v" })',
    "migration({ ...{} })",
    "migration({ a: () => 1 })",
    "migration({ a: new Uint8Array([1]) })",
  ]) {
    test(`left to the sandbox: ${body}`, async () => expect(readData(await scriptOf(body))).toBeUndefined());
  }

  test("three thousand changes to a migration", async () => {
    const { code } = await scriptOf(
      'migration({ dependencies: ["a"], operations: [createTable({ name: "t", fields: [{ name: "a\\n", n: -1.5, on: true }] }), runSQL({ forward: `S\nT` })] })',
    );
    const body = code.indexOf("migration(", code.indexOf("var "));
    const end = code.indexOf(";\nexport");
    const pieces = ["'", '"', "`", "\\", "$", "{", "}", "[", "]", "(", ")", ",", ":", "\n", " ", "null", "1", "-", "."];
    let seed = 11;
    const roll = (sides: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * sides);
    };
    let read = 0;
    for (let i = 0; i < 3000; i++) {
      const at = body + roll(end - body);
      const changed = code.slice(0, at) + (roll(3) ? pieces[roll(pieces.length)] : "") + code.slice(at + roll(3));
      const script = { file: { path: "m.ts", source: "" }, code: changed, map: () => Promise.resolve("") };
      if (await agree({ ...script, inert: isInert(changed) })) read++;
    }
    expect(read).toBeGreaterThan(300);
  });
});
