import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFullYaml } from "../../src/runtime/full-yaml.ts";
import { readSimpleYaml } from "../../src/runtime/simple-yaml.ts";
import { parseYaml } from "../../src/runtime/yaml.ts";

const fixtures = ["readme", "all-types"].map((name) =>
  readFileSync(join(import.meta.dir, "../fixtures", name, "schema.yaml"), "utf8"),
);
/** What stands in a configuration file: it is read at every start. */
const urls = [
  "database:",
  "  url: sqlite:app.db",
  "schema:",
  "  - url: postgres://ann:${PASSWORD}@[::1]:5432/app?sslmode=verify-full&options=-c%20x#y",
  "    path: C:\\x ~ (a; b!) {c}",
  "  - file:/var/lib/a#b.db # c",
].join("\n");
const cases = readdirSync(join(import.meta.dir, "../cases"))
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(join(import.meta.dir, "../cases", name), "utf8"));

/** Nothing, or the one value that the full parser gives without a complaint. */
function expectSame(text: string): boolean {
  const simple = readSimpleYaml(text);
  if (simple === undefined) return false;
  const full = parseFullYaml(text, "f");
  if (full.problems.length > 0 || !Bun.deepEquals(simple, full.value, true)) {
    expect({ text, value: simple, problems: [] }).toEqual({
      text,
      value: full.value,
      problems: [...full.problems],
    } as never);
  }
  return true;
}

describe("the fast reader", () => {
  test("reads what schemas are mostly written in", () => {
    for (const text of [...fixtures, urls]) expect(expectSame(text)).toBe(true);
    expect(
      expectSame(
        "a:\n- b: 1\n  c: # nothing\n-   d: {e: [f, 'g'], h: }\n- [ 1.50, true, x y ]\n-\n  i: \"#\"\nj: 1.0.0\n",
      ),
    ).toBe(true);
  });

  test("never differs from the full parser", () => {
    for (const text of cases) expectSame(text);
    for (const text of oddities) expectSame(text);
  });

  test("leaves what is odd to it", () => {
    for (const text of oddities) expect({ text, value: readSimpleYaml(text) }).toEqual({ text, value: undefined });
  });

  test("nor after forty thousand changes to a schema", () => {
    let seed = 7;
    const roll = (sides: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * sides);
    };
    const pieces = [
      " ",
      "  ",
      "\n",
      "- ",
      ": ",
      ":",
      "#",
      " #",
      "[",
      "]",
      "{",
      "}",
      ",",
      "'",
      '"',
      "&a ",
      "*a",
      "!",
      "|",
      ">",
      "%",
      "@",
      "`",
      "\t",
      "\r\n",
      "~",
      "0",
      "-",
      "1.",
      "é",
      "\u00a0",
      "\ufeff",
      "\u2028",
      "null",
      "---\n",
      "? ",
      "<<: ",
    ];
    const excerpted = [...fixtures, urls];
    let read = 0;
    for (let i = 0; i < 40_000; i++) {
      let text = excerpt(excerpted[roll(excerpted.length)] ?? "", roll);
      for (let n = 0; n <= roll(3); n++) {
        const place = roll(text.length);
        text =
          text.slice(0, place) + (roll(3) ? (pieces[roll(pieces.length)] ?? "") : "") + text.slice(place + roll(3));
      }
      if (expectSame(text)) read++;
    }
    expect(read).toBeGreaterThan(4000);
  });
});

/** A few lines that begin with an item of a list, as deep as they were. */
function excerpt(text: string, roll: (sides: number) => number): string {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, i) => (/^ +- /.test(line) ? [i] : []));
  const start = starts[roll(starts.length)] ?? 0;
  return lines.slice(start, start + 2 + roll(6)).join("\n");
}

const oddities: readonly string[] = [
  "",
  "# c",
  "a",
  "- a: 1\n b: 2",
  "a: 1\na: 2",
  "a:\n\tb: 1",
  "a: &x 1",
  "a: *x",
  "a: !!str 1",
  "a: |\n  x",
  "a: >\n  x",
  "a: x\n  y",
  "a: 'it''s'",
  'a: "\\n"',
  "a: b: c",
  "? a\n: b",
  "<<: {}",
  "a: 1e5",
  "a: 0x1F",
  "a: .inf",
  "a: ~",
  "a: 2020-01-01",
  "---\na: 1",
  "a: 1\n---\nb: 2",
  "a: [b",
  "a: {b: 1",
  "a: [a: b]",
  "a: [,]",
  "a: [b,,c]",
  "a: {b}",
  "'a': 1",
  "a b: 1",
  "a: \u00a0b",
  "a: [b\u00a0]",
  "a: 'x' # y'",
  "a: \"x\" 'y'",
  "__proto__: {}",
  "- - a",
  "a: - b",
  "%YAML 1.2",
  "a:b",
  "\ufeffa: 1",
  "a: b\rc: d",
  "a: é",
  `a: ${"[".repeat(50)}${"]".repeat(50)}`,
];

describe("positions", () => {
  test("are found in a text that the fast reader has read, of keys, of values and of what is not there", () => {
    const { locate } = parseYaml("# c\na:\n  - b: 1\n    c: [x, y]\n", "f");
    expect(locate(["a", 0, "c"], "key")).toEqual({ file: "f", line: 4, column: 5 });
    expect(locate(["a", 0, "c", 1])).toEqual({ file: "f", line: 4, column: 12 });
    expect(locate(["a", 0, "d", "e"])).toEqual({ file: "f", line: 3, column: 5 });
    expect(locate([])).toEqual({ file: "f", line: 2, column: 1 });
  });

  test("count UTF-16 units, and find what a merge key brings", () => {
    expect(parseYaml("a: {'😀': 1, b: @}", "f").problems[0]?.position).toEqual({ file: "f", line: 1, column: 17 });
    const { locate } = parseYaml("x: &x { b: 1 }\na: { <<: *x }\n", "f");
    expect(locate(["a", "b"])).toEqual({ file: "f", line: 1, column: 12 });
  });

  test("a file that is nested without end is a mistake, not a crash", () => {
    expect(parseYaml("[".repeat(30_000), "f").problems.map((p) => p.message)).toEqual([
      "the file is nested too deeply to be a schema",
    ]);
    expect(parseYaml(Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), "f").problems).toEqual([]);
  });
});
