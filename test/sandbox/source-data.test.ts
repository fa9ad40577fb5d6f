import { describe, expect, test } from "bun:test";
import { decode, encodePlain } from "../../sandbox/host/decode.ts";
import { evaluateModules } from "../../sandbox/host/index.ts";
import { defaultLimits } from "../../sandbox/host/limits.ts";
import { guestModules } from "../../sandbox/host/modules.ts";
import { readSource } from "../../sandbox/host/source-data.ts";
import { runScripts } from "../../sandbox/host/thread.ts";
import { transpile } from "../../sandbox/host/transpile.ts";
import { definitions, type Operation } from "../../src/core/operations/index.ts";
import { printMigration } from "../../src/core/plan/source.ts";

const modules = await guestModules().sources();

/** What translating and running the file gives: its text, or `a fault`. */
async function run(source: string): Promise<string> {
  const scripts = await transpile([{ path: "0001_test.ts", source }]).catch(() => []);
  const ran = scripts.map((script) => ({ ...script, inert: false }));
  const [outcome] = await runScripts(ran, modules, { ...defaultLimits, deadlineMs: 20_000 });
  return outcome === undefined || "fault" in outcome ? "a fault" : outcome.text;
}

/** What is kept of a text; objects as JSON, in which the order of members counts. */
function valueIn(text: string): unknown {
  const decoded = text === "a fault" ? { problem: text } : decode(text);
  return "problem" in decoded ? decoded.problem : { value: decoded.value, json: JSON.stringify(decoded.value) };
}

/** Whether the file was read as it stands; the sandbox agrees then. */
async function agree(source: string): Promise<boolean> {
  const read = readSource(source);
  if (read === undefined) return false;
  expect({ source, is: valueIn(encodePlain(read.value)) }).toEqual({ source, is: valueIn(await run(source)) });
  return true;
}

const head = 'import { createTable, migration } from "godwit";\n\nexport default ';

describe("a file that is read as it stands means what the sandbox makes of it", () => {
  test("every example of every operation, as it is generated, but those with values beyond JSON", async () => {
    const sources = definitions.flatMap(({ kind, examples }) =>
      examples
        .filter(({ source }) => source === undefined)
        .map(({ params }) =>
          printMigration({ dependencies: ["0000_a"], operations: [{ ...(params as object), kind } as Operation] }),
        ),
    );
    let read = 0;
    for (const source of sources) if (await agree(source)) read++;
    expect(read).toBeGreaterThan(sources.length * 0.9);
  });

  for (const source of [
    `${head}migration({})`,
    `${head}migration({ a: [1, 2,], b: {}, });\n\n`,
    "import {\n  createTable,\n  migration,\n} from \"godwit\";\nexport default migration({ a: 'it', b: `S\nT` });\n",
    `${head}migration({ a: /* why */ 1, b: "\\u0041\\n" });`,
    `${head}createTable({ constructor: 1, a: 1, a: 2, "c d": [-0] })`,
  ]) {
    test(source, async () => expect(await agree(source)).toBe(true));
  }

  for (const source of [
    `${head}migration({} as const);`,
    `${head}migration<object>({});`,
    `${head}migration({ a: 010 });`,
    `${head}migration({ a: [1,,2] });`,
    `${head}migration({},);`,
    `${head}migration({ __proto__: {} });`,
    `${head}dropTable({ name: "t" });`,
    `${head}migration({})\n[0];`,
    `${head}migration({});\nexport const a = 1;`,
    `${head}migration({}); // done`,
    `${head}migration({ a: "x\r" });`,
    'import { migration, migration } from "godwit";\nexport default migration({});',
    'import { migration, nothing } from "godwit";\nexport default migration({});',
    'import { type Operation, migration } from "godwit";\nexport default migration({});',
    'import { migration } from "godwit" with { type: "macro" };\nexport default migration({});',
    'import { migration } from "godwit/uuid";\nexport default migration({});',
    '// first\nimport { migration } from "godwit";\nexport default migration({});',
  ]) {
    test(`left to the sandbox: ${source}`, () => expect(readSource(source)).toBeUndefined());
  }

  test("three thousand changes to a migration", async () => {
    const body =
      'migration({ dependencies: ["a"], operations: [createTable({ name: "t", fields: [{ name: "a\\n", n: -1.5, on: true, }] })] })';
    const source = `${head}${body};\n`;
    const pieces = [
      "'",
      '"',
      "`",
      "\\",
      "$",
      "{",
      "}",
      "[",
      "]",
      "(",
      ")",
      ",",
      ":",
      "\n",
      ";",
      "/",
      "0",
      "-",
      ".",
      "!",
    ];
    let seed = 7;
    const roll = (sides: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * sides);
    };
    let read = 0;
    for (let i = 0; i < 3000; i++) {
      const at = roll(source.length);
      const changed = source.slice(0, at) + (roll(3) ? pieces[roll(pieces.length)] : "") + source.slice(at + roll(3));
      if (await agree(changed)) read++;
    }
    expect(read).toBeGreaterThan(300);
  });
});

test("places are found all the same, and files of both kinds keep their order", async () => {
  const plain = `${head}migration({\n  operations: [\n    createTable({ name: "a" }),\n  ],\n});\n`;
  const typed = `${head}migration({ operations: [createTable({ name: "b" as string })] });\n`;
  const files = [plain, typed, plain].map((source, i) => ({ path: `${i}.ts`, source }));
  const evaluated = await evaluateModules(files);
  expect(evaluated.map(({ path }) => path)).toEqual(["0.ts", "1.ts", "2.ts"]);
  expect(await evaluated[2]?.locate("operations[0].name")).toMatchObject({ file: "2.ts", line: 5 });
});
