import { describe, expect, test } from "bun:test";
import { addIncludes } from "../../src/runtime/add-includes.ts";

const auth = { package: "@acme/auth", path: "schema.yaml" };
const block = `  - package: "@acme/auth"\n    path: schema.yaml\n`;
const flow = `{ package: "@acme/auth", path: schema.yaml }`;

describe("an include is added, and nothing else changes", () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    [
      "before the first key, below what heads the file",
      "# ours\n\n# all of them\ntables:   # here\n- {name: t}\n",
      `# ours\n\n# all of them\ninclude:\n${block}tables:   # here\n- {name: t}\n`,
    ],
    ["behind a document's beginning", "---\ntables: []\n", `---\ninclude:\n${block}tables: []\n`],
    ["in an empty file", "", `include:\n${block}`],
    ["in a file of comments", "# nothing yet", `# nothing yet\ninclude:\n${block}`],
    [
      "behind a list, with its indentation",
      "include:\n    - a.yaml # why\n    # and\n    - path:  b.yaml  # too\n\n# tables\ntables: []\n",
      `include:\n    - a.yaml # why\n    # and\n    - path:  b.yaml  # too\n${block.replaceAll(/^/gm, "  ").trimEnd()}\n\n# tables\ntables: []\n`,
    ],
    [
      "at the end of a file without a line break",
      "include:\n- a.yaml",
      `include:\n- a.yaml\n${block.replaceAll(/^ {2}/gm, "")}`,
    ],
    [
      "in brackets",
      "include: [a.yaml, {path: b.yaml}] # two\ntables: []\n",
      `include: [a.yaml, {path: b.yaml}, ${flow}] # two\ntables: []\n`,
    ],
    ["in brackets over lines", "include: [\n  a.yaml, # one\n]\n", `include: [\n  a.yaml, ${flow}, # one\n]\n`],
    ["in empty brackets", "include: []\n", `include: [${flow}]\n`],
    ["at a key without a value", "include: # none\ntables: []\n", `include: [${flow}] # none\ntables: []\n`],
    ["for a null", "include: ~\n", `include: [${flow}]\n`],
    ["in a file in braces", "{ tables: [] }\n", `{ include: [${flow}], tables: [] }\n`],
    ["with Windows line ends", "tables: []\r\n", `include:\r\n${block.replaceAll("\n", "\r\n")}tables: []\r\n`],
  ];
  for (const [what, before, after] of cases)
    test(what, () => expect(addIncludes(before, "s.yaml", [auth])).toBe(after));

  test("several at once, and paths that need quotes", () => {
    expect(addIncludes("tables: []\n", "s.yaml", [auth, { package: "b", path: "1 #/schema.yaml" }])).toBe(
      `include:\n${block}  - package: "b"\n    path: "1 #/schema.yaml"\ntables: []\n`,
    );
  });
});

describe("what cannot be added to", () => {
  const cases: readonly (readonly [text: string, why: string])[] = [
    ["x: &l [a.yaml]\ninclude: *l\n", `its "include" is no plain list`],
    ["include: a.yaml\n", `its "include" is no plain list`],
    ["- a\n", `its "include" is no plain list`],
    ["tables: [\n", "it is not valid YAML"],
  ];
  for (const [text, why] of cases)
    test(text.trim(), () =>
      expect(() => addIncludes(text, "s.yaml", [auth])).toThrow(
        `"s.yaml" cannot be added to: ${why}; write the include by hand`,
      ),
    );
});
