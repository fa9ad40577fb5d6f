import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import type { NewMigration } from "../../src/runtime/new-migration.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { generateSeeds } from "../../src/runtime/tasks/generate-data.ts";
import { type DataFromFilesOptions, generateDataFromFiles } from "../../src/runtime/tasks/generate-data-from-files.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { failureOf } from "../predecessor/story.ts";

const tables = `createTable({ name: "teams", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "name", type: "text" }] }),
  createTable({ name: "people", fields: [{ name: "id", type: "integer", primaryKey: true },
    { name: "team_id", type: "foreign_key", foreignKey: { table: "teams" } },
    { name: "friend_id", type: "foreign_key", nullable: true, foreignKey: { table: "people" } }] }),
  addField({ table: "teams", field: { name: "lead_id", type: "foreign_key", nullable: true, foreignKey: { table: "people" } } }),
  createTable({ name: "odd", fields: [{ name: "big", type: "bigint", primaryKey: true }, { name: "data", type: "bytes", nullable: true },
    { name: "money", type: "decimal", precision: 30, scale: 10, nullable: true }, { name: "ratio", type: "double", nullable: true },
    { name: "flag", type: "boolean", nullable: true }, { name: "doc", type: "json", nullable: true }, { name: "body", type: "text", nullable: true }] }),
  createTable({ name: "words", fields: [{ name: "word", type: "text" }, { name: "n", type: "integer", nullable: true }] })`;

