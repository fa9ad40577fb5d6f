import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { convert } from "../../src/runtime/tasks/convert.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

// What a statement does is asked of a scratch database, in memory here; PostgreSQL is in test/acceptance/convert.test.ts.

let project: TestProject;
beforeEach(async () => {
  project = await createProject("sqlite");
});
afterEach(() => project.dispose());

/** Converts the files of a tool in an empty project; the texts of what comes out, by name. */
async function typed(files: Readonly<Record<string, string>>) {
  const source = join(project.root, "db");
  for (const directory of [source, project.migrationsDir]) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory);
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  const own = { ...project, database: { ...project.database, dialect: "sqlite" } };
  const result = await convert(own, { paths: [source], as: "typed", placeholders: {} });
  const texts = result.migrations.map(({ files: [file = ""] }) => readFileSync(join(project.root, file), "utf8"));
  return { findings: result.findings.map(({ what }) => what), texts };
}

/** The kinds of the operations of a migration, and `only` where they run nothing. */
const kinds = (text = ""): readonly string[] =>
  [...text.matchAll(/^ {4}(\w+)\(([\s\S]*?)\),\n(?= {4}\w+\(| {2}\])/gm)].map(
    ([, kind = "", params = ""]) => kind + (params.includes("schemaOnly: true") ? " only" : ""),
  );

test("statements about the schema become operations, those about rows stay; the state is what the database has", async () => {
  const { texts, findings } = await typed({
    "1_a.up.sql":
      "CREATE TABLE a (id integer PRIMARY KEY, b text);\nINSERT INTO a VALUES (1, 'x');\nCREATE INDEX i ON a (b);",
    "1_a.down.sql": "DROP TABLE a;",
    "2_b.up.sql": "ALTER TABLE a RENAME COLUMN b TO c; ALTER TABLE a RENAME TO d;",
    "3_c.up.sql": "DROP INDEX i; ALTER TABLE d DROP COLUMN c; ALTER TABLE d ADD COLUMN e text;",
  });
  expect(findings).toEqual([]);
  expect(texts.map(kinds)).toEqual([
    ["createTable", "runSQL", "addIndex"],
    ["renameField", "renameTable"],
    ["dropIndex", "dropField", "addField"],
  ]);
  expect(texts[0]).toContain('runSQL({ forward: "INSERT INTO a VALUES (1, \'x\')", backward: "" })');
  await up(project);
  expect((await drift(project)).changes).toEqual([]);
});

test("what computes rows stays SQL, with operations that run nothing behind it", async () => {
  const { texts } = await typed({
    "1_a.up.sql": "CREATE TABLE a (id integer PRIMARY KEY);\nCREATE TABLE b AS SELECT * FROM a;\nDROP TABLE a;",
  });
  expect(texts.map(kinds)).toEqual([["createTable", "runSQL", "createTable only", "dropTable"]]);
});

test("a way back that writes rows keeps the whole migration, and the state still follows", async () => {
  const { texts } = await typed({
    "1_a.up.sql": "CREATE TABLE a (id integer PRIMARY KEY);",
    "1_a.down.sql": "INSERT INTO log VALUES (1); DROP TABLE a;",
    "2_b.up.sql": "ALTER TABLE a ADD COLUMN b text;",
  });
  expect(texts.map(kinds)).toEqual([["runSQL", "createTable only"], ["addField"]]);
  expect(texts[0]).toContain('backward: "INSERT INTO log VALUES (1); DROP TABLE a;"');
});

test("what runs outside a transaction is kept, and the state has what all of it together changed", async () => {
  const { texts } = await typed({
    "1_a/migration.sql": "CREATE TABLE a (id integer PRIMARY KEY, b text); CREATE TABLE c (d text);",
    "2_b/migration.sql":
      "PRAGMA foreign_keys=OFF; CREATE TABLE new_a (id integer PRIMARY KEY, e text); DROP TABLE a; ALTER TABLE new_a RENAME TO a; ALTER TABLE c RENAME TO f; PRAGMA foreign_keys=ON;",
  });
  expect(texts[1]).toContain("transaction: false");
  expect(kinds(texts[1])).toContain("dropField only");
  expect(texts[1]).not.toContain('name: "new_a"');
  await up(project);
  expect((await drift(project)).changes).toEqual([]);
});

test("where operations would not make the same, the SQL is kept, and that is said", async () => {
  const { texts, findings } = await typed({
    "1_a.up.sql":
      "CREATE TABLE a (id integer PRIMARY KEY, b integer, CONSTRAINT x CHECK (b > 1), CONSTRAINT x CHECK (id > 0));",
    "2_b.up.sql": "ALTER TABLE a ADD COLUMN c text;",
  });
  expect(texts.map(kinds)).toEqual([["runSQL", "createTable only"], ["addField"]]);
  expect(findings).toEqual([
    expect.stringMatching(/^keeps its SQL, because with operations the database would not be the same/),
  ]);
});

test("what the database refuses is told with its place, and nothing is written", async () => {
  const failing = typed({ "1_a.up.sql": "CREATE TABLE a (id integer);\n\nALTER TABLE b ADD COLUMN c text;" });
  await expect(failing).rejects.toMatchObject({
    code: "migration",
    message: expect.stringMatching(/1_a\.up\.sql:3: no such table: b; .*convert with --as ts$/),
  });
});
