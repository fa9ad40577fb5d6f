import { describe, expect, test } from "bun:test";
import type { Schema, Table } from "../../../src/core/schema/model.ts";
import { validateSchema } from "../../../src/core/schema/validate.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { problemsOf } from "../../helpers/schema-text.ts";

const schemaOf = (...tables: Partial<Table>[]): Schema => ({
  tables: tables.map((t, i) => ({
    name: `t${i}`,
    fields: [{ name: "id", type: "integer", nullable: false }],
    indexes: [],
    foreignKeys: [],
    ...t,
  })),
  defaults: {},
  typeMappings: {},
});

const messages = (schema: Schema, database?: string): readonly string[] =>
  validateSchema(
    schema,
    database === undefined ? {} : { dialects: dialects.filter((d) => d.name === database) },
  ).problems.map((p) => p.message);

describe("limits of the databases", () => {
  test("count only for those that are meant", () => {
    const schema = schemaOf({
      fields: [
        { name: "v", type: "varchar", length: 10_485_761, nullable: true },
        { name: "d", type: "decimal", precision: 1001, nullable: true },
      ],
    });
    expect(messages(schema, "postgresql")).toEqual([
      `field "t0.v": "length" 10485761 is more than PostgreSQL allows, 10485760`,
      `field "t0.d": "precision" 1001 is more than PostgreSQL allows, 1000`,
    ]);
    expect(messages(schema, "sqlite")).toEqual([]);
    expect(messages(schema)).toEqual([]);
  });

  test("a name that PostgreSQL would cut", () => {
    const schema = schemaOf({ name: "ü".repeat(32) });
    expect(messages(schema, "postgresql")).toEqual([
      `the name of table "${"ü".repeat(32)}" has 64 bytes; PostgreSQL allows 63`,
    ]);
    expect(messages(schema)).toEqual([]);
    expect(validateSchema(schema).warnings).toHaveLength(1);
    expect(messages(schemaOf({ name: "ü".repeat(31) }), "postgresql")).toEqual([]);
  });
});

describe("foreign keys", () => {
  const key = { name: "k", onDelete: "CASCADE", onUpdate: "NO ACTION" } as const;

  test("need a target that is unique and has as many fields", () => {
    const child = (
      fields: readonly string[],
      references: { table: string; fields?: readonly string[] },
    ): Partial<Table> => ({
      fields: ["a", "b"].map((name) => ({ name, type: "integer", nullable: true })),
      foreignKeys: [{ ...key, fields, references }],
    });
    expect(messages(schemaOf({}, child(["a"], { table: "t0" })))).toEqual([
      `field "t1.a" refers to table "t0", which has no primary key`,
    ]);
    expect(messages(schemaOf({}, child(["a"], { table: "t0", fields: ["id"] })))).toEqual([
      `field "t1.a" refers to (id) of table "t0", which is neither its primary key nor under a unique index`,
    ]);
    const unique = { indexes: [{ name: "i", fields: ["id"], unique: true }] };
    expect(messages(schemaOf(unique, child(["a"], { table: "t0", fields: ["id"] })))).toEqual([]);
    expect(messages(schemaOf(unique, child(["a", "b"], { table: "t0", fields: ["id"] })))).toEqual([
      `foreign key (a, b) of table "t1" refers to table "t0", naming 1 fields`,
    ]);
    expect(messages(schemaOf(unique, child(["a", "c"], { table: "t0", fields: ["id", "idd"] })))).toEqual([
      `foreign key (a, c) of table "t1" names field "c", which table "t1" does not have; did you mean "a"?`,
      `foreign key (a, c) of table "t1" names field "idd", which table "t0" does not have; did you mean "id"?`,
    ]);
  });

  test("whose types lead back to themselves", () => {
    const text = `tables:
  - { name: a, fields: [{ name: b_id, type: foreign_key, primary_key: true, foreign_key: { table: b } }] }
  - { name: b, fields: [{ name: a_id, type: foreign_key, primary_key: true, foreign_key: { table: a } }] }
  - { name: c, fields: [{ name: id, type: uuid, primary_key: true }, { name: next_id, type: foreign_key, foreign_key: { table: c } }] }
`;
    expect(problemsOf(text)).toEqual([
      `2:45: field "a.b_id" takes its type from a chain of keys that never ends: b → a → b; give one of them a type of its own`,
      `3:45: field "b.a_id" takes its type from a chain of keys that never ends: a → b → a; give one of them a type of its own`,
    ]);
  });

  test("of one name in a table", () => {
    const schema = schemaOf({
      primaryKey: ["id"],
      foreignKeys: [1, 2].map(() => ({ ...key, fields: ["id"], references: { table: "t0" } })),
    });
    expect(messages(schema)).toEqual([`table "t0" has two foreign keys named "k"`]);
  });
});
