import { afterAll, describe, expect, test } from "bun:test";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { typeOf } from "../../src/build/shapes.ts";

const root = join(import.meta.dir, "../..");
const project = mkdtempSync(join(tmpdir(), "godwit-types-"));
cpSync(join(root, "templates/project/godwit.d.ts"), join(project, "godwit.d.ts"));
cpSync(join(root, "templates/project/godwit"), join(project, "godwit"), { recursive: true });
cpSync(join(root, "templates/project/tsconfig.json"), join(project, "tsconfig.json"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What plain `tsc` says about a migration in a project that has nothing installed. */
function check(source: string): string {
  writeFileSync(join(project, "0001_test.ts"), source);
  const { stdout } = Bun.spawnSync([join(root, "node_modules/.bin/tsc"), "--pretty", "false", "-p", project]);
  return stdout.toString();
}

const createTable = (field: string) => `import { createTable, migration } from "godwit";
export default migration({
  operations: [createTable({ name: "t", fields: [${field}] })],
});
`;

describe("an author's editor, with nothing installed", () => {
  test("accepts a migration, native types included", () => {
    const fields = `{ name: "a", type: "varchar", length: 10 }, { name: "b", type: "citext", default: { sql: "x()" } },
      { name: "c", type: "foreign_key", foreignKey: { table: "u", onDelete: "CASCADE" } }`;
    expect(check(createTable(fields))).toBe("");
  });

  for (const [what, field, says] of [
    ["an unknown key", '{ name: "a", type: "text", lenght: 1 }', "'lenght' does not exist in type 'Field'"],
    ["a missing key", '{ name: "a" }', "Property 'type' is missing"],
    [
      "a wrong value",
      '{ name: "a", type: "text", nullable: "yes" }',
      "Type 'string' is not assignable to type 'boolean",
    ],
    [
      "a wrong choice",
      '{ name: "a", type: "foreign_key", foreignKey: { table: "u", onDelete: "cascade" } }',
      "'\"cascade\"'",
    ],
  ] as const) {
    test(`refuses ${what}`, () => {
      const found = check(createTable(field));
      expect(found).toContain("0001_test.ts(3,");
      expect(found).toContain(says);
    });
  }

  test("refuses an unknown operation and an unknown option of the migration", () => {
    expect(check('import { createTabel } from "godwit";\n')).toContain("createTabel");
    expect(
      check('import { migration } from "godwit";\nexport default migration({ operations: [], depends: [] });\n'),
    ).toContain("'depends'");
  });

  test("knows the built-in modules, and that there are no others", () => {
    const source = (time: string) => `import { parseRecords } from "godwit/csv";
import { sha256 } from "godwit/hash";
import { slugify } from "godwit/text";
import { namespaces, v5, v7 } from "godwit/uuid";
export default parseRecords("a").map(({ a = "" }) => [sha256(a), slugify(a), v5(a, namespaces.dns), v7({ ${time} seed: a })]);
`;
    expect(check(source("time: 1,"))).toBe("");
    expect(check(source(""))).toContain("Property 'time' is missing");
    expect(check('import * as x from "godwit/xml";\nexport default x;\n')).toContain("godwit/xml");
  });

  test("knows no clock-free world's missing globals", () => {
    expect(check("export default process.env;\n")).toContain("process");
  });
});

describe("types made from validators", () => {
  const none = { shapes: [], patterns: new Map() };

  test("objects with optional, described and nested fields", () => {
    const shape = v.strictObject({
      a: v.pipe(v.string(), v.minLength(1), v.description("The a.")),
      b: v.exactOptional(v.pipe(v.array(v.union([v.string(), v.number()])), v.description("Many b."))),
      c: v.strictObject({ d: v.record(v.string(), v.nullable(v.boolean())) }),
    });
    expect(typeOf(shape, none)).toBe(
      "{\n  /** The a. */\n  readonly a: string;\n  /** Many b. */\n  readonly b?: readonly (string | number)[];\n" +
        "  readonly c: {\n    readonly d: Readonly<Record<string, boolean | null>>;\n  };\n}",
    );
  });

  test("names are used for shared shapes and for patterns, also under a description", () => {
    const pattern = /^x/;
    const shared = v.picklist(["A", "B"]);
    const names = { shapes: [{ name: "Letter", schema: shared }], patterns: new Map([[pattern, "X"]]) };
    const shape = v.object({
      a: v.exactOptional(v.pipe(shared, v.description("One."))),
      b: v.pipe(v.pipe(v.string(), v.regex(pattern)), v.description("x")),
    });
    expect(typeOf(shape, names)).toContain("readonly a?: Letter;");
    expect(typeOf(shape, names)).toContain("readonly b: X;");
  });

  test("a validator it does not know is an error, not unknown", () => {
    expect(() => typeOf(v.object({ a: v.date() }), none)).toThrow('the validator "date"');
  });
});
