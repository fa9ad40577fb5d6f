import { describe, expect, test } from "bun:test";
import { databaseNames, withParents } from "../../../src/core/schema/databases.ts";
import { isFor, losesDatabases, sameDatabases, schemaFor } from "../../../src/core/schema/for-databases.ts";
import { emptySchema, type Schema } from "../../../src/core/schema/model.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";

test("what is said of a database holds for its variants, and the nearest word counts", () => {
  const [turso, d1] = [withParents("turso"), withParents("d1")];
  expect([turso, d1].map((names) => isFor({ only: ["sqlite"] }, names))).toEqual([true, true]);
  expect([turso, d1].map((names) => isFor({ except: ["sqlite"] }, names))).toEqual([false, false]);
  expect([turso, d1].map((names) => isFor({ only: ["sqlite"], except: ["turso"] }, names))).toEqual([false, true]);
  expect([turso, d1].map((names) => isFor({ only: ["turso"], except: ["sqlite"] }, names))).toEqual([true, false]);
  expect(["mysql", "clickhouse"].map((name) => isFor({ except: ["mysql"] }, [name]))).toEqual([false, true]);
});

test("schemas know every dialect, and what it is a variant of", () => {
  for (const { name, variantOf = [] } of dialects) {
    expect(databaseNames).toContain(name);
    expect(withParents(name)).toEqual([name, ...variantOf]);
  }
});

test("the order of names is no difference", () => {
  expect(sameDatabases({ only: ["a", "b"] }, { only: ["b", "a"] })).toBe(true);
  expect(sameDatabases({ only: ["a"] }, { except: ["a"] })).toBe(false);
});

test("databases are lost where fewer are named, or more are left out", () => {
  expect(losesDatabases({}, { only: ["mysql"] })).toBe(true);
  expect(losesDatabases({ only: ["mysql"] }, { only: ["mysql", "sqlite"] })).toBe(false);
  expect(losesDatabases({ only: ["mysql"] }, {})).toBe(false);
  expect(losesDatabases({}, { except: ["mysql"] })).toBe(true);
  expect(losesDatabases({ except: ["mysql", "sqlite"] }, { except: ["mysql"] })).toBe(false);
  expect(losesDatabases({ only: ["mysql", "sqlite"] }, { except: ["sqlite"] })).toBe(true);
});

describe("a schema for one database", () => {
  const key = { name: "id", type: "integer", nullable: false };
  const parts = { indexes: [], foreignKeys: [], primaryKey: ["id"] };
  const schema: Schema = {
    ...emptySchema,
    tables: [
      {
        name: "users",
        fields: [key, { name: "words", type: "tsvector", nullable: true, only: ["postgresql"] }],
        ...parts,
      },
      { name: "shops", fields: [{ ...key, type: "bigint" }], ...parts, except: ["sqlite"] },
      {
        name: "visits",
        fields: [key, { name: "shop_id", type: "foreign_key", references: "shops", nullable: true }],
        ...parts,
        foreignKeys: [
          {
            name: "to_shop",
            fields: ["shop_id"],
            references: { table: "shops" },
            onDelete: "RESTRICT",
            onUpdate: "RESTRICT",
            except: ["sqlite"],
          },
        ],
      },
    ],
    views: [{ name: "v", query: "SELECT 1", only: ["mysql"] }],
  };

  test("has neither what is for others nor words about databases, and is the same thing where nothing was said", () => {
    const { tables, views } = schemaFor(schema, ["sqlite"]);
    expect(tables.map(({ name, fields }) => [name, fields.map((field) => field.name)])).toEqual([
      ["users", ["id"]],
      ["visits", ["id", "shop_id"]],
    ]);
    expect(views).toEqual([]);
    const postgresql = schemaFor(schema, ["postgresql"]);
    expect(JSON.stringify(postgresql)).not.toContain("only");
    expect(postgresql.tables[2]?.foreignKeys).toHaveLength(1);
    const plain = { ...emptySchema, tables: [{ name: "t", fields: [key], ...parts }] };
    expect(schemaFor(plain, ["sqlite"]).tables[0]).toBe(plain.tables[0] as (typeof plain.tables)[number]);
    const unlimited: Schema = {
      ...emptySchema,
      tables: [{ ...parts, name: "t", fields: [key] }],
      views: [],
      objects: [],
    };
    expect(schemaFor(unlimited, ["sqlite"])).toBe(unlimited);
    const limited = { ...unlimited, views: [{ name: "v", query: "SELECT 1", only: ["mysql"] }] };
    expect(schemaFor(limited, ["sqlite"]).views).toEqual([]);
  });

  test("keeps the type that a field borrows, without the foreign key that is not there", () => {
    const [, visits] = schemaFor(schema, ["sqlite"]).tables;
    expect(visits?.fields[1]).toEqual({ name: "shop_id", type: "bigint", nullable: true });
  });
});
