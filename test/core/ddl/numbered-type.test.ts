import { expect, test } from "bun:test";
import { columnImage } from "../../../src/core/ddl/image.ts";
import { schemaOn } from "../../../src/core/ddl/schema-on.ts";
import { replay } from "../../../src/core/plan/state.ts";
import { getField, getTable } from "../../../src/core/schema/resolve.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { migrationOf } from "../../conformance/story.ts";

const noKeys = ["auroradsql", "clickhouse", "starrocks"];
const up = { name: "up", type: "foreign_key", nullable: true } as const;
const made = (type: string, identity = false): readonly object[] => [
  {
    kind: "createTable",
    name: "a",
    fields: [{ name: "id", type, primaryKey: true, ...(identity && { identity: {} }) }],
  },
  {
    kind: "createTable",
    name: "b",
    fields: [
      { name: "a_id", type: "foreign_key", primaryKey: true, foreignKey: { table: "a", except: noKeys } },
      { ...up, foreignKey: { table: "b", except: noKeys } },
    ],
  },
];

/** The types of a key, of what refers to it, and of what refers to that. */
function typesOn(name: string, operations: readonly object[]): readonly string[] {
  const dialect = dialects.find((each) => each.name === name);
  if (!dialect) throw new Error(`there is no dialect ${name}`);
  const schema = schemaOn(replay([migrationOf("0001", operations)]), dialect);
  return [
    ["a", "id"],
    ["b", "a_id"],
    ["b", "up"],
  ].map(([table = "", field = ""]) => {
    const found = getTable(schema, table);
    return columnImage(schema, found, getField(found, field), dialect).type;
  });
}

test.each(["auroradsql", "starrocks"])("what refers to a key that numbers itself is as large as it on %s", (name) => {
  expect(typesOn(name, made("serial"))).toEqual(["BIGINT", "BIGINT", "BIGINT"]);
  expect(typesOn(name, made("smallint", true))).toEqual(["BIGINT", "BIGINT", "BIGINT"]);
});

test("a key that is no number of the database's is of its own type, and so is what refers to it", () => {
  expect(typesOn("auroradsql", made("integer"))).toEqual(["INTEGER", "INTEGER", "INTEGER"]);
  expect(typesOn("starrocks", made("integer"))).toEqual(["INT", "INT", "INT"]);
});

test("where smaller ones do, they stay", () => {
  expect(typesOn("redshift", made("smallserial"))).toEqual(["INTEGER", "INTEGER", "INTEGER"]);
  expect(typesOn("postgresql", made("smallserial"))).toEqual(["SMALLINT", "SMALLINT", "SMALLINT"]);
});

test("a reference keeps the size of the key where its table is for other databases", () => {
  const [first = {}, second = {}] = made("integer");
  const schema = replay([migrationOf("0001", [{ ...first, except: ["auroradsql"] }, second])]);
  const dialect = dialects.find(({ name }) => name === "auroradsql");
  expect(dialect && getField(getTable(schemaOn(schema, dialect), "b"), "a_id").type).toBe("integer");
});
