import { expect, test } from "bun:test";
import * as zlib from "node:zlib";
import { crc32, javaHash, lockKeyOf } from "../../../src/core/adopt/locks.ts";

// What golang-migrate takes in these places, as its own programs have shown.
test.each([
  ["kagent", "public", "2490202259"],
  ["kagent", "myschema", "922114168"],
])("golang-migrate in database %s and schema %s", (database, schema, expected) => {
  expect(lockKeyOf("golang-migrate", "number", { database, schema })).toBe(expected);
});

const place = { database: "app", schema: "public" };

test("Rails and Prisma Migrate", () => {
  const rails = String(2053462845n * BigInt(zlib.crc32("app")));
  for (const kind of ["number", "name"] as const) expect(lockKeyOf("rails", kind, place)).toBe(rails);
  expect(lockKeyOf("prisma", "number", place)).toBe("72707369");
  expect(lockKeyOf("prisma", "name", place)).toBe("prisma_migrate");
});

// What these hold while they run has been looked up in pg_locks, and with IS_USED_LOCK.
test("Flyway takes what Java's hash of its table makes, and golang-migrate a name on MySQL", () => {
  expect(lockKeyOf("flyway", "number", place)).toBe("77433833903597");
  expect(lockKeyOf("flyway", "name", { database: "flm", schema: "flm" })).toBe("Flyway--1238880974");
  const sum = BigInt(zlib.crc32("gm1:schema_migrations"));
  expect(lockKeyOf("golang-migrate", "name", { database: "gm1", schema: "gm1" })).toBe(
    String((sum * 1486364155n) % 2n ** 32n),
  );
});

test("the hash is that of Java", () => {
  expect([javaHash(""), javaHash("a"), javaHash('"public"."flyway_schema_history"')]).toEqual([0, 97, 2125624436]);
});

test("the sum is that of zlib", () => {
  for (const text of ["", "a", "123456789", "schöner Name\0", "数据库"]) expect(crc32(text)).toBe(zlib.crc32(text));
});
