import { describe, expect, test } from "bun:test";
import knex from "../../../src/core/convert/tools/knex.ts";
import nodePgMigrate from "../../../src/core/convert/tools/node-pg-migrate.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import { found, readTexts, sources, type Texts } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const halves = (texts: Texts) =>
  readTexts(texts).migrations.map(({ ids, up, down }) => [ids[0], up?.text, down?.text, up?.transaction]);

describe("node-pg-migrate", () => {
  test("SQL files by number, of which 17 digits are a time; each direction has its place in the file", () => {
    const texts = {
      "20240101000000000_c.sql": "-- Up Migration\nC;\n-- Down Migration\nD;\n",
      "1600000000000_a.sql": "-- down migration\nB;\n\n-- up migration\nA;\n",
      "1600000000001_b.sql": "E;\n",
    };
    const { tool, migrations, findings } = readTexts(texts);
    expect(tool.tool).toBe("node-pg-migrate");
    expect(findings).toEqual([]);
    expect(migrations.map(({ ids, up, down }) => [ids[0], up?.text, up?.line, down?.text, down?.line])).toEqual([
      ["1600000000000_a", "A;\n", 5, "B;\n\n", 2],
      ["1600000000001_b", "E;\n", 1, undefined, undefined],
      ["20240101000000000_c", "C;\n", 2, "D;\n", 4],
    ]);
  });

  test("scripts that only send texts have SQL; others are listed with their line", () => {
    const texts = {
      "1_a.ts":
        "import type { MigrationBuilder } from 'node-pg-migrate';\nexport async function up(pgm: MigrationBuilder): Promise<void> {\n  pgm.noTransaction();\n  pgm.sql(`A`);\n  // and\n  pgm.sql('it\\'s');\n}\nexport async function down(pgm: MigrationBuilder): Promise<void> {}\n",
      "2_b.js": "export const up = (pgm) => {\n  pgm.sql('A');\n  pgm.createTable('b', {});\n};\n",
      "3_c.js": "exports.up = (pgm) => pgm.sql(`A ${x}`);\n",
    };
    expect(halves(texts)).toEqual([
      ["1_a", "A;\nit's;", "", false],
      ["2_b", undefined, undefined, undefined],
      ["3_c", undefined, undefined, undefined],
    ]);
    expect(found(readTexts(texts).findings)).toEqual([
      "db/2_b.js:3 lost: does something else than to send a constant text",
      "db/3_c.js:1 lost: does something else than to send a constant text",
    ]);
  });
});

describe("node-pg-migrate, pairs of SQL files", () => {
  const pair = (id: string): Texts => ({ [`${id}.up.sql`]: `UP ${id}`, [`${id}.down.sql`]: `DOWN ${id}` });
  const read = (texts: Texts) => nodePgMigrate.read(sources(texts), { placeholders: {}, dialect: postgres });

  test("a pair is one migration, whose history has the name without the direction", () => {
    const { migrations, findings } = read({ ...pair("1700000000002_b"), ...pair("001_a"), "2_c.up.sql": "C" });
    expect(findings).toEqual([]);
    expect(migrations.map(({ name, ids, up, down }) => [name, ...ids, up?.text, down?.text])).toEqual([
      ["001_a", "001_a", "UP 001_a", "DOWN 001_a"],
      ["2_c", "2_c", "C", undefined],
      ["1700000000002_b", "1700000000002_b", "UP 1700000000002_b", "DOWN 1700000000002_b"],
    ]);
  });

  test("times of 13 and 17 digits may be golang-migrate's as well, so one is asked; with a dash they are not", () => {
    for (const id of ["1700000000000_a", "20240101000000000_a"])
      expect(errorOf(() => readTexts(pair(id))).message).toBe(
        "the files may be of golang-migrate or of node-pg-migrate; say which with --from",
      );
    expect(readTexts(pair("20240101000000_a")).tool.tool).toBe("golang-migrate");
    const { tool, migrations } = readTexts(pair("1700000000000-a-b"));
    expect(tool.tool).toBe("node-pg-migrate");
    expect(migrations.map(({ name, ids }) => [name, ...ids])).toEqual([["1700000000000_a-b", "1700000000000-a-b"]]);
  });

  test("what it refuses itself is refused", () => {
    const message = (texts: Texts): string => errorOf(() => read(texts)).message;
    expect(message({ "1_a.down.sql": "" })).toContain('"db/1_a.down.sql" has no .up.sql beside it');
    expect(message({ "1_a.sql": "", "1_a.up.sql": "" })).toContain('db/1_a.sql and db/1_a.up.sql both are "1_a"');
    expect(message({ "1_a.sql": "", "1_a.down.sql": "" })).toContain(
      '"db/1_a.down.sql" and "db/1_a.sql" are two forms of one migration',
    );
  });
});

test("Knex: the file is what the history has, and raw texts are SQL", () => {
  const texts = {
    "20240101_a.js":
      "exports.up = async function (knex) {\n  await knex.raw('A;');\n  return knex.schema.raw(\"B\");\n};\nexports.down = (knex) => knex.raw('C');\nexports.config = { transaction: false };\n",
    "20240102_b.ts":
      "import { Knex } from 'knex';\nexport async function up(knex: Knex): Promise<void> {\n  await knex.schema.createTable('b', (t) => {});\n}\n",
    "20240103_c.js": "exports.up = (knex) => knex.raw('SELECT ?', [1]);\n",
    "20240103_d.js": "exports.up = (knex) => knex.raw('A').then(() => fill(knex));\n",
    "20240104_d.js": "module.exports = require('./knex-up');\n",
  };
  expect(readTexts(texts).tool.tool).toBe("knex");
  expect(halves(texts)[0]).toEqual(["20240101_a.js", "A;\nB;", "C", false]);
  expect(found(readTexts(texts).findings)).toEqual([
    "db/20240102_b.ts:3 lost: does something else than to send a constant text",
    "db/20240103_c.js:1 lost: does something else than to send a constant text",
    "db/20240103_d.js:1 lost: does something else than to send a constant text",
    'db/20240104_d.js:1 lost: there is no function "up" in it that can be read',
  ]);
});

test("Knex: a question mark stands for a value, so a text with one is no constant", () => {
  const files = sources({ "1_a.js": "exports.up = (knex) => knex.raw('SELECT a \\\\? b');\n" });
  const { findings } = knex.read(files, { placeholders: {}, dialect: postgres });
  expect(found(findings)).toEqual(["db/1_a.js:1 lost: sends a text with a question mark, which Knex reads"]);
});

test("Kysely: texts of sql`…` are SQL", () => {
  const texts = {
    "2024-01-01-a.ts":
      "import { type Kysely, sql } from 'kysely';\nexport async function up(db: Kysely<any>): Promise<void> {\n  await sql`CREATE TABLE a (b text DEFAULT '\\\\n')`.execute(db);\n}\nexport async function down(db: Kysely<any>): Promise<void> {\n  await db.schema.dropTable('a').execute();\n}\n",
    "2024-01-02-b.ts":
      "import { sql } from 'kysely';\nexport async function up(db) {\n  await sql`A`.execute(db);\n}\n",
  };
  expect(readTexts(texts).tool.tool).toBe("kysely");
  expect(found(readTexts(texts).findings)).toEqual([
    "db/2024-01-01-a.ts:6 lost: does something else than to send a constant text",
  ]);
  expect(halves(texts)[1]).toEqual(["2024-01-02-b", "A", undefined, true]);
});
