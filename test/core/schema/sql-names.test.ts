import { expect, test } from "bun:test";
import { mentionsName, renameInSql } from "../../../src/core/schema/sql-names.ts";

test.each([
  ["status = 'live'", "status", "state", "state = 'live'"],
  ["STATUS = 'status'", "status", "state", "state = 'status'"],
  ["statuses > 0", "status", "state", "statuses > 0"],
  ['"status" = 1', "status", "State", '"State" = 1'],
  ["status = 1", "status", "State", '"State" = 1'],
  ["status = 1", "status", "order", '"order" = 1'],
  ["lower(lower) = 'x'", "lower", "name", "lower(name) = 'x'"],
  ["a = 'it''s a' AND a > 0", "a", "b", "b = 'it''s a' AND b > 0"],
  ['"a""b" IS NULL', 'a"b', "c", "c IS NULL"],
  ['"select" > 0', "select", "x", "x > 0"],
  ['"x" > 0', "x", "y", '"y" > 0'],
  ["[a b] > 0 AND `a b` < 9", "a b", "c", "c > 0 AND c < 9"],
  ["[a] > 0", "a", "c d", '"c d" > 0'],
  ["tags[n] = 1", "n", "m", "tags[m] = 1"],
  ["AMOUNT > amount", "Amount", "Total", "Total > Total"],
  ["größe > 1e5", "größe", "e5", "e5 > 1e5"],
  ["x.a = a", "a", 'o"o', 'x."o""o" = "o""o"'],
])("%s: %s becomes %s", (sql, from, to, expected) => {
  expect(renameInSql(sql, from, to)).toBe(expected);
});

test("only names count as mentions", () => {
  expect(mentionsName("a = 'b' AND c(d)", "a")).toBe(true);
  expect(mentionsName("a = 'b' AND c(d)", "d")).toBe(true);
  expect(mentionsName("a = 'b' AND c(d)", "b")).toBe(false);
  expect(mentionsName("a = 'b' AND c(d)", "c")).toBe(false);
});
