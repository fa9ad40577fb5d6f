import { expect, test } from "bun:test";
import { found, readTexts } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

test("versions are numbers, whatever zeros stand in front, and the order is theirs", () => {
  const { tool, migrations } = readTexts({
    "10_c.up.sql": "C",
    "0002_b.up.sql": "B",
    "1_a.down.sql": "-A",
    "1_a.up.sql": "A",
  });
  expect(tool.tool).toBe("golang-migrate");
  expect(migrations.map(({ name, ids }) => [name, ...ids])).toEqual([
    ["1_a", "1"],
    ["0002_b", "2"],
    ["10_c", "10"],
  ]);
  expect(migrations[0]?.down).toEqual({ text: "-A", file: "db/1_a.down.sql", line: 1, transaction: true });
  expect(migrations[1]?.down).toBeUndefined();
});

test("names that are none in godwit become some", () => {
  const { migrations } = readTexts({ "1_a.b c,d.up.sql": "", "2_.up.sql": "", "3_größe-x.up.sql": "" });
  expect(migrations.map(({ name }) => name)).toEqual(["1_a_b_c_d", "2_migration", "3_größe-x"]);
});

test("a way down without a way up is a migration that does nothing on the way up", () => {
  const { migrations } = readTexts({ "1_a.down.sql": "DROP TABLE a" });
  expect(migrations.map(({ name, up, down }) => [name, up?.text, down?.text])).toEqual([["1_a", "", "DROP TABLE a"]]);
});

test("other files are passed over with a word, those in folders below without one", () => {
  const { migrations, findings } = readTexts({
    "1_a.up.sql": "",
    "notes.sql": "",
    "README.md": "",
    "old/1_a.up.sql": "",
  });
  expect(migrations).toHaveLength(1);
  expect(found(findings)).toEqual([
    "db/notes.sql:1: is not named like a migration of golang-migrate, which passes over it, too",
  ]);
});

test("two files of one version and direction are refused, with the names of both", () => {
  const { message } = errorOf(() => readTexts({ "1_a.up.sql": "", "01_b.up.sql": "" }));
  expect(message).toContain("db/01_b.up.sql and db/1_a.up.sql both are version 1 up");
});
