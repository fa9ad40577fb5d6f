import { expect, test } from "bun:test";
import { isPlain } from "../../../src/core/sql-files/plain.ts";

test.each([
  `CREATE TABLE "a" ("b" TEXT DEFAULT 'it''s', "c" NUMERIC(3, 1) DEFAULT -1.5)`,
  `ALTER TABLE "a""b" ADD CHECK ("c" / 2 > 0 AND "d" <> ';')`,
  `COMMENT ON TABLE "a" IS '-- no comment /* none */ $$'`,
])("is one statement however it is read: %s", (sql) => {
  expect(isPlain(sql)).toBe(true);
});

test.each([
  "SELECT 1; COMMIT",
  "SELECT 1 -- the rest",
  "SELECT 1 /* the rest",
  "SELECT 'open",
  `SELECT "open`,
  `SELECT '"' "`,
  `SELECT "'" '`,
  "SELECT $$;$$",
  String.raw`SELECT E'\';'`,
])("may be read otherwise: %s", (sql) => {
  expect(isPlain(sql)).toBe(false);
});
