import { expect, test } from "bun:test";
import { summaryOf } from "../../../src/core/sql-files/summary.ts";

test.each([
  ['CREATE TABLE "posts" (id INTEGER)', "CREATE TABLE", "posts"],
  ["create table if not exists shop.posts(id int)", "CREATE TABLE", "shop.posts"],
  ['CREATE UNIQUE INDEX CONCURRENTLY "uq ""x""" ON "t" ("a")', "CREATE INDEX", 'uq "x"'],
  ["CREATE INDEX ON t (a)", "CREATE INDEX", undefined],
  ["CREATE OR REPLACE FUNCTION f() RETURNS INT AS $$ SELECT 1 $$", "CREATE FUNCTION", "f"],
  ["CREATE  MATERIALIZED\n VIEW mv AS SELECT 1", "CREATE MATERIALIZED VIEW", "mv"],
  ["ALTER TABLE ONLY t ADD COLUMN x INT", "ALTER TABLE", "t"],
  ["ALTER TABLE `t` ADD x INT", "ALTER TABLE", "t"],
  ["DROP INDEX CONCURRENTLY IF EXISTS idx", "DROP INDEX", "idx"],
  ["-- a note\n/* and\nmore */ INSERT INTO users VALUES ('geheim')", "INSERT", "users"],
  ["INSERT OR IGNORE INTO users VALUES (1)", "INSERT", "users"],
  ["UPDATE users SET password = 'geheim'", "UPDATE", "users"],
  ["DELETE FROM [users]", "DELETE", "users"],
  ["VACUUM", "VACUUM", undefined],
  ["ALTER ROLE ann PASSWORD 'geheim'", "ALTER ROLE", "ann"],
  ["", "SQL", undefined],
  ["-- nothing but a note", "SQL", undefined],
])("%s", (sql, operation, target) => {
  expect(summaryOf(sql)).toEqual({ operation, ...(target !== undefined && { target }) });
});
