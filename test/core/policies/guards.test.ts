import { describe, expect, test } from "bun:test";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { messages } from "./tracks.ts";

const found = (sql: string) => messages("guards", { core: sql }, { guards: "required" });

/** SQL that could not run twice, and what is said of it up to the advice. */
const bad: readonly (readonly [sql: string, ...says: readonly string[]])[] = [
  ["CREATE TABLE t (id int, PRIMARY KEY (id), CHECK (id > 0))", 'creates table "t" without IF NOT EXISTS'],
  ['CREATE TABLE "if" (x int)', 'creates table "if" without IF NOT EXISTS'],
  ["CREATE UNLOGGED TABLE t (id int)", 'creates table "t" without IF NOT EXISTS'],
  ["CREATE TABLE t AS SELECT 1", 'creates table "t" without IF NOT EXISTS'],
  ["CREATE INDEX ON t (x)", "creates an index without IF NOT EXISTS; give it a name"],
  ["CREATE UNIQUE INDEX CONCURRENTLY i ON t (x)", 'creates index "i" without IF NOT EXISTS'],
  ["DROP INDEX CONCURRENTLY i", 'drops index "i" without IF EXISTS'],
  ["DROP TABLE t, u", 'drops table "t" without', 'drops table "u" without'],
  ["ALTER TABLE t ADD x int", 'adds column "x" without IF NOT EXISTS'],
  ['ALTER TABLE ONLY "t" ADD "x" int', 'adds column "x" without IF NOT EXISTS'],
  [
    "ALTER TABLE t ADD x text DEFAULT 'a, DROP COLUMN y', ADD COLUMN IF NOT EXISTS y int, DROP z, DROP IF EXISTS w",
    'adds column "x" without',
    'drops column "z" without',
  ],
  ["ALTER TABLE t ADD CONSTRAINT c UNIQUE (x)", 'adds constraint "c", which has no IF NOT EXISTS here'],
  ["ALTER TABLE t ADD PRIMARY KEY (x)", "adds a constraint, which has no IF NOT EXISTS here"],
  ["ALTER TABLE t ADD CHECK (x IN (1, 2))", "adds a constraint, which has no IF NOT EXISTS here"],
  ["ALTER TABLE t DROP CONSTRAINT c", 'drops constraint "c" without IF EXISTS'],
  [
    "ALTER TABLE t DROP CONSTRAINT IF EXISTS c; ALTER TABLE u ADD CONSTRAINT c CHECK (true)",
    'adds constraint "c", which',
  ],
  ["CREATE TYPE m AS ENUM ('a')", 'creates type "m", which has no IF NOT EXISTS here'],
  ["ALTER TYPE m ADD VALUE 'x'", "adds a value without IF NOT EXISTS; write ADD VALUE IF NOT EXISTS"],
  ["CREATE DOMAIN d AS int", 'creates domain "d", which'],
  ["CREATE VIEW v AS SELECT 1", 'creates view "v" without OR REPLACE'],
  ["CREATE MATERIALIZED VIEW v AS SELECT 1", 'creates materialized view "v" without IF NOT EXISTS'],
  ["DROP VIEW v", 'drops view "v" without IF EXISTS'],
  ["CREATE SEQUENCE s", 'creates sequence "s" without IF NOT EXISTS'],
  ["CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()", 'creates trigger "g" without OR REPLACE'],
  ["DROP TRIGGER g ON t", 'drops trigger "g" without IF EXISTS'],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$", 'creates function "f" without OR REPLACE'],
  ["CREATE EXTENSION pgcrypto", 'creates extension "pgcrypto" without IF NOT EXISTS'],
  ["CREATE POLICY p ON t USING (true)", 'creates policy "p", which has no IF NOT EXISTS here'],
  ["DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT c CHECK (x > 0); END $$", 'adds constraint "c", which'],
  ["DO $$ BEGIN RAISE EXCEPTION 'x'; DROP TABLE IF EXISTS u; DROP TABLE t; END $$", 'drops table "t" without'],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$", 'drops table "t" without'],
];

const ok: readonly string[] = [
  "CREATE TEMP TABLE IF NOT EXISTS t (id int)",
  "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (x)",
  "DROP INDEX CONCURRENTLY IF EXISTS i",
  "ALTER TABLE t ADD IF NOT EXISTS x int",
  "ALTER TABLE t ALTER x DROP NOT NULL, ALTER y DROP DEFAULT, ALTER z ADD GENERATED ALWAYS AS IDENTITY",
  "ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t RENAME TO u; ALTER TABLE u VALIDATE CONSTRAINT c",
  "ALTER TABLE t DROP CONSTRAINT IF EXISTS c; ALTER TABLE t ADD CONSTRAINT c CHECK (true)",
  "ALTER TYPE m ADD VALUE IF NOT EXISTS 'x'",
  "ALTER DOMAIN d DROP NOT NULL",
  "DROP TYPE IF EXISTS m; CREATE TYPE m AS ENUM ('a')",
  "CREATE OR REPLACE VIEW v AS SELECT 1",
  "DROP TRIGGER IF EXISTS g ON t; CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
  "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE x (id int); END $$",
  "DO $$ BEGIN CREATE TYPE m AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
  "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint) THEN ALTER TABLE t ADD CONSTRAINT c CHECK (x > 0); END IF; END $$",
  "-- CREATE TABLE t (x int)\n/* DROP TABLE t; /* nested */ DROP TABLE u; */ SELECT 'DROP TABLE t', 'it''s -- DROP'",
  "INSERT INTO t VALUES ('CREATE TABLE x'); UPDATE t SET x = 1; TRUNCATE t",
];

describe("finds", () => {
  for (const [sql, ...says] of bad)
    test(sql, () => {
      expect(found(sql)).toEqual(says.map((part) => expect.stringContaining(part)));
    });
});

describe("lets pass", () => {
  for (const sql of ok)
    test(sql, () => {
      expect(found(sql)).toEqual([]);
    });
});

test("nothing is found where a track does not ask for guards, nor in operations, which the history guards", () => {
  expect(messages("guards", { core: "CREATE TABLE t (id int)" })).toEqual([]);
  expect(messages("guards", { core: [{ kind: "dropTable", name: "t" }] }, { guards: "required" })).toEqual([]);
});

test("advice is what the database at hand can do", () => {
  const sql = "CREATE VIEW v AS SELECT 1; ALTER TABLE t DROP COLUMN x; CREATE VIRTUAL TABLE f USING fts5(a)";
  expect(messages("guards", { core: sql }, { guards: "required" }, sqlite)).toEqual([
    'creates view "v" without IF NOT EXISTS; write CREATE VIEW IF NOT EXISTS',
    expect.stringMatching(/^drops column "x", which has no IF EXISTS here; write it as an operation/),
    'creates table "f" without IF NOT EXISTS; write CREATE TABLE IF NOT EXISTS',
  ]);
});