let project: TestProject;
let folder: string;
beforeEach(async () => {
  project = await createProject("sqlite");
  project.write("0001_tables", tables);
  folder = mkdtempSync(join(tmpdir(), "rows-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await project.dispose();
});

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const generate = (files: readonly string[], options: Omit<DataFromFilesOptions, "files"> = {}): Promise<NewMigration> =>
  generateDataFromFiles(project, { files, ...options });

test("tables that refer to each other come from files in any order, and go out again", async () => {
  const people = file("1_people.csv", "id,team_id,friend_id\n1,1,2\n2,1,1\n3,2,\n");
  const teams = file(
    "teams.json",
    '[{ "id": 1, "name": "a", "lead_id": 2 }, { "id": 2, "name": "b", "lead_id": null }]',
  );
  const { name, operations, warnings } = await generate([people, teams, people]);
  expect({ name, warnings }).toEqual({ name: "0002_load_data", warnings: [] });
  expect(operations.map(({ table }) => table)).toEqual(["teams", "people", "teams", "people"]);
  await up(project);
  expect(await project.query("SELECT id, friend_id FROM people ORDER BY id")).toEqual([
    { id: 1, friend_id: 2 },
    { id: 2, friend_id: 1 },
    { id: 3, friend_id: null },
  ]);
  expect(await project.query("SELECT id, lead_id FROM teams ORDER BY id")).toEqual([
    { id: 1, lead_id: 2 },
    { id: 2, lead_id: null },
  ]);
  await down(project);
  expect(await project.query("SELECT id FROM people UNION ALL SELECT id FROM teams")).toEqual([]);
});

test("a field that no row names is neither emptied nor a reason to wait", async () => {
  const teams = file("teams.csv", "id,name\n1,a\n");
  const people = file("people.csv", "id,team_id\n1,1\n");
  const { source } = await generate([people, teams]);
  expect(source?.match(/table: .*/g)).toEqual([
    'table: "teams", keys: ["id"], rows: [{ id: 1, name: "a" }] }),',
    'table: "people", keys: ["id"], rows: [{ id: 1, team_id: 1 }] }),',
  ]);
});

test("values are exact, by the types of the migrations", async () => {
  const odd = [
    "big,data,money,ratio,flag,doc,body",
    '9223372036854775807,\\x00ff,12345678901234567890.0123456789,Infinity,t,"{""a"": 1.0}",""',
    '-1,,,-0.1,0,,"a ""b""\r\nc\\d \'e\' ${x} `"',
  ].join("\n");
  const { source } = await generate([file("odd.csv", odd)]);
  expect(source).toContain("9223372036854775807n");
  expect(source).toContain('"12345678901234567890.0123456789"');
  await up(project);
  const columns = "quote(big) AS big, hex(data) AS data, quote(ratio) AS ratio, flag, doc, body";
  expect(await project.query(`SELECT ${columns} FROM odd ORDER BY odd.big DESC`)).toEqual([
    { big: "9223372036854775807", data: "00FF", ratio: "9.0e+999", flag: 1, doc: '{"a": 1.0}', body: "" },
    { big: "-1", data: "", ratio: "-0.1", flag: 0, doc: null, body: "a \"b\"\r\nc\\d 'e' ${x} `" },
  ]);
});

test("files that generate data wrote are one migration again, those of circles too", async () => {
  await up(project);
  await project.withDatabase(async ({ driver }) => {
    await driver.execute("INSERT INTO teams (id, name) VALUES (1, 'a'), (2, 'b')");
    await driver.execute("INSERT INTO people (id, team_id, friend_id) VALUES (1, 1, NULL), (2, 2, 1)");
    await driver.execute("UPDATE teams SET lead_id = 3 - id");
  });
  const { files } = await generateSeeds(project, { tables: ["people", "teams"], format: "csv" });
  expect(files).toHaveLength(3);
  const whole = "SELECT t.*, p.* FROM teams t JOIN people p ON p.team_id = t.id ORDER BY t.id";
  const before = await project.query(whole);
  await generate(files.map((each) => join(project.root, each.file)));
  await project.withDatabase(async ({ driver }) => {
    for (const sql of [
      "UPDATE teams SET lead_id = NULL",
      "UPDATE people SET friend_id = NULL",
      "DELETE FROM people",
      "DELETE FROM teams",
    ])
      await driver.execute(sql);
  });
  await up(project);
  expect(await project.query(whole)).toEqual(before);
});

test("rows are known by --conflict-key where nothing else tells them apart", async () => {
  const words = file("words.csv", "word,n\na,1\nb,\n");
  expect((await failureOf(generate([words]))).message).toContain("--conflict-key 'words:COLUMN,COLUMN'");
  expect((await failureOf(generate([words], { conflictKeys: ["wrd"] }))).message).toContain('did you mean "word"?');
  const open = await failureOf(generate([words], { conflictKeys: ["words:word,n"] }));
  expect(open.message).toContain('words.csv, line 3: there is no value for "n"');
  const { name, source } = await generate([words], { conflictKeys: ["words:word"], name: "first words", dryRun: true });
  expect(name).toBe("0002_first_words");
  expect(source).toContain('keys: ["word"]');
});

test("what does not fit is named with its place, and nothing is written", async () => {
  const failure = async (name: string, text: string, ...more: readonly string[]) =>
    (await failureOf(generate([file(name, text), ...more]))).message.replaceAll(`${folder}/`, "");
  expect(await failure("team.csv", "id\n1\n")).toBe(
    'team.csv: the migrations make no table "team"; did you mean "teams"?',
  );
  expect(await failure("things.csv", "id\n1\n")).toContain("run `godwit generate` first");
  expect(await failure("teams.csv", "id,nam\n1,a\n")).toContain('teams.csv, line 2: table "teams" has no "nam"');
  expect(await failure("teams.csv", "id,name\n1,a\nx,b\n")).toContain('line 3, "id": "x" is not a whole number');
  expect(await failure("teams.csv", "id,name\n1,\n")).toContain('line 2: "name" of table "teams" may not be NULL');
  expect(await failure("teams.csv", 'id,name\n1,"a\n')).toContain("teams.csv: Quote Not Closed");
  expect(await failure("teams.json", "{}")).toContain("it is not a list of rows");
  expect(await failure("teams.csv", "id,name\n1,a\n1,b\n")).toContain('line 2 and line 3 are equal in "id"');
  const other = file("2_teams.csv", "id,name\n1,c\n");
  expect(await failure("1_teams.csv", "id,name\n1,a\n", other)).toContain(
    '1_teams.csv, line 2 and 2_teams.csv, line 2 are equal in "id", but not in "name"',
  );
  expect(await failure("teams.txt", "")).toContain("whose name ends in .csv or .json");
  expect(await failure("teams.csv", "id,name\n1,a\n", join(folder, "people.csv"))).toContain("does not exist");
  expect(readdirSync(project.migrationsDir).filter((name) => /^0002/.test(name))).toEqual([]);
});

test("files without rows are said, and make no migration", async () => {
  const { name, warnings } = await generate([file("teams.csv", "id,name\n"), file("people.json", "[]")]);
  expect(name).toBeNull();
  expect(warnings.map((warning) => warning.replace(`${folder}/`, ""))).toEqual([
    "teams.csv has no rows",
    "people.json has no rows",
  ]);
});

test("what is too much for one migration becomes several", async () => {
  const lines = Array.from({ length: 5 }, (_, i) => `${i},${"x".repeat(500_000)}`);
  const { created, more } = await generate([file("teams.csv", `id,name\n${lines.join("\n")}\n`)]);
  expect(created).toBe("migrations/0002_load_teams.ts");
  expect(more).toEqual([{ created: "migrations/0003_load_teams_2.ts", name: "0003_load_teams_2" }]);
});

test("which database it is to be need not be known", async () => {
  const database = {
    get url(): string {
      throw new ToolError("config", "DATABASE_URL is not set");
    },
  };
  const files = [file("odd.csv", "big,ratio\n1,Infinity\n")];
  const { source } = await generateDataFromFiles({ ...project, database }, { files });
  expect(source).toContain('rows: [{ big: 1, ratio: "Infinity" }]');
});
