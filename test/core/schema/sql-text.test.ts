import { describe, expect, test } from "bun:test";
import { canReplaceObject, canReplaceView } from "../../../src/core/schema/managed.ts";
import { headOf, mentions, sameSql } from "../../../src/core/schema/sql-text.ts";

describe("two SQL texts are the same", () => {
  const same: readonly (readonly [string, string])[] = [
    ["SELECT id FROM users", "select  id -- the number\n/* of */ FROM\tusers ;"],
    [`SELECT "id" FROM "users"`, "SELECT id FROM users"],
    ["CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE VIEW v AS SELECT 1;"],
    [
      "CREATE TRIGGER IF NOT EXISTS t AFTER DELETE ON u BEGIN SELECT 1; END",
      "create trigger t after delete on u begin select 1; end;",
    ],
    ["CREATE FUNCTION f() LANGUAGE sql AS $$ SELECT 1 $$", "CREATE FUNCTION f() LANGUAGE sql AS $x$select 1;$x$"],
  ];
  test.each(same)("%s", (a, b) => expect(sameSql(a, b)).toBe(true));

  const different: readonly (readonly [string, string])[] = [
    ["SELECT 'a'", "SELECT 'A'"],
    ["SELECT 'a  b'", "SELECT 'a b'"],
    [`SELECT "Id"`, "SELECT id"],
    ["SELECT a - b", "SELECT a + b"],
    ["SELECT '--' || x", "SELECT '--' || y"],
    [
      "CREATE FUNCTION f() LANGUAGE plpython3u AS $$\nif x:\n  y()\n$$",
      "CREATE FUNCTION f() LANGUAGE plpython3u AS $$\nif x:\n y()\n$$",
    ],
    ["CREATE FUNCTION f() LANGUAGE sql AS $$ SELECT 1 $$", "CREATE FUNCTION f() LANGUAGE sql AS $$ SELECT 2 $$"],
  ];
  test.each(different)("not: %s", (a, b) => expect(sameSql(a, b)).toBe(false));
});

describe("what an SQL text mentions", () => {
  test("is no text in quotes and no comment", () => {
    expect(mentions("SELECT 'users' -- users\n FROM posts", "users")).toBe(false);
    expect(mentions("SELECT * FROM Users", "users")).toBe(true);
    expect(mentions('SELECT * FROM "Users"', "Users")).toBe(true);
    expect(mentions("SELECT * FROM [Odd Name]", "Odd Name")).toBe(true);
    expect(mentions("SELECT users_id FROM posts", "users")).toBe(false);
  });

  test("may stand in the body of a function, which is no part of its head", () => {
    const sql = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT n FROM totals $$";
    expect(mentions(sql, "totals")).toBe(true);
    expect(mentions(headOf(sql), "totals")).toBe(false);
  });
});

describe("a view takes the place of another", () => {
  const replaces = (before: string, after: string) =>
    canReplaceView({ name: "v", query: before }, { name: "v", query: after });
  test("that shows the same of the same tables", () => {
    expect(replaces("SELECT a, b FROM t", "SELECT a, b FROM t WHERE a > 1")).toBe(true);
    expect(replaces("SELECT a FROM t", "SELECT a, b FROM t")).toBe(true);
  });
  test("not where a column goes, moves, or may have another type", () => {
    expect(replaces("SELECT a, b FROM t", "SELECT a FROM t")).toBe(false);
    expect(replaces("SELECT a, b FROM t", "SELECT b, a FROM t")).toBe(false);
    expect(replaces("SELECT a FROM t", "SELECT ab FROM t")).toBe(false);
    expect(replaces("SELECT a FROM t", "SELECT a FROM u")).toBe(false);
    expect(replaces("SELECT * FROM t WHERE a = 1", "SELECT * FROM t WHERE a = 2")).toBe(false);
  });
});

test("a function takes the place of another that takes and gives the same", () => {
  const f = (definition: string) => ({ kind: "function", name: "f(integer)", definition });
  const old = f("CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n $$");
  const other = f(
    "CREATE OR REPLACE FUNCTION f(n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT n + 1 $$",
  );
  expect(canReplaceObject(old, other)).toBe(true);
  expect(canReplaceObject(old, f(old.definition.replace("RETURNS integer", "RETURNS bigint")))).toBe(false);
  expect(canReplaceObject(old, f(old.definition.replace("n integer", "m integer")))).toBe(false);
});
