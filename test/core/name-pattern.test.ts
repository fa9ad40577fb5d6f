import { expect, test } from "bun:test";
import { matchesPattern } from "../../src/core/name-pattern.ts";
import { processorTime } from "../helpers/processor-time.ts";

test.each([
  ["users", "users", true],
  ["users", "user", false],
  ["users", "USERS", false],
  ["shop_items", "shop_*", true],
  ["shop_", "shop_*", true],
  ["a_shop_items", "shop_*", false],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
  ["t1", "t[0-9]", true],
  ["t1", "t[!0-9]", false],
  ["tx", "t[!0-9]", true],
  ["t[1", "t[1", true],
  ["t*", "t\\*", true],
  ["tt", "t\\*", false],
  ["größe", "gr??e", true],
  ["a\nb", "*", true],
  ["(a|b)+", "(a|b)+", true],
  ["x]", "x]", true],
  ["my-table#@", "my-table#@", true],
  ["a-b", "a[-_]b", true],
])("%p matches %p: %p", (name, pattern, is) => expect(matchesPattern(name, pattern)).toBe(is));

test("a pattern of many stars takes no time", () => {
  const spent = processorTime();
  expect(matchesPattern("a".repeat(200), "*".repeat(50))).toBe(true);
  expect(spent()).toBeLessThan(200);
});

test("a range that goes backwards is refused", () => {
  expect(() => matchesPattern("a", "[z-a]")).toThrow('"[z-a]" is not a pattern of names');
});
