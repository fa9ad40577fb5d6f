import { describe, expect, test } from "bun:test";
import { simpleYamlText } from "../../src/runtime/simple-yaml-text.ts";
import { fullYamlText, yamlText } from "../../src/runtime/yaml-text.ts";

/** Texts that YAML would take for something else, or nearly. */
const texts = [
  ..."a|A b|a  b| a|a |(a)|a: b|a:b|a::b|a:|:a|a #b|a#b|#a|- a|-a|a-|a - b|?|? a|[a]|a[1]|{a}|a{b}|a,b|a, b|,a".split(
    "|",
  ),
  ..."null|Null|NULL|nULL|~|true|True|false|FALSE|yes|no|on|y|0|1|-1|+1|1.5|.5|1e3|0x1f|0o7|1_000|.inf|.nan|12:30".split(
    "|",
  ),
  ...[
    "'a'",
    "it's",
    '"a"',
    'a "b" c',
    "a\\b",
    "a|b",
    "|",
    ">",
    "a > 0",
    "> 0",
    "%a",
    "a % b",
    "@a",
    "`a`",
    "a`b",
    "&a",
  ],
  ...[
    "*a",
    "a * b",
    "!a",
    "a!",
    "---",
    "...",
    "--- a",
    "",
    " ",
    "\t",
    "a\tb",
    "a\n",
    "a\nb",
    "\na",
    "a\r\nb",
    "é",
    "a é",
  ],
  ...[
    "DECIMAL(10,2)",
    "'x'::text",
    "now()",
    "CHECK (a IN ('b', 'c'))",
    "NULL::text",
    "<<",
    "=",
    "a = 'b'",
    "\u0007",
    "😀",
  ],
  `${"word ".repeat(60)}end`,
  "x".repeat(2000),
];

const places: Readonly<Record<string, (value: unknown) => object>> = {
  "a value": (value) => ({ key: value }),
  "a value of a table": (value) => ({ tables: [{ name: value }, { name: "b", comment: value }] }),
  "a value in a line": (value) => ({ tables: [{ name: "a", type: { native: value, of: { a: value } } }] }),
  "an element": (value) => ({ tables: [{ name: "a", primary_key: [value, "b"], fields: [{ name: value }] }] }),
  "an element in a line": (value) => ({ references: { fields: ["a", value] } }),
  "an included file": (value) => ({ include: [value, "a.yaml"] }),
};

describe("the text of a document is what the library for YAML writes, with", () => {
  for (const [place, of] of Object.entries(places))
    test(`any text as ${place}`, () => {
      for (const text of texts) expect(yamlText(of(text) as never)).toBe(fullYamlText(of(text) as never));
    });

  test("any other value in any place", () => {
    const values = [
      0,
      -0,
      7,
      -7,
      1.5,
      1e21,
      Number.MAX_SAFE_INTEGER,
      2n ** 60n,
      true,
      false,
      null,
      [],
      {},
      [[]],
      [["a"]],
    ];
    const further = [[{}], [{ a: 1 }, "b"], { a: {} }, { a: [] }, { a: [{ b: [1, 2] }] }, { type: { a: [{ b: 1 }] } }];
    for (const of of Object.values(places))
      for (const value of [...values, ...further])
        expect(yamlText(of(value) as never)).toBe(fullYamlText(of(value) as never));
  });

  test("any text as a key", () => {
    for (const key of texts.filter((text) => text !== "tables"))
      for (const content of [{ [key]: "a" }, { a: { [key]: "a", b: 1 } }, { type: { [key]: "a" } }])
        expect(yamlText(content)).toBe(fullYamlText(content));
  });

  test("tables of which some are not simple", () => {
    const tables = [
      { name: "a" },
      { name: "b", comment: "two\nlines" },
      { name: "c", fields: [{ name: "d", default: "0" }] },
    ];
    expect(yamlText({ enums: [{ name: "e", values: ["a"] }], tables, views: [] })).toBe(
      fullYamlText({ enums: [{ name: "e", values: ["a"] }], tables, views: [] }),
    );
    expect(yamlText({})).toBe(fullYamlText({}));
    expect(yamlText({ tables: [] })).toBe(fullYamlText({ tables: [] }));
  });
});

test("what schemas are mostly made of needs no library", () => {
  const field = {
    name: "id",
    type: { native: "DECIMAL(10,2)" },
    default: { sql: "(1 + 2)" },
    nullable: false,
    length: 3,
  };
  const table = { name: "a", fields: [field], indexes: [{ name: "i", fields: ["id", "b"], where: "b IN ('x', 'y')" }] };
  expect(simpleYamlText({ tables: [table] }, new Set(["default"]))).toContain("- name: i");
});
