import { expect, test } from "bun:test";
import { converted, found, readTexts } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const names = (texts: Readonly<Record<string, string>>) =>
  readTexts(texts).migrations.map(({ name, ids }) => [name, ...ids]);

test("versions are sorted by their numbers, in whatever folder, and what is repeatable comes last, by description", () => {
  expect(readTexts({ "V1__a.sql": "" }).tool.tool).toBe("flyway");
  expect(
    names({
      "R__z views.sql": "",
      "V1.10__ten.sql": "",
      "sub/V1_9__nine.sql": "",
      "V002__two_words.sql": "",
      "R__a.sql": "",
      "V1__one.sql": "",
      "notes.sql": "",
    }),
  ).toEqual([
    ["1_one", "1"],
    ["1_9_nine", "1.9"],
    ["1_10_ten", "1.10"],
    ["002_two_words", "002"],
    ["002_R__a", "R__a"],
    ["002_R__z_views", "R__z views"],
  ]);
});

test("each depends on the one before, although their names sort otherwise", () => {
  const files = converted({ "V1.10__b.sql": "B", "V1.9__a.sql": "A" }, "sql");
  expect(files["1_10_b.up.sql"]).toContain("-- dependencies: 1_9_a");
});

test("an undo of the same version is the way back, however that is written", () => {
  const { migrations, findings } = readTexts({ "V1.0__a.sql": "A", "U1__a.sql": "-A", "U3__c.sql": "" });
  expect(migrations.map(({ up, down }) => [up?.text, down?.text])).toEqual([["A", "-A"]]);
  expect(found(findings)).toEqual(["db/U3__c.sql:1: takes back a version that is not there"]);
});

test("two files of one version are refused", () => {
  expect(errorOf(() => readTexts({ "V1__a.sql": "", "V1.0__b.sql": "" })).message).toContain("both are version 1;");
});

test("placeholders are filled in from configuration and flags; others are lost, with their lines", () => {
  const { migrations, findings } = readTexts(
    {
      "flyway.conf": "# x\nflyway.placeholders.tableName=users\nflyway.url=jdbc:postgresql://localhost/x",
      "flyway.toml": '[flyway.placeholders]\nrole = "app"',
      "V1__a.sql": "-- ${flyway:filename}\nCREATE TABLE ${TableName} (a int);\nGRANT ${role}, ${given} TO x;",
      "V2__b.sql": "SELECT 1;\nSELECT '${nobody}';",
    },
    { given: "g" },
  );
  expect(migrations.map(({ up }) => up?.text)).toEqual([
    "-- V1__a.sql\nCREATE TABLE users (a int);\nGRANT app, g TO x;",
    undefined,
  ]);
  expect(found(findings)).toEqual([
    'db/V2__b.sql:2 lost: "${nobody}" is filled in by Flyway, and nothing says with what',
  ]);
});

test("a script's own configuration says that it runs outside a transaction, and that nothing is filled in", () => {
  const { migrations } = readTexts({
    "V1__a.sql": "CREATE INDEX CONCURRENTLY i ON t (a)",
    "V1__a.sql.conf": "executeInTransaction=false\n",
    "V2__b.sql": "SELECT '${x}'",
    "V2__b.sql.conf": "placeholderReplacement = false",
  });
  expect(migrations.map(({ up }) => [up?.transaction, up?.text])).toEqual([
    [false, "CREATE INDEX CONCURRENTLY i ON t (a)"],
    [true, "SELECT '${x}'"],
  ]);
});

test("other prefixes, separators and suffixes are those of the configuration", () => {
  const config =
    "flyway.sqlMigrationPrefix=M-\nflyway.sqlMigrationSeparator=-\nflyway.sqlMigrationSuffixes=.ddl,.sql\n";
  expect(names({ "flyway.conf": config, "M-1-a.ddl": "", "M-2-b.sql": "", "V3__c.sql": "" })).toEqual([
    ["1_a", "1"],
    ["2_b", "2"],
  ]);
});

test("programs are lost; callbacks, and a baseline beside what it stands for, are passed over with a word", () => {
  const { migrations, findings } = readTexts({
    "V1__a.sql": "A",
    "V2__b.java": "class V2__b {}",
    "B1__all.sql": "",
    "afterMigrate__x.sql": "",
  });
  expect(migrations.map(({ ids, up }) => [...ids, up?.text])).toEqual([
    ["1", "A"],
    ["2", undefined],
  ]);
  expect(found(findings)).toEqual([
    "db/V2__b.java:1 lost: is a program, which has no SQL to keep",
    "db/B1__all.sql:1: stands for the versions before it, which are there themselves",
    "db/afterMigrate__x.sql:1: is a callback, which belongs to no migration",
  ]);
});

test("a baseline is the first migration where what it stands for is gone", () => {
  expect(names({ "B5__all.sql": "", "V6__f.sql": "", "B2__old.sql": "" })).toEqual([
    ["5_all", "B5"],
    ["6_f", "6"],
  ]);
});
