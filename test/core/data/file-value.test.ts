import { expect, test } from "bun:test";
import { type FileColumn, type FileValue, fileValue, type RowFormat } from "../../../src/core/data/file-value.ts";
import type { RowValue } from "../../../src/core/operations/params.ts";
import mariadb from "../../../src/dialects/mariadb/dialect.ts";
import postgresql from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";

const column = (dialect: FileColumn["dialect"], type: string, native = type): FileColumn => ({ type, native, dialect });
const both = (value: RowValue, of: FileColumn): readonly (FileValue | undefined)[] =>
  (["csv", "json"] satisfies RowFormat[]).map((format) => fileValue(value, format, of));

test("a value is said so that it is read again, as a number or a truth where JSON keeps it", () => {
  expect(both(1.5, column(postgresql, "double"))).toEqual(["1.5", 1.5]);
  expect(both(-0, column(sqlite, "double", "REAL"))).toEqual(["-0", -0]);
  expect(both(1e300, column(postgresql, "double"))).toEqual(["1e+300", "1e+300"]);
  expect(both(9007199254740993n, column(postgresql, "bigint"))).toEqual(["9007199254740993", "9007199254740993"]);
  expect(both(true, column(postgresql, "boolean"))).toEqual(["true", true]);
  expect(both(true, column(mariadb, "tinyint(4)"))).toEqual(["1", true]);
  expect(both("NULL", column(postgresql, "text"))).toEqual(["NULL", "NULL"]);
  expect(both(Uint8Array.from([0, 255]), column(mariadb, "varbinary(9)"))).toEqual(["\\x00ff", "\\x00ff"]);
  expect(both({ defaultRef: "-9e999" }, column(sqlite, "double", "REAL"))).toEqual(["-Infinity", "-Infinity"]);
  expect(both("-Infinity", column(postgresql, "double"))).toEqual(["-Infinity", "-Infinity"]);
});

test("what no file says is told rather than changed", () => {
  expect(both("not a number", column(sqlite, "integer", "INTEGER"))).toEqual([undefined, undefined]);
  expect(both(Uint8Array.from([1]), column(sqlite, "text", "TEXT"))).toEqual([undefined, undefined]);
  expect(both("\\x00", column(mariadb, "varbinary(9)"))).toEqual([undefined, undefined]);
  expect(both({ defaultRef: "3.0" }, column(sqlite, "bytes", "BLOB"))).toEqual([undefined, undefined]);
});
