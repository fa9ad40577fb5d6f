import { expect, test } from "bun:test";
import { withDependencies, withSqlDependencies } from "../../../src/core/plan/edit-dependencies.ts";

const around = (dependencies: string): string =>
  `import { migration, runSQL } from "godwit";\n// dependencies: ["not", "this"]\nexport default migration({\n  ${dependencies}operations: [runSQL({ forward: \`-- dependencies: ["nor this"]\` })],\n});\n`;

test.each([
  ['dependencies: ["0001_a"],\n  ', 'dependencies: ["0002_b"],\n  '],
  ["dependencies: ['0001_a', \"0001_b\",],\n  ", 'dependencies: ["0002_b"],\n  '],
  ['"dependencies": [\n    "0001_a", // why\n  ],\n  ', '"dependencies": ["0002_b"],\n  '],
  ["dependencies: [], ", 'dependencies: ["0002_b"], '],
])("a list of names is replaced: %j", (before, after) => {
  expect(withDependencies(around(before), ["0002_b"])).toBe(around(after));
});

test("where there is none, it is put in", () => {
  expect(withDependencies("export default migration({ operations: [] });\n", ["0002_b"])).toBe(
    'export default migration({\n  dependencies: ["0002_b"], operations: [] });\n',
  );
});

test.each([
  "dependencies: before,\n  ",
  "dependencies: [first, '0001_a'],\n  ",
  "dependencies: [...many],\n  ",
  "dependencies,\n  ",
  "dependencies: ['a'],\n  more: { dependencies: ['b'] },\n  ",
])("what is not one list of plain names is left to people: %j", (text) => {
  expect(withDependencies(around(text), ["0002_b"])).toBeUndefined();
});

test("of SQL it is the comment, or nothing", () => {
  expect(withSqlDependencies("-- Dependencies: 0001_a, 0001_b\r\nSELECT 1;\n", ["0002_b", "0002_c"])).toBe(
    "-- Dependencies: 0002_b, 0002_c\r\nSELECT 1;\n",
  );
  expect(withSqlDependencies("SELECT 1;\n", ["0002_b"])).toBe("SELECT 1;\n");
});
