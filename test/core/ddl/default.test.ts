import { expect, test } from "bun:test";
import { resolveDefault } from "../../../src/core/ddl/default.ts";
import { type DefaultValue, emptySchema } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";

const sqlOf = (value: DefaultValue | undefined, type: string, defaults = {}) =>
  resolveDefault(
    value,
    { type: { type }, native: postgres.columnType({ type, length: 20 }) },
    { ...emptySchema, defaults },
    postgres,
  );

test.each<[DefaultValue, string, string]>([
  ["ACTIVE", "varchar", "'ACTIVE'"],
  ["007", "varchar", "'007'"],
  ["007", "integer", "007"],
  ["0.10", "decimal", "0.10"],
  ["O'Brien", "varchar", "'O''Brien'"],
  ["a (b) c", "text", "'a (b) c'"],
  ["'it''s'", "text", "'it''s'"],
  ["NaN", "text", "'NaN'"],
  ["current_date", "text", "'current_date'"],
  ["CURRENT_TIMESTAMP", "timestamp", "CURRENT_TIMESTAMP"],
  ["current_timestamp", "timestamp", "current_timestamp"],
  ["gen_random_uuid()", "uuid", "gen_random_uuid()"],
  ["f(1); drop table y", "text", "'f(1); drop table y'"],
  ["constructor", "text", "'constructor'"],
  [{ sql: "1 + 2" }, "integer", "1 + 2"],
  [{ value: "now()" }, "text", "'now()'"],
  [0, "integer", "0"],
  [1, "boolean", "TRUE"],
  [0, "boolean", "FALSE"],
  ["yes", "boolean", postgres.literal(true, "BOOLEAN")],
])("B18: %j in a field of type %s is %s", (value, type, expected) => {
  expect(sqlOf(value, type)).toBe(expected);
});

test("a named default of the project comes before those of the dialect, under any name of the dialect", () => {
  expect(sqlOf("tier", "text", { postgresql: { tier: "'gold'" } })).toBe("'gold'");
  expect(sqlOf("tier", "text", { postgres: { tier: "'gold'" } })).toBe("'gold'");
  expect(sqlOf("now", "timestamp", { postgresql: { now: "'then'" } })).toBe("'then'");
  expect(sqlOf("tier", "text", { postgresql: { tier: "" } })).toBeUndefined();
  expect(sqlOf(undefined, "text")).toBeUndefined();
});
