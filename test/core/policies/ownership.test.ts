import { describe, expect, test } from "bun:test";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { messages } from "./tracks.ts";

// What one track may not do to another's tables. A miss here is a table that changes under the feet of its owner; a false alarm is a
// migration that cannot be merged.

const core = [
  "CREATE TABLE users (id bigint PRIMARY KEY)",
  "CREATE INDEX idx_users ON users (id)",
  "CREATE UNLOGGED TABLE fast (id int)",
  "CREATE TEMP TABLE passing (id int)",
  'CREATE TABLE IF NOT EXISTS "Mixed Case" (id int)',
  "CREATE TABLE app.placed (id int)",
  "CREATE VIEW seen AS SELECT 1",
  "ALTER TABLE users RENAME TO people",
].join(";\n");

/** What the other track does, and what is said of it up to the name. */
const bad: readonly (readonly [sql: string, says: string])[] = [
  ["ALTER TABLE ONLY users ADD x int", 'alters table "users"'],
  ['ALTER TABLE IF EXISTS ONLY "users" ADD x int', 'alters table "users"'],
  ["alter table USERS add x int", 'alters table "USERS"'],
  ["ALTER TABLE users\n/* of core */ ADD -- x\n x int", 'alters table "users"'],
  ['ALTER TABLE "public"."users" ADD x int', 'alters table "public.users"'],
  ["ALTER TABLE fast ADD x int", 'alters table "fast"'],
  ["ALTER TABLE passing ADD x int", 'alters table "passing"'],
  ['ALTER TABLE "Mixed Case" ADD x int', 'alters table "Mixed Case"'],
  ["ALTER TABLE app.placed ADD x int", 'alters table "app.placed"'],
  ["ALTER TABLE people ADD x int", 'alters table "people"'],
  ["ALTER TABLE users RENAME TO mine", 'alters table "users"'],
  ["ALTER TABLE mine ATTACH PARTITION users DEFAULT", 'attaches or detaches table "users"'],
  ["ALTER INDEX idx_users RENAME TO x", 'alters index "idx_users"'],
  ["CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY users USING gin (x)", 'creates an index on table "users"'],
  ["CREATE UNIQUE INDEX ON users (id)", 'creates an index on table "users"'],
  ["DROP INDEX CONCURRENTLY IF EXISTS public.idx_users", 'drops index "public.idx_users"'],
  ["DROP TABLE IF EXISTS a, users CASCADE", 'drops table "users"'],
  ["DROP VIEW seen", 'drops view "seen"'],
  ["TRUNCATE TABLE ONLY a, users RESTART IDENTITY", 'truncates table "users"'],
  ["INSERT INTO users AS u VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2", 'inserts into table "users"'],
  ["UPDATE ONLY users AS u SET id = 2 FROM b", 'updates table "users"'],
  ["DELETE FROM ONLY users USING b WHERE b.id = users.id", 'deletes from table "users"'],
  ["WITH d AS (DELETE FROM users RETURNING *) INSERT INTO mine SELECT * FROM d", 'deletes from table "users"'],
  ["WITH d AS MATERIALIZED (SELECT 1) UPDATE users SET id = 1", 'updates table "users"'],
  ["EXPLAIN ANALYZE DELETE FROM users", 'deletes from table "users"'],
  ["MERGE INTO users u USING b ON u.id = b.id WHEN MATCHED THEN UPDATE SET id = 1", 'inserts into table "users"'],
  ["COPY users (id) FROM STDIN", 'copies rows into table "users"'],
  ["CREATE TRIGGER t BEFORE INSERT OR UPDATE OF id ON users EXECUTE FUNCTION f()", "creates a trigger on table"],
  ["CREATE CONSTRAINT TRIGGER t AFTER INSERT ON users DEFERRABLE EXECUTE FUNCTION f()", "creates a trigger on table"],
  ["DROP TRIGGER IF EXISTS t ON users", 'drops a trigger of table "users"'],
  ["CREATE POLICY p ON users FOR UPDATE USING (true)", 'creates a policy on table "users"'],
  ["CREATE RULE r AS ON UPDATE TO users DO INSTEAD NOTHING", 'creates a rule on table "users"'],
  ["CREATE TABLE p PARTITION OF users FOR VALUES IN (1)", 'adds a part to table "users"'],
  ["CREATE TABLE c (x int) INHERITS (users)", 'adds a part to table "users"'],
  ["CREATE TABLE IF NOT EXISTS users (id int)", 'creates table "users", which track "core" makes too'],
  ["SELECT * INTO users FROM x", 'creates table "users"'],
  ["DO $x$ BEGIN IF true THEN UPDATE users SET id = 1; END IF; END $x$", 'updates table "users"'],
  ["DO 'BEGIN DELETE FROM users WHERE name = ''x''; END'", 'deletes from table "users"'],
  ["DO $$ BEGIN EXECUTE format('ALTER TABLE users ADD %I int', 'x'); END $$", 'alters table "users"'],
  ["SELECT 'it''s'; DROP TABLE users", 'drops table "users"'],
];

