import { expect, test } from "bun:test";
import * as zlib from "node:zlib";
import { crc32, lockNumber } from "../../../src/core/adopt/locks.ts";

// What golang-migrate takes in these places, as its own programs have shown.
test.each([
  ["kagent", "public", "2490202259"],
  ["kagent", "myschema", "922114168"],
])("golang-migrate in database %s and schema %s", (database, schema, expected) => {
  expect(lockNumber("golang-migrate", { database, schema })).toBe(expected);
});

test("Rails and Prisma Migrate", () => {
  const place = { database: "app", schema: "public" };
  expect(lockNumber("rails", place)).toBe(String(2053462845n * BigInt(zlib.crc32("app"))));
  expect(lockNumber("prisma", place)).toBe("72707369");
});

test("the sum is that of zlib", () => {
  for (const text of ["", "a", "123456789", "schöner Name\0", "数据库"]) expect(crc32(text)).toBe(zlib.crc32(text));
});
