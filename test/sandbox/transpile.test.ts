import { describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateModules } from "../../sandbox/host/index.ts";
import { evaluate, evaluateModule, failure } from "./evaluate.ts";

describe("nothing of the host is read or run while types are removed", () => {
  test("an import of JSON, text, files or SQLite is refused, not inlined", async () => {
    for (const type of ["json", "text", "file", "sqlite", "toml"]) {
      const error = await failure(
        evaluate(`import x from "/etc/hostname" with { type: "${type}" };\nexport default { x };`),
      );
      expect(error.message).toContain('"/etc/hostname" cannot be imported');
    }
  });

  test("macros are refused in both spellings", async () => {
    for (const source of [
      'import { x } from "./m.ts" with { type: "macro" };\nexport default { x: x() };',
      'import { x } from "macro:./m.ts";\nexport default { x: x() };',
      'import x from "/etc/hostname" with { type: "macro" };\nexport default { x: x`t` };',
    ]) {
      expect((await failure(evaluate(source))).message).toMatch(/macros are not available|cannot be imported/);
    }
  });

  test("no spelling of a macro import runs a file that exists", async () => {
    const directory = mkdtempSync(join(tmpdir(), "godwit-macro-"));
    const marker = join(directory, "marker");
    const evil = join(directory, "evil.ts");
    const write = `require("node:fs").writeFileSync(${JSON.stringify(marker)}, "")`;
    writeFileSync(evil, `${write};\nexport const x = () => ${write};\nexport default x;`);
    for (const source of [
      `import { x } from "${evil}" with { type: "macro" };\nexport default { a: x() };`,
      `import x from "${evil}" with { type: "macro" };\nexport default { a: x };`,
      `import * as m from "${evil}" with { type: "macro" };\nexport default { a: m.x() };`,
      `import { x } from "${evil}" assert { type: "macro" };\nexport default { a: x() };`,
      `import { x } from "macro:${evil}";\nexport default { a: x() };`,
      `export { x as default } from "${evil}" with { type: "macro" };`,
      `export default await import("${evil}", { with: { type: "macro" } });`,
      `export default require("macro:${evil}");`,
      `export default require("${evil}");`,
      `import "${evil}";\nexport default {};`,
    ]) {
      await failure(evaluate(source));
      expect(existsSync(marker)).toBe(false);
    }
    rmSync(directory, { recursive: true });
  });

  test("a re-export of a host file is refused", async () => {
    const error = await failure(evaluate('export { default } from "/etc/hostname";'));
    expect(error.message).toContain('"/etc/hostname" cannot be imported');
  });

  test("the environment is not inlined, not even NODE_ENV", async () => {
    for (const name of ["NODE_ENV", "HOME", "PATH"]) {
      const error = await failure(evaluate(`export default { x: process.env.${name} };`));
      expect(error.message).toContain('"process" is not available');
    }
  });

  test("__dirname, __filename and import.meta say nothing of this machine", async () => {
    const value = await evaluate("export default { d: __dirname, f: __filename };");
    expect(JSON.stringify(value)).not.toContain(process.cwd());
    for (const name of ["dir", "path", "env", "file"]) {
      const meta = JSON.stringify(await evaluate(`export default { x: String(import.meta.${name}) };`));
      expect(meta).not.toContain(process.cwd());
      expect(meta).not.toContain("HOME");
    }
  });

  test("tsconfig.json and package.json of the machine take no part", async () => {
    const value = await evaluate("class A { x = 1 }\nexport default { own: Object.keys(new A()) };");
    expect(value).toEqual({ own: ["x"] });
  });
});

describe("TypeScript", () => {
  test("enums, type-only imports, imports used as types, satisfies, overloads", async () => {
    const source = `import { createTable, migration, type Operation, type Field } from "godwit";
import type { Nothing } from "./nothing.ts";
import { type Phantom } from "./phantom.ts";
enum Size { Small = 10, Large = Small * 20 }
const enum Flag { A = 1 << 2 }
function field(name: string): Field;
function field(name: string): Field { return { name, type: "varchar", length: Size.Large } satisfies Field; }
const unused: Nothing | Phantom | undefined = undefined;
const list: readonly Operation[] = [createTable({ name: "t" as const, fields: [field("a"), field(<string>"b")!] })];
export default migration({ operations: list, dependencies: [\`\${Flag.A}\`, String(unused)] });`;
    expect(await evaluate(source)).toEqual({
      operations: [
        {
          kind: "createTable",
          name: "t",
          fields: [
            { name: "a", type: "varchar", length: 200 },
            { name: "b", type: "varchar", length: 200 },
          ],
        },
      ],
      dependencies: ["4", "undefined"],
    });
  });

  test("CRLF, a byte order mark and names in any script", async () => {
    const source = '\uFEFFconst größe = 1;\r\nconst 名 = "😀";\r\nexport default { größe, 名 };\r\n';
    expect(await evaluate(source)).toEqual({ größe: 1, 名: "😀" });
  });
});

