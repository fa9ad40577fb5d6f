import { describe, expect, test } from "bun:test";
import { diff } from "../../../src/core/diff/index.ts";
import { apply, type Operation } from "../../../src/core/operations/index.ts";
import { emptySchema, type PerDialect, type Schema } from "../../../src/core/schema/model.ts";

const schema = (options: PerDialect, index: readonly string[] = ["a"]): Schema => ({
  ...emptySchema,
  tables: [
    {
      name: "t",
      fields: ["id", "a", "i"].map((name) => ({ name, type: "integer", nullable: false })),
      primaryKey: ["id"],
      indexes: [{ name: "i", fields: index }],
      foreignKeys: [],
      constraints: [{ name: "u", unique: ["a"] }],
      options,
    },
  ],
});
const clustered = (index: string): PerDialect => ({ postgresql: { cluster_on: index, with: "fillfactor=70" } });
const optionsAfter = (before: Schema, operation: Operation) => apply(before, operation).tables[0]?.options;

describe("an option that names an index", () => {
  test.each([
    ["i", { kind: "dropIndex", table: "t", name: "i" }],
    ["u", { kind: "dropConstraint", table: "t", name: "u" }],
    ["t_pkey", { kind: "alterPrimaryKey", table: "t", fields: [] }],
  ] as const)("keeps %s from being dropped", (index, operation) => {
    expect(() => apply(schema(clustered(index)), operation as unknown as Operation)).toThrow(
      `option "cluster_on" of table "t" names index "${index}"; set the options without it first`,
    );
  });

  test.each([
    ["i", { kind: "renameIndex", table: "t", from: "i", to: "j k" }, "j k"],
    ["u", { kind: "renameConstraint", table: "t", from: "u", to: "v" }, "v"],
    ["t_pkey", { kind: "renameConstraint", table: "t", from: "t_pkey", to: "key" }, "key"],
    ["t_pkey", { kind: "renameTable", from: "t", to: "s" }, "s_pkey"],
    ["i", { kind: "renameField", table: "t", from: "i", to: "j" }, "i"],
  ] as const)("follows the name of %s", (index, operation, name) => {
    expect(optionsAfter(schema(clustered(index)), operation)).toEqual(clustered(name));
    expect(optionsAfter(schema({ pg: { replica_identity: `INDEX  ${index} ` } }), operation)?.["pg"]).toEqual({
      replica_identity: name === index ? `INDEX  ${index} ` : `index ${name}`,
    });
  });

  test("goes for the moment in which its index is made anew", () => {
    const { operations } = diff(schema(clustered("i")), schema(clustered("i"), ["a", "id"]));
    expect(operations.map(({ kind }) => kind)).toEqual(["setTableOptions", "dropIndex", "addIndex", "setTableOptions"]);
    expect(operations[0]).toMatchObject({ options: { postgresql: { with: "fillfactor=70" } } });
  });

  test("has to name one that is there", () => {
    const set = { kind: "setTableOptions", table: "t", options: { pg: { replica_identity: "index gone" } } } as const;
    expect(() => apply(schema({}), set)).toThrow('option "replica_identity" of table "t" names index "gone"');
    expect(optionsAfter(schema({}), { ...set, options: { pg: { replica_identity: "full" } } })).toEqual({
      pg: { replica_identity: "full" },
    });
  });
});
