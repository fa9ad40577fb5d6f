import { describe, expect, test } from "bun:test";
import { codeOf } from "../../sandbox/host/code.ts";
import { codeText } from "../../sandbox/host/code-text.ts";

// What of a migration with functions is in its checksum, for ever: an applied one must not look changed by a formatter or a newer godwit.

const file = `import { migration, runCode } from "godwit";

const limit: number = 10; // rows

export default migration({
  dependencies: ["0001_a"],
  operations: [
    runCode({
      forward: async (db) => {
        const rows = await db.query<{ id: number }>("SELECT id FROM a LIMIT ?", [limit]);
        for (const { id } of rows) await db.execute('DELETE FROM a WHERE id = ?', [id]);
      },
      backward: "",
    }),
  ],
});
`;

describe("the same code", () => {
  const same: Readonly<Record<string, (text: string) => string>> = {
    "other line ends": (text) => text.replaceAll("\n", "\r\n"),
    "other indentation": (text) => text.replaceAll("  ", "\t"),
    "no comments": (text) => text.replace(" // rows", ""),
    "more comments": (text) => text.replace("forward:", "/* why */ forward: /* how */"),
    "other types": (text) => text.replace(": number = 10", " = 10 as const").replace("<{ id: number }>", ""),
    "other quotes": (text) => text.replaceAll('"', "'"),
    "no closing commas": (text) => text.replaceAll(/,(\s*[\]})])/g, "$1"),
    "on one line": (text) => text.replace(" // rows", "").replaceAll(/\n\s*/g, " "),
    "other dependencies": (text) => text.replace('["0001_a"]', '["0001_a", "0001_b"]'),
    "no dependencies": (text) => text.replace('  dependencies: ["0001_a"],\n', ""),
    limits: (text) =>
      text.replace("  operations", '  codeTimeout: "5m",\n  codeMemory: 128,\n  lockTimeout: "1s",\n  operations'),
    "an unused type": (text) =>
      text
        .replace("const limit", "interface Row { id: number }\nconst limit")
        .replace("runCode }", "runCode, type Database }"),
  };
  for (const [what, change] of Object.entries(same))
    test(what, () => {
      expect(change(file)).not.toBe(file);
      expect(codeText(change(file))).toBe(codeText(file));
    });
});

describe("other code", () => {
  const other: Readonly<Record<string, (text: string) => string>> = {
    "a constant that the function uses": (text) => text.replace("= 10", "= 11"),
    "a text": (text) => text.replace("DELETE FROM a", "DELETE  FROM a"),
    "an operator": (text) => text.replace("= ?', [id]", "= ?', [-id]"),
    "another module": (text) => text.replace('"godwit";', '"godwit";\nimport "acme/more";'),
    "an option that is worked out": (text) => text.replace('["0001_a"]', '["0001_a", name()]'),
    "a statement that ends early": (text) => text.replace('backward: ""', "backward: () => { return\n1; }"),
  };
  for (const [what, change] of Object.entries(other))
    test(what, () => {
      expect(change(file)).not.toBe(file);
      expect(codeText(change(file))).not.toBe(codeText(file));
    });

  test("holes in lists, line breaks after return, and texts in templates are not white space", () => {
    expect(codeText("f([1,,2])")).not.toBe(codeText("f([1,2])"));
    expect(codeText("f([,])")).not.toBe(codeText("f([])"));
    expect(codeText("() => { return\nx }")).not.toBe(codeText("() => { return x }"));
    expect(codeText("f(`a b`)")).not.toBe(codeText("f(`a  b`)"));
    expect(codeText("f(/a b/)")).not.toBe(codeText("f(/a  b/)"));
    expect(codeText('f("a\\"b")')).toBe(codeText("f('a\"b')"));
    expect(codeText('f("a\\nb")')).not.toBe(codeText('f("anb")'));
  });
});

test("the hash is the one that histories hold", async () => {
  expect((await codeOf(file)).hash).toBe("8755b28cdcf8176db2eff8219671adc7f27c49d218065af93ef447005f7c2c3f");
});

describe("modules", () => {
  const importing = file.replace('"godwit";', '"godwit";\nimport { a } from "acme/a";');
  const symbols = (a: string, b: string, c = "1") =>
    ({
      "acme/a": { kind: "guest", source: a },
      "acme/b": { kind: "guest", source: b },
      "acme/c": { kind: "guest", source: c },
    }) as const;
  const hash = async (source: string, a: string, b: string, c?: string) =>
    (await codeOf(source, symbols(a, b, c))).hash;
  const a = 'import { b } from "acme/b"; export const a = b;';

  test("count when they are imported, directly or by another one", async () => {
    const first = await hash(importing, a, "export const b = 1;");
    expect(await hash(importing, a, "export const b = 1 // one")).not.toBe(first);
    expect(await hash(importing, a, "export const b  =  1; // one")).toBe(first);
    expect(await hash(importing, a, "export const b = 2;")).not.toBe(first);
    expect(await hash(importing, a, "export const b = 1;", "2")).toBe(first);
    expect(Object.keys((await codeOf(importing, symbols(a, ""))).modules)).toEqual(["acme/a", "acme/b"]);
  });

  test("do not count for who imports none", async () => {
    expect(await hash(file, "1", "2")).toBe((await codeOf(file)).hash);
  });
});
