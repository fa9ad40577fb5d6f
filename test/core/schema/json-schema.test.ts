import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { schemaFileShape } from "../../../src/core/schema/json-schema.ts";
import { readDocument } from "../../../src/core/schema/read.ts";
import { parseYaml } from "../../../src/runtime/yaml.ts";

// What the JSON Schema says of a document, and what the reader does.
const validate = new Ajv({
  allowUnionTypes: true,
  allowMatchingProperties: true,
  strictRequired: false,
  strictTypes: false,
  allErrors: true,
}).compile(schemaFileShape());

const complaints = (document: unknown): readonly string[] => {
  const locate = () => ({ file: "schema.yaml", line: 1, column: 1 });
  return readDocument(document, { file: "schema.yaml", locate }).problems.map(({ message }) => message);
};

const root = join(import.meta.dir, "../../..");
const fence = /^```yaml\n([\s\S]*?)^```/gm;
const documents: readonly unknown[] = [
  ...[...readFileSync(join(root, "docs/schema.md"), "utf8").matchAll(fence)].map(([, text = ""]) => text),
  readFileSync(join(root, "templates/project/schema.yaml"), "utf8"),
  `
tables:
  - name: all
    primary_key: { fields: [a, b], include: [c] }
    comment: everything
    row_security: Forced
    renamed_from: none
    options: { clickhouse: { engine: MergeTree }, PG: { x: } }
    fields:
      - { name: a, type: INTEGER, primary_key: yes, nullable: "No", unique: on, index: true, check: a > 0 }
      - { name: b, type: { native: "NUMERIC(10, 2)[]" }, default: { sql: 1 }, generated: a + 1, collation: C, comment: 7 }
      - { name: c, type: decimal, precision: 10, scale: 2, default: 0.10, generated: { as: a, stored: true }, options: { pg: { statistics: 3, storage: main } } }
      - { name: d, type: bigint, identity: { always: true, start: "99999999999999999999", increment: -1, cycle: no } }
      - { name: e, type: bigint, identity: by_default, length: 4, auto_create: true, auto_update: false }
      - { name: f, type: foreign_key, foreign_key: { table: t, name: k, on_delete: set null, on_update: Do-Nothing, deferrable: deferred, not_valid: y, match_full: n, on_delete_fields: [f] } }
      - { name: g, type: many_to_many, many_to_many: { table: t, through: u } }
      - { name: 7, type: text, default: { value: "" }, renamed_from: 8 }
    indexes:
      - { name: i, fields: [a, { field: b, order: DESC, nulls: first, collation: C, operator_class: o }, { expression: lower(c), order: asc }], unique: true, method: gin, where: a > 0, include: [c], nulls_not_distinct: true, with: { fillfactor: 70 }, comment: x, foreign_key: 1, from_fk: { a: 1 } }
    foreign_keys:
      - { fields: [a, b], references: other, on_delete: CASCADE }
      - { name: n, fields: [a], references: { table: other, fields: [x] } }
    constraints:
      - { name: c, check: a > 0, no_inherit: true, not_valid: true }
      - { unique: [a, b], include: [c], nulls_not_distinct: true, deferrable: true }
      - { exclude: [{ field: a, with: "&&" }, { expression: b, with: = }], method: gist, where: a, deferrable: immediate }
views:
  - { name: v, query: SELECT 1, columns: [a], materialized: true, options: { x: 1 }, comment: y, indexes: [{ name: j, fields: [a] }], depends_on: [w] }
objects: [{ kind: trigger, name: t, table: all, definition: CREATE TRIGGER t, drop: DROP TRIGGER t, depends_on: [v] }]
enums: [{ name: mood, values: [sad, ok] }]
include: [a.yaml, { package: p, path: x }]
defaults: { postgres: { a: now(), b: }, SQLite3: { a: 1 } }
type_mappings: { mysql: { money: "DECIMAL({{.Precision}}, 2)" } }
database: { name: x, version: 1.0, migration_version: 2, type: y, description: z }
`,
].map((text) => parseYaml(text, "schema.yaml").value);

test.each(documents.map((document, i) => [i, document] as const))("document %d is taken by both", (_, document) => {
  expect({ problems: complaints(document), errors: validate(document) ? [] : validate.errors }).toEqual({
    problems: [],
    errors: [],
  });
});

type Path = readonly (string | number)[];

/** The paths of all values of a document. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

/** A copy with something else in one place. */
function withAt(document: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(document);
  const copy = Array.isArray(document) ? [...document] : { ...(document as object) };
  const at = copy as Record<string | number, unknown>;
  at[first] = withAt(at[first], rest, change);
  return copy;
}

const changes: readonly ((value: unknown) => unknown)[] = [
  () => null,
  () => [],
  () => ({}),
  () => "",
  () => " ",
  () => "zzz",
  () => -1,
  () => 1.5,
  () => 3,
  () => true,
  () => [["x"]],
  () => ["x", "x"],
  () => [null],
  () => ({ zzz: 1 }),
  () => ["x"],
  (value) => (typeof value === "object" && !Array.isArray(value) ? { ...value, zzz: 1 } : value),
  (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).slice(1));
  },
];

/** What only the reader tells. */
const onlyReader = [
  "is given twice",
  "is declared twice",
  "means nothing with",
  "expected one of",
  'needs either "field" or "expression"',
  "nothing is declared",
  "is a field type; write type",
  "the value",
  "is a Go module",
  "is missing: a trigger is part of",
  "only a materialized view has indexes",
];

test("whatever is changed in them, both say the same", () => {
  let both = 0;
  const differing: string[] = [];
  for (const document of documents)
    for (const path of pathsOf(document))
      for (const change of changes) {
        const changed = withAt(document, path, change);
        const problems = complaints(changed);
        const accepted = validate(changed);
        if (accepted === (problems.length === 0)) both++;
        else if (!(accepted && problems.every((p) => onlyReader.some((known) => p.includes(known)))))
          differing.push(
            `${path.join(".")} = ${JSON.stringify(change(undefined))}: ${problems.join("; ") || `only the shape: ${JSON.stringify(validate.errors?.map((e) => `${e.instancePath} ${e.message}`))}`}`,
          );
      }
  expect([...new Set(differing)]).toEqual([]);
  expect(both).toBeGreaterThan(5_000);
});
