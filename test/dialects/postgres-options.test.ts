import { expect, test } from "bun:test";
import type { TableImage } from "../../src/core/ddl/statement.ts";
import dialect from "../../src/dialects/postgres/dialect.ts";
import { alterOptions, canonicalTable, withOptions } from "../../src/dialects/postgres/options.ts";

const table = (options?: Readonly<Record<string, string>>): TableImage => ({
  name: "t",
  columns: [],
  indexes: [],
  foreignKeys: [],
  ...(options && { options }),
});
const changes = (before?: Readonly<Record<string, string>>, after?: Readonly<Record<string, string>>) =>
  alterOptions(dialect.quote, { kind: "alterOptions", before: table(before), after: table(after) }).map((c) =>
    "sql" in c ? c.sql : c.kind,
  );

test("a table is made with its options", () => {
  const options = { unlogged: "true", with: "fillfactor=70, autovacuum_enabled = off" };
  expect(withOptions(dialect.quote, 'CREATE TABLE "t" ()', table(options))).toBe(
    'CREATE UNLOGGED TABLE "t" () WITH (fillfactor = 70, autovacuum_enabled = off)',
  );
  expect(withOptions(dialect.quote, 'CREATE TABLE "t" ()', table())).toBe('CREATE TABLE "t" ()');
});

test("only what is different is changed", () => {
  expect(changes({ with: "fillfactor=70, a=1" }, { unlogged: "true", with: "FILLFACTOR = 70, b=2" })).toEqual([
    'ALTER TABLE "t" SET UNLOGGED',
    'ALTER TABLE "t" SET (b = 2)',
    'ALTER TABLE "t" RESET (a)',
  ]);
  expect(changes({ unlogged: "true" })).toEqual(['ALTER TABLE "t" SET LOGGED']);
});

test("order, blanks and case of parameters do not count", () => {
  const [a, b] = ["b = 2,a=1", "a=1, B=2"].map((text) => canonicalTable(table({ with: text })).options);
  expect(a).toEqual(b);
  expect(canonicalTable(table({ unlogged: "false" })).options).toEqual({});
});
