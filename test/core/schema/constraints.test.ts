import { describe, expect, test } from "bun:test";
import { canonicalJson } from "../../../src/core/schema/canonical.ts";
import { freeName } from "../../../src/core/schema/constraints.ts";
import { objectName } from "../../../src/core/schema/names.ts";
import { parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";

const yaml = `tables:
  - name: rooms
    comment: "Rooms: all of them"
    fields:
      - { name: id, type: bigint, identity: { always: true, start: 100, max: 9223372036854775806 } }
      - { name: no, type: integer, nullable: false, unique: true, check: "no > 0", index: true }
      - { name: word, type: text, collation: C, comment: it's a word, options: { pg: { storage: external, statistics: 500 } } }
      - { name: twice, type: integer, generated: "no * 2" }
      - { name: at, type: timestamptz, precision: 3 }
      - { name: during, type: { native: tstzrange } }
      - { name: owner, type: foreign_key, foreign_key: { table: owners, deferrable: deferred, not_valid: true, match_full: true, on_delete: SET_NULL, on_delete_fields: [owner] } }
    primary_key: { fields: [id], include: [word, at] }
    options: { postgresql: { cluster_on: i, replica_identity: index rooms_no_key } }
    indexes:
      - { name: i, fields: [word, { field: no, order: desc, nulls: last }, { expression: lower(word), operator_class: text_ops(siglen=3) }], include: [at], nulls_not_distinct: true, unique: true, with: { fillfactor: 70 }, comment: "an index" }
    constraints:
      - { name: apart, exclude: [{ field: no, with: "=" }, { field: during, with: "&&" }], method: gist, where: no > 1, deferrable: true }
      - { unique: [word, no], nulls_not_distinct: true, include: [at], deferrable: immediate }
      - { check: no <> 7, no_inherit: true, not_valid: true }
      - { check: no < 9 OR word = 'x' }
  - name: owners
    fields:
      - { name: id, type: serial, primary_key: true }
`;

describe("the whole of a table", () => {
  test("is read, and written so that it reads the same", () => {
    const { schema } = parseSchema(yaml, "schema.yaml");
    const again = parseSchema(writeYaml(schema), "written.yaml").schema;
    expect(canonicalJson(again)).toBe(canonicalJson(schema));
    const [rooms] = schema.tables;
    expect(rooms?.constraints?.map(({ name }) => name)).toEqual([
      "rooms_no_key",
      "rooms_no_check",
      "apart",
      "rooms_word_no_at_key",
      "rooms_no_check1",
      "rooms_check",
    ]);
    expect(rooms?.indexes.map(({ name }) => name)).toEqual(["i", "rooms_no_idx"]);
  });

  test.each([
    ["constraints: [{ name: x }]", 'expected one of "check", "unique" or "exclude"'],
    ["constraints: [{ check: a > 0, unique: [a] }]", "found 2"],
    ["constraints: [{ check: a > 0, deferrable: true }]", '"deferrable" means nothing with "check"'],
    ["constraints: [{ unique: [b] }]", 'names field "b", which it does not have'],
    [
      "constraints: [{ unique: [a], deferrable: later }]",
      '"deferrable" must be "immediate" or "deferred", found "later"',
    ],
    ["constraints: [{ exclude: [{ field: a, with: ';' }] }]", '";" is not an operator'],
    ["indexes: [{ name: i, fields: [{ order: desc }] }]", 'needs either "field" or "expression"'],
    ["indexes: [{ name: i, fields: [{ field: a, order: up }] }]", '"order" must be "asc" or "desc", found "up"'],
    ["indexes: [{ name: i, fields: [a], include: [zz] }]", 'names field "zz"'],
    ["primary_key: { fields: [a], include: [zz] }", 'the primary key of table "t" names field "zz"'],
    [
      "options: { pg: { cluster_on: zz } }",
      'option "cluster_on" of table "t" names index "zz", which it does not have',
    ],
    ["indexes: [{ name: i, fields: [a], with: { 'x y': 1 } }]", '"x y" is not the name of a storage parameter'],
  ])("%s is refused with its place", (line, message) => {
    const text = `tables:\n  - name: t\n    fields: [{ name: a, type: integer }]\n    ${line}\n`;
    expect(() => parseSchema(text, "schema.yaml")).toThrow(message);
    expect(() => parseSchema(text, "schema.yaml")).toThrow(/schema\.yaml:[34]/);
  });

  test("a value comes from one place", () => {
    const text = "tables:\n  - name: t\n    fields: [{ name: a, type: integer, default: 1, generated: 2 * 2 }]\n";
    expect(() => parseSchema(text, "schema.yaml")).toThrow(/both say where its values come from/);
  });
});

describe("names of constraints without one", () => {
  test.each([
    ["t", ["a", "b"], "key", "t_a_b_key"],
    ["a".repeat(40), ["b".repeat(40)], "key", `${"a".repeat(29)}_${"b".repeat(29)}_key`],
    ["t", ["b".repeat(63)], "check", `t_${"b".repeat(55)}_check`],
  ])("%s %p %s", (table, fields, suffix, name) => {
    expect(objectName(table, fields, suffix)).toBe(name);
  });

  test("are numbered where they would be the same", () => {
    const taken = new Set(["t_a_check", "t_a_check1"]);
    expect(freeName("t", { check: "a > 0" }, { fields: ["a", "b"], taken })).toBe("t_a_check2");
  });
});
