import { describe, expect, test } from "bun:test";
import { ToolError } from "../../../src/core/errors.ts";
import { combine } from "../../../src/core/schema/combine.ts";
import type { Declared } from "../../../src/core/schema/declared.ts";
import { readDocument } from "../../../src/core/schema/read.ts";
import { parseYaml } from "../../../src/runtime/yaml.ts";
import { fieldOf, tableOf } from "../../helpers/schema-text.ts";

/** Schemas in files `a`, `b`, … of which none includes another, or of which each includes all before it. */
function merge(texts: readonly string[], layered = false): Declared {
  const files = texts.map((text, i) => {
    const parsed = parseYaml(text, String.fromCharCode(97 + i));
    return readDocument(parsed.value, parsed);
  });
  return combine(files, { includes: (file, other) => layered && other < file });
}

function conflicts(...texts: string[]): readonly string[] {
  try {
    merge(texts);
  } catch (error) {
    if (error instanceof ToolError) return error.message.split("\n  ").filter((line) => line.startsWith("b:"));
    throw error;
  }
  throw new Error("nothing conflicts");
}

const field = (properties: string): string => `tables: [{ name: t, fields: [{ name: f, ${properties} }] }]`;
const merged = (a: string, b: string) => fieldOf(merge([field(a), field(b)]).schema, "t.f");

describe("files of equal rank", () => {
  test("fields, indexes and their order survive (B15)", () => {
    const a =
      "tables: [{ name: t, fields: [{ name: z, type: text }, { name: a, type: text }], indexes: [{ name: i1, fields: [z] }] }]";
    const b =
      "tables: [{ name: t, fields: [{ name: m, type: text }, { name: a, type: text }], indexes: [{ name: i2, fields: [m] }, { name: i1, fields: [z] }] }]";
    const t = tableOf(merge([a, b]).schema, "t");
    expect(t.fields.map((f) => f.name)).toEqual(["z", "a", "m"]);
    expect(t.indexes.map((i) => i.name)).toEqual(["i1", "i2"]);
  });

  test("defaults and type mappings of all are united, the later file winning per key", () => {
    const { schema } = merge([
      "defaults: { pg: { a: '1', b: '2' } }\ntables: []",
      "defaults: { pg: { b: '3' }, sqlite: { a: '4' } }\ntype_mappings: { pg: { text: CITEXT } }",
    ]);
    expect(schema.defaults).toEqual({ postgresql: { a: "1", b: "3" }, sqlite: { a: "4" } });
    expect(schema.typeMappings).toEqual({ postgresql: { text: "CITEXT" } });
  });

  test("the wider type wins, whichever file has it", () => {
    for (const [narrow, wide] of [
      ["integer", "bigint"],
      ["smallint", "bigint"],
      ["float", "double"],
    ]) {
      expect(merged(`type: ${narrow}`, `type: ${wide}`).type).toBe(`${wide}`);
      expect(merged(`type: ${wide}`, `type: ${narrow}`).type).toBe(`${wide}`);
    }
    expect(merged("type: varchar, length: 9", "type: text")).toEqual({ name: "f", type: "text", nullable: true });
    expect(merged("type: decimal, precision: 9, scale: 2", "type: float")).toEqual({
      name: "f",
      type: "decimal",
      precision: 9,
      scale: 2,
      nullable: true,
    });
  });

  test("the larger length and precision, NOT NULL, flags of either and the later default win", () => {
    expect(merged("type: varchar, length: 9, default: x", "type: varchar, length: 5, nullable: false").length).toBe(9);
    expect(merged("type: varchar, length: 9, default: x", "type: varchar, length: 5, nullable: false")).toMatchObject({
      default: "x",
      nullable: false,
    });
    expect(merged("type: text, nullable: false, default: x", "type: text, nullable: true, default: y")).toMatchObject({
      default: "y",
      nullable: false,
    });
    expect(merged("type: decimal, precision: 9, scale: 2", "type: decimal, precision: 12, scale: 1")).toMatchObject({
      precision: 12,
      scale: 1,
    });
    expect(
      tableOf(merge([field("type: text"), field("type: text, primary_key: true")]).schema, "t").primaryKey,
    ).toEqual(["f"]);
  });

  test("what cannot be united is reported with both places", () => {
    expect(conflicts(field("type: integer"), field("type: uuid"))).toEqual([
      `b:1:30: field "t.f" has type "uuid" here and "integer" in a:1; make them agree`,
    ]);
    const to = (table: string, action: string) =>
      field(`type: foreign_key, foreign_key: { table: ${table}, on_delete: ${action} }`);
    expect(conflicts(to("t", "CASCADE"), to("u", "RESTRICT")).slice(0, 2)).toEqual([
      `b:1:30: field "t.f" has a foreign key to "u" here and "t" in a:1; make them agree`,
      `b:1:30: field "t.f" has on_delete RESTRICT here and CASCADE in a:1; make them agree`,
    ]);
    const index = (properties: string) =>
      `tables: [{ name: t, fields: [{ name: f, type: text }], indexes: [{ name: i, ${properties} }] }]`;
    const part = "fields: [{ field: f, operator_class: text_pattern_ops, collation: C }]";
    expect(conflicts(index("fields: [f]"), index(part))).toEqual([
      expect.stringContaining('index "i" of table "t" is on (f collate "C" text_pattern_ops) here and on (f) in a:1;'),
    ]);
    expect(conflicts(index("fields: [f]"), index("fields: [f], unique: true"))).toEqual([
      `b:1:66: index "i" of table "t" is unique on (f) here and on (f) in a:1; give one of them another name or make them equal`,
    ]);
    const key = (list: string) =>
      `tables: [{ name: t, primary_key: ${list}, fields: [{ name: f, type: text }, { name: g, type: text }] }]`;
    expect(conflicts(key("[f, g]"), key("[g, f]"))).toEqual([
      `b:1:34: table "t" has the primary key (g, f) here and (f, g) in a:1; give it once`,
    ]);
  });
});

describe("a file that includes another", () => {
  const base =
    "defaults: { pg: { x: old } }\ntables: [{ name: t, primary_key: [a], fields: [{ name: a, type: integer }, { name: b, type: varchar, length: 90, nullable: false }], indexes: [{ name: i, fields: [a] }, { name: j, fields: [b] }] }]";
  const own =
    "defaults: { pg: { x: new } }\ntables: [{ name: t, fields: [{ name: c, type: text }, { name: b, type: uuid }], indexes: [{ name: i, fields: [c], unique: true }] }]";

  test("wins field by field and index by index; the rest and its order stay (B14)", () => {
    const { schema } = merge([base, own], true);
    const t = tableOf(schema, "t");
    expect(t.fields).toEqual([
      { name: "a", type: "integer", nullable: false },
      { name: "b", type: "uuid", nullable: true },
      { name: "c", type: "text", nullable: true },
    ]);
    expect(t.indexes).toEqual([
      { name: "i", fields: ["c"], unique: true },
      { name: "j", fields: ["b"] },
    ]);
    expect(t.primaryKey).toEqual(["a"]);
    expect(schema.defaults).toEqual({ postgresql: { x: "new" } });
  });
});
