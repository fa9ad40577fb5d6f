import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { convert } from "../../src/runtime/tasks/convert.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { dumpMariadb } from "../helpers/mariadb-dump.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

// What a statement does is asked of a scratch database, in memory here, and on MariaDB's server below; PostgreSQL is in test/acceptance/convert.test.ts.

let project: TestProject;
let onMariadb: TestProject;
beforeAll(async () => {
  onMariadb = await createProject("mariadb");
});
afterAll(() => onMariadb.dispose());
beforeEach(async () => {
  project = await createProject("sqlite");
});
afterEach(() => project.dispose());

type Files = Readonly<Record<string, string>>;
const typed = (files: Files) => typedOn(project, "sqlite", files);

/** Converts the files of a tool in an empty project; the texts of what comes out, by name. */
async function typedOn(project: TestProject, dialect: string, files: Files) {
  const source = join(project.root, "db");
  for (const directory of [source, project.migrationsDir]) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory);
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  const own = { ...project, database: { ...project.database, dialect } };
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

test("each name becomes what the statement says; where it does not, rows may be at stake, and it stays SQL", async () => {
  const { texts } = await typed({
    "1_a.up.sql": "CREATE TABLE a (id integer PRIMARY KEY, x text, y text); CREATE TABLE b (id integer PRIMARY KEY);",
    "2_b.up.sql": 'ALTER TABLE "a" RENAME "x" TO z; ALTER TABLE a RENAME COLUMN y TO x; ALTER TABLE b RENAME TO c;',
  });
  expect(texts[1]).toContain('renameField({ table: "a", from: "x", to: "z" })');
  expect(texts[1]).toContain('renameField({ table: "a", from: "y", to: "x" })');
  expect(texts[1]).toContain('renameTable({ from: "b", to: "c" })');
});

test("fields that are computed are no query", async () => {
  const { texts } = await typed({
    "1_a.up.sql":
      "CREATE TABLE a (id integer PRIMARY KEY, b integer GENERATED ALWAYS AS (id * 2) STORED);\nCREATE TABLE b AS SELECT id FROM a;",
  });
  expect(texts.map(kinds)).toEqual([["createTable", "runSQL", "createTable only"]]);
});

// Where every definition commits by itself, as it does there, that is no reason to leave it SQL.
describe("MariaDB", () => {
  const files: Files = {
    "1_a.up.sql":
      "CREATE TABLE `a` (`id` int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, `b` varchar(20) NOT NULL DEFAULT 'x', `h` varchar(25), `n` int GENERATED ALWAYS AS (char_length(`b`)) STORED, KEY `b_idx` (`b`(10))) COMMENT='one; two';\nINSERT INTO a (b) VALUES ('y');",
    "2_b.up.sql":
      "ALTER TABLE a ADD COLUMN c json NULL AFTER b, ADD CONSTRAINT positive CHECK (n > 0);\nRENAME TABLE a TO d;\nALTER TABLE d CHANGE COLUMN h g varchar(30) NULL;",
    "3_b.up.sql": "ALTER TABLE d CHANGE `c` `e` varchar(30) NULL;",
    "4_c.up.sql":
      "CREATE ALGORITHM=UNDEFINED DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT id FROM d;\nCREATE DEFINER=CURRENT_USER TRIGGER t BEFORE UPDATE ON d FOR EACH ROW SET NEW.b = 'it''s; now';\nCREATE TABLE f SELECT 1 AS one;",
  };

  test("definitions become operations, with what MySQL has of its own, and the database is the same", async () => {
    const { texts, findings } = await typedOn(onMariadb, "mariadb", files);
    expect(findings).toEqual([]);
    expect(texts.map(kinds)).toEqual([
      ["createTable", "runSQL"],
      ["addField", "addConstraint", "renameTable", "renameField", "alterField"],
      ["runSQL", "addField only", "dropField only"],
      ["createView", "createObject", "runSQL", "createTable only"],
    ]);
    await up(onMariadb);
    expect((await drift(onMariadb)).changes).toEqual([]);
    // Where columns stand in a table does not count.
    const dump = async ({ withDatabase }: TestProject): Promise<readonly string[]> =>
      (await withDatabase(dumpMariadb)).map(({ object, text }) => `${object}: ${text}`).toSorted();
    const ours = await dump(onMariadb);
    const theirs = await createProject("mariadb");
    await theirs.withDatabase(async ({ driver }) => {
      for (const sql of Object.values(files).flatMap((text) => text.split(/;\n|;$/)))
        if (sql !== "") await driver.execute(sql);
    });
    expect(ours).toEqual(await dump(theirs));
    await theirs.dispose();
  });

  test("what went and what came is said where SQL that renames is kept", async () => {
    const { texts, findings } = await typedOn(onMariadb, "mariadb", {
      "1_a.up.sql": "CREATE TABLE k (id int PRIMARY KEY, a int);\nCREATE VIEW l AS SELECT a FROM k;",
      "2_b.up.sql": "ALTER TABLE k RENAME COLUMN a TO b;",
      "3_c.up.sql": "ALTER TABLE k ADD COLUMN d int;",
    });
    expect(findings).toEqual([expect.stringContaining("keeps its SQL, because with operations")]);
    expect(texts.map(kinds)).toEqual([
      ["createTable", "createView"],
      ["runSQL", "dropView only", "addField only", "dropField only", "createView only"],
      ["addField"],
    ]);
  });
});
