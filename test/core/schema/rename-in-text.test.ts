import { describe, expect, test } from "bun:test";
import {
  renameArguments,
  renameQualifier,
  renameSequence,
  renameType,
  renameTypeInRoutine,
} from "../../../src/core/schema/rename-in-text.ts";

const mood = { from: "mood", to: "Mood" };

describe("a type gets another name", () => {
  test.each([
    ["mood = 'ok'::mood", `mood = 'ok'::"Mood"`],
    ["'x::mood' || m::mood[]", `'x::mood' || m::"Mood"[]`],
    ["CAST(a AS mood) <> mood.x", `CAST(a AS "Mood") <> mood.x`],
    ['a::moody AND b::mood.x AND c::"mood"', 'a::moody AND b::mood.x AND c::"Mood"'],
  ])("%s", (sql, expected) => expect(renameType(sql, mood)).toBe(expected));

  test("in its namespace", () => {
    const change = { from: "a.mood", to: "b.mood" };
    expect(renameType('x::a.mood, y::mood, z::"a"."mood"', change)).toBe("x::b.mood, y::mood, z::b.mood");
  });

  test("in the head of a function, and not in its body", () => {
    const sql =
      "CREATE FUNCTION f(mood mood, b mood[] DEFAULT 'ok'::mood)\n RETURNS mood\n LANGUAGE sql AS $$ SELECT a::mood $$";
    expect(renameTypeInRoutine(sql, mood)).toBe(
      `CREATE FUNCTION f(mood "Mood", b "Mood"[] DEFAULT 'ok'::"Mood")\n RETURNS "Mood"\n LANGUAGE sql AS $$ SELECT a::mood $$`,
    );
    expect(renameArguments("mood(mood, integer, mood[])", mood)).toBe('mood("Mood", integer, "Mood"[])');
    expect(renameArguments("mood", mood)).toBe("mood");
  });
});

test("a sequence gets another name", () => {
  const change = { from: "a.s", to: "a.It's" };
  expect(renameSequence("nextval('a.s'::regclass) || 'a.s'", change)).toBe(`nextval('a."It''s"'::regclass) || 'a.s'`);
  expect(renameSequence("nextval('a.sx')", change)).toBe("nextval('a.sx')");
});

test("a namespace gets another name", () => {
  const change = { from: "audit", to: "log" };
  expect(
    renameQualifier(
      `SELECT audit.events.audit, 'audit.x' FROM "audit".events, nextval('audit.n') WHERE x.audit > 0`,
      change,
    ),
  ).toBe("SELECT log.events.audit, 'audit.x' FROM log.events, nextval('log.n') WHERE x.audit > 0");
});
