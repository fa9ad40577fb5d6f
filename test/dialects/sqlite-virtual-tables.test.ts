import { Database } from "bun:sqlite";
import { afterEach, expect, test } from "bun:test";
import type { ManagedObject } from "../../src/core/schema/model.ts";
import { replaceVirtualTable, virtualTableStatements } from "../../src/dialects/sqlite/virtual-tables.ts";

const databases: Database[] = [];
afterEach(() => {
  for (const database of databases.splice(0)) database.close();
});

function open(sql: string): Database {
  const database = new Database(":memory:");
  databases.push(database);
  database.run(sql);
  return database;
}

const object = (definition: string): ManagedObject => ({ kind: "virtual_table", name: "f", definition });

function replace(database: Database, before: string, after: string): void {
  for (const command of replaceVirtualTable(object(before), object(after)))
    if (command.kind === "execute") database.run(command.sql);
}

const docs = "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT); INSERT INTO docs VALUES (7, 'swans sing');";

test.each([
  "CREATE VIRTUAL TABLE f USING fts5(body, content='docs', content_rowid='id')",
  'create virtual table if not exists main."f" using FTS5(body, Content = docs, content_rowid=id)',
  'CREATE VIRTUAL TABLE f USING fts4(content="docs", body)',
])("an index of rows that another table keeps reads those that are there: %s", (definition) => {
  const database = open(docs);
  for (const sql of virtualTableStatements(definition)) database.run(sql);
  expect(database.query("SELECT rowid FROM f WHERE f MATCH 'swans'").all()).toEqual([{ rowid: 7 }]);
});

test("an index of a table that is not there yet is only made", () => {
  const database = open("SELECT 1");
  for (const sql of virtualTableStatements("CREATE VIRTUAL TABLE f USING fts5(body, content='later')"))
    database.run(sql);
  expect(database.query("SELECT name FROM sqlite_schema WHERE name = 'f'").all()).toEqual([{ name: "f" }]);
});

test("rows of its own come back with their numbers, in the columns that both have", () => {
  const before = "CREATE VIRTUAL TABLE f USING fts5(a, b UNINDEXED, c)";
  const database = open(`${before}; INSERT INTO f (rowid, a, b, c) VALUES (41, 'swans', 'quiet', 'gone')`);
  replace(database, before, "CREATE VIRTUAL TABLE f USING fts5(b, a, d, tokenize = 'porter ascii')");
  expect(database.query("SELECT rowid, a, b, d FROM f WHERE f MATCH 'swan'").all()).toEqual([
    { rowid: 41, a: "swans", b: "quiet", d: null },
  ]);
  expect(database.query("SELECT name FROM sqlite_schema WHERE name LIKE 'godwit%'").all()).toEqual([]);
});

test("a tree of rectangles keeps its rows and what they carry", () => {
  const before = "CREATE VIRTUAL TABLE f USING rtree(id, x0, x1, +note)";
  const database = open(`${before}; INSERT INTO f VALUES (3, 1, 2, 'n')`);
  replace(database, before, "CREATE VIRTUAL TABLE f USING rtree(id, x0, x1, +note, +more)");
  expect(database.query("SELECT * FROM f").all()).toEqual([{ id: 3, x0: 1, x1: 2, note: "n", more: null }]);
});

test("rows of another table are not copied, but read anew", () => {
  const before = "CREATE VIRTUAL TABLE f USING fts5(body, content='docs', content_rowid='id')";
  const database = open(`${docs} ${before}`);
  replace(database, before, before.replace("content_rowid='id'", "content_rowid='id', tokenize = 'porter ascii'"));
  expect(database.query("SELECT rowid FROM f WHERE f MATCH 'swan'").all()).toEqual([{ rowid: 7 }]);
});
