import { expect, test } from "bun:test";
import { lacksOf } from "../../../src/core/plan/lacks.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import clickhouse from "../../../src/dialects/clickhouse/dialect.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import { migrationOf } from "../../conformance/story.ts";

const id = { name: "id", type: "integer", primaryKey: true };
const pending = [
  migrationOf("0001", [
    { kind: "createTable", name: "t", fields: [id, { name: "up", type: "integer", nullable: true }] },
    { kind: "addIndex", table: "t", index: { name: "u", fields: ["up"], unique: true } },
    { kind: "addField", table: "t", field: { name: "n", type: "integer", nullable: true } },
  ]),
  migrationOf("0002", [{ kind: "addForeignKey", table: "t", fields: ["up"], references: { table: "t" } }]),
];

test("all that a database lacks is told, each in its place, and what follows is planned on", () => {
  const lacks = lacksOf({ pending, before: emptySchema, dialect: clickhouse });
  expect(lacks.map(({ migration, operation }) => [migration, operation])).toEqual([
    ["0001", 1],
    ["0002", 0],
  ]);
  expect(lacks[1]?.message).toStartWith('ClickHouse cannot add foreign key on table "t": it has no foreign keys');
  expect(lacksOf({ pending, before: emptySchema, dialect: postgres })).toEqual([]);
});

test("what is for other databases is no lack", () => {
  const limited = [
    migrationOf("0001", [
      { kind: "createTable", name: "t", fields: [{ ...id, type: "serial" }], except: ["clickhouse"] },
    ]),
  ];
  expect(lacksOf({ pending: limited, before: emptySchema, dialect: clickhouse })).toEqual([]);
});

test("what fits no database is an error", () => {
  const wrong = [migrationOf("0001", [{ kind: "dropTable", name: "t" }])];
  expect(() => lacksOf({ pending: wrong, before: emptySchema, dialect: postgres })).toThrow('table "t"');
});
