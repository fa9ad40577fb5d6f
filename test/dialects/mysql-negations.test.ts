import { expect, test } from "bun:test";
import { withoutNegations } from "../../src/dialects/mysql/negations.ts";

const cases: readonly (readonly [string, string])[] = [
  ["not ( a = 1 or b < 2 )", "a <> 1 and b >= 2"],
  ["not ( a between 1 and 2 and not ( b is null or c ) )", "a not between 1 and 2 or b is null or c <> 0"],
  ["not ( not a in ( 1 , 2 ) )", "a in ( 1 , 2 )"],
  ["not a = 1 and b", "a <> 1 and b"],
  ["not ( a + b ) * 2 > 3 , c", "( a + b ) * 2 <= 3 , c"],
  ["not f ( a , b )", "f ( a , b ) = 0"],
  ["not exists ( select 1 )", "not exists ( select 1 )"],
  ["! ( a <=> b )", "not a <=> b"],
  ["not ( a xor b )", "a = 0 xor b"],
  ["a is not null and b not in ( 1 ) and c not like 'x'", "a is not null and b not in ( 1 ) and c not like 'x'"],
  ["not ( a is true )", "not a is true"],
  ["not ( case when a = 1 or b then 1 end )", "not ( case when a = 1 or b then 1 end )"],
  ["not ( a > any b )", "not a > any b"],
];

test.each(cases)("%s is %s", (given, expected) => {
  expect(withoutNegations(given.split(" ")).join(" ")).toBe(expected);
  expect(withoutNegations(expected.split(" ")).join(" ")).toBe(expected);
});