describe("errors show the author's line and column", () => {
  const padding = Array.from({ length: 44 }, (_, i) => `interface Type${i} { readonly a: string }`);

  for (const [name, prefix, newline] of [
    ["LF", "", "\n"],
    ["CRLF", "", "\r\n"],
    ["a byte order mark", "\uFEFF", "\n"],
  ] as const) {
    test(`at run time, line 47 of a file with types, ${name}`, async () => {
      const lines = [
        ...padding,
        "type Last = Type1;",
        "const a: Last | undefined = undefined;",
        "  (a as unknown as () => void)();",
        "export default {};",
      ];
      const error = await failure(evaluate(prefix + lines.join(newline)));
      expect(error.message).toContain("not a function");
      expect(error.data).toMatchObject({ file: "0001_test.ts", line: 47 });
      expect(error.data["column"]).toBeGreaterThanOrEqual(3);
    });
  }

  test("a thrown error shows the column of its construction", async () => {
    const error = await failure(
      evaluate('const x: number = 1;\nexport default { a: x, b: (() => { throw new TypeError("bad"); })() };'),
    );
    expect(error.message).toBe("0001_test.ts:2:46: TypeError: bad");
  });

  test("after astral characters the column counts UTF-16 units", async () => {
    const error = await failure(evaluate('export default { a: "😀😀", b: missing };'));
    expect(error.data).toMatchObject({ line: 1, column: 32 });
  });

  test("when it cannot be parsed, also beyond the first line and after multi-byte text", async () => {
    const error = await failure(evaluate('// ü\nconst s: string = "ü";\nexport default { a: ] };'));
    expect(error.data).toMatchObject({ line: 3, column: 21 });
  });

  test("of the operation that a part of the value belongs to", async () => {
    const source = `import { createTable, migration } from "godwit";\n\nexport default migration({\n  operations: [\n    createTable({ name: "a", fields: [] }),\n    createTable({ name: "b", fields: [] }),\n  ],\n});\n`;
    const module = await evaluateModule(source);
    expect(await module.locate("operations[1].fields[0].name")).toEqual({ file: "0001_test.ts", line: 6, column: 5 });
    expect(await module.locate("dependencies")).toMatchObject({ line: 3 });
    const computed = await evaluateModule(source.replace('"b"', '["b"].join("")'));
    expect(await computed.locate("operations[1]")).toMatchObject({ line: 6, column: 5 });
  });
});

test("each of several files has places of its own", async () => {
  // Written on different lines, so that the map of another file gives another place.
  const files = Array.from({ length: 12 }, (_, i) => ({
    path: `${String(i + 1).padStart(4, "0")}_x.ts`,
    source: `${"\n".repeat(i)}const bad: number = ${i};\nif (bad === globalThis.wanted) bad.missing();\nexport default { bad };\n`,
  }));
  for (const [i, { path, source }] of files.entries()) {
    const others = files.toSpliced(i, 1, { path, source: source.replace("globalThis.wanted", String(i)) });
    const error = await failure(evaluateModules(others, { deadlineMs: 20_000 }));
    expect(error.message).toContain(`${path}:${i + 2}:`);
  }
});

describe("what is too large or too deep is refused before it runs", () => {
  test("source size", async () => {
    const error = await failure(evaluate(`export default { a: "${"x".repeat(4 * 1024 * 1024)}" };`));
    expect(error).toMatchObject({ code: "limit", data: { limit: "size" } });
  });

  test("an enum that grows, short of exploding", async () => {
    const members = Array.from({ length: 18 }, (_, i) => `a${i + 1} = a${i} + a${i}`).join(", ");
    const error = await failure(
      evaluate(`enum E { a0 = "${"x".repeat(64)}", ${members} }\nexport default { x: E.a18 };`),
    );
    expect(error.message).toContain("x is a text of 16777216 characters");
  });

  test("nesting", async () => {
    for (const [open, close] of [
      ["(", ")"],
      ["[", "]"],
      ["!", ""],
      ["`${", "}`"],
    ] as const) {
      const error = await failure(evaluate(`export default ${open.repeat(50_000)}1${close.repeat(50_000)};`));
      expect(error.message).toContain("nested too deeply");
    }
  });
});