const ok: readonly string[] = [
  'ALTER TABLE "Users" ADD x int',
  "INSERT INTO other.placed VALUES (1)",
  "COPY users TO STDOUT",
  "SELECT * FROM users FOR UPDATE",
  "GRANT INSERT, UPDATE ON users TO x",
  "COMMENT ON TABLE users IS 'ALTER TABLE users'",
  "CREATE TABLE o (id int REFERENCES users ON DELETE CASCADE ON UPDATE SET NULL)",
  "ALTER TABLE mine ADD FOREIGN KEY (x) REFERENCES public.users",
  "INSERT INTO mine SELECT 1 FROM users",
  "DELETE FROM mine WHERE id IN (SELECT id FROM users)",
  "WITH users AS (SELECT 1) SELECT * FROM users",
  "CREATE TEMP TABLE users (x int); INSERT INTO users VALUES (1)",
  "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users; RETURN NEW; END $$",
  "-- ALTER TABLE users ADD x int;\n/* DROP TABLE /* nested */ users; */ SELECT 1",
  "SELECT 'DROP TABLE users; DELETE FROM users', $$ DROP TABLE users $$, E'it\\'s; DELETE FROM users'",
];

describe("finds", () => {
  for (const [sql, says] of bad)
    test(sql, () => {
      expect(messages("ownership", { core, vector: sql })).toEqual([expect.stringContaining(`track "vector" ${says}`)]);
    });
});

describe("lets pass", () => {
  for (const sql of ok)
    test(sql, () => {
      expect(messages("ownership", { core, vector: sql })).toEqual([]);
    });
});

test("comments and literals make nobody an owner", () => {
  const says =
    "-- CREATE TABLE a (id int);\n/* CREATE TABLE b (id int); */ SELECT 'CREATE TABLE c (id int)', $$ CREATE TABLE d $$";
  const does = "ALTER TABLE a ADD x int; ALTER TABLE b ADD x int; DROP TABLE c; DROP TABLE d";
  expect(messages("ownership", { core: says, vector: does })).toEqual([]);
});

test("what a later track makes is out of reach of an earlier one too, foreign keys included", () => {
  const found = messages("ownership", {
    core: "ALTER TABLE items ADD x int; CREATE TABLE a (i int REFERENCES items)",
    vector: "CREATE TABLE items (id int)",
  });
  expect(found).toEqual([
    'track "core" alters table "items", which belongs to track "vector"; put this into a migration of that track',
    'track "core" refers to table "items", which belongs to track "vector", and that comes later; ' +
      'add the foreign key there, or put track "vector" before "core"',
  ]);
});

test("operations make owners, and are held to them", () => {
  const fields = [{ name: "id", type: "integer", primaryKey: true }];
  const found = messages("ownership", {
    core: [{ kind: "createTable", name: "users", fields, indexes: [{ name: "idx", fields: ["id"] }] }],
    vector: [
      {
        kind: "createTable",
        name: "items",
        fields: [{ name: "u", type: "foreign_key", foreignKey: { table: "users" } }],
      },
      { kind: "addField", table: "users", field: { name: "x", type: "text", nullable: true } },
      { kind: "addIndex", table: "users", index: { name: "i", fields: ["id"] } },
      { kind: "upsertData", table: "users", keys: ["id"], rows: [] },
      { kind: "runSQL", forward: { postgresql: "DROP INDEX idx", sqlite: "SELECT 1" } },
    ],
  });
  expect(found.map((message) => message.replace(/, which .*/, ""))).toEqual([
    'track "vector" adds a field to table "users"',
    'track "vector" creates an index on table "users"',
    'track "vector" writes rows of table "users"',
    'track "vector" drops index "idx"',
  ]);
});

test("of SQLite, names in all its quotes are the same whatever their case, and what a trigger does later is not looked at", () => {
  const sql = [
    "INSERT OR REPLACE INTO [Users] VALUES (1)",
    "REPLACE INTO `USERS` VALUES (1)",
    "CREATE TRIGGER t AFTER INSERT ON x BEGIN DELETE FROM users; UPDATE users SET id = 1; END",
    "DROP TABLE main.users",
  ].join(";\n");
  const found = messages("ownership", { core: "CREATE TABLE users (id)", vector: sql }, {}, sqlite);
  expect(found.map((message) => message.replace(/, which .*/, ""))).toEqual([
    'track "vector" inserts into table "Users"',
    'track "vector" inserts into table "USERS"',
    'track "vector" drops table "main.users"',
  ]);
});
