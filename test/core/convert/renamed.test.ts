import { expect, test } from "bun:test";
import { saysRename } from "../../../src/core/convert/renamed.ts";
import { wordsOf } from "../../../src/core/sql-files/words.ts";
import mariadb from "../../../src/dialects/mariadb/dialect.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";

const says = (sql: string, from: string, to: string, { scriptSyntax } = postgres): boolean =>
  saysRename(wordsOf(sql, scriptSyntax), from, to);

test("whichever way a statement renames, the old name and the new one belong together", () => {
  for (const sql of [
    "ALTER TABLE t RENAME COLUMN a TO b",
    'ALTER TABLE t RENAME "a" TO b',
    "ALTER TABLE a RENAME TO b",
    "ALTER INDEX public.a RENAME TO b",
  ])
    expect(says(sql, "a", "b")).toBe(true);
  for (const sql of [
    "ALTER TABLE t CHANGE a b int",
    "ALTER TABLE t CHANGE COLUMN `a` `b` int",
    "RENAME TABLE c TO d, a TO b",
    "ALTER TABLE a RENAME AS b",
    "ALTER TABLE a RENAME b",
  ])
    expect(says(sql, "a", "b", mariadb)).toBe(true);
});

test("other names in the statement mean nothing", () => {
  expect(says("ALTER TABLE t RENAME COLUMN a TO c, RENAME COLUMN d TO b", "a", "b", mariadb)).toBe(false);
  expect(says("ALTER TABLE t DROP COLUMN a, ADD COLUMN b int", "a", "b")).toBe(false);
});
