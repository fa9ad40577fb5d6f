import { describe, expect, test } from "bun:test";
import type { Constraint, Index, Schema } from "../../../src/core/schema/model.ts";
import { parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";

const schema = (constraints: readonly Constraint[], indexes: readonly Index[] = []): Schema => ({
  tables: [
    {
      name: "t",
      fields: ["a", "b"].map((name) => ({ name, type: "integer", nullable: true })),
      indexes,
      foreignKeys: [],
      ...(constraints.length > 0 && { constraints }),
    },
  ],
  defaults: {},
  typeMappings: {},
});

const byName = (things: readonly { readonly name: string }[] = []) =>
  things.toSorted((x, y) => (x.name < y.name ? -1 : 1));

/** What is written for it, which has to read as the same. */
function written(given: Schema): string {
  const text = writeYaml(given);
  const [read] = parseSchema(text).schema.tables;
  expect(byName(read?.constraints)).toEqual(byName(given.tables[0]?.constraints));
  expect(byName(read?.indexes)).toEqual(byName(given.tables[0]?.indexes));
  return text.slice(text.indexOf("fields:"));
}

describe("what stands at a field", () => {
  test("a unique constraint, a check and an index of one field under their usual names", () => {
    const text = written(
      schema(
        [
          { name: "t_a_key", unique: ["a"] },
          { name: "t_b_check", check: "b > 0" },
        ],
        [{ name: "t_b_idx", fields: ["b"] }],
      ),
    );
    expect(text).toContain("unique: true");
    expect(text).toContain("check: b > 0");
    expect(text).toContain("index: true");
    expect(text).not.toContain("constraints:");
    expect(text).not.toContain("indexes:");
  });

  test("not what has another name or says more", () => {
    const text = written(
      schema(
        [
          { name: "one_a", unique: ["a"] },
          { name: "t_b_key", unique: ["b"], deferrable: "deferred" },
          { name: "t_check", check: "a > b" },
        ],
        [
          { name: "by_a", fields: ["a"] },
          { name: "t_b_idx", fields: ["b"], unique: true },
        ],
      ),
    );
    expect(text).not.toContain("unique: true\n      -");
    expect(text).not.toContain("index: true");
    expect(text).toContain("name: one_a");
    expect(text).not.toContain("name: t_check");
    expect(text).not.toContain("name: t_b_key");
  });

  test("names that reading would number otherwise are written", () => {
    const text = written(
      schema([
        { name: "t_a_check1", check: "a > 0" },
        { name: "t_a_check", check: "a < 9" },
        { name: "t_a_check7", check: "a <> 5" },
      ]),
    );
    expect(text).toContain("name: t_a_check7");
  });

  test("two unique constraints on one field", () => {
    written(
      schema([
        { name: "t_a_key", unique: ["a"] },
        { name: "t_a_key1", unique: ["a"] },
        { name: "other", unique: ["a"] },
      ]),
    );
  });
});
