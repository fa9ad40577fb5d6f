import { describe, expect, test } from "bun:test";
import drizzle from "../../../src/core/convert/tools/drizzle.ts";
import { splitScript } from "../../../src/core/sql-files/split.ts";
import mysql from "../../../src/dialects/mysql/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { found, readTexts, sources, type Texts } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

type Entry = readonly [when: number, tag: string];
const journal = (database: string, ...entries: readonly Entry[]): Texts => {
  const listed = entries.map(([when, tag], idx) => ({ idx, version: "7", when, tag, breakpoints: true }));
  return { "meta/_journal.json": JSON.stringify({ version: "7", dialect: database, entries: listed }, undefined, 2) };
};

test("entries of the journal in its order, with their time as what the history has", () => {
  const { tool, migrations, findings } = readTexts({
    ...journal(
      "postgresql",
      [1_795_301_080_319, "0001_b"],
      [1_795_301_080_320, "0000_a"],
      [1_795_301_080_321, "words"],
    ),
    "0000_a.sql": "A;",
    "0001_b.sql": "B;",
    "words.sql": "C;",
    "meta/0000_snapshot.json": "{}",
  });
  expect(tool.tool).toBe("drizzle");
  expect(migrations.map(({ name, ids, up }) => [name, ids[0], up?.text])).toEqual([
    ["0001_b", "1795301080319", "B;"],
    ["0000_a", "1795301080320", "A;"],
    ["0003_words", "1795301080321", "C;"],
  ]);
  expect(findings).toEqual([]);
});

test("marks between statements go, which are no comment to MySQL, and lines stay", () => {
  const text =
    "CREATE TABLE `a` (\n\t`b` int\n);\n--> statement-breakpoint\nSELECT 1 -- one\n--> statement-breakpoint\nSELECT 2;--> statement-breakpoint\nSELECT 3";
  const files = sources({ ...journal("mysql", [1, "0000_a"]), "0000_a.sql": text });
  const up = String(drizzle.read(files, { placeholders: {}, dialect: mysql }).migrations[0]?.up?.text);
  expect(up).not.toContain("breakpoint");
  expect(splitScript(up, mysql.scriptSyntax).map((statement) => statement.text)).toEqual([
    "CREATE TABLE `a` (\n\t`b` int\n)",
    "SELECT 1",
    "SELECT 2",
    "SELECT 3",
  ]);
  expect(up.split("\n")).toHaveLength(text.split("\n").length);
});

test("a table of SQLite is made anew outside a transaction", () => {
  const text =
    "PRAGMA foreign_keys=OFF;--> statement-breakpoint\nDROP TABLE `a`;--> statement-breakpoint\nPRAGMA foreign_keys=ON;";
  const files = sources({ ...journal("sqlite", [1, "0000_a"]), "0000_a.sql": text });
  const { migrations, findings } = drizzle.read(files, { placeholders: {}, dialect: sqlite });
  expect(migrations[0]?.up?.transaction).toBe(false);
  expect(found(findings)).toHaveLength(1);
});

test("what the journal and the files do not agree about is listed", () => {
  const { migrations, findings } = readTexts({
    ...journal("postgresql", [5, "0000_a"], [4, "0001_b"], [6, "0002_c"]),
    "0000_a.sql": "A;",
    "0001_b.sql": "B;",
    "9999_own.sql": "D;",
  });
  expect(migrations.map(({ name, up }) => [name, up !== undefined])).toEqual([
    ["0000_a", true],
    ["0001_b", true],
    ["0002_c", false],
  ]);
  expect(found(findings)).toEqual([
    'db/meta/_journal.json:23 lost: names "0002_c", and there is no 0002_c.sql',
    'db/meta/_journal.json:16: "0001_b" is not later than "0000_a" before it, so Drizzle may have passed over it',
    "db/9999_own.sql:1: is not in meta/_journal.json, so Drizzle passes over it, too",
  ]);
});

test("a journal for another database, or that is none, is refused", () => {
  const read = (texts: Texts): string => errorOf(() => readTexts(texts)).message;
  expect(read(journal("sqlite"))).toContain('db/meta/_journal.json:3: the migrations are for "sqlite"');
  expect(read({ "meta/_journal.json": "{" })).toContain("db/meta/_journal.json is not a journal as Drizzle writes it");
  expect(read({ "meta/_journal.json": '{"dialect":"sqlite","entries":[{}]}' })).toContain("is not a journal");
});

describe("folders, as Drizzle 1.0 has them", () => {
  const folder = (name: string, sql: string, database = "postgres"): Texts => ({
    [`${name}/migration.sql`]: sql,
    [`${name}/snapshot.json`]: JSON.stringify({ type: "diff", version: "9", dialect: database }, undefined, 2),
  });

  test("each is a migration, by name, which is what the history has", () => {
    const { tool, migrations, findings } = readTexts({
      ...folder("20240102000000_b", "B1\n--> statement-breakpoint\nB2;"),
      ...folder("20240101000000_a", "A;"),
    });
    expect(tool.tool).toBe("drizzle");
    expect(migrations.map(({ name, ids, up }) => [name, ids[0], up?.text])).toEqual([
      ["20240101000000_a", "20240101000000_a", "A;"],
      ["20240102000000_b", "20240102000000_b", "B1;\n\nB2;"],
    ]);
    expect(findings).toEqual([]);
  });

  test("what is written for another database, or says of none, is refused", () => {
    const read = (texts: Texts): string => errorOf(() => readTexts(texts)).message;
    expect(read(folder("20240101000000_a", "A", "mysql"))).toContain(
      'db/20240101000000_a/snapshot.json:4: the migrations are for "mysql"',
    );
    expect(read({ "1_a/migration.sql": "A", "1_a/snapshot.json": "[" })).toContain(
      "db/1_a/snapshot.json is no picture of the schema as Drizzle writes it",
    );
    expect(
      errorOf(() => drizzle.read(sources({ "a.sql": "" }), { placeholders: {}, dialect: sqlite })).message,
    ).toContain("there is neither a meta/_journal.json nor a folder with a migration.sql of Drizzle");
  });
});
