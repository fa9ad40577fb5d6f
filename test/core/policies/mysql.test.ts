import { describe, expect, test } from "bun:test";
import mariadb from "../../../src/dialects/mariadb/dialect.ts";
import mysql from "../../../src/dialects/mysql/dialect.ts";
import { messages } from "./tracks.ts";

// What only the MySQL family has: updates of several tables, comments that are executed, its quotes.

const core = "CREATE TABLE users (id int)";
const found = (sql: string): readonly string[] =>
  messages("ownership", { core, vector: sql }, {}, mysql).map((m) => m.replace(/^track "vector" |, which .*/g, ""));

const bad: readonly (readonly [sql: string, ...says: readonly string[]])[] = [
  ["UPDATE mine m JOIN users u ON u.id = m.id SET m.x = 1, u.x = m.x", 'updates table "users"'],
  ["UPDATE LOW_PRIORITY IGNORE users SET x = 1", 'updates table "users"'],
  ["DELETE u FROM users u JOIN mine m ON u.id = m.id", 'deletes from table "users"'],
  ["DELETE FROM u USING users AS u JOIN mine m ON u.id = m.id", 'deletes from table "users"'],
  ["DELETE QUICK FROM users", 'deletes from table "users"'],
  ["INSERT IGNORE INTO users VALUES (1)", 'inserts into table "users"'],
  ["INSERT users SET id = 1 ON DUPLICATE KEY UPDATE id = 2", 'inserts into table "users"'],
  ["REPLACE INTO `USERS` VALUES (1)", 'inserts into table "USERS"'],
  ["LOAD DATA LOCAL INFILE 'x' INTO TABLE users", 'loads rows into table "users"'],
  ["RENAME TABLE a TO b, users TO people", 'renames table "users"'],
  ["CREATE INDEX i USING BTREE ON users (id)", 'creates an index on table "users"'],
  ["DROP INDEX i ON users", 'drops an index of table "users"'],
  ["ALTER IGNORE TABLE users ADD KEY i (x)", 'alters table "users"'],
  ["ALTER TABLE mine EXCHANGE PARTITION p WITH TABLE users", 'attaches or detaches table "users"'],
  ["/*!50001 DROP TABLE users */", 'drops table "users"'],
  ["/*M!100300 ALTER TABLE users ADD x int */", 'alters table "users"'],
  [
    "CREATE DEFINER=`root`@`localhost` TRIGGER t AFTER INSERT ON users FOR EACH ROW DELETE FROM x",
    "creates a trigger on table",
  ],
  ["SELECT 1 --1\n; DROP TABLE users", 'drops table "users"'],
  [
    "DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM users; END//\nDELIMITER ;\nTRUNCATE users",
    'truncates table "users"',
  ],
];

const ok: readonly string[] = [
  "UPDATE mine m JOIN users u ON u.id = m.id SET m.x = u.x",
  "UPDATE users u JOIN mine m ON u.id = m.id SET m.x = u.x",
  "DELETE m FROM users u JOIN mine m ON u.id = m.id",
  "DELETE FROM m USING mine m JOIN users u ON u.id = m.id",
  "CREATE TABLE a LIKE users",
  "# DROP TABLE users\nSELECT 'it\\'s; DROP TABLE users', \"DROP TABLE users\"",
  "CREATE TRIGGER t AFTER INSERT ON mine FOR EACH ROW BEGIN DELETE FROM users; END",
  "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM users",
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

test("advice on guards is what MySQL and MariaDB can do, each for itself", () => {
  const sql =
    "ALTER TABLE t ADD x int, ADD KEY i (x); ALTER TABLE t ADD CONSTRAINT c CHECK (x > 0); CREATE VIEW v AS SELECT 1";
  const advice = (dialect: typeof mysql) => messages("guards", { core: sql }, { guards: "required" }, dialect);
  expect(advice(mysql)).toEqual([
    expect.stringMatching(/^adds column "x", which has no IF NOT EXISTS here; write it as an operation/),
    expect.stringMatching(/^adds index "i", which has no IF NOT EXISTS here; write it as an operation/),
    expect.stringMatching(/^adds constraint "c", which has no IF NOT EXISTS here; write it as an operation/),
    'creates view "v" without OR REPLACE; write CREATE OR REPLACE VIEW',
  ]);
  expect(advice(mariadb)).toEqual([
    'adds column "x" without IF NOT EXISTS; write ADD COLUMN IF NOT EXISTS',
    'adds index "i" without IF NOT EXISTS; write ADD INDEX IF NOT EXISTS',
    expect.stringMatching(/^adds constraint "c" without IF NOT EXISTS; .* for a check, behind ADD CONSTRAINT$/),
    'creates view "v" without IF NOT EXISTS; write CREATE VIEW IF NOT EXISTS',
  ]);
});

test("the schema of MySQL is the database", () => {
  const sql = "INSERT INTO shop.users VALUES (1); USE shop; SELECT u.id, @@session.sql_mode FROM users AS u";
  expect(messages("schema-agnostic", { core: sql }, { schemaAgnostic: true }, mysql)).toEqual([
    expect.stringContaining('"shop.users" names the schema "shop"'),
    expect.stringContaining('"USE shop"'),
  ]);
});
